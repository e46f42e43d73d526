#include "matching/engine/all_pairs.hpp"

#include <algorithm>

#include "matching/engine/auction.hpp"
#include "matching/engine/levels.hpp"
#include "matching/engine/repair.hpp"

namespace kith::matching::engine {
namespace {

constexpr std::size_t first_few = 12; // pairs a person at the start
constexpr std::size_t most_more = 12; // that come in for one person in a round

void begin(Packed& problem, const PairSource& source) {
  problem.pairs = PackedPairs(problem.workers());
  problem.first.assign(1, 0);
  std::vector<PackedPair> found;
  for (std::uint32_t i = 0; i < problem.people(); ++i) {
    found.clear();
    source.best(i, first_few, found);
    for (const PackedPair& pair : found) problem.pairs.push_back(pair);
    problem.first.push_back(problem.pairs.size());
  }
}

// Those worth most at these prices, the earlier worker of equals.
void keep_most(std::vector<PackedPair>& found, const std::vector<std::int64_t>& prices) {
  if (found.size() <= most_more) return;
  const auto worth = [&](const PackedPair& pair) { return pair.fit - prices[pair.worker]; };
  std::nth_element(found.begin(), found.begin() + most_more, found.end(),
                   [&](const PackedPair& a, const PackedPair& b) {
                     return std::pair(-worth(a), a.worker) < std::pair(-worth(b), b.worker);
                   });
  found.resize(most_more);
}

// Everybody asks once. Returns how many pairs came in: 0 is the proof.
std::uint64_t ask(Packed& problem, const PairSource& source, const Repaired& now) {
  PackedPairs pairs(problem.workers());
  pairs.reserve(problem.pairs.size());
  std::vector<std::uint64_t> first{0};
  first.reserve(problem.first.size());
  std::vector<PackedPair> found;
  for (std::uint32_t i = 0; i < problem.people(); ++i) {
    problem.each_pair(i, [&](const PackedPair& pair) { pairs.push_back(pair); });
    found.clear();
    source.worth_more(i, now.prices, now.gains[i] - problem.bonus[i], found);
    keep_most(found, now.prices);
    for (const PackedPair& pair : found) pairs.push_back(pair);
    first.push_back(pairs.size());
  }
  const std::uint64_t came = pairs.size() - problem.pairs.size();
  problem.pairs = std::move(pairs);
  problem.first = std::move(first);
  return came;
}

} // namespace

AllPairsOptimum solve_all_pairs(Packed problem, const PairSource& source) {
  begin(problem, source);
  const auto levels = problem.rank.empty() ? std::vector<std::uint16_t>() : levels_of(problem);
  Auctioned start = hold_auction(problem, levels);
  AllPairsOptimum out;
  while (true) {
    Repaired now = settle(problem, start);
    ++out.rounds;
    if (ask(problem, source, now) == 0) {
      out.worker_of = std::move(now.worker_of);
      out.gains = std::move(now.gains);
      out.prices = std::move(now.prices);
      out.pairs_held = problem.pairs.size();
      return out;
    }
    start.prices = std::move(now.prices);
    start.worker_of = std::move(now.worker_of);
  }
}

} // namespace kith::matching::engine
