// Culture and community. `wanted`: tags; empty = the wisher's own. Grade 10 when one is shared, else 0: more
// tags in common do not make two people closer.
#include "matching/criteria/criterion.hpp"

namespace kith::matching {

Grade grade_culture(const Comparison& comparison) {
  const auto& mine = comparison.wisher.traits->cultures;
  const auto& theirs = comparison.other.traits->cultures;
  if (!theirs) return not_known();
  if (comparison.wish.wanted.empty() && (!mine || mine->empty())) return not_known();
  const Codes both = shared(comparison.wish.wanted.empty() ? *mine : comparison.wish.wanted, *theirs);
  if (both.empty()) return graded(0, NothingShared{});
  return graded(10, SharedCulture{both});
}

} // namespace kith::matching
