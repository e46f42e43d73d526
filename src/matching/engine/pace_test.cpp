#include "matching/engine/pace.hpp"

#include "support/test.hpp"

using kith::matching::engine::Pace;

TEST_CASE("pace: both ways are tried, and the one that looks at less for each leads") {
  Pace pace(100);
  const auto go_on = [&](std::uint64_t looks, std::uint64_t settled) {
    pace.spent(looks, settled);
    return pace.together();
  };
  CHECK_FALSE(pace.together());
  CHECK_FALSE(go_on(49, 1));
  CHECK(go_on(10, 1)); // half of the trial is looked at
  SUBCASE("rounds settle more for their looks") {
    CHECK(go_on(100, 10));
    for (int i = 0; i < 7; ++i) CHECK(go_on(100, 10));
    CHECK_FALSE(go_on(100, 10)); // eight times as long; then the other again, twice as long as before
    CHECK_FALSE(go_on(199, 1));
    CHECK(go_on(1, 1));
  }
  SUBCASE("one after the other does") {
    CHECK_FALSE(go_on(100, 3)); // 59 looks for 2 against 100 for 3
    for (int i = 0; i < 79; ++i) CHECK_FALSE(go_on(10, 1));
    CHECK(go_on(10, 1));
    CHECK(go_on(199, 1));
    CHECK_FALSE(go_on(1, 1));
  }
  SUBCASE("of one after the other the last few count") {
    CHECK(go_on(100, 10));
    CHECK(go_on(799, 100));
    CHECK_FALSE(go_on(1, 1));
    for (int i = 0; i < 40; ++i) CHECK_FALSE(go_on(1, 1)); // cheap at first
    for (int i = 0; i < 3; ++i) CHECK_FALSE(go_on(50, 1));
    CHECK(go_on(50, 1));
  }
}
