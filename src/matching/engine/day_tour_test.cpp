#include "matching/engine/day_tour.hpp"

#include <algorithm>
#include <numeric>

#include "base/random.hpp"

#include "support/test.hpp"

using namespace kith;
using namespace kith::matching::engine;

namespace {

Day random_day(Random& random, std::size_t contacts) {
  const auto number = [&](std::uint64_t most) { return static_cast<std::int32_t>(random.below(most + 1)); };
  Day day;
  day.leaves_from = number(600);
  day.back_by = 840 + number(600);
  for (std::size_t i = 0; i < contacts; ++i) {
    const std::int32_t minutes = 10 + number(80), from = number(1'000);
    day.contacts.push_back(
        {from, std::min(1'440, from + minutes + number(random.below(2) ? 30 : 500)), minutes});
  }
  for (std::size_t i = 0; i < (contacts + 1) * (contacts + 1); ++i) day.travel.push_back(number(60));
  return day;
}

std::vector<std::size_t> first_order(const Day& day) {
  std::vector<std::size_t> order(day.contacts.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  return order;
}

// When the worker is home again, every meeting as early as it can be; nothing when one is missed.
std::optional<std::int32_t> home_again(const Day& day, const std::vector<std::size_t>& order) {
  const std::size_t home = day.contacts.size();
  std::size_t at = home;
  std::int32_t now = day.leaves_from;
  for (const std::size_t next : order) {
    const DayContact& contact = day.contacts[next];
    now = std::max(now + day.travel[at * (home + 1) + next], contact.from) + contact.minutes;
    if (now > contact.until) return std::nullopt;
    at = next;
  }
  now += day.travel[at * (home + 1) + home];
  return now <= day.back_by ? std::optional(now) : std::nullopt;
}

std::optional<std::int32_t> earliest_home(const Day& day) {
  std::optional<std::int32_t> best;
  std::vector<std::size_t> order = first_order(day);
  do {
    const auto home = home_again(day, order);
    if (home && (!best || *home < *best)) best = home;
  } while (std::next_permutation(order.begin(), order.end()));
  return best;
}

Day kept(Day day, const DayContact& last) {
  day.contacts.back() = last;
  return day;
}

} // namespace

TEST_CASE("a day's tour equals the best of all orders, and its beginnings can be kept") {
  SeededRandom random(214);
  int possible = 0;
  for (int round = 0; round < 1'500; ++round) {
    const Day day = random_day(random, random.below(round % 30 == 0 ? 8 : 6));
    REQUIRE(validate(day).ok());
    const auto tour = tour_of(day);
    const auto best = earliest_home(day);
    REQUIRE_EQ(tour.has_value(), best.has_value());
    if (!tour) continue;
    possible += day.contacts.size() > 2;
    std::vector<std::size_t> order;
    Day agreed = day;
    for (const DayVisit& visit : *tour) {
      order.push_back(visit.contact);
      DayContact& contact = agreed.contacts[visit.contact];
      contact = {visit.begins, visit.begins + contact.minutes, contact.minutes};
    }
    CHECK_EQ(home_again(day, order), best);
    CHECK_EQ(home_again(agreed, order), best);
    std::sort(order.begin(), order.end());
    CHECK_EQ(order, first_order(day));
  }
  CHECK_GT(possible, 100);
}

TEST_CASE("the beginnings one more contact could have are exactly those with which a day still works") {
  SeededRandom random(215);
  std::size_t some = 0, gaps = 0;
  for (int round = 0; round < 400; ++round) {
    const Day day = random_day(random, 1 + random.below(5));
    const std::vector<Starts> starts = starts_of_last(day);
    some += !starts.empty();
    gaps += starts.size() > 1;
    const DayContact& last = day.contacts.back();
    for (std::int32_t begins = last.from; begins <= last.until - last.minutes; ++begins) {
      const bool offered = std::any_of(starts.begin(), starts.end(), [&](const Starts& range) {
        return range.earliest <= begins && begins <= range.latest;
      });
      REQUIRE_EQ(offered,
                 earliest_home(kept(day, {begins, begins + last.minutes, last.minutes})).has_value());
    }
    for (std::size_t i = 0; i < starts.size(); ++i) {
      CHECK_GE(starts[i].earliest, last.from);
      CHECK_LE(starts[i].latest, last.until - last.minutes);
      if (i > 0) CHECK_GT(starts[i].earliest, starts[i - 1].latest + 1);
    }
  }
  CHECK_GT(some, 40);
  CHECK_GT(gaps, 2);
}

TEST_CASE("Ruth meets Amara at ten and could meet Jo before or after") {
  Day day{540, 900, {{600, 660, 60}, {510, 900, 45}}, {0, 20, 30, 25, 0, 10, 30, 15, 0}};
  // From home at 9:00 she is with Jo at 9:15 and would be late for Amara. After Amara it is 11:00 and 20
  // minutes to Jo; 45 with Jo and 10 home must end by 15:00.
  CHECK_EQ(starts_of_last(day), std::vector<Starts>{{680, 845}});
  CHECK_EQ(tour_of(day), std::vector<DayVisit>{{0, 600}, {1, 680}});
  day.leaves_from = 480; // from 8:30, and until 8:50, because it is 25 minutes from Jo to Amara
  CHECK_EQ(starts_of_last(day), std::vector<Starts>{{510, 530}, {680, 845}});
  CHECK_EQ(tour_of(day), std::vector<DayVisit>{{1, 510}, {0, 600}}); // home earlier
  day.contacts.push_back({840, 900, 60});
  day.travel.assign(16, 0);
  CHECK(tour_of(day).has_value());
  day.travel[2 * 4 + 3] = 1; // home again at 15:01
  CHECK_EQ(tour_of(day), std::nullopt);
  CHECK_EQ(tour_of({0, 1'440, {}, {0}}), std::vector<DayVisit>());
}

TEST_CASE("a day that is not one is refused by code") {
  const Day good{0, 1'440, {{0, 60, 30}}, {0, 1, 1, 0}};
  const auto refused = [](const Day& day) { return validate(day).ok() ? "" : validate(day).failure().code; };
  CHECK_EQ(refused(good), "");
  Day day = good;
  day.contacts.resize(9);
  CHECK_EQ(refused(day), "day.contacts_too_many");
  day = good;
  day.travel.pop_back();
  CHECK_EQ(refused(day), "day.travel_shape");
  day = good;
  day.travel[1] = -1;
  CHECK_EQ(refused(day), "day.travel_range");
  day = good;
  day.back_by = 1'441;
  CHECK_EQ(refused(day), "day.hours");
  for (const DayContact wrong : {DayContact{0, 60, 61}, {0, 60, 0}, {-1, 60, 30}, {1'400, 1'441, 30}}) {
    CHECK_EQ(refused(kept(good, wrong)), "day.window");
    CHECK_EQ(validate(kept(good, wrong)).failure().arguments, std::vector<std::string>{"0"});
  }
}
