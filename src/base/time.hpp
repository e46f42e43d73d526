// Instants and dates without time zones. Instant is UTC milliseconds since 1970, Date is days since
// 1970-01-01 (proleptic Gregorian). Years 1900 to 2200 are accepted from input; everything else is refused.
// Wall-clock times of appointments live with their zone in base/zones.hpp.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kith {

struct Instant {
  std::int64_t ms{};
  auto operator<=>(const Instant&) const = default;
};

constexpr std::int64_t seconds_ms(std::int64_t seconds) { return seconds * 1000; }
constexpr std::int64_t minutes_ms(std::int64_t minutes) { return minutes * 60'000; }
constexpr std::int64_t hours_ms(std::int64_t hours) { return hours * 3'600'000; }
constexpr std::int64_t days_ms(std::int64_t days) { return days * 86'400'000; }
constexpr Instant operator+(Instant at, std::int64_t ms) { return {at.ms + ms}; }

struct Date {
  std::int32_t days{};
  auto operator<=>(const Date&) const = default;
};
constexpr Date operator+(Date on, std::int32_t days) { return {on.days + days}; }
constexpr std::int32_t operator-(Date later, Date earlier) { return later.days - earlier.days; }

struct Civil {
  int year{};
  int month{}; // 1..12
  int day{};   // 1..31
};

Date date_of(Civil civil);
Civil civil_of(Date on);
int weekday_of(Date on);  // 0 = Monday .. 6 = Sunday
bool is_weekday(Date on); // Monday to Friday; holidays are not known
int age_on(Date born_on, Date on);

std::string to_text(Date on);                                // 2026-11-24
std::string to_text(Instant at);                             // 2026-11-24T08:06:53.000Z
std::optional<Date> parse_date(std::string_view text);       // YYYY-MM-DD, 1900..2200
std::optional<Instant> parse_instant(std::string_view text); // RFC 3339 with Z or an offset
Date utc_date(Instant at);
Instant start_of_utc_day(Date on);

} // namespace kith
