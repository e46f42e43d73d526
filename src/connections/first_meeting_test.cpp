#include "connections/first_meeting.hpp"

#include <algorithm>

#include "connections/task.hpp"
#include "connections/telling.hpp"
#include "storage/trail.hpp"
#include "support/house.hpp"

#include "support/databases.hpp"
#include "support/test.hpp"

namespace kith::auth {
Scope make_scope(Actor actor, Instant now, Random& random, std::string request_id);
} // namespace kith::auth

using namespace kith;
using namespace kith::connections;
using kith::test::code_of;
using kith::test::House;
using kith::test::morning;

namespace {

BookingRequest on_day(int days, int minutes = 600) {
  return {{utc_date(morning) + days, minutes}, 60, "Library", "Priya"};
}

// Amara and Ruth, connected, with whole actions on their meeting.
struct Two {
  House& house;
  Id<Worker> ruth{house.worker("Ruth", 2)};
  Referred amara{house.person("Amara")};
  Connection connection{connect(amara)};

  Connection connect(const Referred& who) {
    const auto offers = house.offer(who, {ruth});
    REQUIRE(offers.ok());
    REQUIRE(house.worker_says(offers.value()[0], WorkerAnswer::yes).ok());
    REQUIRE(house.person_says(who, PersonAnswer::this_one, offers.value()[0]).ok());
    house.send_all();
    return house.look([&](auto& tx, const auto& mine) { return live_connection_of(tx, mine, who.person); })
        .value();
  }
  Result<FirstMeeting> book(const BookingRequest& request) {
    return house.change(
        [&](auto& tx, const auto& mine) { return book_first_meeting(tx, mine, connection.id, request); });
  }
  Result<FirstMeeting> change_to(Id<FirstMeeting> seen, const BookingRequest& request) {
    return house.change([&](auto& tx, const auto& mine) {
      return change_first_meeting(tx, mine, {connection.id, seen}, request);
    });
  }
  Done cancel(Id<FirstMeeting> seen) {
    return house.change(
        [&](auto& tx, const auto& mine) { return cancel_first_meeting(tx, mine, {connection.id, seen}); });
  }
  Done cancel_as(auth::Actor actor, Id<FirstMeeting> seen) {
    actor.organisation = house.id;
    const auth::Scope own = auth::make_scope(std::move(actor), house.now, house.random, "");
    return house.change(
        [&](auto& tx, const auto&) { return cancel_first_meeting(tx, own, {connection.id, seen}); });
  }
  using Names = std::vector<std::string>;
  Names letters() { // to both, what waits to go out
    Names names;
    auto tx = house.database.begin(house.id, storage::Access::read).value();
    for (const auto& message : storage::due_messages(tx, house.now + hold_ms).value())
      names.push_back(message.template_name);
    std::sort(names.begin(), names.end());
    return names;
  }
  std::vector<FirstMeeting> all() {
    return house.look([&](auto& tx, const auto& mine) { return first_meetings_of(tx, mine, connection.id); });
  }
  ConnectionState state() {
    return house.look([&](auto& tx, const auto& mine) { return state_of(tx, mine, connection.id); });
  }
};

} // namespace

TEST_CASE("a meeting that is off: both are told, the hour is free, and a new one is to be planned") {
  for_each_database([](storage::Database& database) {
    House house{database};
    Two two{house};
    const auto first = two.book(on_day(3));
    REQUIRE(first.ok());
    house.send_all();
    CHECK(house.tasks_of(TaskKind::book_first_meeting).empty());

    REQUIRE(two.cancel(first->id).ok());
    CHECK_EQ(two.letters(), Two::Names{"person_meeting_cancelled", "worker_meeting_cancelled"});
    CHECK_EQ(two.state(), ConnectionState::agreed);
    const auto tasks = house.tasks_of(TaskKind::book_first_meeting);
    REQUIRE_EQ(tasks.size(), 1);
    CHECK_EQ(tasks[0].about, two.connection.id.text());
    CHECK_EQ(tasks[0].due_on, utc_date(house.now) + 1);
    CHECK(two.cancel(first->id).ok()); // again
    CHECK_EQ(house.tasks_of(TaskKind::book_first_meeting).size(), 1);
    house.send_all();

    const Connection other = two.connect(house.person("Jo"));
    CHECK(house
              .change([&](auto& tx, const auto& mine) {
                return book_first_meeting(tx, mine, other.id, on_day(3));
              })
              .ok());
    CHECK_EQ(code_of(two.book(on_day(3))), "meeting.worker_busy");
    house.send_all();
    const auto second = two.book(on_day(4));
    REQUIRE(second.ok());
    CHECK_EQ(two.letters(), Two::Names{"person_meeting", "worker_meeting"});
    CHECK(house.tasks_of(TaskKind::book_first_meeting).empty());
    CHECK_EQ(two.all().size(), 2); // both are kept
    CHECK_EQ(code_of(two.cancel(first->id)), "meeting.changed");
    CHECK_EQ(code_of(two.cancel(Id<FirstMeeting>::make(house.random))), "not_found");
    CHECK_EQ(two.state(), ConnectionState::first_meeting_booked);
  });
}

