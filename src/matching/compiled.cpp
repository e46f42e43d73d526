#include "matching/compiled.hpp"

#include <algorithm>

namespace kith::matching {

Codes wanted_codes(const Wish& wish, const Side& wisher) {
  if (!wish.wanted.empty()) return wish.wanted;
  const Traits& own = *wisher.traits;
  switch (wish.criterion) {
  case Criterion::language:
    return own.languages.value_or(Codes{});
  case Criterion::experience:
    return *wisher.named;
  case Criterion::interests:
    return own.interests.value_or(Codes{});
  case Criterion::gender:
    return own.genders.value_or(Codes{});
  case Criterion::culture:
    return own.cultures.value_or(Codes{});
  case Criterion::organisation:
    return own.organisation && !own.organisation->empty() ? Codes{*own.organisation} : Codes{};
  case Criterion::age:
  case Criterion::times:
  case Criterion::nearness:
    return {};
  }
  FATAL("unknown criterion");
}

WeekMask beginnings(const WeekMask& week, int half_hours) {
  WeekMask out;
  int run = 0;
  for (int at = WeekMask::half_hours - 1; at >= 0; --at) {
    run = week.has(at) ? run + 1 : 0;
    if (run >= half_hours) out.add(at);
  }
  return out;
}

} // namespace kith::matching
