#include "matching/assign/instance_pairs.hpp"

#include <algorithm>
#include <unordered_map>

#include "matching/assign/refusal.hpp"

namespace kith::matching {
namespace {

using record::JsonValue;

// Positions by id.
class Positions {
public:
  explicit Positions(std::string_view list) : list_(list) {}
  Done fill(const std::vector<std::string>& ids) {
    at_.reserve(ids.size());
    for (std::uint32_t k = 0; k < ids.size(); ++k)
      if (!at_.emplace(ids[k], k).second)
        return refusal(Where{list_, k, "id"}.text(), "each id once", record::json_text(ids[k]) + " again");
    return {};
  }
  Result<std::uint32_t> find(const Where& where, const JsonValue& value) const {
    const auto found = value.is_text() ? at_.find(value.text) : at_.end();
    if (found == at_.end()) return refusal(where, "an id of /" + std::string(list_), value);
    return found->second;
  }

private:
  std::string_view list_{};
  std::unordered_map<std::string_view, std::uint32_t> at_{};
};

// A pair as one number that sorts by person, then worker; `index` is where the file has it.
struct Listed {
  std::uint64_t pair{};
  std::uint32_t index{};
  auto operator<=>(const Listed&) const = default;
};
std::uint64_t pair_of(std::uint32_t person, std::uint32_t worker) {
  return std::uint64_t{person} << 32 | worker;
}

class WhoWithWhom final : public record::JsonParts {
public:
  explicit WhoWithWhom(AssignInstance& out) : out_(out) {}
  Done start();
  Result<Wanted> wants(std::string_view member) override {
    member_ = member;
    const bool wanted = member == "workers" || member == "pairs" || member == "fixed";
    return wanted ? Wanted::items : Wanted::nothing;
  }
  Done take(std::size_t index, const JsonValue& value) override;
  Done finish();

private:
  Done take_prefers(std::uint32_t worker, const JsonValue& list);
  Done take_pair(const Where& where, const JsonValue& value);
  Done take_fixed(const Where& where, const JsonValue& value);
  Done each_once();
  void rank();
  Done fix();
  const Listed* find(std::uint64_t pair) const;
  std::string ids(std::uint32_t person, std::uint32_t worker) const;

