// A plan as readable text: who could be offered whom, in words why; who is still waiting and why; totals; and
// how it was made. Every word comes from the catalogue; only names and dates are put in.
#pragma once
#include <string>

#include "matching/plan_json.hpp"
#include "matching/wording.hpp"

namespace kith::matching {

std::string plan_table(const Plan& plan, const Wording& wording, const JsonNames& names);
// A plan made by hand: each row and why it cannot be offered, the same measures, what differs from the
// suggested plan, and the rest planned around the rows that stand.
std::string hand_plan_table(const HandPlan& plan, const Wording& wording, const JsonNames& names);

} // namespace kith::matching
