// A peer support service of any size, made up from a seed: towns on a map, languages and tags of which few
// are common and most rare, half of the people meeting in person only, wishes, musts and private limits. A
// third to a fifth of what it makes up would be fresh, active and with a free place.
#pragma once
#include "matching/plan_input.hpp"

namespace kith::bench {

struct ServiceSize {
  std::uint32_t people{};
  std::uint32_t workers{};
};
matching::PlanInput make_service(ServiceSize size, std::uint64_t seed);

} // namespace kith::bench
