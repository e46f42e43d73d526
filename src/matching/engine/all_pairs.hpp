// The optimum over every feasible pair without ever holding them all (column generation). A list of some
// hundred million pairs is mostly of pairs that no plan would use: so the problem begins with the best few of
// each person, is solved, and everybody then asks whether any other worker would be worth more to them at
// these prices than what they have. Those pairs come in, the plan is repaired from where it stands, and they
// ask again. When nobody finds any, the last asking is the proof, over all pairs: no pair offers anybody more
// than they gain, and the plan and its prices are worth the same.
//
// Each round brings in at least one pair, so it ends; 3 to 12 rounds in what was measured (bench). Prices are
// optimal, not the smallest; of equal plans any. Cost: the asking, people x workers a round, is the source's;
// the pairs that were brought in are held (8 bytes each while they are added).
// Ref: Dantzig and Wolfe 1960; for assignment problems Volgenant 1996 ("core" problems).
#pragma once
#include <cstdint>
#include <vector>

#include "matching/engine/packed.hpp"

namespace kith::matching::engine {

// Where pairs come from. The pairs of one person name different workers with places.
class PairSource {
public:
  virtual ~PairSource() = default;
  // Appends the person's best by fit, `most` of them where there are so many; of equals any.
  virtual void best(std::uint32_t person, std::size_t most, std::vector<PackedPair>& out) const = 0;
  // Appends every pair of the person that is worth more than `limit` at these prices: fit - price > limit.
  virtual void worth_more(std::uint32_t person, const std::vector<std::int64_t>& prices, std::int64_t limit,
                          std::vector<PackedPair>& out) const = 0;
};

struct AllPairsOptimum {
  std::vector<std::uint32_t> worker_of{}; // by person
  std::vector<std::int64_t> gains{};
  std::vector<std::int64_t> prices{};
  std::uint64_t pairs_held{};
  int rounds{};
};

// `problem` without pairs: places, bonus, order, rank, rank_value, greatest_fit (over all pairs there are).
AllPairsOptimum solve_all_pairs(Packed problem, const PairSource& source);

} // namespace kith::matching::engine
