#include <algorithm>
#include <atomic>
#include <thread>

#include "auth/account_store.hpp"
#include "connections/agreement.hpp"
#include "connections/offer_actions.hpp"
#include "connections/referral_actions.hpp"
#include "connections/snapshot.hpp"
#include "connections/task.hpp"
#include "people/person_store.hpp"
#include "storage/trail.hpp"
#include "workforce/worker_store.hpp"

#include "support/databases.hpp"
#include "support/test.hpp"

using namespace kith;
using namespace kith::connections;

namespace {

const Instant morning{1'795'500'000'000};

// One organisation with workers of one place each, and people who can meet any of them.
struct Service {
  storage::Database& database;
  SystemRandom random{};
  OrganisationId id{{7, 7}};
  Instant now{morning};

  auth::Scope scope() { return auth::service_scope({"test", id}, now, random); }

  template <class Body> auto change(Body body) {
    auto tx = database.begin(id, storage::Access::write).value();
    const auth::Scope mine = scope();
    auto result = body(tx, mine);
    if (result.ok()) REQUIRE(tx.commit().ok());
    return result;
  }

  void found() {
    Organisation organisation;
    organisation.id = id;
    organisation.slug = "north";
    organisation.name = "North";
    organisation.zone = "UTC";
    organisation.help_name = "Line";
    organisation.help_number = "0";
    REQUIRE(change([&](auto& tx, const auto&) { return teams::insert_organisation(tx, organisation); }).ok());
  }

  Id<Worker> worker(const std::string& name, int places = 1) {
    Worker made;
    made.id = Id<Worker>::make(random);
    made.chosen_name = name;
    made.languages = {"en"};
    made.modes = {"remote"};
    made.availability = "mon 09:00-17:00";
    made.open_on = utc_date(now);
    REQUIRE(change([&](auto& tx, const auto& mine) {
              return workforce::insert_worker(tx, mine, with_name_key(made), places);
            }).ok());
    return made.id;
  }

  Referred person(const std::string& name) {
    Person made;
    made.id = Id<Person>::make(random);
    made.chosen_name = name;
    made.languages = {"en"};
    made.modes = {"remote"};
    made.availability = "mon 09:00-17:00";
    made.contact_way = ContactWay::email;
    made.email = "a@people.example";
    auto referred = change([&](auto& tx, const auto& mine) -> Result<Referred> {
      TRY(people::insert_person(tx, mine, with_name_keys(made)));
      ReferralRequest request;
      request.person = made.id;
      request.asked_and_agreed = true;
      request.agrees_to_matching = true;
      request.own_words = "Company";
      TRY_ASSIGN(const Referred done, refer(tx, mine, request));
      TRY(accept(tx, mine, done.referral));
      return done;
    });
    REQUIRE(referred.ok());
    return referred.value();
  }

  Result<std::vector<Id<Offer>>> offer(const Referred& to, const std::vector<Id<Worker>>& workers) {
    return change([&](auto& tx, const auto& mine) -> Result<std::vector<Id<Offer>>> {
      TRY_ASSIGN(const auto settings, default_settings(tx, mine));
      TRY_ASSIGN(Snapshot snapshot, take_snapshot(tx, mine, settings));
      TRY_ASSIGN(auto list, matching::WaitingList::prepare(std::move(snapshot.input)));
      OfferRequest request;
      request.referral = to.referral;
      request.engine = "test";
      request.weights = "1";
      for (const Id<Worker> id_of : workers) request.workers.push_back({id_of, 0, "{}"});
      return make_offers(tx, mine, request, SnapshotCheck(std::move(list)));
    });
  }

  Done worker_says(Id<Offer> id_of, WorkerAnswer answer) {
    return change([&](auto& tx, const auto& mine) -> Done {
      TRY_ASSIGN(const Offer offer, load_offer(tx, mine, id_of));
      return answer_as_worker(tx, mine, offer, answer);
    });
  }

  Done person_says(const Referred& who, PersonAnswer answer, Id<Offer> id_of = {}) {
    return change([&](auto& tx, const auto& mine) -> Done {
      return answer_as_person(tx, mine, {who.referral, answer, id_of, {"own_words"}});
    });
  }

  Places places(Id<Worker> id_of) {
    auto tx = database.begin(id, storage::Access::read).value();
    return workforce::places_of(tx, scope(), id_of).value();
  }

  ReferralState state(const Referred& who) {
    auto tx = database.begin(id, storage::Access::read).value();
    return state_of(tx, scope(), who.referral).value();
  }
};

} // namespace

