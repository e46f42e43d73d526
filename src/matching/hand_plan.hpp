// A plan that somebody made by hand, held against the rules and measures of a suggested one, and the rest of
// the list planned around it (matching.md 2.13). Rows are judged in their order: the first of a person that
// stands is the place kept for them, unless they are deciding about offers already; later ones are further
// choices, seven at once in all. What cannot be offered is left out of every measure. The rows are
// constraints of the rest: their places are taken, a place that further choices share counting whole, and
// their people have had their turn. Cost: two plans of the list.
//
// Whoever reads the answer learns which secret constraints the rows break: it is for those who may see them.
#pragma once
#include <span>

#include "matching/plan.hpp"

namespace kith::matching {

enum class Verdict : std::uint8_t {
  stands,
  not_possible,  // breaks open constraints: `reasons`
  not_available, // breaks a secret one, which is all that is said
  below_floor,   // the dial waits for a closer worker until `until`
  no_place_left, // the rows before have taken the worker's places
  too_many       // this person has been given seven workers
};
std::string_view name_of(Verdict verdict);

struct JudgedRow {
  HandRow row{};
  Verdict verdict{};
  bool kept{};     // the place kept for this person; further choices are not
  bool deciding{}; // the person holds open offers already
  std::vector<OpenReason> reasons{};
  std::optional<Date> until{};
  std::optional<Explanation> explanation{}; // when it stands
};

struct HandPlan {
  std::vector<JudgedRow> rows{};     // in the order given
  MethodTotals totals{};             // of the places kept by rows; `method` says nothing
  MethodTotals with_rest{};          // of those and the rest
  Plan suggested{};                  // for the whole list, without the rows
  Plan around{};                     // for everybody whose rows do not stand, or who has none
  std::vector<PersonPlan> people{};  // of the rows that stand, and of those
  std::vector<PlanChange> differs{}; // from the suggested plan to the rows and the rest, losers first
};

// Failures: not_found for a person or worker who is not on the list, match.row_twice; those of make_plan.
Result<HandPlan> judge(PlanInput input, std::span<const HandRow> rows);

} // namespace kith::matching
