#include "matching/engine/certificate.hpp"

namespace kith::matching::engine {

Proof prove(const Instance& instance, const Certificate& certificate) {
  const auto& [worker_of, gains, prices] = certificate;
  if (worker_of.size() != instance.people.size() || gains.size() != instance.people.size() ||
      prices.size() != instance.workers.size())
    return Proof::wrong_shape;
  std::vector<std::int64_t> used(instance.workers.size(), 0);
  std::int64_t placed = 0;
  for (const std::uint32_t worker : worker_of) {
    if (worker == nobody) continue;
    if (worker >= used.size()) return Proof::pair_unknown;
    if (++used[worker] > instance.workers[worker].places) return Proof::place_taken_twice;
    ++placed;
  }
  const std::vector<std::int64_t> bonus = bonuses(instance);
  std::int64_t primal = 0;
  std::int64_t known = 0;
  for (const InstancePair& pair : instance.pairs) {
    const std::int64_t value = bonus[pair.person] + fit_of(pair);
    if (gains[pair.person] + prices[pair.worker] < value) return Proof::pair_underpriced;
    if (worker_of[pair.person] == pair.worker) {
      primal += value;
      ++known;
    }
  }
  if (known != placed) return Proof::pair_unknown;
  std::int64_t dual = 0;
  for (const std::int64_t gain : gains) {
    if (gain < 0) return Proof::negative_price;
    dual += gain;
  }
  for (std::size_t j = 0; j < prices.size(); ++j) {
    if (prices[j] < 0) return Proof::negative_price;
    std::int64_t cost = 0;
    if (__builtin_mul_overflow(prices[j], std::int64_t{instance.workers[j].places}, &cost) ||
        __builtin_add_overflow(dual, cost, &dual))
      return Proof::gap;
  }
  return primal == dual ? Proof::proved : Proof::gap;
}

} // namespace kith::matching::engine
