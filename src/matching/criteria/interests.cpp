// Interests and activities. `wanted`: interests; empty = the wisher's own. Grade = 10 x shared / wanted, at
// most 3 counted. A must needs one wanted interest in common.
#include <algorithm>

#include "matching/criteria/criterion.hpp"

namespace kith::matching {

Grade grade_interests(const Comparison& comparison) {
  const Traits& mine = *comparison.wisher.traits;
  const Traits& theirs = *comparison.other.traits;
  if (!theirs.interests) return not_known();
  if (comparison.wish.wanted.empty() && (!mine.interests || mine.interests->empty())) return not_known();
  const Codes& wanted = comparison.wish.wanted.empty() ? *mine.interests : comparison.wish.wanted;
  const Codes both = shared(wanted, *theirs.interests);
  if (both.empty()) return graded(0, NothingShared{});
  const auto most = std::min<std::size_t>(3, wanted.size());
  Grade out =
      graded(static_cast<std::int32_t>(10 * std::min(both.size(), most) / most), SharedInterests{both});
  out.satisfies_must = true;
  return out;
}

} // namespace kith::matching
