#include "matching/engine/repair.hpp"

#include <algorithm>

#include "matching/engine/filling.hpp"
#include "matching/engine/insertion.hpp"
#include "matching/engine/standing.hpp"

namespace kith::matching::engine {
namespace {

// What the prices of the auction allow; whoever does not get exactly that stands up.
Standing stand(const Packed& problem, const Auctioned& start) {
  Standing out(problem);
  for (std::uint32_t j = 0; j < problem.workers(); ++j)
    out.prices[j] = std::max<std::int64_t>(start.prices[j], 0);
  for (std::uint32_t i = 0; i < problem.people(); ++i) {
    std::int64_t own = -1;
    for (const PackedPair& pair : problem.pairs_of(i)) {
      const std::int64_t gain = problem.bonus[i] + pair.fit - out.prices[pair.worker];
      out.gains[i] = std::max(out.gains[i], gain);
      if (pair.worker == start.worker_of[i]) own = gain;
    }
    if (start.worker_of[i] != nobody && own == out.gains[i]) out.seats.sit(i, start.worker_of[i]);
  }
  return out;
}

// Greatest possible fall q of each price: q_j <= p_j; q_j <= p_j - value for the pair of somebody without a
// place; and q_j <= q_k + reduced cost for somebody with k who could have j. Shortest paths again.
void lower_prices(Standing& standing) {
  const Packed& problem = standing.problem;
  Distances to_worker(problem.workers());
  Frontier frontier;
  to_worker.clear();
  for (std::uint32_t j = 0; j < problem.workers(); ++j) to_worker.nearer({standing.prices[j], j}, nobody);
  for (std::uint32_t i = 0; i < problem.people(); ++i) {
    if (standing.seats.worker_of(i) != nobody) continue;
    for (const PackedPair& pair : problem.pairs_of(i))
      to_worker.nearer({standing.reduced_cost(i, pair), pair.worker}, nobody);
  }
  for (std::uint32_t j = 0; j < problem.workers(); ++j)
    if (problem.places[j] > 0) frontier.push({to_worker.of(j), j});
  while (!frontier.empty()) {
    const Reached at = frontier.pop();
    if (at.distance != to_worker.of(at.at)) continue;
    for (const std::uint32_t held : standing.seats.of(at.at))
      for (const PackedPair& pair : problem.pairs_of(held)) {
        const Reached there{at.distance + standing.reduced_cost(held, pair), pair.worker};
        if (to_worker.nearer(there, held)) frontier.push(there);
      }
  }
  for (std::uint32_t j = 0; j < problem.workers(); ++j) standing.raise(j, -to_worker.of(j));
}

// Of plans with the same value: people who waited longer have the places.
class Ties {
public:
  explicit Ties(Standing& standing);
  void settle();

private:
  std::uint32_t later_within_ties(std::uint32_t person);

  Standing& standing_;
  Distances to_worker_;
  std::vector<std::uint32_t> reached_{}; // workers
  std::vector<std::uint32_t> turn_;      // by person, in waiting order
  std::vector<bool> closed_;             // by worker: whoever is within ties from here waited longer
};

Ties::Ties(Standing& standing)
    : standing_(standing), to_worker_(standing.problem.workers()), turn_(standing.problem.people()),
      closed_(standing.problem.workers(), false) {
  for (std::uint32_t k = 0; k < turn_.size(); ++k) turn_[standing.problem.order[k]] = k;
}

// Somebody who came later, gains nothing by their place, and could give it up for this person at no cost.
std::uint32_t Ties::later_within_ties(std::uint32_t person) {
  to_worker_.clear();
  reached_.clear();
  const auto reach = [&](std::uint32_t from) {
    for (const PackedPair& pair : standing_.problem.pairs_of(from)) {
      if (closed_[pair.worker] || pair.worker == standing_.seats.worker_of(from) ||
          standing_.reduced_cost(from, pair) != 0)
        continue;
      if (to_worker_.nearer({0, pair.worker}, from)) reached_.push_back(pair.worker);
    }
  };
  reach(person);
  for (std::size_t next = 0; next < reached_.size(); ++next)
    for (const std::uint32_t held : standing_.seats.of(reached_[next])) {
      if (standing_.gains[held] == 0 && turn_[held] > turn_[person]) return held;
      reach(held);
    }
  for (const std::uint32_t worker : reached_) closed_[worker] = true;
  return nobody;
}

// The people of all best plans are a matroid: taken in waiting order, whoever can be exchanged for somebody
// later belongs to it.
void Ties::settle() {
  for (const std::uint32_t person : standing_.problem.order) {
    if (standing_.seats.worker_of(person) != nobody) continue;
    const std::uint32_t later = later_within_ties(person);
    if (later == nobody) continue;
    const std::uint32_t free = standing_.seats.worker_of(later);
    standing_.seats.get_up(later);
    standing_.seats.move_along(free, to_worker_.via());
  }
}

} // namespace

Repaired repair(const Packed& problem, const Auctioned& start) {
  Standing standing = stand(problem, start);
  Insertion(standing).insert_all();
  Filling(standing, 4 * start.epsilon).fill_all();
  lower_prices(standing);
  Ties(standing).settle();
  return {standing.seats.workers(), std::move(standing.gains), std::move(standing.prices)};
}

} // namespace kith::matching::engine
