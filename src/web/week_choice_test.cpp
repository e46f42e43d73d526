#include "web/week_choice.hpp"

#include "support/test.hpp"

using namespace kith;
using namespace kith::web;

namespace {
std::string saved(const std::vector<std::string>& boxes, const char* before = "") {
  const auto week = week_ticked(boxes, *parse_week(before));
  return week ? to_text(*week) : "refused";
}
} // namespace

TEST_CASE("ticked boxes become the hours of the week, joined where they touch") {
  CHECK_EQ(saved({"tue-evening"}), "tue 17:00-20:00");
  CHECK_EQ(saved({"mon-afternoon", "mon-morning", "sun-evening"}), "mon 09:00-17:00; sun 17:00-20:00");
  CHECK_EQ(saved({}), "");
  for (const char* wrong : {"tue", "tue-night", "day-morning", ""}) CHECK_EQ(saved({wrong}), "refused");
}

TEST_CASE("opening and saving a record's times loses no hour of them") {
  for (const char* text : {"", "tue 17:00-20:00", "sun 06:00-08:00", "mon 09:00-17:00; wed 18:00-20:30",
                           "fri 16:00-18:00", "any"}) {
    CAPTURE(text);
    const WeekMask before = *parse_week(text);
    CHECK_EQ(saved(ticked_times(before), text), to_text(before));
  }
}

TEST_CASE("other times go only when they are unticked") {
  CHECK_EQ(ticked_times(*parse_week("mon 09:00-12:00; wed 18:00-20:30")),
           std::vector<std::string>{"mon-morning", "other"});
  CHECK_EQ(to_text(times_besides(*parse_week("mon 09:00-12:00; wed 18:00-20:30"))), "wed 18:00-20:30");
  CHECK_EQ(saved({"mon-morning"}, "mon 09:00-12:00; wed 18:00-20:30"), "mon 09:00-12:00");
  CHECK_EQ(saved({"other", "wed-evening"}, "mon 09:00-12:00; wed 18:00-20:30"), "wed 17:00-20:30");
}
