// Gender, as the other says of themselves. `wanted`: gender codes; empty = the wisher's own. Grade 10 or 0.
#include "matching/criteria/criterion.hpp"

namespace kith::matching {

Grade grade_gender(const Comparison& comparison) {
  const auto& mine = comparison.wisher.traits->genders;
  const auto& theirs = comparison.other.traits->genders;
  if (!theirs || theirs->empty()) return not_known();
  if (comparison.wish.wanted.empty() && (!mine || mine->empty())) return not_known();
  const Codes& wanted = comparison.wish.wanted.empty() ? *mine : comparison.wish.wanted;
  const bool found = !shared(wanted, *theirs).empty();
  return graded(found ? 10 : 0, GenderIs{*theirs, found});
}

} // namespace kith::matching
