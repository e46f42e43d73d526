// A plan for an instance out of a file, by one of the three methods, with the optimum beside it. Fixed pairs
// are kept whatever the method: their people are placed, their places used, and the rest is planned around
// them. What the plan is worth is counted over the whole instance. `bound` is the most that any plan with
// these fixed pairs can be worth, and `prices` are its proof; for a plan of the method optimum they are
// equal. Cost: one optimum, and for another method that too.
#pragma once
#include <optional>

#include "matching/assign/instance_file.hpp"
#include "matching/settings.hpp"

namespace kith::matching {

struct AssignPlan {
  Method method{Method::optimum};
  std::vector<std::uint32_t> worker_of{}; // by person of the instance; engine::nobody when unplaced
  engine::Totals totals{};
  std::int64_t bound{};
  std::vector<std::int64_t> prices{};           // by worker: what one more place would bring
  std::optional<std::int64_t> blocking_pairs{}; // unless the method is optimum; fixed pairs aside
};

// REQUIRES a file that read_assign_file accepts.
AssignPlan make_assign_plan(const AssignInstance& file, Method method);

} // namespace kith::matching
