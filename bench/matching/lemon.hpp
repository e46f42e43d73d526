// The comparators: LEMON's network simplex and cost scaling, with their defaults. From Debian's liblemon-dev;
// without it `have_lemon` is false. Building LEMON's graph is not in the time; the graph is in the memory,
// because our instance is the graph too. This and lemon.cpp are C++17: LEMON's maps do not compile as C++20.
#pragma once
#include <utility>
#include <vector>

#include "matching/apart.hpp"

namespace kith::bench {

struct FlowProblem { // node by node, arc by arc; least cost
  std::vector<std::int64_t> supplies{};
  std::vector<std::pair<int, int>> arcs{}; // by their first node
  std::vector<std::int64_t> costs{};
  std::vector<std::int64_t> most{};
};

extern const bool have_lemon;
enum class Lemon { network_simplex, cost_scaling };
Run solve_with_lemon(FlowProblem problem,
                     Lemon how); // the value is the cost turned round, or -1 without LEMON

} // namespace kith::bench
