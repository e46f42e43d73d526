#include "web/week_choice.hpp"

#include <algorithm>

namespace kith::web {
namespace {

constexpr std::string_view parts[] = {"morning", "afternoon", "evening"};
constexpr int limits[] = {9 * 60, 12 * 60, 17 * 60, 20 * 60}; // between and around the parts, in minutes
constexpr int days = 7;

struct Box {
  std::string code{};
  WeekMask times{};
};

const std::vector<Box>& every_box() {
  static const std::vector<Box> made = [] {
    std::vector<Box> boxes;
    for (int day = 0; day < days; ++day)
      for (std::size_t part = 0; part < std::size(parts); ++part) {
        Box box{std::string(day_code(day)) + "-" + std::string(parts[part]), {}};
        for (int at = limits[part]; at < limits[part + 1]; at += 30) box.times.add(day * 48 + at / 30);
        boxes.push_back(std::move(box));
      }
    return boxes;
  }();
  return made;
}

bool covers(const WeekMask& week, const Box& box) { return (week & box.times) == box.times; }

WeekMask without(const WeekMask& week, const WeekMask& other) {
  WeekMask out = week;
  for (std::size_t i = 0; i < std::size(out.words); ++i) out.words[i] &= ~other.words[i];
  return out;
}

} // namespace

std::span<const std::string_view> day_parts() { return parts; }

std::vector<std::string> ticked_times(const WeekMask& week) {
  std::vector<std::string> out;
  for (const Box& box : every_box())
    if (covers(week, box)) out.push_back(box.code);
  if (!times_besides(week).empty()) out.emplace_back(other_times);
  return out;
}

WeekMask times_besides(const WeekMask& week) {
  WeekMask rest = week;
  for (const Box& box : every_box())
    if (covers(week, box)) rest = without(rest, box.times);
  return rest;
}

std::optional<WeekMask> week_ticked(const std::vector<std::string>& boxes, const WeekMask& before) {
  WeekMask week;
  for (const std::string& code : boxes) {
    if (code == other_times) {
      week = week | times_besides(before);
      continue;
    }
    const auto& all = every_box();
    const auto box = std::find_if(all.begin(), all.end(), [&](const Box& b) { return b.code == code; });
    if (box == all.end()) return std::nullopt;
    week = week | box->times;
  }
  return week;
}

} // namespace kith::web
