#include "matching/lemon.hpp"

#include <ctime>

#if __has_include(<lemon/network_simplex.h>)
#define KITH_LEMON
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wshadow"
#pragma GCC diagnostic ignored "-Wdeprecated-copy"
#include <lemon/network_simplex.h>
#include <lemon/static_graph.h>
#pragma GCC diagnostic pop
#endif

namespace kith::bench {

double cpu_seconds() {
  timespec at{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &at);
  return static_cast<double>(at.tv_sec) + static_cast<double>(at.tv_nsec) * 1e-9;
}

#ifdef KITH_LEMON
const bool have_lemon = true;

// Everybody sends one unit to a worker or past all workers to the one sink.
LemonAnswer solve_with_lemon(const matching::engine::Packed& problem) {
  using Graph = lemon::StaticDigraph;
  const int n = static_cast<int>(problem.people()), m = static_cast<int>(problem.workers()), sink = n + m;
  std::vector<std::pair<int, int>> arcs;
  std::vector<std::int64_t> costs, most;
  const auto arc = [&](int from, int to, std::int64_t cost, std::int64_t capacity) {
    arcs.emplace_back(from, to);
    costs.push_back(cost);
    most.push_back(capacity);
  };
  for (int i = 0; i < n; ++i) {
    const auto person = static_cast<std::uint32_t>(i);
    problem.each_pair(person, [&](const auto& pair) {
      arc(i, n + static_cast<int>(pair.worker), -problem.bonus[person] - pair.fit, 1);
    });
    arc(i, sink, 0, 1);
  }
  for (int j = 0; j < m; ++j) arc(n + j, sink, 0, problem.places[static_cast<std::size_t>(j)]);
  Graph graph;
  graph.build(sink + 1, arcs.begin(), arcs.end());
  Graph::ArcMap<std::int64_t> cost(graph), upper(graph);
  Graph::NodeMap<std::int64_t> supply(graph, 0);
  for (std::size_t a = 0; a < arcs.size(); ++a) {
    cost[graph.arc(static_cast<int>(a))] = costs[a];
    upper[graph.arc(static_cast<int>(a))] = most[a];
  }
  for (int i = 0; i < n; ++i) supply[graph.node(i)] = 1;
  supply[graph.node(sink)] = -n;
  lemon::NetworkSimplex<Graph, std::int64_t, std::int64_t> simplex(graph);
  simplex.costMap(cost).upperMap(upper).supplyMap(supply);
  const double began = cpu_seconds();
  simplex.run();
  return {-simplex.totalCost<std::int64_t>(), cpu_seconds() - began};
}
#else
const bool have_lemon = false;
LemonAnswer solve_with_lemon(const matching::engine::Packed&) { return {}; }
#endif

} // namespace kith::bench
