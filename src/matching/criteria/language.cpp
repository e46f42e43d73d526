// Language. `wanted`: languages the person would like to speak; empty = any of their own. Grade 10 when one
// of them is common, 5 when only another common language is, 0 through an interpreter. A must needs a wanted
// language in common. That some way to talk exists at all is a hard constraint (feasibility), not this.
#include <algorithm>

#include "matching/criteria/criterion.hpp"

namespace kith::matching {

Grade grade_language(const Comparison& comparison) {
  const auto& mine = comparison.wisher.traits->languages;
  const auto& theirs = comparison.other.traits->languages;
  if (!theirs || theirs->empty()) return not_known();
  const Codes& wanted = comparison.wish.wanted;
  if (wanted.empty() && (!mine || mine->empty())) return not_known();
  const Codes asked = shared(wanted.empty() ? *mine : wanted, *theirs);
  if (!asked.empty()) return graded(10, CommonLanguages{asked, true});
  const Codes any = mine ? shared(*mine, *theirs) : Codes{};
  if (!any.empty()) return graded(5, CommonLanguages{any, false});
  if (comparison.wisher.traits->accepts_interpreter && comparison.other.traits->accepts_interpreter)
    return graded(0, WithInterpreter{});
  return graded(0, NothingShared{});
}

} // namespace kith::matching
