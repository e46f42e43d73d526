// How many there are of something in a run, summed over time; and, counted apart, how long each of them
// stayed, summed over all. Little's law: at the end the two are equal.
#pragma once
#include "matching/simulation/chance.hpp"

namespace kith::matching::simulation {

struct Level {
  std::int64_t count{};
  std::int64_t ticks{}; // the count, summed over time
  Ticks stayed{};
  void pass(Ticks passed) { ticks += count * passed; }
};

} // namespace kith::matching::simulation