TEST_CASE("B3 two people choose each other: offer, answers, agreement, booking") {
  for_each_database([](storage::Database& database) {
    Service service{database};
    service.found();
    const auto ruth = service.worker("Ruth"), mina = service.worker("Mina");
    const Referred amara = service.person("Amara");
    const auto offers = service.offer(amara, {ruth, mina});
    REQUIRE(offers.ok());
    CHECK_EQ(service.places(ruth).reserved, 1);
    CHECK_EQ(service.person_says(amara, PersonAnswer::this_one, offers.value()[0]).failure().code,
             "offer.closed");
    for (const Id<Offer> id : offers.value()) CHECK(service.worker_says(id, WorkerAnswer::yes).ok());
    CHECK_EQ(service.worker_says(offers.value()[0], WorkerAnswer::yes).failure().code,
             "offer.already_answered");

    CHECK(service.person_says(amara, PersonAnswer::this_one, offers.value()[0]).ok());
    CHECK_EQ(service.state(amara), ReferralState::connected);
    const int live = service.places(ruth).live + service.places(mina).live;
    const int reserved = service.places(ruth).reserved + service.places(mina).reserved;
    CHECK_EQ(live, 1);
    CHECK_EQ(reserved, 0);

    const auto booked = service.change([&](auto& tx, const auto& mine) -> Result<FirstMeeting> {
      TRY_ASSIGN(const auto connection, live_connection_of(tx, mine, amara.person));
      return book_first_meeting(tx, mine, connection->id,
                                {{utc_date(morning) + 3, 600}, 60, "Library", "Priya"});
    });
    CHECK(booked.ok());
    auto tx = database.begin(service.id, storage::Access::read).value();
    CHECK_EQ(shared_with_worker(tx, service.scope(), amara.person).value(),
             std::vector<std::string>{"own_words"});
  });
}

TEST_CASE("B3 declining costs nothing: same waiting date, places given back, never asked twice") {
  for_each_database([](storage::Database& database) {
    Service service{database};
    service.found();
    const auto ruth = service.worker("Ruth"), mina = service.worker("Mina");
    const Referred amara = service.person("Amara");
    const auto first = service.offer(amara, {ruth});
    REQUIRE(first.ok());
    CHECK(service.worker_says(first.value()[0], WorkerAnswer::no).ok());
    CHECK_EQ(service.state(amara), ReferralState::waiting);
    CHECK_EQ(service.places(ruth).free(), 1);
    CHECK_EQ(service.offer(amara, {ruth}).failure().code, "offer.not_available");
    const auto second = service.offer(amara, {mina});
    REQUIRE(second.ok());
    CHECK(service.worker_says(second.value()[0], WorkerAnswer::yes).ok());
    CHECK(service.person_says(amara, PersonAnswer::none).ok());
    CHECK_EQ(service.state(amara), ReferralState::waiting);
    CHECK_EQ(service.places(mina).free(), 1);
  });
}

TEST_CASE("an offer taken back is no decline: the place is free and the pair can be offered again") {
  for_each_database([](storage::Database& database) {
    Service service{database};
    service.found();
    const auto ruth = service.worker("Ruth");
    const Referred amara = service.person("Amara");
    const auto first = service.offer(amara, {ruth});
    REQUIRE(first.ok());
    CHECK_EQ(service.offer(amara, {ruth}).failure().code, "referral.not_possible");
    CHECK(
        service.change([&](auto& tx, const auto& mine) { return take_back_offers(tx, mine, amara.referral); })
            .ok());
    CHECK_EQ(service.state(amara), ReferralState::waiting);
    CHECK_EQ(service.places(ruth).free(), 1);
    auto tx = database.begin(service.id, storage::Access::read).value();
    CHECK(storage::held_messages(tx, "offer", first.value()[0].text()).value().empty());
    CHECK_EQ(service.worker_says(first.value()[0], WorkerAnswer::yes).failure().code, "offer.closed");
    CHECK(service.offer(amara, {ruth}).ok());
  });
}

TEST_CASE("A3 withdrawing works while offered and while connected, and gives every place back") {
  for_each_database([](storage::Database& database) {
    Service service{database};
    service.found();
    const auto ruth = service.worker("Ruth");
    const Referred amara = service.person("Amara");
    REQUIRE(service.offer(amara, {ruth}).ok());
    const auto stop = [&](const Referred& who) {
      return service.change([&](auto& tx, const auto& mine) { return withdraw(tx, mine, who.person); });
    };
    CHECK(stop(amara).ok());
    CHECK_EQ(service.state(amara), ReferralState::withdrawn);
    CHECK_EQ(service.places(ruth).free(), 1);
    const Referred jo = service.person("Jo");
    const auto offers = service.offer(jo, {ruth});
    REQUIRE(offers.ok());
    CHECK(service.worker_says(offers.value()[0], WorkerAnswer::yes).ok());
    CHECK(service.person_says(jo, PersonAnswer::this_one, offers.value()[0]).ok());
    CHECK_EQ(service.places(ruth).live, 1);
    CHECK(stop(jo).ok());
    CHECK_EQ(service.places(ruth).free(), 1);
  });
}

