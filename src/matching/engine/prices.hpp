// The prices of workers by their place in the columns, with the least of each block, so that a block no pair
// of which can be worth its price is passed over. Plain value.
#pragma once
#include <cstdint>
#include <vector>

namespace kith::matching::engine {

struct Prices {
  Prices() = default;
  explicit Prices(std::vector<std::int64_t> prices);

  std::vector<std::int64_t> by_worker{};
  std::vector<std::int64_t> least_of_block{};
};

} // namespace kith::matching::engine
