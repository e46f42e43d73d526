#include "web/times.hpp"

#include "base/text.hpp"
#include "base/zones.hpp"

namespace kith::web {
namespace {

constexpr int half_day = 12 * 60;

std::optional<int> number_of(std::string_view text, int most) {
  const auto number = parse_integer(text);
  if (text.empty() || text.size() > 2 || !number || *number < 0 || *number > most) return std::nullopt;
  return static_cast<int>(*number);
}

// Takes "am", "pm", "a.m." or "p.m." off the end and says which: 'a', 'p' or 0.
char take_half(std::string& text) {
  for (const std::string_view ending : {"a.m.", "p.m.", "am", "pm"})
    if (text.ends_with(ending)) {
      text = trim(std::string_view(text).substr(0, text.size() - ending.size()));
      return ending.front();
    }
  return 0;
}

std::string padded(std::string_view digits, std::size_t width) {
  return digits.size() >= width ? std::string(digits)
                                : std::string(width - digits.size(), '0') + std::string(digits);
}

} // namespace

std::optional<int> read_clock(std::string_view text) {
  std::string rest = ascii_lower(trim(text));
  const char half = take_half(rest);
  const auto sign = rest.find_first_of(":.");
  const auto hour = number_of(rest.substr(0, sign), half ? 12 : 23);
  const auto minute =
      sign == std::string::npos ? std::optional<int>(0) : number_of(rest.substr(sign + 1), 59);
  if (!hour || !minute || (sign != std::string::npos && rest.size() - sign != 3)) return std::nullopt;
  if (!half) return *hour * 60 + *minute;
  if (*hour == 0) return std::nullopt;
  return (*hour % 12) * 60 + *minute + (half == 'p' ? half_day : 0);
}

std::optional<Date> read_day(const DateValues& boxes) {
  const std::string_view day = trim(boxes.day), month = trim(boxes.month), year = trim(boxes.year);
  if (year.size() != 4 || day.empty() || month.empty()) return std::nullopt;
  return parse_date(std::string(year) + "-" + padded(month, 2) + "-" + padded(day, 2));
}

DateValues boxes_of(Date on) {
  const Civil civil = civil_of(on);
  return {std::to_string(civil.day), std::to_string(civil.month), std::to_string(civil.year)};
}

std::string long_date(const Words& words, Date on) {
  static constexpr const char* days[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
  const Civil civil = civil_of(on);
  return words("date.long", {{"day", words("match.day." + std::string(days[weekday_of(on)]))},
                             {"number", std::to_string(civil.day)},
                             {"month", words("date.month." + std::to_string(civil.month))}});
}

std::string clock_words(const Words& words, int minutes) {
  if (minutes == 0) return words("clock.midnight");
  if (minutes == half_day) return words("clock.midday");
  const int hour = minutes / 60 % 12 == 0 ? 12 : minutes / 60 % 12;
  std::string twelve = std::to_string(hour);
  if (minutes % 60 != 0) twelve += ":" + padded(std::to_string(minutes % 60), 2);
  return words(minutes < half_day ? "clock.morning" : "clock.afternoon", {{"clock", twelve}});
}

std::string moment_words(const Words& words, Moment at) {
  return words("clock.moment",
               {{"date", long_date(words, at.on)}, {"clock", clock_words(words, at.minutes)}});
}

std::string moment_words(const Words& words, Instant at, std::string_view zone) {
  const LocalTime local = local_time(at, zone);
  return moment_words(words, {local.on, local.minutes});
}

} // namespace kith::web
