// Networks in the `min` format of the first DIMACS challenge (1991): lines of words, the first a letter.
//
//   c  anything
//   p min NODES ARCS
//   n NODE SUPPLY            a node that is not named has none; below 0 is a demand
//   a FROM TO LOW HIGH COST  an arc; what must go through it at least, and may at most
//
// The problem line comes first, then nodes, then as many arcs as it promised. The first line that cannot be
// used is refused with its number, what was expected and what was found (refusal.hpp). What an arc must carry
// is moved into the supplies, because the solver knows no lower bounds.
// Limits: 1 GiB, 5,000,000 nodes, 20,000,000 arcs. Memory: the bytes and 32 of each arc.
#pragma once
#include <string_view>

#include "matching/engine/flow.hpp"

namespace kith::matching {

struct MinFile {
  engine::FlowNetwork network{};   // what is left to decide
  std::vector<std::int64_t> low{}; // by arc: units that are sent anyway
  std::int64_t low_cost{};         // what these cost
};

// Failures: assign.expected.
Result<MinFile> read_min_file(std::string_view bytes);

} // namespace kith::matching
