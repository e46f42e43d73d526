#include "base/week.hpp"

#include "support/test.hpp"

using namespace kith;

TEST_CASE("a week is read, joined and written again") {
  const WeekMask mask = parse_week("tue 17:00-20:00; Mon 09:00-12:00;mon 12:00-12:30;").value();
  CHECK_EQ(to_text(mask), "mon 09:00-12:30; tue 17:00-20:00");
  CHECK_EQ(parse_week(to_text(mask)).value(), mask);
  CHECK_EQ(mask.minutes(), 210 + 180);
  CHECK(parse_week("").value().empty());
  CHECK_EQ(parse_week("any").value().minutes(), 7 * 1440);
  CHECK_EQ(to_text(parse_week("sun 23:30-24:00").value()), "sun 23:30-24:00");
}

TEST_CASE("what is not a week is refused with its code") {
  const auto code = [](std::string_view text) { return parse_week(text).failure().code; };
  CHECK_EQ(code("mon"), "week.form");
  CHECK_EQ(code("mon 9:00-12:00"), "week.form");
  CHECK_EQ(code("mon -1:00-12:00"), "week.form");
  CHECK_EQ(code("noon 09:00-12:00"), "week.day");
  CHECK_EQ(code("mon 09:15-12:00"), "week.time");
  CHECK_EQ(code("mon 09:00-24:30"), "week.time");
  CHECK_EQ(code("mon 12:00-12:00"), "week.order");
}

TEST_CASE("a stretch may cross midnight but a window ends there") {
  const WeekMask night = parse_week("mon 23:30-24:00; tue 00:00-00:30").value();
  CHECK(has_stretch(night, 60));
  CHECK_FALSE(has_stretch(night, 90));
  CHECK_EQ(windows(night).size(), 2);
  const auto common =
      common_windows(parse_week("mon 09:00-12:00").value(), parse_week("mon 11:00-15:00").value(), 60);
  REQUIRE_EQ(common.size(), 1);
  CHECK_EQ(common[0], WeekWindow{0, 660, 720});
}
