#include "matching/simulation/turns.hpp"

#include <algorithm>
#include <bit>

#include "base/check.hpp"

namespace kith::matching::simulation {

Turns::Turns(const Model& model) : model_(model) {
  begin_claims();
  for (std::uint32_t j = 0; j < model.workers.size(); ++j) group_kinds(j);
}

// A claim is when somebody is due, and then their number. Their class comes first where there is room for it,
// which spares a group for each class.
void Turns::begin_claims() {
  const bool by_promise = model_.order == Order::promise;
  Ticks earliest = 0, latest = 0;
  std::vector<std::uint16_t> classes;
  for (const Kind& kind : model_.kinds) {
    CHECK(kind.promise > -past_limit && kind.promise < past_limit);
    if (by_promise) earliest = std::min(earliest, kind.promise), latest = std::max(latest, kind.promise);
    classes.push_back(kind.klass);
  }
  for (const KnownArrival& known : model_.known) CHECK(known.at > -past_limit);
  if (!model_.known.empty()) earliest += std::min<Ticks>(model_.known.front().at, 0);
  std::sort(classes.begin(), classes.end());
  classes.erase(std::unique(classes.begin(), classes.end()), classes.end());
  const auto due_bits = static_cast<int>(std::bit_width(static_cast<Claim>(latest + model_.end - earliest)));
  const int all_bits = due_bits + static_cast<int>(std::bit_width(classes.size())) + claim_bits_of_number;
  classes_in_claims_ = by_promise && all_bits < 64;
  claims_from_.reserve(model_.kinds.size());
  for (const Kind& kind : model_.kinds) {
    const auto lower = classes.end() - std::upper_bound(classes.begin(), classes.end(), kind.klass);
    const Claim ahead = classes_in_claims_ ? static_cast<Claim>(lower) << due_bits : 0;
    const Ticks due = by_promise ? kind.promise - earliest : -earliest;
    claims_from_.push_back((ahead + static_cast<Claim>(due)) << claim_bits_of_number);
  }
}

std::int32_t Turns::rank(std::uint32_t kind, std::uint32_t worker) const {
  if (model_.order == Order::closest) return model_.fit(kind, worker);
  return model_.order == Order::promise && !classes_in_claims_ ? model_.kinds[kind].klass : 0;
}

// Whom a worker can support, those who come before the others first.
void Turns::group_kinds(std::uint32_t worker) {
  const auto first_kind = static_cast<std::ptrdiff_t>(kinds_.size());
  const auto first_group = static_cast<std::uint32_t>(groups_.size());
  for (std::uint32_t k = 0; k < model_.kinds.size(); ++k)
    if (model_.fit(k, worker) != not_possible) kinds_.push_back(k);
  std::sort(kinds_.begin() + first_kind, kinds_.end(), [&](std::uint32_t a, std::uint32_t b) {
    const std::int32_t rank_a = rank(a, worker), rank_b = rank(b, worker);
    return rank_a != rank_b ? rank_a > rank_b : a < b;
  });
  for (auto at = static_cast<std::uint32_t>(first_kind); at < kinds_.size(); ++at)
    if (groups_.size() > first_group &&
        rank(kinds_[groups_.back().first], worker) == rank(kinds_[at], worker))
      groups_.back().last = at + 1;
    else groups_.push_back({at, at + 1});
  groups_of_.push_back({first_group, static_cast<std::uint32_t>(groups_.size())});
}

bool Turns::comes_before(const Person& a, const Person& b) const {
  if (model_.order == Order::promise && model_.kinds[a.kind].klass != model_.kinds[b.kind].klass)
    return model_.kinds[a.kind].klass > model_.kinds[b.kind].klass;
  return a.claim < b.claim;
}

std::uint32_t Turns::next_undeclined(Group group, std::uint32_t worker, const Lines& lines, Ticks now) const {
  std::uint32_t next = none;
  Claim best = no_claim;
  for (std::uint32_t at = group.first; at < group.last; ++at) {
    std::uint32_t person = lines.first(kinds_.data()[at]);
    while (person != none && lines[person].claim < best &&
           (lines[person].gives_up_at < now || lines.has_declined(lines[person], worker)))
      person = lines[person].after;
    if (person == none || lines[person].claim >= best) continue;
    next = person;
    best = lines[person].claim;
  }
  return next;
}

} // namespace kith::matching::simulation
