#include "base/time.hpp"

#include <cstdio>

namespace kith {
namespace {

bool digits(std::string_view text, std::size_t from, std::size_t count, int& out) {
  if (text.size() < from + count) return false;
  out = 0;
  for (std::size_t i = from; i < from + count; ++i) {
    if (text[i] < '0' || text[i] > '9') return false;
    out = out * 10 + (text[i] - '0');
  }
  return true;
}

bool leap(int year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

int days_in(int year, int month) {
  static constexpr int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && leap(year) ? 29 : days[month - 1];
}

} // namespace

// Days from civil date: H. Hinnant, "chrono-Compatible Low-Level Date Algorithms" (eras of 400 years from
// March).
Date date_of(Civil civil) {
  const int y = civil.month <= 2 ? civil.year - 1 : civil.year;
  const int era = (y >= 0 ? y : y - 399) / 400;
  const int year_of_era = y - era * 400;
  const int day_of_year = (153 * (civil.month + (civil.month > 2 ? -3 : 9)) + 2) / 5 + civil.day - 1;
  const int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return {era * 146097 + day_of_era - 719468};
}

Civil civil_of(Date on) {
  const int z = on.days + 719468;
  const int era = (z >= 0 ? z : z - 146096) / 146097;
  const int doe = z - era * 146097;
  const int yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
  const int doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
  const int mp = (5 * doy + 2) / 153;
  const int month = mp + (mp < 10 ? 3 : -9);
  return {yoe + era * 400 + (month <= 2 ? 1 : 0), month, doy - (153 * mp + 2) / 5 + 1};
}

int weekday_of(Date on) { return ((on.days + 3) % 7 + 7) % 7; }
bool is_weekday(Date on) { return weekday_of(on) < 5; }

int age_on(Date born_on, Date on) {
  const Civil b = civil_of(born_on), n = civil_of(on);
  return n.year - b.year - ((n.month < b.month || (n.month == b.month && n.day < b.day)) ? 1 : 0);
}

std::string to_text(Date on) {
  const Civil c = civil_of(on);
  char buffer[32];
  std::snprintf(buffer, sizeof buffer, "%04d-%02d-%02d", c.year, c.month, c.day);
  return buffer;
}

std::string to_text(Instant at) {
  const Date on = utc_date(at);
  const std::int64_t ms = at.ms - start_of_utc_day(on).ms;
  char buffer[48];
  std::snprintf(buffer, sizeof buffer, "T%02d:%02d:%02d.%03dZ", static_cast<int>(ms / 3'600'000),
                static_cast<int>(ms / 60'000 % 60), static_cast<int>(ms / 1000 % 60),
                static_cast<int>(ms % 1000));
  return to_text(on) + buffer;
}

std::optional<Date> parse_date(std::string_view text) {
  Civil c;
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return {};
  if (!digits(text, 0, 4, c.year) || !digits(text, 5, 2, c.month) || !digits(text, 8, 2, c.day)) return {};
  if (c.year < 1900 || c.year > 2200 || c.month < 1 || c.month > 12) return {};
  if (c.day < 1 || c.day > days_in(c.year, c.month)) return {};
  return date_of(c);
}

std::optional<Instant> parse_instant(std::string_view text) {
  if (text.size() < 20 || text[10] != 'T') return {};
  const auto on = parse_date(text.substr(0, 10));
  int hour = 0, minute = 0, second = 0;
  if (!on || !digits(text, 11, 2, hour) || text[13] != ':' || !digits(text, 14, 2, minute) ||
      text[16] != ':' || !digits(text, 17, 2, second) || hour > 23 || minute > 59 || second > 59)
    return {};
  std::size_t at = 19;
  std::int64_t ms = 0;
  if (text[at] == '.') {
    std::int64_t unit = 100;
    for (++at; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at, unit /= 10)
      ms += (text[at] - '0') * unit;
  }
  if (at >= text.size()) return {};
  std::int64_t offset = 0;
  if (text[at] == '+' || text[at] == '-') {
    int oh = 0, om = 0;
    if (!digits(text, at + 1, 2, oh) || text.size() != at + 6 || text[at + 3] != ':' ||
        !digits(text, at + 4, 2, om))
      return {};
    if (oh > 14 || om > 59) return {};
    offset = minutes_ms(oh * 60 + om) * (text[at] == '-' ? -1 : 1);
  } else if (text[at] != 'Z' || at + 1 != text.size()) {
    return {};
  }
  return Instant{start_of_utc_day(*on).ms + hours_ms(hour) + minutes_ms(minute) + seconds_ms(second) + ms -
                 offset};
}

Date utc_date(Instant at) {
  std::int64_t days = at.ms / 86'400'000;
  if (at.ms % 86'400'000 < 0) --days;
  return {static_cast<std::int32_t>(days)};
}

Instant start_of_utc_day(Date on) { return {days_ms(on.days)}; }

} // namespace kith
