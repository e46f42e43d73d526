#include "matching/engine/arrival.hpp"

#include <algorithm>

namespace kith::matching::engine {

ArrivalPlan solve_arrival(const Instance& instance) {
  const Canonical problem = canonical(instance);
  std::vector<std::uint32_t> order(instance.people.size());
  for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    return std::pair(problem.instance.people[a].order, a) < std::pair(problem.instance.people[b].order, b);
  });
  std::vector<std::uint32_t> free;
  free.reserve(problem.instance.workers.size());
  for (const InstanceWorker& worker : problem.instance.workers) free.push_back(worker.places);
  ArrivalPlan out;
  out.worker_of.assign(instance.people.size(), nobody);
  for (const std::uint32_t person : order) {
    const InstancePair* best = nullptr;
    for (std::uint32_t e = problem.first_pair[person]; e < problem.first_pair[person + 1]; ++e) {
      const InstancePair& pair = problem.instance.pairs[e];
      if (free[pair.worker] > 0 && (!best || pair.person_part > best->person_part)) best = &pair;
    }
    if (!best) continue;
    --free[best->worker];
    out.worker_of[problem.people[person]] = problem.workers[best->worker];
  }
  out.totals = totals_of(instance, out.worker_of);
  return out;
}

} // namespace kith::matching::engine
