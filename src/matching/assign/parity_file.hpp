// Group parity as a part of a plan's JSON and table (plan_file.hpp): the bands, shares before and now, and
// what they cost whom. Groups and people are in the order of their ids. REQUIRES plan.parity throughout.
#pragma once
#include "base/words.hpp"
#include "matching/assign/assign_plan.hpp"
#include "record/json.hpp"

namespace kith::matching {

void write_parity(record::JsonWriter& json, const AssignInstance& file, const AssignPlan& plan);
std::string parity_shares_table(const AssignInstance& file, const AssignPlan& plan, const Words& words);
std::string parity_changes_table(const AssignInstance& file, const AssignPlan& plan, const Words& words);

std::string hundredths_text(std::int64_t hundredths); // 25 is "0.25". REQUIRES hundredths >= 0

} // namespace kith::matching
