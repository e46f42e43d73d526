// The half hours of one week in which somebody can meet: 336 bits, Monday 00:00 first, in the service's zone.
// People and workers give it as text such as "mon 09:00-12:00; tue 17:00-20:00"; matching looks for windows
// both have. A window never spans Sunday midnight; "24:00" is the end of a day. Plain value, any thread.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace kith {

struct WeekMask {
  static constexpr int half_hours = 336;
  std::uint64_t words[6]{};

  bool has(int half_hour) const { return (words[half_hour / 64] >> (half_hour % 64)) & 1; }
  void add(int half_hour) { words[half_hour / 64] |= std::uint64_t{1} << (half_hour % 64); }
  bool empty() const { return *this == WeekMask{}; }
  int minutes() const; // in the whole week
  bool operator==(const WeekMask&) const = default;
};

WeekMask operator&(const WeekMask& a, const WeekMask& b);
WeekMask operator|(const WeekMask& a, const WeekMask& b);

// One stretch within a day. Minutes are since that day's midnight, multiples of 30, until > from, until <=
// 1440.
struct WeekWindow {
  int day{}; // 0 = Monday .. 6 = Sunday
  int from_minutes{};
  int until_minutes{};
  bool operator==(const WeekWindow&) const = default;
};

// Failures: week.form (not "day HH:MM-HH:MM"), week.day, week.time (not on a half hour), week.order (ends
// before it begins). Days are mon..sun; the empty text is nobody's time; "any" is the whole week.
Result<WeekMask> parse_week(std::string_view text);
std::string to_text(const WeekMask& mask);

std::vector<WeekWindow> windows(const WeekMask& mask); // joined, in order, split at midnight
// Does one unbroken stretch of at least `minutes` exist? A stretch may cross midnight, not Sunday's.
bool has_stretch(const WeekMask& mask, int minutes);
// The stretches within a day of at least `minutes` that both have.
std::vector<WeekWindow> common_windows(const WeekMask& a, const WeekMask& b, int minutes);

std::string_view day_code(int day);  // "mon" .. "sun"
std::string clock_text(int minutes); // "09:30"

} // namespace kith
