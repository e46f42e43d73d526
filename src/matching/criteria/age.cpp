// Age. `wanted`: bands "18-29" (both ends included); empty = close in age. With bands 10 inside one, else 0.
// Without: 10 up to 5 years apart, one less for every further 2 years, rounded down, 0 from 24 years. A must
// without bands means at most 5 years apart. Explanations never carry an age, only how near.
#include <algorithm>
#include <cstdlib>

#include "base/text.hpp"
#include "matching/criteria/criterion.hpp"

namespace kith::matching {
namespace {

bool in_band(const std::string& band, std::int32_t age) {
  const std::vector<std::string> ends = split(band, '-');
  if (ends.size() != 2) return false;
  const auto least = parse_integer(ends[0]), most = parse_integer(ends[1]);
  return least && most && age >= *least && age <= *most;
}

} // namespace

Grade grade_age(const Comparison& comparison) {
  const auto& theirs = comparison.other.traits->age;
  if (!theirs) return not_known();
  if (!comparison.wish.wanted.empty()) {
    const bool inside = std::any_of(comparison.wish.wanted.begin(), comparison.wish.wanted.end(),
                                    [&](const std::string& band) { return in_band(band, *theirs); });
    return inside ? graded(10, AgeCompared{AgeNearness::in_wanted_band})
                  : graded(0, AgeCompared{AgeNearness::far_apart});
  }
  const auto& mine = comparison.wisher.traits->age;
  if (!mine) return not_known();
  const std::int32_t years = std::abs(*mine - *theirs);
  const std::int32_t grade = years <= 5 ? 10 : std::max(0, 10 - (years - 4) / 2);
  return graded(grade, AgeCompared{grade == 10 ? AgeNearness::close
                                   : grade > 0 ? AgeNearness::some_years_apart
                                               : AgeNearness::far_apart});
}

} // namespace kith::matching
