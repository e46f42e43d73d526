#include <algorithm>
#include <atomic>
#include <thread>

#include "connections/agreement.hpp"
#include "connections/task.hpp"
#include "storage/trail.hpp"
#include "support/house.hpp"

#include "support/databases.hpp"
#include "support/test.hpp"

using namespace kith;
using namespace kith::connections;
using kith::test::House;
using kith::test::morning;

TEST_CASE("B3 two people choose each other: offer, answers, agreement, booking") {
  for_each_database([](storage::Database& database) {
    House house{database};
    const auto ruth = house.worker("Ruth"), mina = house.worker("Mina");
    const Referred amara = house.person("Amara");
    const auto offers = house.offer(amara, {ruth, mina});
    REQUIRE(offers.ok());
    CHECK_EQ(house.places(ruth).reserved, 1);
    CHECK_EQ(house.person_says(amara, PersonAnswer::this_one, offers.value()[0]).failure().code,
             "offer.closed");
    for (const Id<Offer> id : offers.value()) CHECK(house.worker_says(id, WorkerAnswer::yes).ok());
    CHECK_EQ(house.worker_says(offers.value()[0], WorkerAnswer::yes).failure().code,
             "offer.already_answered");

    CHECK(house.person_says(amara, PersonAnswer::this_one, offers.value()[0]).ok());
    CHECK_EQ(house.state(amara), ReferralState::connected);
    const int live = house.places(ruth).live + house.places(mina).live;
    const int reserved = house.places(ruth).reserved + house.places(mina).reserved;
    CHECK_EQ(live, 1);
    CHECK_EQ(reserved, 0);

    const auto booked = house.change([&](auto& tx, const auto& mine) -> Result<FirstMeeting> {
      TRY_ASSIGN(const auto connection, live_connection_of(tx, mine, amara.person));
      return book_first_meeting(tx, mine, connection->id,
                                {{utc_date(morning) + 3, 600}, 60, "Library", "Priya"});
    });
    CHECK(booked.ok());
    auto tx = database.begin(house.id, storage::Access::read).value();
    CHECK_EQ(shared_with_worker(tx, house.scope(), amara.person).value(),
             std::vector<std::string>{"own_words"});
  });
}

TEST_CASE("B3 declining costs nothing: same waiting date, places given back, never asked twice") {
  for_each_database([](storage::Database& database) {
    House house{database};
    const auto ruth = house.worker("Ruth"), mina = house.worker("Mina");
    const Referred amara = house.person("Amara");
    const auto first = house.offer(amara, {ruth});
    REQUIRE(first.ok());
    CHECK(house.worker_says(first.value()[0], WorkerAnswer::no).ok());
    CHECK_EQ(house.state(amara), ReferralState::waiting);
    CHECK_EQ(house.places(ruth).free(), 1);
    CHECK_EQ(house.offer(amara, {ruth}).failure().code, "offer.not_available");
    const auto second = house.offer(amara, {mina});
    REQUIRE(second.ok());
    CHECK(house.worker_says(second.value()[0], WorkerAnswer::yes).ok());
    CHECK(house.person_says(amara, PersonAnswer::none).ok());
    CHECK_EQ(house.state(amara), ReferralState::waiting);
    CHECK_EQ(house.places(mina).free(), 1);
  });
}

TEST_CASE("an offer taken back is no decline: the place is free and the pair can be offered again") {
  for_each_database([](storage::Database& database) {
    House house{database};
    const auto ruth = house.worker("Ruth");
    const Referred amara = house.person("Amara");
    const auto first = house.offer(amara, {ruth});
    REQUIRE(first.ok());
    CHECK_EQ(house.offer(amara, {ruth}).failure().code, "referral.not_possible");
    CHECK(house.change([&](auto& tx, const auto& mine) { return take_back_offers(tx, mine, amara.referral); })
              .ok());
    CHECK_EQ(house.state(amara), ReferralState::waiting);
    CHECK_EQ(house.places(ruth).free(), 1);
    auto tx = database.begin(house.id, storage::Access::read).value();
    CHECK(storage::held_messages(tx, "offer", first.value()[0].text()).value().empty());
    CHECK_EQ(house.worker_says(first.value()[0], WorkerAnswer::yes).failure().code, "offer.closed");
    CHECK(house.offer(amara, {ruth}).ok());
  });
}

TEST_CASE("A3 withdrawing works while offered and while connected, and gives every place back") {
  for_each_database([](storage::Database& database) {
    House house{database};
    const auto ruth = house.worker("Ruth");
    const Referred amara = house.person("Amara");
    REQUIRE(house.offer(amara, {ruth}).ok());
    const auto stop = [&](const Referred& who) {
      return house.change([&](auto& tx, const auto& mine) { return withdraw(tx, mine, who.person); });
    };
    CHECK(stop(amara).ok());
    CHECK_EQ(house.state(amara), ReferralState::withdrawn);
    CHECK_EQ(house.places(ruth).free(), 1);
    const Referred jo = house.person("Jo");
    const auto offers = house.offer(jo, {ruth});
    REQUIRE(offers.ok());
    CHECK(house.worker_says(offers.value()[0], WorkerAnswer::yes).ok());
    CHECK(house.person_says(jo, PersonAnswer::this_one, offers.value()[0]).ok());
    CHECK_EQ(house.places(ruth).live, 1);
    CHECK(stop(jo).ok());
    CHECK_EQ(house.places(ruth).free(), 1);
  });
}

