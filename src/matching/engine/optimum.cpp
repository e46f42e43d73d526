#include "matching/engine/optimum.hpp"

#include <algorithm>

#include "matching/engine/auction.hpp"
#include "matching/engine/certificate.hpp"
#include "matching/engine/levels.hpp"
#include "matching/engine/repair.hpp"

namespace kith::matching::engine {
namespace {

// A worker without places may carry any price high enough at no cost; the smallest one is what a first place
// would bring: the best value over a person's present gain.
void price_workers_without_places(const Canonical& problem, const std::vector<std::int64_t>& bonus,
                                  const std::vector<std::int64_t>& gains, std::vector<std::int64_t>& prices) {
  for (const InstancePair& pair : problem.instance.pairs)
    if (problem.instance.workers[pair.worker].places == 0)
      prices[pair.worker] =
          std::max(prices[pair.worker], bonus[pair.person] + fit_of(pair) - gains[pair.person]);
}

} // namespace

Repaired solve_packed(const Packed& problem) {
  const bool strict = !problem.rank.empty();
  const auto levels = strict ? levels_of(problem) : std::vector<std::uint16_t>();
  return repair(problem, hold_auction(problem, levels));
}

Optimum solve_optimum(const Instance& instance) {
  const Canonical problem = canonical(instance);
  const Packed packed = pack(problem);
  Repaired best = solve_packed(packed);
  price_workers_without_places(problem, packed.bonus, best.gains, best.prices);

  Optimum out;
  out.worker_of.assign(instance.people.size(), nobody);
  out.gains.assign(instance.people.size(), 0);
  out.prices.assign(instance.workers.size(), 0);
  for (std::uint32_t i = 0; i < problem.people.size(); ++i) {
    const std::uint32_t worker = best.worker_of[i];
    out.worker_of[problem.people[i]] = worker == nobody ? nobody : problem.workers[worker];
    out.gains[problem.people[i]] = best.gains[i];
    out.bound += best.gains[i];
  }
  for (std::uint32_t j = 0; j < problem.workers.size(); ++j) {
    out.prices[problem.workers[j]] = best.prices[j];
    out.bound += best.prices[j] * instance.workers[problem.workers[j]].places;
  }
  out.totals = totals_of(instance, out.worker_of);
  CHECK(prove(instance, {out.worker_of, out.gains, out.prices}) == Proof::proved);
  CHECK(out.bound == out.totals.value);
  return out;
}

} // namespace kith::matching::engine
