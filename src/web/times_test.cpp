#include "web/times.hpp"

#include "support/test.hpp"

using namespace kith;
using namespace kith::web;

TEST_CASE("a clock time is read as people write it, and nothing else is") {
  const std::pair<const char*, int> fine[] = {{"14:30", 870},  {"2:30pm", 870}, {" 2.30 PM ", 870},
                                              {"2 p.m.", 840}, {"9", 540},      {"09:05", 545},
                                              {"12am", 0},     {"12pm", 720},   {"12:15 a.m.", 15},
                                              {"0:00", 0},     {"23:59", 1439}, {"11.59pm", 1439}};
  for (const auto& [text, minutes] : fine) {
    CAPTURE(text);
    CHECK_EQ(read_clock(text).value_or(-1), minutes);
  }
  for (const char* text : {"", "pm", "24:00", "14:60", "13pm", "0pm", "2:3", "2:300", "half past two", "-1",
                           "14:30:00", "1 4", "２pm"}) {
    CAPTURE(text);
    CHECK_FALSE(read_clock(text).has_value());
  }
}

TEST_CASE("a day in three boxes is read when the calendar has it") {
  CHECK_EQ(to_text(read_day({"26", "11", "2026"}).value()), "2026-11-26");
  CHECK_EQ(to_text(read_day({" 3 ", "2", "2027"}).value()), "2027-02-03");
  for (const DateValues& boxes :
       {DateValues{"31", "11", "2026"}, DateValues{"29", "2", "2027"}, DateValues{"", "11", "2026"},
        DateValues{"1", "1", "26"}, DateValues{"1", "Nov", "2026"}, DateValues{"1-", "1", "2026"}})
    CHECK_FALSE(read_day(boxes).has_value());
  const Date on = read_day({"5", "1", "2027"}).value();
  CHECK_EQ(boxes_of(on).day, "5");
  CHECK_EQ(read_day(boxes_of(on)).value(), on);
}

TEST_CASE("a moment is said in words") {
  const Words words = Words::load("en");
  const Date on = read_day({"26", "11", "2026"}).value();
  CHECK_EQ(moment_words(words, {on, 14 * 60}), "Thursday 26 November, 2pm");
  CHECK_EQ(moment_words(words, {on, 9 * 60 + 5}), "Thursday 26 November, 9:05am");
  CHECK_EQ(clock_words(words, 0), "midnight");
  CHECK_EQ(clock_words(words, 12 * 60), "midday");
  CHECK_EQ(clock_words(words, 12 * 60 + 30), "12:30pm");
  CHECK_EQ(clock_words(words, 30), "12:30am");
}
