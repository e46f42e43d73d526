// Nearness, when both would meet in person: grade = 10 - 10 x metres / smaller range, rounded down, so 10
// next door and 0 at the edge. Beyond a range, or when one side meets only remotely, 0. `wanted` is not read.
// A must means that meeting in person is possible inside both ranges. Never an invented journey time.
#include <algorithm>

#include "matching/criteria/criterion.hpp"
#include "matching/nearness.hpp"

namespace kith::matching {

Grade grade_nearness(const Comparison& comparison) {
  const Traits& a = *comparison.wisher.traits;
  const Traits& b = *comparison.other.traits;
  if (!a.in_person || !b.in_person) return not_known();
  if (!*a.in_person || !*b.in_person) return graded(0, MeetsRemotely{});
  if (!a.location || !b.location || !a.range_metres || !b.range_metres) return not_known();
  const std::int64_t range = std::min(*a.range_metres, *b.range_metres);
  const std::int64_t metres = metres_between(*a.location, *b.location);
  const Distance why{static_cast<std::int32_t>((metres + 999) / 1'000)};
  if (metres > range) return graded(0, why);
  const std::int64_t lost = range == 0 ? 0 : (10 * metres + range - 1) / range; // no range: the same place
  Grade out = graded(static_cast<std::int32_t>(10 - lost), why);
  out.satisfies_must = true;
  if (out.meets == Meets::no) out.meets = Meets::partly; // at the edge, still inside both ranges
  return out;
}

} // namespace kith::matching
