#include "connections/meeting_days.hpp"

#include "connections/first_meeting.hpp"
#include "connections/telling.hpp"
#include "people/person_store.hpp"
#include "support/house.hpp"

#include "support/databases.hpp"
#include "support/test.hpp"

using namespace kith;
using namespace kith::connections;
using kith::matching::engine::Starts;
using kith::test::House;
using kith::test::morning;

namespace {

const Date tuesday = *parse_date("2026-11-24");
constexpr int hour = 60;

MeetingWish tuesdays(const char* from_until) {
  MeetingWish wish;
  wish.week = parse_week(std::string("tue ") + from_until).value();
  wish.first = tuesday;
  return wish;
}

} // namespace

TEST_CASE("days for a first meeting: hours both have, around the other meetings and the way to them") {
  using Starts_ = std::vector<Starts>;
  MeetingWish wish = tuesdays("13:00-18:00");
  const auto on_tuesday = [&](const std::vector<KeptMeeting>& kept) {
    const auto days = days_that_fit(wish, kept);
    return !days.empty() && days[0].on == tuesday ? days[0].starts : Starts_();
  };
  const std::vector<KeptMeeting> at_three{{tuesday, 15 * hour, 16 * hour, matching::Location{0, 0}}};

  const auto free = days_that_fit(wish, {});
  REQUIRE_EQ(free.size(), 2);
  CHECK_EQ(free[1].on, tuesday + 7);
  CHECK_EQ(free[0].starts, Starts_{{13 * hour, 17 * hour}});

  CHECK_EQ(on_tuesday(at_three), Starts_{{13 * hour, 14 * hour}, {16 * hour, 17 * hour}});
  CHECK_EQ(days_that_fit(wish, at_three).size(), 2);

  wish.person = matching::Location{10'000, 0}; // half an hour away
  CHECK_EQ(on_tuesday(at_three), Starts_{{13 * hour, 13 * hour + 30}, {16 * hour + 30, 17 * hour}});
  wish.person = matching::Location{10'001, 0}; // rounded up
  CHECK_EQ(on_tuesday(at_three), Starts_{{13 * hour, 13 * hour + 29}, {16 * hour + 31, 17 * hour}});
  wish.person = matching::Location{50'000, 0};
  CHECK(on_tuesday(at_three).empty());
  CHECK_EQ(days_that_fit(wish, at_three).size(), 1);

  SUBCASE("a meeting of two hours does not fit before the other one") {
    wish.person = {};
    wish.minutes = 2 * hour;
    CHECK_EQ(on_tuesday(at_three), Starts_{{13 * hour, 13 * hour}, {16 * hour, 16 * hour}});
    wish.minutes = 6 * hour;
    CHECK(days_that_fit(wish, {}).empty());
  }
  SUBCASE("a day that is full, or cannot be kept as it is, is left out") {
    std::vector<KeptMeeting> kept;
    for (int i = 0; i < 8; ++i) kept.push_back({tuesday, i * 30, i * 30 + 30, {}});
    CHECK_EQ(days_that_fit(wish, kept).size(), 1);
    kept.pop_back();
    CHECK_EQ(days_that_fit(wish, kept).size(), 2);
    const std::vector<KeptMeeting> apart{{tuesday, 9 * hour, 10 * hour, matching::Location{0, 0}},
                                         {tuesday, 10 * hour, 11 * hour, matching::Location{0, 9'000}}};
    CHECK_EQ(days_that_fit(wish, apart).size(), 1);
  }
}

TEST_CASE("days for a first meeting come from what both entered and what the worker has planned") {
  for_each_database([](storage::Database& database) {
    House house{database};
    const Id<Worker> ruth = house.worker("Ruth", 3);
    const auto connected = [&](const char* name) {
      const Referred who = house.person(name);
      const auto offers = house.offer(who, {ruth});
      REQUIRE(offers.ok());
      REQUIRE(house.worker_says(offers.value()[0], WorkerAnswer::yes).ok());
      REQUIRE(house.person_says(who, PersonAnswer::this_one, offers.value()[0]).ok());
      return house.look([&](auto& tx, const auto& mine) { return live_connection_of(tx, mine, who.person); })
          .value();
    };
    const Connection amara = connected("Amara"), jo = connected("Jo");
    const auto days = [&] {
      return house.look([&](auto& tx, const auto& mine) { return meeting_days(tx, mine, amara, 60); });
    };
    const auto book = [&](const Connection& connection, int minutes) {
      return house.change([&](auto& tx, const auto& mine) {
        return book_first_meeting(tx, mine, connection.id,
                                  {{*parse_date("2026-11-30"), minutes}, 60, "Library", "Priya"});
      });
    };
    const auto free = days(); // mondays, 9am to 5pm
    REQUIRE_EQ(free.size(), 2);
    CHECK_EQ(free[0].on, *parse_date("2026-11-30"));
    CHECK_EQ(free[0].starts, std::vector<Starts>{{9 * hour, 16 * hour}});

    const auto other = book(jo, 12 * hour);
    REQUIRE(other.ok());
    CHECK_EQ(days()[0].starts, std::vector<Starts>{{9 * hour, 11 * hour}, {13 * hour, 16 * hour}});
    REQUIRE(book(amara, 15 * hour).ok()); // its own meeting is in nobody's way
    CHECK_EQ(days()[0].starts, std::vector<Starts>{{9 * hour, 11 * hour}, {13 * hour, 16 * hour}});
    REQUIRE(house
                .change([&](auto& tx, const auto& mine) {
                  return cancel_first_meeting(tx, mine, {jo.id, other->id});
                })
                .ok());
    CHECK_EQ(days()[0].starts, std::vector<Starts>{{9 * hour, 16 * hour}});

    REQUIRE(house
                .change([&](auto& tx, const auto& mine) -> Done {
                  TRY_ASSIGN(Person person, people::load_person(tx, mine, amara.person));
                  person.availability.clear();
                  return people::update_person(tx, mine, person);
                })
                .ok());
    CHECK(days().empty());
  });
}
