#include "matching/engine/flow_proof.hpp"

#include <algorithm>

namespace kith::matching::engine {

OrderProof::OrderProof(const FlowNetwork& network) : network_(network), said_(network.arcs.size(), 0) {
  costs_.reserve(network.arcs.size());
  for (const FlowArc& arc : network.arcs) costs_.push_back(arc.cost);
}

void OrderProof::add(const std::vector<std::int64_t>& potentials) {
  for (std::size_t a = 0; a < said_.size(); ++a) {
    const FlowArc& arc = network_.arcs[a];
    const std::int64_t reduced = costs_[a] + potentials[arc.from] - potentials[arc.to];
    if (said_[a] == 0) said_[a] = static_cast<std::int8_t>((reduced > 0) - (reduced < 0));
  }
}

void OrderProof::turn_to(const FlowGoal& goal) {
  std::fill(costs_.begin(), costs_.end(), 0);
  for (const auto& [arc, cost] : goal) costs_[arc] = cost;
}

bool OrderProof::holds(const std::vector<std::int64_t>& units) const {
  for (std::size_t a = 0; a < said_.size(); ++a)
    if ((said_[a] > 0 && units[a] > 0) || (said_[a] < 0 && units[a] < network_.arcs[a].capacity))
      return false;
  return true;
}

FlowProof prove(const FlowNetwork& network, const Flow& flow) {
  const auto& [units, potentials, cost] = flow;
  if (units.size() != network.arcs.size() || potentials.size() != network.supplies.size())
    return FlowProof::wrong_shape;
  std::vector<std::int64_t> left = network.supplies;
  std::int64_t paid = 0;
  for (std::size_t a = 0; a < units.size(); ++a) {
    const FlowArc& arc = network.arcs[a];
    if (units[a] < 0 || units[a] > arc.capacity) return FlowProof::beyond_capacity;
    left[arc.from] -= units[a];
    left[arc.to] += units[a];
    paid += units[a] * arc.cost;
    const std::int64_t reduced = arc.cost + potentials[arc.from] - potentials[arc.to];
    if (reduced > 0 && units[a] > 0) return FlowProof::not_empty;
    if (reduced < 0 && units[a] < arc.capacity) return FlowProof::not_full;
  }
  if (std::any_of(left.begin(), left.end(), [](std::int64_t rest) { return rest != 0; }))
    return FlowProof::not_passed_on;
  return paid == cost ? FlowProof::proved : FlowProof::wrong_cost;
}

} // namespace kith::matching::engine
