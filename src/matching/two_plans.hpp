// The plan for today beside the suggested plan, person by person (experience.md 3.1). Today is what happens
// without a plan: whoever waits longest chooses first among what is free. Suggested is the service's method,
// around the rows somebody kept by hand when there are any. Whoever holds open offers keeps those in both and
// gets no further one here. Cost: two solves; two whole plans with kept rows.
//
// `fixed` tells which secret constraints a kept row breaks: what a page says of it comes from open reasons.
#pragma once
#include "matching/hand_plan.hpp"

namespace kith::matching {

struct ComparedPerson {
  PersonPlan today{};
  PersonPlan suggested{};
  std::optional<Change> change{}; // of the kept worker, from today to suggested
  bool further_differs{};         // the same kept worker, another further choice
  bool fixed{};                   // by hand
  std::vector<RawId> open{};      // offered already: the workers; both plans leave this person alone
  std::vector<RawId> instead{};   // who is given today's worker in the suggested plan, at most three
};

struct TwoPlans {
  Settings settings{};
  // Who loses first, then other changes, then who has the same, then who is deciding, then who has nobody; in
  // the order of a plan.
  std::vector<ComparedPerson> people{};
  std::vector<JudgedRow> fixed{}; // in the order given
  std::int64_t later{};           // today somebody, suggested nobody
  std::int64_t sooner{};          // the reverse
  std::int64_t another{};         // another worker
};

// Kept rows of people who are not planned for are left out. Failures: those of prepare, make_plan and judge.
Result<TwoPlans> today_and_suggested(PlanInput input, std::span<const HandRow> fixed);

// How the people of one group fare: those waiting, those who get an offer under each plan, and how long they
// have waited (median, days).
struct GroupFare {
  std::string group{}; // "" those whose groups are too small to stand alone, together
  std::int64_t waiting{};
  std::optional<std::int64_t> today{}; // nothing: too few to be shown
  std::optional<std::int64_t> suggested{};
  std::int32_t median_days{};
};
struct InGroup {
  RawId person{};
  std::string group{};
};
// By the name of the group, the small ones together at the end. `of` names everybody's group once, sorted by
// person; people without one are left out. Groups and counts too small to be shown: base/small_counts.hpp.
std::vector<GroupFare> fares(const TwoPlans& plans, std::span<const InGroup> of);
struct FaresBy {
  std::string_view what{}; // "language", "area", "age"
  std::vector<GroupFare> groups{};
};

} // namespace kith::matching
