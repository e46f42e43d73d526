// Group parity over a file: the groups that `--parity GROUPS` names, the tree they form by who is in which,
// and the optimum within their bands (engine/parity.hpp). That one group lies inside another is not said in
// the file: it does when everybody in it is in the other too. Fixed pairs are kept, and count. Cost: one
// optimum and what solve_parity costs.
#pragma once
#include "matching/assign/assign_plan.hpp"

namespace kith::matching {

struct ParityOptions {
  std::string groups{}; // ids with commas between, or "all"
  std::int64_t band{engine::band_usual};
};

// The optimum within the bands of the groups (engine/parity.hpp). Failures, Fault::invalid with ids as
// arguments: assign.no_groups, assign.no_group, assign.group_twice, engine.groups_too_many,
// engine.groups_overlap; Fault::conflict: engine.no_parity, with two bands in percentage points.
Result<AssignPlan> make_parity_plan(const AssignInstance& file, const ParityOptions& options);

} // namespace kith::matching
