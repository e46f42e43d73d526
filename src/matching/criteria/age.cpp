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

bool in_a_band(const Codes& bands, std::int32_t age) {
  return std::any_of(bands.begin(), bands.end(), [&](const std::string& band) { return in_band(band, age); });
}

std::int32_t grade_of_ages(std::int32_t mine, std::int32_t theirs) {
  const std::int32_t years = std::abs(mine - theirs);
  return years <= 5 ? 10 : std::max(0, 10 - (years - 4) / 2);
}

Grade grade_age(const Comparison& comparison) {
  const auto& theirs = comparison.other.traits->age;
  if (!theirs) return not_known();
  if (!comparison.wish.wanted.empty()) {
    return in_a_band(comparison.wish.wanted, *theirs) ? graded(10, AgeCompared{AgeNearness::in_wanted_band})
                                                      : graded(0, AgeCompared{AgeNearness::far_apart});
  }
  const auto& mine = comparison.wisher.traits->age;
  if (!mine) return not_known();
  const std::int32_t grade = grade_of_ages(*mine, *theirs);
  return graded(grade, AgeCompared{grade == 10 ? AgeNearness::close
                                   : grade > 0 ? AgeNearness::some_years_apart
                                               : AgeNearness::far_apart});
}

} // namespace kith::matching
