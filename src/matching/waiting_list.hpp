// A snapshot of everybody waiting and every worker, made ready for matching: who may be offered whom and how
// well they fit, worked out once over the compiled workers (compiled.hpp) and then asked many times by
// `make_plan` and `compare`. Input order never matters: both sides are kept sorted by id. Immutable after
// `prepare`; any thread may read it.
#pragma once
#include <optional>
#include <vector>

#include "matching/compiled.hpp"
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
  // Without the pairs, `possible` and `instance` have none: enough for asking about single ones.
  enum class Pairs : std::uint8_t { all, none };
  static Result<WaitingList> prepare(PlanInput input, Pairs pairs = Pairs::all);

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

  // The quick form of the above for one person and all workers, who stand there at places of its own.
  const Compiled& compiled() const { return compiled_; }
  engine::Question question(const PreparedPerson& person) const;
  // Workers against whom no open reason stands, and those against whom exactly one does; by open reasons
  // alone, in order. Whoever was asked already is in neither.
  std::vector<std::uint32_t> openly_possible(const PreparedPerson& person) const;
  std::vector<std::uint32_t> one_reason_short(const PreparedPerson& person) const;

  // The engine's problem under one position of the dial: classes from the ladder, pairs above the floors.
  Result<engine::Instance> instance(Dial dial) const;

private:
  void find_possible(std::uint32_t person);
  std::vector<std::uint32_t> breaking(const PreparedPerson& person, int clauses) const;

  Settings settings_{};
  std::vector<PreparedPerson> people_{};
  std::vector<PreparedWorker> workers_{};
  std::vector<Budget> person_budgets_{};
  std::vector<Budget> worker_budgets_{};
  std::vector<Exclusion> exclusions_{};
  Compiled compiled_{};
  std::vector<Possible> possible_{};
};

} // namespace kith::matching
