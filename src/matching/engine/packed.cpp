#include "matching/engine/packed.hpp"

#include <algorithm>

namespace kith::matching::engine {

Packed pack(const Canonical& problem, Keep keep, InstructionSet set) {
  const Instance& instance = problem.instance;
  Packed out;
  out.bonus = bonuses(instance);
  out.places.reserve(instance.workers.size());
  for (const InstanceWorker& worker : instance.workers) out.places.push_back(worker.places);
  out.first.assign(instance.people.size() + 1, 0);
  out.pairs = PackedPairs(out.workers(), set);
  out.pairs.reserve(instance.pairs.size());
  for (const InstancePair& pair : instance.pairs) {
    if (keep == Keep::pairs_with_places && out.places[pair.worker] == 0) continue;
    const auto fit = static_cast<std::int32_t>(fit_of(pair));
    out.pairs.push_back({pair.worker, fit});
    out.greatest_fit = std::max(out.greatest_fit, fit);
    out.first[pair.person + 1] = out.pairs.size();
  }
  for (std::size_t i = 1; i < out.first.size(); ++i) out.first[i] = std::max(out.first[i], out.first[i - 1]);
  out.order.resize(instance.people.size());
  for (std::uint32_t i = 0; i < out.order.size(); ++i) out.order[i] = i;
  std::sort(out.order.begin(), out.order.end(), [&](std::uint32_t a, std::uint32_t b) {
    return std::pair(instance.people[a].order, a) < std::pair(instance.people[b].order, b);
  });
  if (instance.objective == Objective::weighted) return out;
  out.rank_value = exchange_bound(instance);
  out.rank.reserve(out.bonus.size());
  for (const std::int64_t bonus : out.bonus)
    out.rank.push_back(static_cast<std::uint16_t>(bonus / out.rank_value));
  return out;
}

} // namespace kith::matching::engine
