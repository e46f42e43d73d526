// The cheapest flow through a directed network: every node sends on what it gets and its own supply (a demand
// is a supply below 0), no arc carries more than its capacity, and the sum of flow x cost is least. Any
// network will do: parallel arcs, arcs from a node to itself, capacities of 0, costs below 0. Lower bounds
// are 0; whoever reads a file with others moves them into the supplies (assign/min_file.hpp).
//
// Method: network simplex (Dantzig 1951) that starts from one dear arc of its own between every node and a
// root, looks for the next arc block by block, and keeps the tree strongly feasible, so that it cannot go
// round in circles (Cunningham 1976; Ahuja, Magnanti and Orlin 1993, 11.5 to 11.7). A node knows its parent,
// depth and children; the part of the tree that is hung elsewhere is walked once.
//
// Cost: a block of about the root of the arcs looked at per pivot, and the part of the tree that moved.
// 8,192 nodes and 65,536 arcs at random take a fifth of a second. Not for waiting lists: optimum.hpp is.
// No floating point. Ties: which of several cheapest flows is returned follows from the order of the arcs.
// The proof is checked before returning; without it the answer is a Defect.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "base/result.hpp"

namespace kith::matching::engine {

struct FlowArc {
  std::uint32_t from{};
  std::uint32_t to{};
  std::int64_t capacity{};
  std::int64_t cost{}; // of one unit
};

struct FlowNetwork {
  std::vector<std::int64_t> supplies{}; // by node; below 0 a demand
  std::vector<FlowArc> arcs{};
};

struct Flow {
  std::vector<std::int64_t> units{};      // by arc
  std::vector<std::int64_t> potentials{}; // by node; see `prove`. Only differences mean anything
  std::int64_t cost{};
};

// Failures with the index as argument: engine.arc_unknown (names no node), engine.capacity_below_zero.
// Without: engine.flow_too_large (a sum might leave 64 bits), engine.supplies_uneven (they do not come to 0),
// engine.no_flow (the capacities do not let all supplies through).
Result<Flow> solve_flow(const FlowNetwork& network);

// Further goals, in strict order: of all cheapest flows those that are cheapest by the costs of the first
// goal, of these by the second, and so on. No cost is weighed against one of another goal, so none has to be
// large. The simplex goes on from the tree it has: an arc with r > 0 (see `prove`) is empty in every cheapest
// flow and one with r < 0 full, and so they stay for the goals that follow. Cost: one pass over the arcs and
// the pivots that are left, by goal. The proof of the order is checked before returning.
struct ArcCost {
  std::uint32_t arc{};
  std::int64_t cost{};
};
using FlowGoal = std::vector<ArcCost>; // each arc at most once; those not named cost nothing

// Where the simplex begins, when something near the answer is known: units within the capacities, and for
// each node the arc by which it hangs from the root, or no_arc where it hangs by one of its own. Every node
// has to be able to send something up its arc, and what hangs by an arc to send on all its units; arcs in
// nobody's way up are empty or full. Empty lists: nothing is sent, everything hangs by an arc of its own.
inline constexpr std::uint32_t no_arc = 0xffff'ffff;
struct FlowStart {
  std::vector<std::int64_t> units{};     // by arc
  std::vector<std::uint32_t> hangs_by{}; // by node
};

// The units are of the order, potentials and cost of the network's own costs. Failures as above.
// REQUIRES a start as described; the answer's cost does not depend on it, the time does.
Result<Flow> solve_flow_in_order(const FlowNetwork& network, std::span<const FlowGoal> further,
                                 const FlowStart& start);

// A flow that keeps capacities and supplies is a cheapest one when, with r = cost + potential of `from` less
// potential of `to`, arcs with r > 0 are empty and arcs with r < 0 are full. One pass over the arcs.
enum class FlowProof {
  proved,
  wrong_shape,
  beyond_capacity,
  not_passed_on,
  not_empty, // though r > 0
  not_full,  // though r < 0
  wrong_cost,
};
// REQUIRES a network and potentials whose sums stay within 64 bits, as solve_flow makes sure of.
FlowProof prove(const FlowNetwork& network, const Flow& flow);

} // namespace kith::matching::engine
