// A plan for an instance out of a file, by one of the three methods, with the optimum beside it. Fixed pairs
// are kept whatever the method: their people are placed, their places used, and the rest is planned around
// them. What the plan is worth is counted over the whole instance. `bound` is the most that any plan with
// these fixed pairs can be worth, and `prices` are its proof; for a plan of the method optimum they are
// equal. Cost: one optimum, and for another method that too.
#pragma once
#include <optional>

#include "matching/assign/instance_file.hpp"
#include "matching/engine/parity.hpp"
#include "matching/settings.hpp"

namespace kith::matching {

struct ParityReport {
  std::int64_t band{};
  std::vector<std::string> groups{}; // ids, by group of the tree
  engine::Groups tree{};
  std::vector<std::uint32_t> before{}; // the plan without bands: worker by person
  engine::Parity parity{};
};

struct AssignPlan {
  Method method{Method::optimum};
  std::vector<std::uint32_t> worker_of{}; // by person of the instance; engine::nobody when unplaced
  engine::Totals totals{};
  std::int64_t bound{};
  std::vector<std::int64_t> prices{};           // by worker: what one more place would bring
  std::optional<std::int64_t> blocking_pairs{}; // unless the method is optimum; fixed pairs aside
  std::optional<ParityReport> parity{};         // bound and prices are of the plan without bands then
};

// Worker by person, nobody where nothing is fixed.
std::vector<std::uint32_t> fixed_workers(const AssignInstance& file);

// REQUIRES a file that read_assign_file accepts.
AssignPlan make_assign_plan(const AssignInstance& file, Method method);

} // namespace kith::matching
