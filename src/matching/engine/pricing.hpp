// The pricing pass of column generation (matching.md 2.6): of all pairs of some people and all workers, those
// that are worth more than the prices and the person's gain say, bonus + fit - price > gain. Added to a
// problem that was solved without them they may change its optimum; when there are none, the prices and gains
// prove it over all pairs, also those never listed.
//
// Shapes. A batch of questions; 16 to 64 at a time keep a block's facts in the nearest cache while all of
// them are asked. Result: by place in the batch, then by worker's place in the columns. Cost: nothing for a
// block whose least price is beyond any fit, else as a shortlist (docs/matching/candidates.md). Pure.
#pragma once
#include <span>

#include "matching/engine/asking.hpp"
#include "matching/engine/prices.hpp"

namespace kith::matching::engine {

struct Bidder {
  const Question* question{};
  std::int64_t needed{};            // gain - bonus: what fit - price must exceed
  std::int32_t person_part_least{}; // the floor of the dial: pairs below it do not count
};

struct PricedPair {
  std::uint32_t bidder{};
  std::uint32_t worker{};
  std::int32_t person_part{};
  std::int32_t worker_part{};
  std::int32_t service_part{};
  bool operator==(const PricedPair&) const = default;
};

// REQUIRES a price for each worker; needed and prices within 2^61 of 0.
std::vector<PricedPair> underpriced(const Columns& columns, std::span<const Bidder> bidders,
                                    const Prices& prices, const Kernel& kernel = best_kernel());

} // namespace kith::matching::engine
