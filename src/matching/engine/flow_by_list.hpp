// A network that is a waiting list in disguise: every arc goes from a node that sends one unit to a node that
// takes some, as in published instances of the assignment problem. The optimum solves these many times faster
// than the simplex. Everybody must be placed, so one class is enough: most people first, then the greatest
// fit, which is the greatest cost there is less the cost of the arc. The answer is held against the same
// proof as any other flow. Of parallel arcs the cheapest counts.
#pragma once
#include <optional>

#include "matching/engine/flow.hpp"
#include "matching/engine/instance.hpp"

namespace kith::matching::engine {

struct FlowList {
  Instance list{};
  std::vector<std::uint32_t> arc_of{};  // by pair
  std::vector<std::uint32_t> node_of{}; // by person, then by worker
  std::int64_t greatest_cost{};
};

// None where the network is something else, or costs differ by more than a fit can (65,535).
std::optional<FlowList> as_list(const FlowNetwork& network);
// REQUIRES `list` to be of this network. Failure: engine.no_flow.
Result<Flow> solve_flow_as_list(const FlowNetwork& network, const FlowList& list);

} // namespace kith::matching::engine
