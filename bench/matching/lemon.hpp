// The comparator: LEMON's network simplex on the same instance as a flow. From Debian's liblemon-dev; without
// it `have_lemon` is false. Building its graph is not in the time.
#pragma once
#include "matching/engine/packed.hpp"

namespace kith::bench {

extern const bool have_lemon;
struct LemonAnswer {
  std::int64_t value{};
  double cpu_seconds{};
};
LemonAnswer solve_with_lemon(const matching::engine::Packed& problem);

double cpu_seconds(); // of this thread

} // namespace kith::bench
