#include "verify/turn.hpp"

#include <algorithm>

namespace kith::verify {

using matching::Dial;

Date promise_of(const matching::PersonProfile& person, const matching::Settings& settings) {
  return person.promise_on ? *person.promise_on : person.waiting_on + settings.promise_days;
}

std::int64_t class_of(const matching::PersonProfile& person, const matching::Settings& settings) {
  for (std::size_t step = 0; step < settings.triage_reasons.size(); ++step)
    if (!person.triage_reason.empty() && settings.triage_reasons[step] == person.triage_reason)
      return 1'023 - std::min<std::int64_t>(static_cast<std::int64_t>(step), 9);
  constexpr std::array<std::int32_t, 5> days_a_band{1, 7, 14, 28, 0}; // 0: one band for all
  const std::int32_t band = days_a_band.at(static_cast<std::size_t>(settings.dial));
  const std::int32_t late = settings.as_of - promise_of(person, settings);
  if (late > 0) return 512 + (band == 0 ? 0 : std::min(500, (late - 1) / band));
  return 511 - (band == 0 ? 0 : std::min(511, -late / band));
}

std::optional<Least> least_for(const matching::PersonProfile& person, const matching::Settings& settings) {
  const Date promise = promise_of(person, settings);
  std::optional<Least> least;
  if (settings.dial == Dial::balanced) least = {settings.closeness.some_in_common, promise + -14};
  if (settings.dial == Dial::closer) least = {settings.closeness.close, promise + -14};
  if (settings.dial == Dial::closest) least = {settings.closeness.very_close, promise};
  if (least && settings.as_of >= least->until) least.reset();
  return least;
}

} // namespace kith::verify
