#include "matching/ladder.hpp"

#include <algorithm>
#include <array>

namespace kith::matching {
namespace {

constexpr std::int32_t highest_class = 1'023;
constexpr std::int32_t least_overdue = 512;

} // namespace

Date promise_of(const PersonProfile& person, const Settings& settings) {
  return person.promise_on.value_or(person.waiting_on + settings.promise_days);
}

std::int32_t band_days(Dial dial) {
  constexpr std::array<std::int32_t, 5> bands{1, 7, 14, 28, 0};
  return bands.at(static_cast<std::size_t>(dial));
}

std::uint16_t class_of(const PersonProfile& person, const Settings& settings) {
  const auto reason =
      std::find(settings.triage_reasons.begin(), settings.triage_reasons.end(), person.triage_reason);
  if (!person.triage_reason.empty() && reason != settings.triage_reasons.end()) {
    const auto step = static_cast<std::int32_t>(reason - settings.triage_reasons.begin());
    return static_cast<std::uint16_t>(highest_class - std::min(step, 9));
  }
  const std::int32_t overdue = settings.as_of - promise_of(person, settings);
  const std::int32_t band = band_days(settings.dial);
  const auto bands = [&](std::int32_t days) { return band == 0 ? 0 : days / band; };
  if (overdue > 0) return static_cast<std::uint16_t>(least_overdue + std::min(bands(overdue - 1), 500));
  return static_cast<std::uint16_t>(least_overdue - 1 - std::min(bands(-overdue), 511));
}

std::optional<Floor> floor_of(const PersonProfile& person, const Settings& settings) {
  const Date promise = promise_of(person, settings);
  std::optional<Floor> floor;
  switch (settings.dial) {
  case Dial::soonest:
  case Dial::sooner:
    break;
  case Dial::balanced:
    floor = {Closeness::some_in_common, promise + -14};
    break;
  case Dial::closer:
    floor = {Closeness::close, promise + -14};
    break;
  case Dial::closest:
    floor = {Closeness::very_close, promise};
    break;
  }
  if (floor && settings.as_of >= floor->until) floor.reset();
  return floor;
}

} // namespace kith::matching
