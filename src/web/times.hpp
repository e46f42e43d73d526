// Days and clock times as people write and read them: "26 11 2026" in three boxes, "2:30pm" or "14:30", and
// "Thursday 26 November, 2:30pm" back. Pages with a date in them use it. Pure; any thread.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "base/time.hpp"
#include "base/words.hpp"
#include "web/ui/inputs.hpp"

namespace kith::web {

// Minutes since midnight out of "14:30", "14.30", "2:30pm", "2 pm" or "14". Nothing: no time of a day.
std::optional<int> read_clock(std::string_view text);
// Nothing: no day of the calendar, 1900 to 2200. Spaces around the numbers are fine.
std::optional<Date> read_day(const DateValues& boxes);
DateValues boxes_of(Date on);

std::string long_date(const Words& words, Date on);       // "Thursday 26 November"
std::string clock_words(const Words& words, int minutes); // "2:30pm", "midday"
struct Moment {
  Date on{};
  int minutes{};
};
std::string moment_words(const Words& words, Moment at); // "Thursday 26 November, 2:30pm"
std::string moment_words(const Words& words, Instant at, std::string_view zone);

} // namespace kith::web
