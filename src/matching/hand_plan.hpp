// A plan that somebody made by hand, held against the rules and measures of a suggested one, and the rest of
// the list planned around it (matching.md 2.13). Rows are judged in their order: the first of a person that
// stands is the place kept for them, later ones are further choices. What cannot be offered is left out of
// every measure. The rows are constraints of the rest: their places are taken and their people have had
// their turn. Cost: two plans of the list.
#pragma once
#include <span>

#include "matching/plan.hpp"

namespace kith::matching {

enum class Verdict : std::uint8_t {
  stands,
  not_possible,  // breaks open constraints: `reasons`
  not_available, // breaks a secret one, which is all that is said
  below_floor,   // the dial waits for a closer worker until `until`
  no_place_left  // the rows before have taken the worker's places
};
std::string_view name_of(Verdict verdict);

struct JudgedRow {
  HandRow row{};
  Verdict verdict{};
  bool kept{}; // the place kept for this person; further choices are not
  std::vector<OpenReason> reasons{};
  std::optional<Date> until{};
  std::optional<Explanation> explanation{}; // when it stands
};

struct HandPlan {
  std::vector<JudgedRow> rows{};     // in the order given
  MethodTotals totals{};             // of the kept places; `method` says nothing
  Plan suggested{};                  // for the whole list, without the rows
  std::vector<PlanChange> differs{}; // from the suggested plan to this one, losers first
  Plan around{};                     // for everybody whose rows do not stand, or who has none
};

// Failures: not_found for a person or worker who is not on the list, match.row_twice; those of make_plan.
Result<HandPlan> judge(PlanInput input, std::span<const HandRow> rows);

} // namespace kith::matching