TEST_CASE("a meeting of a connection that ended keeps nobody's hour") {
  for_each_database([](storage::Database& database) {
    Service service{database};
    service.found();
    const auto ruth = service.worker("Ruth", 2);
    const auto book = [&](const Referred& who) {
      const auto offers = service.offer(who, {ruth});
      REQUIRE(offers.ok());
      REQUIRE(service.worker_says(offers.value()[0], WorkerAnswer::yes).ok());
      REQUIRE(service.person_says(who, PersonAnswer::this_one, offers.value()[0]).ok());
      return service.change([&](auto& tx, const auto& mine) -> Result<FirstMeeting> {
        TRY_ASSIGN(const auto connection, live_connection_of(tx, mine, who.person));
        return book_first_meeting(tx, mine, connection->id,
                                  {{utc_date(morning) + 3, 600}, 60, "Library", "Priya"});
      });
    };
    const Referred amara = service.person("Amara");
    CHECK(book(amara).ok());
    const Referred jo = service.person("Jo");
    CHECK_EQ(book(jo).failure().code, "meeting.worker_busy");
    for (const Referred& who : {amara, jo})
      REQUIRE(
          service.change([&](auto& tx, const auto& mine) { return withdraw(tx, mine, who.person); }).ok());
    CHECK(book(service.person("Kim")).ok());
  });
}

TEST_CASE("P5 an exclusion refuses an offer with the same words as no place") {
  for_each_database([](storage::Database& database) {
    Service service{database};
    service.found();
    const auto ruth = service.worker("Ruth");
    const Referred amara = service.person("Amara");
    REQUIRE(service
                .change([&](auto& tx, const auto& mine) {
                  return workforce::add_exclusion(
                      tx, mine,
                      {Id<Exclusion>::make(service.random), amara.person, ruth, ExclusionSide::worker});
                })
                .ok());
    CHECK_EQ(service.offer(amara, {ruth}).failure().code, "offer.not_available");
    CHECK_EQ(service.places(ruth).free(), 1);
  });
}

TEST_CASE("wanting to talk, said again before anybody called, adds nothing and leaves the way out open") {
  for_each_database([](storage::Database& database) {
    Service service{database};
    service.found();
    const auto ruth = service.worker("Ruth");
    const Referred amara = service.person("Amara");
    const auto offers = service.offer(amara, {ruth});
    REQUIRE(offers.ok());
    const auto tasks = [&](TaskKind kind) {
      auto tx = database.begin(service.id, storage::Access::read).value();
      const auto all = open_tasks(tx, service.scope(), "coordinator").value();
      return std::count_if(all.begin(), all.end(), [&](const Task& task) { return task.kind == kind; });
    };
    for (int i = 0; i < 3; ++i) CHECK(service.worker_says(offers.value()[0], WorkerAnswer::talk).ok());
    CHECK_EQ(tasks(TaskKind::talk_with_worker), 1);
    CHECK(service.worker_says(offers.value()[0], WorkerAnswer::yes).ok());
    for (int i = 0; i < 3; ++i) CHECK(service.person_says(amara, PersonAnswer::talk).ok());
    CHECK_EQ(tasks(TaskKind::talk_with_person), 1);
    CHECK(service.change([&](auto& tx, const auto& mine) { return withdraw(tx, mine, amara.person); }).ok());
  });
}

TEST_CASE("F22 64 callers race for three places and exactly three are taken") {
  for_each_database([](storage::Database& database) {
    Service service{database};
    service.found();
    const auto ruth = service.worker("Ruth", 3);
    std::atomic<int> taken{0}, refused{0}, other{0};
    std::vector<std::thread> callers;
    for (int i = 0; i < 64; ++i)
      callers.emplace_back([&] {
        const auth::Scope mine = service.scope();
        for (int tries = 0; tries < 20; ++tries) {
          auto tx = database.begin(service.id, storage::Access::write);
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
    CHECK_EQ(service.places(ruth).reserved, 3);
  });
}

TEST_CASE("an organisation is counted: asked, waiting, past the promise, and messages to go out") {
  for_each_database([](storage::Database& database) {
    Service service{database};
    service.found();
    const Id<Worker> ruth = service.worker("Ruth");
    const Referred amara = service.person("Amara");
    service.person("Noor");
    REQUIRE(service
                .change([&](auto& tx, const auto& mine) {
                  ReferralRequest request;
                  request.chosen_name = "Kim";
                  request.contact_way = ContactWay::phone;
                  request.contact = "0000 000 000";
                  request.asked_and_agreed = true;
                  return refer(tx, mine, request);
                })
                .ok());
    REQUIRE(service.offer(amara, {ruth}).ok());
    auto tx = database.begin(service.id, storage::Access::read).value();
    const auto counted = [&](Date today) { return count_open_referrals(tx, service.scope(), today).value(); };
    CHECK_EQ(counted(utc_date(service.now)).asked, 1);
    CHECK_EQ(counted(utc_date(service.now)).waiting, 2);
    CHECK_EQ(counted(utc_date(service.now) + 28).late, 0);
    CHECK_EQ(counted(utc_date(service.now) + 29).late, 2);
    CHECK_EQ(storage::count_waiting_messages(tx, service.now).value().waiting, 1);
    CHECK_EQ(storage::count_waiting_messages(tx, service.now).value().overdue, 0);
    CHECK_EQ(storage::count_waiting_messages(tx, service.now + hold_ms).value().overdue, 1);
  });
}
