#include "base/zones.hpp"

#include <date/tz.h>

namespace kith {
namespace {

date::sys_time<std::chrono::milliseconds> sys(Instant at) {
  return date::sys_time<std::chrono::milliseconds>(std::chrono::milliseconds(at.ms));
}

const date::time_zone* find(std::string_view zone) {
  try {
    return date::locate_zone(std::string(zone));
  } catch (const std::exception&) {
    return nullptr;
  }
}

} // namespace

bool known_zone(std::string_view zone) { return find(zone) != nullptr; }

LocalTime local_time(Instant at, std::string_view zone) {
  const date::time_zone* tz = find(zone);
  CHECK(tz != nullptr);
  const auto local = tz->to_local(sys(at));
  const auto day = date::floor<date::days>(local);
  const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(local - day).count();
  return {Date{static_cast<std::int32_t>(day.time_since_epoch().count())}, static_cast<int>(minutes)};
}

Date local_date(Instant at, std::string_view zone) { return local_time(at, zone).on; }

Result<Instant> resolve(LocalTime local, std::string_view zone) {
  const date::time_zone* tz = find(zone);
  if (!tz) return invalid("time.zone");
  const date::local_time<std::chrono::milliseconds> wall(
      std::chrono::milliseconds(days_ms(local.on.days) + minutes_ms(local.minutes)));
  const auto found = tz->get_info(wall);
  if (found.result == date::local_info::nonexistent) return invalid("time.gap");
  return Instant{tz->to_sys(wall, date::choose::earliest).time_since_epoch().count()};
}

} // namespace kith
