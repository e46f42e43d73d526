// Arrival order, the plan a service makes by hand: by waiting date, then canonical order, each person takes
// the free candidate with the greatest person part (ties: canonical order of workers). The yardstick against
// which the other two plans are reported. Cost: O(pairs).
#pragma once
#include "matching/engine/instance.hpp"

namespace kith::matching::engine {

struct ArrivalPlan {
  std::vector<std::uint32_t> worker_of{};
  Totals totals{};
};

// REQUIRES validate(instance).ok().
ArrivalPlan solve_arrival(const Instance& instance);

} // namespace kith::matching::engine