TEST_CASE("a meeting of a connection that ended keeps nobody's hour") {
  for_each_database([](storage::Database& database) {
    House house{database};
    const auto ruth = house.worker("Ruth", 2);
    const auto book = [&](const Referred& who) {
      const auto offers = house.offer(who, {ruth});
      REQUIRE(offers.ok());
      REQUIRE(house.worker_says(offers.value()[0], WorkerAnswer::yes).ok());
      REQUIRE(house.person_says(who, PersonAnswer::this_one, offers.value()[0]).ok());
      return house.change([&](auto& tx, const auto& mine) -> Result<FirstMeeting> {
        TRY_ASSIGN(const auto connection, live_connection_of(tx, mine, who.person));
        return book_first_meeting(tx, mine, connection->id,
                                  {{utc_date(morning) + 3, 600}, 60, "Library", "Priya"});
      });
    };
    const Referred amara = house.person("Amara");
    CHECK(book(amara).ok());
    const Referred jo = house.person("Jo");
    CHECK_EQ(book(jo).failure().code, "meeting.worker_busy");
    for (const Referred& who : {amara, jo})
      REQUIRE(house.change([&](auto& tx, const auto& mine) { return withdraw(tx, mine, who.person); }).ok());
    CHECK(book(house.person("Kim")).ok());
  });
}

TEST_CASE("P5 an exclusion refuses an offer with the same words as no place") {
  for_each_database([](storage::Database& database) {
    House house{database};
    const auto ruth = house.worker("Ruth");
    const Referred amara = house.person("Amara");
    REQUIRE(house
                .change([&](auto& tx, const auto& mine) {
                  return workforce::add_exclusion(
                      tx, mine,
                      {Id<Exclusion>::make(house.random), amara.person, ruth, ExclusionSide::worker});
                })
                .ok());
    CHECK_EQ(house.offer(amara, {ruth}).failure().code, "offer.not_available");
    CHECK_EQ(house.places(ruth).free(), 1);
  });
}

TEST_CASE("wanting to talk, said again before anybody called, adds nothing and leaves the way out open") {
  for_each_database([](storage::Database& database) {
    House house{database};
    const auto ruth = house.worker("Ruth");
    const Referred amara = house.person("Amara");
    const auto offers = house.offer(amara, {ruth});
    REQUIRE(offers.ok());
    const auto tasks = [&](const std::string& kind) {
      auto tx = database.begin(house.id, storage::Access::read).value();
      const auto all = open_tasks(tx, house.scope(), "coordinator").value();
      return std::count_if(all.begin(), all.end(), [&](const Task& task) { return task.kind == kind; });
    };
    for (int i = 0; i < 3; ++i) CHECK(house.worker_says(offers.value()[0], WorkerAnswer::talk).ok());
    CHECK_EQ(tasks("talk_with_worker"), 1);
    CHECK(house.worker_says(offers.value()[0], WorkerAnswer::yes).ok());
    for (int i = 0; i < 3; ++i) CHECK(house.person_says(amara, PersonAnswer::talk).ok());
    CHECK_EQ(tasks("talk_with_person"), 1);
    CHECK(house.change([&](auto& tx, const auto& mine) { return withdraw(tx, mine, amara.person); }).ok());
  });
}

TEST_CASE("F22 64 callers race for three places and exactly three are taken") {
  for_each_database([](storage::Database& database) {
    House house{database};
    const auto ruth = house.worker("Ruth", 3);
    std::atomic<int> taken{0}, refused{0}, other{0};
    std::vector<std::thread> callers;
    for (int i = 0; i < 64; ++i)
      callers.emplace_back([&] {
        const auth::Scope mine = house.scope();
        for (int tries = 0; tries < 20; ++tries) {
          auto tx = database.begin(house.id, storage::Access::write);
          if (!tx.ok()) continue;
          const Done done = workforce::reserve_place(*tx, mine, ruth);
          if (done.ok() && tx->commit().ok()) {
            ++taken;
            return;
          }
          if (!done.ok() && done.failure().code == "offer.not_available") {
            ++refused;
            return;
          }
        }
        ++other;
      });
    for (std::thread& caller : callers) caller.join();
    CHECK_EQ(taken.load(), 3);
    CHECK_EQ(refused.load(), 61);
    CHECK_EQ(other.load(), 0);
    CHECK_EQ(house.places(ruth).reserved, 3);
  });
}

TEST_CASE("an organisation is counted: asked, waiting, past the promise, and messages to go out") {
  for_each_database([](storage::Database& database) {
    House house{database};
    const Id<Worker> ruth = house.worker("Ruth");
    const Referred amara = house.person("Amara");
    house.person("Noor");
    REQUIRE(house
                .change([&](auto& tx, const auto& mine) {
                  ReferralRequest request;
                  request.chosen_name = "Kim";
                  request.contact_way = ContactWay::phone;
                  request.contact = "0000 000 000";
                  request.asked_and_agreed = true;
                  return refer(tx, mine, request);
                })
                .ok());
    REQUIRE(house.offer(amara, {ruth}).ok());
    auto tx = database.begin(house.id, storage::Access::read).value();
    const auto counted = [&](Date today) { return count_open_referrals(tx, house.scope(), today).value(); };
    CHECK_EQ(counted(utc_date(house.now)).asked, 1);
    CHECK_EQ(counted(utc_date(house.now)).waiting, 2);
    CHECK_EQ(counted(utc_date(house.now) + 28).late, 0);
    CHECK_EQ(counted(utc_date(house.now) + 29).late, 2);
    CHECK_EQ(storage::count_waiting_messages(tx, house.now).value().waiting, 1);
    CHECK_EQ(storage::count_waiting_messages(tx, house.now).value().overdue, 0);
    CHECK_EQ(storage::count_waiting_messages(tx, house.now + hold_ms).value().overdue, 1);
  });
}
