// Organisation the worker belongs to. `wanted`: organisation codes; empty = the wisher's own. Grade 10 or 0.
#include "matching/criteria/criterion.hpp"

namespace kith::matching {

Grade grade_organisation(const Comparison& comparison) {
  const auto& mine = comparison.wisher.traits->organisation;
  const auto& theirs = comparison.other.traits->organisation;
  if (!theirs || theirs->empty()) return not_known();
  if (comparison.wish.wanted.empty() && (!mine || mine->empty())) return not_known();
  const bool found =
      comparison.wish.wanted.empty() ? *mine == *theirs : contains(comparison.wish.wanted, *theirs);
  return graded(found ? 10 : 0, OrganisationIs{*theirs, found});
}

} // namespace kith::matching
