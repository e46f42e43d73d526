// Plans and comparisons as JSON with fixed members, integers only: the same input gives the same bytes. For
// coordinators' API, the command line and golden tests. Prices and effects on others are for coordinators.
// `secret` facts have no member. Formats "kith-match-plan/1", "kith-hand-plan/1", "kith-two-plans/1" and
// "kith-match-comparison/1".
#pragma once
#include <string>

#include "matching/compare.hpp"
#include "matching/hand_plan.hpp"
#include "matching/id_names.hpp"
#include "matching/two_plans.hpp"

namespace kith::matching {

struct JsonNames {
  const IdNames& people;
  const IdNames& workers;
};
// The proof is for whoever has the whole folder and checks the plan (kith-verify): it names every person of
// it.
enum class Proof : std::uint8_t { left_out, written };
std::string plan_json(const Plan& plan, const JsonNames& names, Proof proof = Proof::left_out);
// For whoever has the whole folder, like the proof: the gap tells of everybody's possible pairs.
std::string hand_plan_json(const HandPlan& plan, const JsonNames& names);
// Counts that are too small to be shown are null.
std::string two_plans_json(const TwoPlans& plans, std::span<const FaresBy> fares, const JsonNames& names);
std::string comparison_json(const ComparisonPage& page, const JsonNames& names);

} // namespace kith::matching
