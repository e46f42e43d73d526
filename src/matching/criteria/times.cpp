// Times that suit both. `wanted`: windows such as "tue 17:00-20:00"; empty = the wisher's whole availability.
// Grade = shared minutes of a week / 24, at most 10 (from four hours a week everything fits). A must needs
// one common stretch of the service's shortest meeting inside the wanted windows. Not known without both
// weeks.
#include <algorithm>

#include "matching/criteria/criterion.hpp"

namespace kith::matching {

WeekMask wanted_week(const Codes& wanted) { // texts that are not a window were refused when they were entered
  WeekMask out;
  for (const std::string& text : wanted) {
    const Result<WeekMask> mask = parse_week(text);
    if (mask.ok()) out = out | *mask;
  }
  return out;
}

Grade grade_times(const Comparison& comparison) {
  const auto& mine = comparison.wisher.traits->availability;
  const auto& theirs = comparison.other.traits->availability;
  if (!mine || !theirs) return not_known();
  const WeekMask own = *mine & *theirs;
  const WeekMask both = comparison.wish.wanted.empty() ? own : own & wanted_week(comparison.wish.wanted);
  if (both.empty()) return graded(0, NothingShared{});
  CommonTimes why;
  why.minutes_a_week = both.minutes();
  for (const WeekWindow& window : windows(both))
    if (window.until_minutes - window.from_minutes > why.longest.until_minutes - why.longest.from_minutes)
      why.longest = window;
  Grade out = graded(std::min(10, why.minutes_a_week / 24), why);
  out.satisfies_must = has_stretch(both, comparison.settings.min_shared_minutes);
  return out;
}

} // namespace kith::matching
