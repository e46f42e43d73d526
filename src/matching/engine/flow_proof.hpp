// The proof of an order of goals (flow.hpp), in plain loops that share nothing with the simplex. Of each arc
// the first goal decides whose potentials say anything: r > 0, it must be empty; r < 0, it must be full. A
// flow that keeps to that, its capacities and its supplies is a cheapest one in this order, by the same
// argument as for one goal. Cost: one pass over the arcs by goal, 9 bytes an arc.
#pragma once
#include "matching/engine/flow.hpp"

namespace kith::matching::engine {

class OrderProof {
public:
  // REQUIRES that the network outlives this. Its own costs are the first goal.
  explicit OrderProof(const FlowNetwork& network);
  void add(const std::vector<std::int64_t>& potentials); // of the goal that counts now
  void turn_to(const FlowGoal& goal);
  bool holds(const std::vector<std::int64_t>& units) const;

private:
  const FlowNetwork& network_;
  std::vector<std::int64_t> costs_{};
  std::vector<std::int8_t> said_{}; // by arc. 1: must be empty, -1: must be full, 0: nothing yet
};

} // namespace kith::matching::engine
