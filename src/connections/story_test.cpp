#include <algorithm>
#include <atomic>
#include <thread>

#include "connections/agreement.hpp"
#include "connections/first_meeting.hpp"
#include "connections/matching_consent.hpp"
#include "connections/task.hpp"
#include "connections/telling.hpp"
#include "people/person_store.hpp"
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

TEST_CASE("B4 of what a worker answered, the last ninety days are told") {
  for_each_database([](storage::Database& database) {
    House house{database};
    const auto ruth = house.worker("Ruth"), mina = house.worker("Mina");
    const auto told = [&](Id<Worker> worker) {
      const auto asked =
          house.look([&](auto& tx, const auto& mine) { return connections::asked_lately(tx, mine, worker); });
      return std::pair{asked.asked, asked.said_no};
    };
    const auto offers = house.offer(house.person("Amara"), {ruth});
    REQUIRE(offers.ok());
    CHECK_EQ(told(ruth), std::pair<std::int64_t, std::int64_t>{1, 0});
    CHECK(house.worker_says(offers.value()[0], WorkerAnswer::no).ok());
    CHECK_EQ(told(ruth), std::pair<std::int64_t, std::int64_t>{1, 1});
    CHECK_EQ(told(mina), std::pair<std::int64_t, std::int64_t>{0, 0});
    house.now = house.now + 91ll * 24 * 60 * 60 * 1'000;
    CHECK_EQ(told(ruth), std::pair<std::int64_t, std::int64_t>{0, 0});
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

TEST_CASE("whoever stops after a meeting was planned leaves no worker to go there alone") {
  for_each_database([](storage::Database& database) {
    House house{database};
    const auto ruth = house.worker("Ruth");
    const Referred amara = house.person("Amara");
    const auto offers = house.offer(amara, {ruth});
    REQUIRE(offers.ok());
    REQUIRE(house.worker_says(offers.value()[0], WorkerAnswer::yes).ok());
    REQUIRE(house.person_says(amara, PersonAnswer::this_one, offers.value()[0]).ok());
    const auto connection = house.change([&](auto& tx, const auto& mine) -> Result<Connection> {
      TRY_ASSIGN(const auto live, live_connection_of(tx, mine, amara.person));
      TRY(book_first_meeting(tx, mine, live->id, {{utc_date(morning) + 3, 600}, 60, "Library", "Priya"}));
      return *live;
    });
    REQUIRE(connection.ok());
    house.send_all();
    CHECK(house.tasks_of(TaskKind::tell_worker_it_ended).empty());
    REQUIRE(house.change([&](auto& tx, const auto& mine) { return withdraw(tx, mine, amara.person); }).ok());
    CHECK_EQ(house.letters_to(ruth), std::vector<std::string>{"worker_ended"});
    const auto tasks = house.tasks_of(TaskKind::tell_worker_it_ended);
    REQUIRE_EQ(tasks.size(), 1);
    CHECK_EQ(tasks[0].about, connection->id.text());
    CHECK_EQ(tasks[0].due_on, utc_date(house.now));
  });
}

TEST_CASE("a worker who said yes, or whom the question reached, hears that nothing came of it") {
  for_each_database([](storage::Database& database) {
    House house{database};
    const std::vector<std::string> thanks{"worker_place_free"};
    const auto ruth = house.worker("Ruth", 9), mina = house.worker("Mina", 9);
    enum class End { none, not_now, taken_back, stopped };
    for (const End end : {End::none, End::not_now, End::taken_back, End::stopped}) {
      const Referred amara = house.person("Amara");
      const auto offers = house.offer(amara, {ruth, mina});
      REQUIRE(offers.ok());
      REQUIRE(house.worker_says(offers.value()[0], WorkerAnswer::yes).ok());
      if (end == End::none || end == End::not_now)
        REQUIRE(house.worker_says(offers.value()[1], WorkerAnswer::yes).ok());
      house.send_all();
      const Done ended = house.change([&](auto& tx, const auto& mine) -> Done {
        if (end == End::taken_back) return take_back_offers(tx, mine, amara.referral);
        if (end == End::stopped) return withdraw(tx, mine, amara.person);
        const PersonAnswer answer = end == End::none ? PersonAnswer::none : PersonAnswer::not_now;
        return answer_as_person(tx, mine, {amara.referral, answer, {}, {}});
      });
      REQUIRE(ended.ok());
      CHECK_EQ(house.letters_to(ruth), thanks);
      CHECK_EQ(house.letters_to(mina), thanks);
      house.send_all();
    }
    const Referred kim = house.person("Kim"); // a worker who says no is not written to, nor one never told
    const auto offers = house.offer(kim, {ruth, mina});
    REQUIRE(offers.ok());
    REQUIRE(house.worker_says(offers.value()[0], WorkerAnswer::no).ok());
    REQUIRE(house.change([&](auto& tx, const auto& mine) { return take_back_offers(tx, mine, kim.referral); })
                .ok());
    CHECK(house.letters_to(ruth).empty());
    CHECK(house.letters_to(mina).empty());
  });
}

TEST_CASE("a first meeting is to be planned within three days of the organisation's own calendar") {
  for_each_database([](storage::Database& database) {
    House house{database, {.zone = "Australia/Sydney"}};
    house.now = *parse_instant("2026-11-24T21:00:00Z"); // eight in the morning of the 25th in Sydney
    const auto ruth = house.worker("Ruth");
    const Referred amara = house.person("Amara");
    const auto offers = house.offer(amara, {ruth});
    REQUIRE(offers.ok());
    REQUIRE(house.worker_says(offers.value()[0], WorkerAnswer::yes).ok());
    REQUIRE(house.person_says(amara, PersonAnswer::this_one, offers.value()[0]).ok());
    const auto tasks = house.tasks_of(TaskKind::book_first_meeting);
    REQUIRE_EQ(tasks.size(), 1);
    CHECK_EQ(to_text(tasks[0].due_on), "2026-11-28");
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

TEST_CASE("a yes to matching can be given, told and taken back at any time, and binds the next offer") {
  for_each_database([](storage::Database& database) {
    House house{database};
    const auto ruth = house.worker("Ruth");
    const Referred amara = house.person("Amara");
    const Date today = utc_date(house.now);
    bool said_again = false;
    const auto told = [&](std::optional<Date> on) {
      const Done done = house.change([&](auto& tx, const auto& mine) {
        return agree_to_matching(tx, mine, {amara.person, Captured::said_to_staff, on, said_again});
      });
      return done.ok() ? std::string() : done.failure().fields.at(0).code;
    };
    const auto agrees = [&] {
      auto tx = database.begin(house.id, storage::Access::read).value();
      return agrees_to_matching(tx, house.scope(), amara.person).value();
    };
    REQUIRE(house.offer(amara, {ruth}).ok());
    const auto take_back = [&] {
      return house
          .change([&](auto& tx, const auto& mine) { return withdraw_from_matching(tx, mine, amara.person); })
          .ok();
    };
    CHECK(take_back());
    CHECK(take_back()); // again changes nothing
    CHECK_FALSE(agrees());
    CHECK_EQ(house.state(amara), ReferralState::waiting);
    CHECK_EQ(house.places(ruth).free(), 1);
    CHECK_EQ(house.offer(amara, {ruth}).failure().code, "offer.not_available");

    CHECK_EQ(told(today + 1), "out_of_range");
    CHECK_EQ(told(today + -people::consent_days), "out_of_range");
    CHECK_EQ(told(today + -1), "taken_back");
    // On the day itself nobody knows which came last, unless somebody says so.
    CHECK_EQ(told(today), "taken_back");
    CHECK_EQ(told({}), "taken_back");
    CHECK_FALSE(agrees());
    said_again = true;
    CHECK_EQ(told(today + -1), "taken_back");
    CHECK_EQ(told({}), "");
    CHECK(agrees());
    said_again = false;
    CHECK_EQ(told({}), ""); // nothing was taken back since
    CHECK(take_back());
    house.now = house.now + days_ms(3);
    CHECK_EQ(told(today + 1), "");
    CHECK(agrees());
    CHECK(house.offer(amara, {ruth}).ok());
    house.now = house.now + days_ms(people::consent_days - 1); // a year from the day it was said
    CHECK_FALSE(agrees());
    CHECK_EQ(told({}), "");
    CHECK(agrees());
    CHECK_EQ(house
                 .change([&](auto& tx, const auto& mine) {
                   return agree_to_matching(tx, mine, {amara.person, Captured::self, {}, {}});
                 })
                 .failure()
                 .fields.at(0)
                 .code,
             "not_said");
  });
}

TEST_CASE("P4 nobody is agreed after the year of their yes has ended, until they say it again") {
  for_each_database([](storage::Database& database) {
    House house{database};
    const auto ruth = house.worker("Ruth");
    const Referred amara = house.person("Amara");
    const auto offers = house.offer(amara, {ruth});
    REQUIRE(offers.ok());
    REQUIRE(house.worker_says(offers.value()[0], WorkerAnswer::yes).ok());
    const auto choose = [&] { return house.person_says(amara, PersonAnswer::this_one, offers.value()[0]); };
    house.now = house.now + days_ms(people::consent_days + 1);
    CHECK_EQ(choose().failure().code, "offer.not_available");
    CHECK_EQ(house.places(ruth).live, 0);
    CHECK_EQ(house.places(ruth).reserved, 1);
    REQUIRE(house
                .change([&](auto& tx, const auto& mine) {
                  return agree_to_matching(tx, mine, {amara.person, Captured::said_to_staff, {}, {}});
                })
                .ok());
    REQUIRE(choose().ok());
    CHECK_EQ(house.places(ruth).live, 1);
  });
}

TEST_CASE("P5 two who are kept apart while an offer is open are not put together, and the rest goes on") {
  for_each_database([](storage::Database& database) {
    House house{database};
    const auto ruth = house.worker("Ruth"), mina = house.worker("Mina");
    const Referred amara = house.person("Amara");
    const auto offers = house.offer(amara, {ruth, mina});
    REQUIRE(offers.ok());
    for (const Id<Offer> id : offers.value()) REQUIRE(house.worker_says(id, WorkerAnswer::yes).ok());
    const auto with = [&](Id<Worker> worker) {
      return house.look([&](auto& tx, const auto& mine) { return offers_of_worker(tx, mine, worker); });
    };
    const Id<Offer> to_ruth = with(ruth).at(0).offer.id, to_mina = with(mina).at(0).offer.id;
    const auto apart = [&](Id<Worker> worker) {
      return house.change([&](auto& tx, const auto& mine) {
        return keep_apart(tx, mine,
                          {Id<Exclusion>::make(house.random), amara.person, worker, ExclusionSide::person});
      });
    };
    REQUIRE(apart(ruth).ok());
    REQUIRE(apart(ruth).ok()); // again changes nothing
    CHECK(with(ruth).empty());
    CHECK_EQ(house.places(ruth).free(), 1);
    CHECK_EQ(house.person_says(amara, PersonAnswer::this_one, to_ruth).failure().code, "not_found");
    CHECK_EQ(house.state(amara), ReferralState::offered);
    REQUIRE(apart(mina).ok());
    CHECK_EQ(house.state(amara), ReferralState::waiting);
    CHECK_EQ(house.person_says(amara, PersonAnswer::this_one, to_mina).failure().code, "offer.closed");
  });
}

TEST_CASE("P5 an exclusion that is newer than the page refuses the offer and the agreement") {
  for_each_database([](storage::Database& database) {
    House house{database};
    const auto ruth = house.worker("Ruth", 2);
    const Referred amara = house.person("Amara"), kim = house.person("Kim");
    const auto excluded = [&](Id<Person> person) {
      REQUIRE(house
                  .change([&](auto& tx, const auto& mine) {
                    return workforce::add_exclusion(
                        tx, mine, {Id<Exclusion>::make(house.random), person, ruth, ExclusionSide::worker});
                  })
                  .ok());
    };
    struct Yes final : PairCheck { // as a page made before it was written down
      bool feasible(Id<Person>, Id<Worker>) const override { return true; }
    };
    excluded(amara.person);
    const auto late = house.change([&](auto& tx, const auto& mine) {
      OfferRequest request;
      request.referral = amara.referral;
      request.engine = "test";
      request.weights = "1";
      request.workers = {{ruth, 0, "{}"}};
      return make_offers(tx, mine, request, Yes());
    });
    CHECK_EQ(late.failure().code, "offer.not_available");
    CHECK_EQ(house.places(ruth).reserved, 0);
    const auto offers = house.offer(kim, {ruth});
    REQUIRE(offers.ok());
    REQUIRE(house.worker_says(offers.value()[0], WorkerAnswer::yes).ok());
    excluded(kim.person);
    CHECK_EQ(house.person_says(kim, PersonAnswer::this_one, offers.value()[0]).failure().code,
             "offer.not_available");
    CHECK_EQ(house.places(ruth).live, 0);
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

TEST_CASE("P5 a pair that the matching rules out is not offered, whoever asks for it") {
  for_each_database([](storage::Database& database) {
    House house{database};
    const auto ruth = house.worker("Ruth"), mina = house.worker("Mina");
    const Referred amara = house.person("Amara");
    struct OnlyOther final : PairCheck {
      Id<Worker> ruled_out{};
      bool feasible(Id<Person>, Id<Worker> worker) const override { return worker != ruled_out; }
    };
    OnlyOther check;
    check.ruled_out = ruth;
    const auto made = house.change([&](auto& tx, const auto& mine) {
      OfferRequest request;
      request.referral = amara.referral;
      request.engine = "test";
      request.weights = "1";
      request.workers = {{mina, 0, "{}"}, {ruth, 0, "{}"}};
      return make_offers(tx, mine, request, check);
    });
    CHECK_EQ(made.failure().code, "offer.not_available");
    CHECK_EQ(house.state(amara), ReferralState::waiting);
    for (const Id<Worker> one : {ruth, mina}) CHECK_EQ(house.places(one).reserved, 0);
  });
}

TEST_CASE("B9 an offer keeps the versions and the explanation it was made with, to its end and after") {
  for_each_database([](storage::Database& database) {
    House house{database};
    const auto ruth = house.worker("Ruth");
    const Referred amara = house.person("Amara");
    struct Yes final : PairCheck {
      bool feasible(Id<Person>, Id<Worker>) const override { return true; }
    };
    OfferRequest request;
    request.referral = amara.referral;
    request.engine = "engine 3";
    request.weights = "weights 7";
    request.seed = 11;
    request.workers = {{ruth, 12'000, "{\"weights\":\"weights 7\"}"}};
    const auto made =
        house.change([&](auto& tx, const auto& mine) { return make_offers(tx, mine, request, Yes()); });
    REQUIRE(made.ok());
    const auto kept = [&] {
      const Offer offer =
          house.look([&](auto& tx, const auto& mine) { return load_offer(tx, mine, made.value()[0]); });
      CHECK_EQ(offer.engine, "engine 3");
      CHECK_EQ(offer.weights, "weights 7");
      CHECK_EQ(offer.seed, 11);
      CHECK_EQ(offer.fit, 12'000);
      CHECK_EQ(offer.explanation, "{\"weights\":\"weights 7\"}");
    };
    kept();
    CHECK(house.worker_says(made.value()[0], WorkerAnswer::no).ok());
    kept();
  });
}

TEST_CASE("wanting to talk, said again before anybody called, adds nothing and leaves the way out open") {
  for_each_database([](storage::Database& database) {
    House house{database};
    const auto ruth = house.worker("Ruth");
    const Referred amara = house.person("Amara");
    const auto offers = house.offer(amara, {ruth});
    REQUIRE(offers.ok());
    const auto tasks = [&](TaskKind kind) {
      auto tx = database.begin(house.id, storage::Access::read).value();
      const auto all = open_tasks(tx, house.scope(), "coordinator").value();
      return std::count_if(all.begin(), all.end(), [&](const Task& task) { return task.kind == kind; });
    };
    for (int i = 0; i < 3; ++i) CHECK(house.worker_says(offers.value()[0], WorkerAnswer::talk).ok());
    CHECK_EQ(tasks(TaskKind::talk_with_worker), 1);
    CHECK(house.worker_says(offers.value()[0], WorkerAnswer::yes).ok());
    for (int i = 0; i < 3; ++i) CHECK(house.person_says(amara, PersonAnswer::talk).ok());
    CHECK_EQ(tasks(TaskKind::talk_with_person), 1);
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
