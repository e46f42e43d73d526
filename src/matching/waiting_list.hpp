// A snapshot of everybody waiting and every worker, made ready for matching: who may be offered whom and how
// well they fit, worked out once (people x workers constraint checks, about a microsecond each) and then
// asked many times by `make_plan` and `compare`. Input order never matters: both sides are kept sorted by id.
// Immutable after `prepare`; any thread may read it.
#pragma once
#include <optional>
#include <vector>

#include "matching/engine/instance.hpp"
#include "matching/explanation.hpp"
#include "matching/ladder.hpp"
#include "matching/plan_input.hpp"

namespace kith::matching {

struct Possible { // a candidate: breaks no hard constraint
  std::uint32_t person{};
  std::uint32_t worker{};
  Parts parts{};
};

class WaitingList {
public:
  // Failures: match.person_twice, match.worker_twice, match.choices (1..7), match.offers_per_place (>= 1),
  // match.wish_twice (two views on one criterion).
  static Result<WaitingList> prepare(PlanInput input);

  const Settings& settings() const { return settings_; }
  const std::vector<PreparedPerson>& people() const { return people_; }
  const std::vector<PreparedWorker>& workers() const { return workers_; }
  const std::vector<Possible>& possible() const { return possible_; }
  std::optional<std::uint32_t> find_person(RawId id) const;
  std::optional<std::uint32_t> find_worker(RawId id) const;

  Feasibility feasibility(const PreparedPerson& person, std::uint32_t worker) const;
  // `person` may be a changed copy of somebody on the list ("try a change").
  Parts parts(const PreparedPerson& person, std::uint32_t worker) const;
  Explanation explanation(const PreparedPerson& person, std::uint32_t worker) const;
  std::vector<Cell> cells(const PreparedPerson& person, std::uint32_t worker) const;

  // The engine's problem under one position of the dial: classes from the ladder, pairs above the floors.
  Result<engine::Instance> instance(Dial dial) const;

private:
  Settings settings_{};
  std::vector<PreparedPerson> people_{};
  std::vector<PreparedWorker> workers_{};
  std::vector<Budget> person_budgets_{};
  std::vector<Budget> worker_budgets_{};
  std::vector<Exclusion> exclusions_{};
  std::vector<Possible> possible_{};
};

} // namespace kith::matching
