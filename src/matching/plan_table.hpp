// A plan as readable text: who could be offered whom, in words why; who is still waiting and why; totals; and
// how it was made. Every word comes from the catalogue; only names and dates are put in.
#pragma once
#include <string>

#include "matching/plan_json.hpp"
#include "matching/two_plans.hpp"
#include "matching/wording.hpp"

namespace kith::matching {

std::string plan_table(const Plan& plan, const Wording& wording, const JsonNames& names);
// A plan made by hand: each row and why it cannot be offered, the same measures, what differs from the
// suggested plan, and the rest planned around the rows that stand.
std::string hand_plan_table(const HandPlan& plan, const Wording& wording, const JsonNames& names);

// Today's plan beside the suggested one: who would wait longer first, then other changes, then how groups
// fare.
std::string two_plans_table(const TwoPlans& plans, std::span<const FaresBy> fares, const Wording& wording,
                            const JsonNames& names);
// Whom a plan offers somebody, in one line; or why nobody.
std::string offers_in_words(const PersonPlan& person, const Wording& wording, const IdNames& workers);
// The name of a group of such a report; of those too small to stand alone when it is "".
std::string group_in_words(std::string_view what, const std::string& group, const Wording& wording);

} // namespace kith::matching