TEST_CASE("a meeting is changed in one step, and a change made past another one is refused") {
  for_each_database([](storage::Database& database) {
    House house{database};
    Two two{house};
    const auto first = two.book(on_day(3));
    REQUIRE(first.ok());
    house.send_all();
    const auto second = two.change_to(first->id, on_day(3, 630)); // meets its own old hour
    REQUIRE(second.ok());
    CHECK_EQ(two.letters(), Two::Names{"person_meeting_changed", "worker_meeting_changed"});
    CHECK(house.tasks_of(TaskKind::book_first_meeting).empty());
    CHECK_EQ(two.all().size(), 2);

    CHECK_EQ(code_of(two.change_to(first->id, on_day(5))), "meeting.changed");
    CHECK_EQ(two.change_to(first->id, on_day(3, 630))->id, second->id); // the same again
    CHECK_EQ(two.all().size(), 2);

    const Connection other = two.connect(house.person("Jo"));
    REQUIRE(house
                .change([&](auto& tx, const auto& mine) {
                  return book_first_meeting(tx, mine, other.id, on_day(6));
                })
                .ok());
    CHECK_EQ(code_of(two.change_to(second->id, on_day(6))), "meeting.worker_busy");
    const auto standing =
        house.look([&](auto& tx, const auto& mine) { return first_meeting_of(tx, mine, two.connection.id); });
    CHECK_EQ(standing->id, second->id);
    REQUIRE(two.cancel(second->id).ok());
    CHECK_EQ(code_of(two.change_to(second->id, on_day(7))), "meeting.changed");
  });
}

TEST_CASE("nothing of a meeting that no longer stands goes out, and nobody hears of what they never knew") {
  for_each_database([](storage::Database& database) {
    House house{database};
    Two two{house};
    const Two::Names planned{"person_meeting", "worker_meeting"};
    const Two::Names changed{"person_meeting_changed", "worker_meeting_changed"};
    auto meeting = two.book(on_day(3));
    REQUIRE(two.cancel(meeting->id).ok()); // within the minute: neither ever knew
    CHECK(two.letters().empty());
    meeting = two.book(on_day(3));
    CHECK_EQ(two.letters(), planned);
    meeting = two.change_to(meeting->id, on_day(4));
    CHECK_EQ(two.letters(), planned); // of the new one alone
    house.send_all();

    meeting = two.change_to(meeting->id, on_day(5));
    meeting = two.change_to(meeting->id, on_day(6));
    CHECK_EQ(two.letters(), changed); // once
    REQUIRE(two.cancel(meeting->id).ok());
    CHECK_EQ(two.letters(), Two::Names{"person_meeting_cancelled", "worker_meeting_cancelled"});
    meeting = two.book(on_day(7)); // they know of the fourth day, which was never called off to them
    CHECK_EQ(two.letters(), changed);

    REQUIRE(house
                .change([&](auto& tx, const auto&) -> Done { // one try that may have arrived
                  TRY_ASSIGN(const auto due, storage::due_messages(tx, house.now + hold_ms));
                  for (const auto& message : due)
                    TRY(storage::claim_message(tx, message.id, {house.now + hold_ms, house.now + hold_ms}));
                  return {};
                })
                .ok());
    REQUIRE(two.cancel(meeting->id).ok());
    CHECK_EQ(two.letters(), Two::Names{"person_meeting_cancelled", "worker_meeting_cancelled"});
    REQUIRE(house.stop(two.amara).ok());
    CHECK_EQ(two.letters(), Two::Names{"worker_ended"});
  });
}

TEST_CASE("whoever calls a meeting off is not told, and a person only before it begins") {
  for_each_database([](storage::Database& database) {
    House house{database};
    Two two{house};
    auto meeting = two.book(on_day(3));
    house.send_all();
    REQUIRE(two.cancel_as({.roles = {auth::Role::person}, .person = two.amara.person}, meeting->id).ok());
    CHECK_EQ(two.letters(), Two::Names{"worker_meeting_cancelled"});
    CHECK_EQ(house.tasks_of(TaskKind::book_first_meeting).size(), 1);
    house.send_all();

    meeting = two.book(on_day(4));
    house.send_all();
    REQUIRE(two.cancel_as({.roles = {auth::Role::peer_worker}, .worker = two.ruth}, meeting->id).ok());
    CHECK_EQ(two.letters(), Two::Names{"person_meeting_cancelled"});

    meeting = two.book(on_day(4));
    house.send_all();
    house.now = meeting->starts_at;
    CHECK_EQ(code_of(two.cancel_as({.roles = {auth::Role::person}, .person = two.amara.person}, meeting->id)),
             "meeting.started");
    CHECK(two.cancel(meeting->id).ok()); // they did not meet: the service says so
  });
}
