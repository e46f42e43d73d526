// Distance in exact integers: the straight line between two locations of one projection, in whole metres,
// rounded up.
#pragma once
#include <cstdint>

#include "matching/profile.hpp"

namespace kith::matching {

std::int64_t metres_between(const Location& a, const Location& b);

} // namespace kith::matching
