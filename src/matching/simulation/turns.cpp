#include "matching/simulation/turns.hpp"

#include <algorithm>
#include <bit>
#include <tuple>

#include "base/check.hpp"

namespace kith::matching::simulation {

Turns::Turns(const Model& model) : model_(model) {
  begin_claims();
  for (std::uint32_t j = 0; j < model.workers.size(); ++j) group_kinds(j);
}

// A claim is when somebody is due, and then their number. Their class comes first where there is room for it,
// which spares a group for each class.
void Turns::begin_claims() {
  const bool by_promise = model_.order == Order::promise && !is_banded();
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

std::uint32_t Turns::closest_of(const std::vector<std::uint32_t>& workers, const Person& person,
                                const Lines& lines, Ticks now) const {
  std::uint32_t best = none;
  std::int32_t best_fit = not_possible;
  for (const std::uint32_t worker : workers) {
    const std::int32_t fit = model_.fit(person.kind, worker);
    if (fit == not_possible || fit < best_fit || (fit == best_fit && worker > best)) continue;
    if (!may_offer(lines, person, worker, now)) continue;
    best = worker;
    best_fit = fit;
  }
  return best;
}

std::vector<std::uint32_t> Turns::below_floor(std::uint32_t kind,
                                              const std::vector<std::uint32_t>& workers) const {
  std::vector<std::uint32_t> out;
  for (const std::uint32_t worker : workers)
    if (model_.fit(kind, worker) != not_possible && model_.is_below_floor(kind, worker))
      out.push_back(worker);
  std::sort(out.begin(), out.end(), [&](std::uint32_t a, std::uint32_t b) {
    const std::int32_t fit_a = model_.fit(kind, a), fit_b = model_.fit(kind, b);
    return fit_a != fit_b ? fit_a > fit_b : a < b;
  });
  return out;
}

bool Turns::comes_before(const Person& a, const Person& b, Ticks now) const {
  if (model_.order == Order::promise && model_.kinds[a.kind].klass != model_.kinds[b.kind].klass)
    return model_.kinds[a.kind].klass > model_.kinds[b.kind].klass;
  if (is_banded() && band_of(a, now) != band_of(b, now)) return band_of(a, now) > band_of(b, now);
  return a.claim < b.claim;
}

// Nobody behind somebody who is held back can be offered what they cannot: they came later.
std::uint32_t Turns::first_possible(std::uint32_t kind, std::uint32_t worker, const Lines& lines, Ticks now,
                                    Claim than) const {
  for (std::uint32_t at = lines.first(kind); at != none; at = lines[at].after) {
    const Person& who = lines[at];
    if (who.claim >= than || is_held_back(who, worker, now)) return none;
    if (who.gives_up_at >= now && !lines.has_declined(who, worker)) return at;
  }
  return none;
}

std::uint32_t Turns::next_but_first(Group group, std::uint32_t worker, const Lines& lines, Ticks now) const {
  std::uint32_t next = none;
  Claim best = no_claim;
  for (std::uint32_t at = group.first; at < group.last; ++at) {
    const std::uint32_t person = first_possible(kinds_.data()[at], worker, lines, now, best);
    if (person == none) continue;
    next = person;
    best = lines[person].claim;
  }
  return next;
}

// The later the promise is, or was, the higher: 0 and below for who is not overdue yet, 1 and above for who
// is.
Ticks Turns::band_of(const Person& person, Ticks now) const {
  const Kind& kind = model_.kinds[person.kind];
  if (kind.klass > 0) return 0;
  const Ticks overdue = day_of(now) - day_of(person.arrived + kind.promise);
  return overdue > 0 ? 1 + (overdue - 1) / model_.band_days : -(-overdue / model_.band_days);
}

std::uint32_t Turns::next_in_bands(std::uint32_t worker, const Lines& lines, Ticks now) const {
  std::uint32_t next = none;
  const auto standing = [&](std::uint32_t person) {
    const Person& who = lines[person];
    return std::tuple(-static_cast<Ticks>(model_.kinds[who.kind].klass), -band_of(who, now),
                      -model_.fit(who.kind, worker), who.claim);
  };
  const Group groups = groups_of_[worker];
  for (std::uint32_t group = groups.first; group < groups.last; ++group)
    for (std::uint32_t at = groups_[group].first; at < groups_[group].last; ++at) {
      const std::uint32_t person = first_possible(kinds_[at], worker, lines, now, no_claim);
      if (person != none && (next == none || standing(person) < standing(next))) next = person;
    }
  return next;
}

} // namespace kith::matching::simulation
