#include "matching/lemon.hpp"

#if __has_include(<lemon/network_simplex.h>)
#define KITH_LEMON
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wshadow"
#pragma GCC diagnostic ignored "-Wdeprecated-copy"
#pragma GCC diagnostic ignored "-Wunused-but-set-variable"
#include <lemon/cost_scaling.h>
#include <lemon/network_simplex.h>
#include <lemon/static_graph.h>
#pragma GCC diagnostic pop
#endif

namespace kith::bench {

#ifdef KITH_LEMON
const bool have_lemon = true;

namespace {

using Graph = lemon::StaticDigraph;

template <class Solver> Run solve(FlowProblem problem) {
  Graph graph;
  graph.build(static_cast<int>(problem.supplies.size()), problem.arcs.begin(), problem.arcs.end());
  Graph::ArcMap<std::int64_t> cost(graph), upper(graph);
  Graph::NodeMap<std::int64_t> supply(graph);
  for (std::size_t a = 0; a < problem.arcs.size(); ++a) {
    cost[graph.arc(static_cast<int>(a))] = problem.costs[a];
    upper[graph.arc(static_cast<int>(a))] = problem.most[a];
  }
  for (std::size_t n = 0; n < problem.supplies.size(); ++n)
    supply[graph.node(static_cast<int>(n))] = problem.supplies[n];
  problem = {};
  forget_peak();
  Solver solver(graph);
  solver.costMap(cost).upperMap(upper).supplyMap(supply);
  const double began = cpu_seconds();
  solver.run();
  const double took = cpu_seconds() - began;
  return {-solver.template totalCost<std::int64_t>(), took};
}

} // namespace

Run solve_with_lemon(FlowProblem problem, Lemon how) {
  if (how == Lemon::cost_scaling)
    return solve<lemon::CostScaling<Graph, std::int64_t, std::int64_t>>(std::move(problem));
  return solve<lemon::NetworkSimplex<Graph, std::int64_t, std::int64_t>>(std::move(problem));
}
#else
const bool have_lemon = false;
Run solve_with_lemon(FlowProblem, Lemon) { return {}; }
#endif

} // namespace kith::bench
