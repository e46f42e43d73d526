// How many there are of something in a run, summed over time; and, counted apart, how long each of them
// stayed, summed over all. Little's law: at the end the two are equal.
#pragma once
#include "matching/simulation/chance.hpp"

namespace kith::matching::simulation {

struct Level {
  std::int64_t count{};
  std::int64_t ticks{}; // the count, summed over time until `since`
  Ticks since{};
  Ticks stayed{};
  void change(std::int64_t by, Ticks now) {
    ticks += count * (now - since);
    since = now;
    count += by;
  }
};

} // namespace kith::matching::simulation
