#include "matching/compiled.hpp"

#include <algorithm>

namespace kith::matching {

std::span<const std::string> own_codes(Criterion criterion, const Side& side,
                                       std::span<const std::string> organisation) {
  constexpr std::span<const std::string> none;
  const auto said = [none](const std::optional<Codes>& codes) { return codes ? *codes : none; };
  switch (criterion) {
  case Criterion::language:
    return said(side.traits->languages);
  case Criterion::experience:
    return *side.named;
  case Criterion::interests:
    return said(side.traits->interests);
  case Criterion::gender:
    return said(side.traits->genders);
  case Criterion::culture:
    return said(side.traits->cultures);
  case Criterion::organisation:
    return organisation;
  case Criterion::age:
  case Criterion::times:
  case Criterion::nearness:
    return none;
  }
  FATAL("unknown criterion");
}

Codes organisation_codes(const Traits& traits) {
  return traits.organisation && !traits.organisation->empty() ? Codes{*traits.organisation} : Codes{};
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
