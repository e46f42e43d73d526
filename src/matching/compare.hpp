// The comparison behind "Find a connection": one person, the workers who could be asked, each criterion's
// sign and reason, what each choice would mean for others, and who is not shown and why. Exclusions,
// boundaries and walls decide who is a candidate and change nothing else here: a secretly excluded worker
// with an open reason stays under it, one without is simply absent, and "Others are not available" is always
// said, unnumbered. Cost: two passes over the workers and, per candidate with effects, one exact solve of the
// list.
#pragma once
#include "matching/plan.hpp"

namespace kith::matching {

struct Candidate {
  RawId worker{};
  Closeness closeness{};
  std::vector<Cell> cells{};
  std::optional<Date> earliest_on{}; // next day with a window both have; nothing = not known yet
  std::int32_t free_places{};
  Explanation explanation{};
  bool effects_known{};                 // worked out for this candidate
  std::vector<EffectOnOther> effects{}; // on people's kept place; losers first; coordinators only
};

struct NotShown {
  RawId worker{};
  std::vector<OpenReason> reasons{};
};

struct ComparisonPage {
  RawId person{};
  Settings settings{};
  std::int32_t waiting_days{};
  Date promise_on{};
  std::vector<Candidate> candidates{}; // closeness, earlier meeting, stable key
  std::vector<NotShown> not_shown{};   // active workers with an open reason, by id
  std::vector<WouldChange> would_change{};
  std::vector<Obstacle> not_known{}; // what the person has not said and offers need
};

struct CompareOptions {
  RawId person{};
  std::optional<Wishes> tried{}; // "Try a change": these wishes instead of the stored ones
  int effects_for{4};            // the first so many candidates get effects on others
};

// Failures: not_found when the person is not on the list; match.wish_twice; those of engine::validate.
Result<ComparisonPage> compare(const WaitingList& list, const CompareOptions& options);

// Why one pair is not in a plan of the same list; nothing when it is offered in it.
// Failures: not_found for an unknown person or worker.
struct PairAsked {
  RawId person{};
  RawId worker{};
};
Result<std::optional<NonPair>> why_not(const WaitingList& list, const Plan& plan, PairAsked pair);

} // namespace kith::matching
