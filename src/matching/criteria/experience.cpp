// Kind of lived experience. `wanted`: experience tags; empty = the wisher's own. Grade = 10 x tags found /
// tags wanted, at most 3 counted, so that one rare tag among many still says something. Released tags are
// named; matcher-only ones count but stay "shared experience (not named)". A must needs at least one
// *released* wanted tag, and `avoid` looks at released tags only: otherwise the answer would reveal what is
// not released.
#include <algorithm>

#include "matching/criteria/criterion.hpp"

namespace kith::matching {

Grade grade_experience(const Comparison& comparison) {
  const Codes& wanted = comparison.wish.wanted.empty() ? *comparison.wisher.named : comparison.wish.wanted;
  if (wanted.empty()) return not_known();
  SharedExperience why;
  why.named = shared(wanted, *comparison.other.named);
  std::size_t found = why.named.size();
  if (comparison.wish.strength != Strength::avoid) {
    const std::size_t unnamed = shared(wanted, *comparison.other.unnamed).size();
    why.unnamed = unnamed > 0;
    found += unnamed;
  }
  if (found == 0) return graded(0, NothingShared{});
  const auto most = std::min<std::size_t>(3, wanted.size());
  Grade out = graded(static_cast<std::int32_t>(10 * std::min(found, most) / most), why);
  out.satisfies_must = !why.named.empty();
  return out;
}

} // namespace kith::matching
