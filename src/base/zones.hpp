// Wall-clock time in a named zone (IANA), through Hinnant's date/tz: the only place that knows zone rules. A
// local time may not exist (the spring gap) or exist twice (the autumn fold); both are told apart, never
// guessed silently.
#pragma once
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "base/time.hpp"

namespace kith {

struct LocalTime {
  Date on{};
  int minutes{}; // since local midnight, 0..1439
  bool operator==(const LocalTime&) const = default;
};

bool known_zone(std::string_view zone);
LocalTime local_time(Instant at, std::string_view zone);
Date local_date(Instant at, std::string_view zone);
// Failures: time.gap (that time does not exist that day). In a fold the earlier instant is chosen.
Result<Instant> resolve(LocalTime local, std::string_view zone);

} // namespace kith
