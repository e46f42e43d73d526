// Free times as boxes to tick, which is quicker on a phone than clock times: morning, afternoon and evening
// of each day. What a record holds besides whole boxes (an early hour, a part of an evening) is never lost by
// ticking: it stands as "other times", kept until somebody unticks it. Pure; any thread.
#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/week.hpp"

namespace kith::web {

// The parts of a day; their codes stand in the form as "tue-evening".
std::span<const std::string_view> day_parts(); // morning, afternoon, evening
inline constexpr std::string_view other_times = "other";

std::vector<std::string> ticked_times(const WeekMask& week); // with "other" when something is left over
WeekMask times_besides(const WeekMask& week);                // what no whole box covers
// Nothing: one of the boxes is none of ours. `before` is what the record holds.
std::optional<WeekMask> week_ticked(const std::vector<std::string>& boxes, const WeekMask& before);

} // namespace kith::web
