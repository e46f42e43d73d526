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
    out.gains[i] = out.best_gain(i);
    const std::uint32_t worker = start.worker_of[i];
    if (worker == nobody) continue;
    bool gets_it = false;
    out.each_within(i, 0, [&](const PackedPair& pair) { gets_it |= pair.worker == worker; });
    if (gets_it) out.seats.sit(i, worker);
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
  std::vector<std::int64_t> bound(problem.workers(), 0); // the price when it has fallen as far as is known
  const auto reach = [&](std::uint32_t person, std::int64_t from, std::uint32_t via, const auto& found) {
    const std::int64_t limit = standing.gains[person] - problem.bonus[person] + from + 1;
    problem.each_at_least(person, bound, limit, [&](const PackedPair& pair) {
      const Reached there{from + standing.reduced_cost(person, pair), pair.worker};
      if (!to_worker.nearer(there, via)) return;
      bound[pair.worker] = standing.prices[pair.worker] - there.distance;
      found(there);
    });
  };
  for (std::uint32_t i = 0; i < problem.people(); ++i)
    if (standing.seats.worker_of(i) == nobody) reach(i, 0, nobody, [](const Reached&) {});
  for (std::uint32_t j = 0; j < problem.workers(); ++j)
    if (problem.places[j] > 0) frontier.push({to_worker.of(j), j});
  while (!frontier.empty()) {
    const Reached at = frontier.pop();
    if (at.distance != to_worker.of(at.at)) continue;
    for (const std::uint32_t held : standing.seats.of(at.at))
      reach(held, at.distance, held, [&](const Reached& there) { frontier.push(there); });
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
    standing_.each_within(from, 0, [&](const PackedPair& pair) {
      if (closed_[pair.worker] || pair.worker == standing_.seats.worker_of(from)) return;
      if (to_worker_.nearer({0, pair.worker}, from)) reached_.push_back(pair.worker);
    });
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

Standing settled(const Packed& problem, const Auctioned& start) {
  Standing standing = stand(problem, start);
  Insertion(standing).insert_all();
  Filling(standing).fill_all(4 * start.epsilon);
  return standing;
}

Repaired taken_from(Standing& standing) {
  return {standing.seats.workers(), std::move(standing.gains), std::move(standing.prices)};
}

} // namespace

Repaired repair(const Packed& problem, const Auctioned& start) {
  Standing standing = settled(problem, start);
  lower_prices(standing);
  Ties(standing).settle();
  return taken_from(standing);
}

Repaired settle(const Packed& problem, const Auctioned& start) {
  Standing standing = settled(problem, start);
  return taken_from(standing);
}

} // namespace kith::matching::engine
