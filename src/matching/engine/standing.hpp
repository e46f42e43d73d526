// Where everybody sits, and at which prices: what repair carries from an auction's rough result to the
// optimum. Once the gains are set, no pair offers anybody more than they gain (reduced costs are never
// negative) and whoever sits loses nothing by it (theirs is 0); every step of repair keeps both.
#pragma once
#include "matching/engine/packed.hpp"
#include "matching/engine/seats.hpp"

namespace kith::matching::engine {

struct Standing {
  explicit Standing(const Packed& of) : problem(of), prices(of.workers(), 0), gains(of.people(), 0) {}

  std::int64_t reduced_cost(std::uint32_t person, const PackedPair& pair) const {
    return gains[person] + prices[pair.worker] - problem.bonus[person] - pair.fit;
  }
  // body(pair) for each pair of the person with a reduced cost of at most `reach`.
  template <class Body> void each_within(std::uint32_t person, std::int64_t reach, const Body& body) const {
    problem.each_at_least(person, prices, gains[person] - problem.bonus[person] - reach, body);
  }
  std::int64_t best_gain(std::uint32_t person) const { // at these prices; 0 when staying out is best
    const std::int64_t best = problem.best_of(person, prices).best;
    return best < -problem.bonus[person] ? 0 : problem.bonus[person] + best;
  }
  void raise(std::uint32_t worker, std::int64_t by) { // the price, for everybody who sits there
    prices[worker] += by;
    for (const std::uint32_t held : seats.of(worker)) gains[held] -= by;
  }

  const Packed& problem;
  Seats seats{problem};
  std::vector<std::int64_t> prices{}; // by worker
  std::vector<std::int64_t> gains{};  // by person
};

} // namespace kith::matching::engine
