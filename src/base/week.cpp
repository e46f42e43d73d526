#include "base/week.hpp"

#include <algorithm>
#include <array>
#include <bit>

#include "base/text.hpp"

namespace kith {
namespace {

constexpr std::array<std::string_view, 7> days{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};

Result<int> parse_clock(std::string_view text) {
  if (text.size() != 5 || text[2] != ':') return invalid("week.form");
  const auto hours = parse_integer(text.substr(0, 2)), minutes = parse_integer(text.substr(3, 2));
  if (!hours || !minutes || *hours < 0 || *minutes < 0) return invalid("week.form");
  const std::int64_t at = *hours * 60 + *minutes;
  if (*minutes % 30 != 0 || *minutes > 30 || at > 1'440) return invalid("week.time");
  return static_cast<int>(at);
}

Result<WeekWindow> parse_window(std::string_view text) {
  const std::vector<std::string> parts = split_words(text);
  if (parts.size() != 2) return invalid("week.form");
  const auto day = std::find(days.begin(), days.end(), ascii_lower(parts[0]));
  if (day == days.end()) return invalid("week.day");
  const std::vector<std::string> ends = split(parts[1], '-');
  if (ends.size() != 2) return invalid("week.form");
  WeekWindow window;
  window.day = static_cast<int>(day - days.begin());
  TRY_ASSIGN(window.from_minutes, parse_clock(ends[0]));
  TRY_ASSIGN(window.until_minutes, parse_clock(ends[1]));
  if (window.until_minutes <= window.from_minutes) return invalid("week.order");
  return window;
}

} // namespace

int WeekMask::minutes() const {
  int count = 0;
  for (const std::uint64_t word : words) count += std::popcount(word);
  return count * 30;
}

WeekMask operator&(const WeekMask& a, const WeekMask& b) {
  WeekMask out;
  for (std::size_t i = 0; i < std::size(out.words); ++i) out.words[i] = a.words[i] & b.words[i];
  return out;
}

WeekMask operator|(const WeekMask& a, const WeekMask& b) {
  WeekMask out;
  for (std::size_t i = 0; i < std::size(out.words); ++i) out.words[i] = a.words[i] | b.words[i];
  return out;
}

Result<WeekMask> parse_week(std::string_view text) {
  WeekMask mask;
  if (trim(text) == "any") {
    for (int at = 0; at < WeekMask::half_hours; ++at) mask.add(at);
    return mask;
  }
  for (const std::string& part : split(text, ';')) {
    if (trim(part).empty()) continue;
    TRY_ASSIGN(const WeekWindow window, parse_window(part));
    for (int at = window.from_minutes; at < window.until_minutes; at += 30)
      mask.add(window.day * 48 + at / 30);
  }
  return mask;
}

std::string to_text(const WeekMask& mask) {
  std::vector<std::string> parts;
  for (const WeekWindow& window : windows(mask))
    parts.push_back(std::string(day_code(window.day)) + " " + clock_text(window.from_minutes) + "-" +
                    clock_text(window.until_minutes));
  return join(parts, "; ");
}

std::vector<WeekWindow> windows(const WeekMask& mask) {
  std::vector<WeekWindow> out;
  for (int at = 0; at < WeekMask::half_hours; ++at) {
    if (!mask.has(at)) continue;
    const int day = at / 48, from = at % 48 * 30;
    if (!out.empty() && out.back().day == day && out.back().until_minutes == from)
      out.back().until_minutes += 30;
    else out.push_back({day, from, from + 30});
  }
  return out;
}

bool has_stretch(const WeekMask& mask, int minutes) {
  int run = 0;
  for (int at = 0; at < WeekMask::half_hours; ++at) {
    run = mask.has(at) ? run + 30 : 0;
    if (run > 0 && run >= minutes) return true;
  }
  return false;
}

std::vector<WeekWindow> common_windows(const WeekMask& a, const WeekMask& b, int minutes) {
  std::vector<WeekWindow> out = windows(a & b);
  std::erase_if(out, [&](const WeekWindow& w) { return w.until_minutes - w.from_minutes < minutes; });
  return out;
}

std::string_view day_code(int day) {
  CHECK(day >= 0 && day < 7);
  return days[static_cast<std::size_t>(day)];
}

std::string clock_text(int minutes) {
  const auto two = [](int n) { return std::string(n < 10 ? "0" : "") + std::to_string(n); };
  return two(minutes / 60) + ":" + two(minutes % 60);
}

} // namespace kith