  AssignInstance& out_;
  std::string member_{};
  Positions people_{"people"};
  Positions workers_{"workers"};
  std::vector<Listed> listed_{};
  std::vector<Listed> named_{}; // by workers; `index` is the rank
};

Done WhoWithWhom::start() {
  TRY(people_.fill(out_.people));
  return workers_.fill(out_.workers);
}

Done WhoWithWhom::take(std::size_t index, const JsonValue& value) {
  const Where where{member_, index, {}};
  if (member_ == "pairs") return take_pair(where, value);
  if (member_ == "fixed") return take_fixed(where, value);
  const JsonValue* prefers = value.find("prefers");
  return prefers ? take_prefers(static_cast<std::uint32_t>(index), *prefers) : Done();
}

Done WhoWithWhom::take_prefers(std::uint32_t worker, const JsonValue& list) {
  const Where where{"workers", worker, "prefers"};
  if (!list.is_array()) return refusal(where, "a list of ids of /people", list);
  if (named_.size() + list.items.size() > assign_pairs_max) return too_much("assign.too_large");
  std::vector<std::uint32_t> once;
  for (const JsonValue& item : list.items) {
    TRY_ASSIGN(const std::uint32_t person, people_.find(where, item));
    once.push_back(person);
    named_.push_back({pair_of(person, worker), static_cast<std::uint32_t>(once.size())});
  }
  std::sort(once.begin(), once.end());
  const auto twice = std::adjacent_find(once.begin(), once.end());
  if (twice == once.end()) return {};
  return refusal(where.text(), "each person once", record::json_text(out_.people[*twice]) + " again");
}

Done WhoWithWhom::take_pair(const Where& where, const JsonValue& value) {
  if (value.items.size() != 3 && value.items.size() != 4)
    return refusal(where, "a list of person, worker, fit and perhaps the worker's fit", value);
  if (where.index == assign_pairs_max) return too_much("assign.too_large");
  TRY_ASSIGN(const std::uint32_t person, people_.find(where.at("0"), value.items[0]));
  TRY_ASSIGN(const std::uint32_t worker, workers_.find(where.at("1"), value.items[1]));
  TRY_ASSIGN(const std::int64_t fit, read_whole(where.at("2"), value.items[2], {0, engine::greatest_fit}));
  std::int64_t theirs = 0;
  if (value.items.size() == 4) {
    TRY_ASSIGN(theirs, read_whole(where.at("3"), value.items[3], {0, engine::greatest_fit - fit}));
  }
  listed_.push_back({pair_of(person, worker), static_cast<std::uint32_t>(where.index)});
  out_.instance.pairs.push_back(
      {person, worker, static_cast<std::int32_t>(fit), static_cast<std::int32_t>(theirs), 0});
  return {};
}

Done WhoWithWhom::take_fixed(const Where& where, const JsonValue& value) {
  if (value.items.size() != 2) return refusal(where, "a list of person and worker", value);
  if (where.index == out_.people.size()) return refusal(where, "at most one pair for each person", value);
  FixedPair pair;
  TRY_ASSIGN(pair.person, people_.find(where.at("0"), value.items[0]));
  TRY_ASSIGN(pair.worker, workers_.find(where.at("1"), value.items[1]));
  out_.fixed.push_back(pair);
  return {};
}

Done WhoWithWhom::finish() {
  std::sort(listed_.begin(), listed_.end());
  TRY(each_once());
  rank();
  return fix();
}

Done WhoWithWhom::each_once() {
  const Listed* first = nullptr; // of those that stand twice, the one whose second comes first in the file
  for (std::size_t k = 1; k < listed_.size(); ++k)
    if (listed_[k].pair == listed_[k - 1].pair && (!first || listed_[k].index < first->index))
      first = &listed_[k];
  if (!first) return {};
  const auto& pair = out_.instance.pairs[first->index];
  return refusal(Where{"pairs", first->index, {}}.text(), "each pair once",
                 ids(pair.person, pair.worker) + " again");
}

// Whom a worker names without a pair cannot be offered to them, and is passed over.
void WhoWithWhom::rank() {
  for (const Listed& named : named_)
    if (const Listed* listed = find(named.pair)) out_.instance.pairs[listed->index].worker_rank = named.index;
}

Done WhoWithWhom::fix() {
  std::vector<bool> placed(out_.people.size(), false);
  std::vector<std::uint32_t> used(out_.workers.size(), 0);
  for (std::size_t k = 0; k < out_.fixed.size(); ++k) {
    const auto [person, worker] = out_.fixed[k];
    const std::string where = Where{"fixed", k, {}}.text();
    if (!find(pair_of(person, worker))) return refusal(where, "a pair of /pairs", ids(person, worker));
    if (placed[person])
      return refusal(where, "one pair for each person", record::json_text(out_.people[person]) + " again");
    placed[person] = true;
    const std::uint32_t places = out_.instance.workers[worker].places;
    if (++used[worker] > places)
      return refusal(where, "a free place of " + record::json_text(out_.workers[worker]),
                     std::to_string(places) + ", taken by pairs before");
  }
  return {};
}

const Listed* WhoWithWhom::find(std::uint64_t pair) const {
  const auto at = std::lower_bound(listed_.begin(), listed_.end(), Listed{pair, 0});
  return at != listed_.end() && at->pair == pair ? &*at : nullptr;
}

std::string WhoWithWhom::ids(std::uint32_t person, std::uint32_t worker) const {
  std::string out = "[" + record::json_text(out_.people[person]);
  return out.append(", ").append(record::json_text(out_.workers[worker])).append("]");
}

} // namespace

Done read_who_with_whom(std::string& bytes, AssignInstance& out) {
  WhoWithWhom second(out);
  TRY(second.start());
  TRY(read_parts(bytes, second));
  return second.finish();
}

} // namespace kith::matching
