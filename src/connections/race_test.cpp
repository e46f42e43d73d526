#include <algorithm>
#include <atomic>
#include <latch>
#include <map>
#include <thread>

#include "auth/account_store.hpp"
#include "auth/grants.hpp"
#include "connections/offer_actions.hpp"
#include "connections/referral_actions.hpp"
#include "connections/snapshot.hpp"
#include "people/person_store.hpp"
#include "workforce/worker_store.hpp"

#include "support/databases.hpp"
#include "support/test.hpp"

using namespace kith;
using namespace kith::connections;

namespace {

const Instant morning{1'795'500'000'000};
constexpr int tries_max = 5; // as the router

using Codes = std::map<std::string, int>; // how often each failure, "" for what was done

// One organisation whose people and workers all fit each other, and whole actions, each in a transaction of
// its own. Thread-safe but for `now`.
struct House {
  storage::Database& database;
  SystemRandom random{};
  OrganisationId id{{8, 8}};
  Instant now{morning};
  std::atomic<int> retries{0};

  auth::Scope scope() { return auth::service_scope({"test", id}, now, random); }

  template <class Body> std::string change(const Body& body) {
    std::string code = "storage.retry";
    for (int i = 0; i < tries_max && (code == "storage.retry" || code == "storage.duplicate"); ++i) {
      if (i > 0) ++retries;
      auto tx = database.begin(id, storage::Access::write);
      for (int again = 0; again < 3 && !tx.ok(); ++again) // a slow machine: many wait
        tx = database.begin(id, storage::Access::write);
      if (!tx.ok()) return tx.failure().code;
      Done done = body(*tx, scope());
      if (done.ok()) done = tx->commit();
      code = done.ok() ? "" : done.failure().code;
    }
    return code;
  }

  void found(FirstAsked first_asked = FirstAsked::worker) {
    Organisation organisation;
    organisation.id = id;
    organisation.slug = "north";
    organisation.name = "North";
    organisation.zone = "UTC";
    organisation.first_asked = first_asked;
    organisation.help_name = "Line";
    organisation.help_number = "0";
    REQUIRE_EQ(change([&](auto& tx, const auto&) { return teams::insert_organisation(tx, organisation); }),
               "");
  }

  // All connections are open before a race: otherwise the first caller is done before the second one starts.
  void warm() {
    std::vector<storage::Transaction> all;
    for (int i = 0; i < 4; ++i) all.push_back(database.begin(id, storage::Access::read).value());
  }

  Id<Worker> worker(const std::string& name, int places) {
    Worker made;
    made.id = Id<Worker>::make(random);
    made.chosen_name = name;
    made.languages = {"en"};
    made.modes = {"remote"};
    made.availability = "mon 09:00-17:00";
    made.open_on = utc_date(now);
    REQUIRE_EQ(change([&](auto& tx, const auto& mine) {
                 return workforce::insert_worker(tx, mine, with_name_key(made), places);
               }),
               "");
    return made.id;
  }

  std::vector<Referred> people(int count) {
    std::vector<Referred> out;
    REQUIRE_EQ(change([&](auto& tx, const auto& mine) -> Done {
                 for (int i = 0; i < count; ++i) {
                   Person made;
                   made.id = Id<Person>::make(random);
                   made.chosen_name = "Amara " + std::to_string(i);
                   made.languages = {"en"};
                   made.modes = {"remote"};
                   made.availability = "mon 09:00-17:00";
                   made.contact_way = ContactWay::email;
                   made.email = "a@people.example";
                   TRY(people::insert_person(tx, mine, with_name_keys(made)));
                   ReferralRequest request;
                   request.person = made.id;
                   request.asked_and_agreed = true;
                   request.agrees_to_matching = true;
                   TRY_ASSIGN(const Referred done, refer(tx, mine, request));
                   TRY(accept(tx, mine, done.referral));
                   out.push_back(done);
                 }
                 return {};
               }),
               "");
    return out;
  }

  std::string offer(const Referred& to, const std::vector<Id<Worker>>& workers) {
    return change([&](auto& tx, const auto& mine) -> Done {
      TRY_ASSIGN(const auto settings, default_settings(tx, mine));
      TRY_ASSIGN(Snapshot snapshot, take_snapshot(tx, mine, settings));
      TRY_ASSIGN(auto list, matching::WaitingList::prepare(std::move(snapshot.input)));
      OfferRequest request;
      request.referral = to.referral;
      request.engine = "test";
      request.weights = "1";
      for (const Id<Worker> one : workers) request.workers.push_back({one, 0, "{}"});
      TRY(make_offers(tx, mine, request, SnapshotCheck(std::move(list))));
      return {};
    });
  }

  std::string worker_says(Id<Offer> which, WorkerAnswer answer) {
    return change([&](auto& tx, const auto& mine) -> Done {
      TRY_ASSIGN(const Offer offer, load_offer(tx, mine, which));
      return answer_as_worker(tx, mine, offer, answer);
    });
  }
  std::string person_says(const Referred& who, PersonAnswer answer, Id<Offer> which = {}) {
    return change([&](auto& tx, const auto& mine) -> Done {
      return answer_as_person(tx, mine, {who.referral, answer, which, {"own_words"}});
    });
  }
  std::string take_back(const Referred& who) {
    return change([&](auto& tx, const auto& mine) { return take_back_offers(tx, mine, who.referral); });
  }
  std::string stop(const Referred& who) {
    return change([&](auto& tx, const auto& mine) { return withdraw(tx, mine, who.person); });
  }

  template <class Body> auto look(const Body& body) {
    auto tx = database.begin(id, storage::Access::read).value();
    return body(tx, scope()).value();
  }
  Places places(Id<Worker> which) {
    return look([&](auto& tx, const auto& mine) { return workforce::places_of(tx, mine, which); });
  }
  std::vector<StandingOffer> offers(const Referred& to) {
    return look([&](auto& tx, const auto& mine) { return offers_of_referral(tx, mine, to.referral); });
  }
  // How many referrals have how many open offers.
  std::map<int, int> open_offers_by_referral() {
    std::map<Id<Referral>, int> each;
    const auto open = look([](auto& tx, const auto& mine) { return open_offers(tx, mine); });
    for (const StandingOffer& o : open) ++each[o.offer.referral];
    std::map<int, int> out;
    for (const auto& [referral, count] : each) ++out[count];
    return out;
  }
  ReferralState state(const Referred& of) {
    return look([&](auto& tx, const auto& mine) { return state_of(tx, mine, of.referral); });
  }

  // Every place counted as reserved is held by an open offer, every live one by a connection, and none is
  // counted beyond what was agreed.
  void check_places(const std::vector<Id<Worker>>& workers) {
    for (const Id<Worker> one : workers) {
      const Places counted = places(one);
      const auto open = look([&](auto& tx, const auto& mine) { return offers_of_worker(tx, mine, one); });
      const auto live =
          look([&](auto& tx, const auto& mine) { return connections_of_worker(tx, mine, one); });
      CHECK_EQ(counted.reserved, static_cast<int>(open.size()));
      CHECK_EQ(counted.live, static_cast<int>(live.size()));
      CHECK_LE(counted.reserved + counted.live, counted.agreed);
    }
  }
};

// Runs body(0) to body(count - 1), each on a thread of its own and all let go in one moment.
template <class Body> Codes at_once(House& house, int count, const Body& body) {
  house.warm();
  std::latch ready(count);
  std::vector<std::string> codes(static_cast<std::size_t>(count));
  std::vector<std::thread> callers;
  callers.reserve(codes.size());
  for (int i = 0; i < count; ++i)
    callers.emplace_back([&, i] {
      ready.arrive_and_wait();
      codes[static_cast<std::size_t>(i)] = body(i);
    });
  for (std::thread& caller : callers) caller.join();
  Codes counted;
  for (const std::string& code : codes) ++counted[code];
  return counted;
}

} // namespace

TEST_CASE("F22 64 coordinators offer 64 people the last three places: three offers, three places") {
  for_each_database([](storage::Database& database) {
    House house{database};
    house.found();
    const auto ruth = house.worker("Ruth", 3);
    const auto people = house.people(64);
    const Codes codes = at_once(house, 64, [&](int i) { return house.offer(people[i], {ruth}); });
    CHECK_EQ(codes, Codes{{"", 3}, {"offer.not_available", 61}});
    CHECK_EQ(house.places(ruth).reserved, 3);
    house.check_places({ruth});
    CHECK_EQ(house.open_offers_by_referral(), std::map<int, int>{{1, 3}});
    CHECK_EQ(house.retries, 0);
  });
}

TEST_CASE("F22 64 offers of the same workers in every order: all or nothing of each, and no ring") {
  for_each_database([](storage::Database& database) {
    House house{database};
    house.found();
    std::vector<Id<Worker>> workers;
    for (const char* name : {"Ruth", "Mina", "Joe", "Ada"}) workers.push_back(house.worker(name, 5));
    const auto people = house.people(64);
    const Codes codes = at_once(house, 64, [&](int i) {
      std::vector<Id<Worker>> mine = workers;
      std::rotate(mine.begin(), mine.begin() + i % 4, mine.end());
      if (i % 8 >= 4) std::reverse(mine.begin(), mine.end());
      mine.resize(3);
      const std::string code = house.offer(people[i], mine);
      return code.empty() && i % 2 == 0 ? house.take_back(people[i]) : code;
    });
    CHECK_EQ(codes.size(), 2);
    CHECK(codes.count("offer.not_available"));
    house.check_places(workers);
    const auto by_referral = house.open_offers_by_referral();
    CHECK_EQ(by_referral.size(), 1); // three each, of those not taken back
    CHECK(by_referral.count(3));
    CHECK_EQ(house.retries, 0);
  });
}

TEST_CASE("F22 two coordinators offer the same person at once: one does, the other is told") {
  for_each_database([](storage::Database& database) {
    House house{database};
    house.found();
    const auto ruth = house.worker("Ruth", 64), mina = house.worker("Mina", 64);
    const auto people = house.people(32);
    const Codes codes =
        at_once(house, 64, [&](int i) { return house.offer(people[i / 2], {i % 2 == 0 ? ruth : mina}); });
    CHECK_EQ(codes, Codes{{"", 32}, {"referral.not_possible", 32}});
    CHECK_EQ(house.places(ruth).reserved + house.places(mina).reserved, 32);
    house.check_places({ruth, mina});
    for (const Referred& one : people) CHECK_EQ(house.offers(one).size(), 1);
    CHECK_EQ(house.retries, 0);
  });
}

TEST_CASE("F22 both workers of a choice answer in one moment: the person is asked, or waits again") {
  for_each_database([](storage::Database& database) {
    House house{database};
    house.found();
    const auto ruth = house.worker("Ruth", 64), mina = house.worker("Mina", 64);
    const auto people = house.people(16);
    for (const Referred& one : people) REQUIRE_EQ(house.offer(one, {ruth, mina}), "");
    std::vector<std::vector<StandingOffer>> offers;
    for (const Referred& one : people) offers.push_back(house.offers(one));
    const Codes codes = at_once(house, 32, [&](int i) {
      return house.worker_says(offers[i / 2][i % 2].offer.id, i < 16 ? WorkerAnswer::yes : WorkerAnswer::no);
    });
    CHECK_EQ(codes, Codes{{"", 32}});
    for (int i = 0; i < 16; ++i) {
      INFO(i);
      if (i >= 8) CHECK_EQ(house.state(people[i]), ReferralState::waiting);
      else
        for (const StandingOffer& o : house.offers(people[i])) CHECK(o.standing.person_asked);
    }
    house.check_places({ruth, mina});
    CHECK_EQ(house.places(ruth).reserved, 8);
  });
}

TEST_CASE("F22 choosing while somebody withdraws: the withdrawal always stands and gives the place back") {
  for_each_database([](storage::Database& database) {
    House house{database};
    house.found();
    const auto ruth = house.worker("Ruth", 32), mina = house.worker("Mina", 32);
    const auto people = house.people(16);
    std::vector<Id<Offer>> chosen;
    for (std::size_t i = 0; i < people.size(); ++i) {
      REQUIRE_EQ(house.offer(people[i], {ruth, mina}), "");
      const auto offers = house.offers(people[i]);
      for (const StandingOffer& o : offers) REQUIRE_EQ(house.worker_says(o.offer.id, WorkerAnswer::yes), "");
      chosen.push_back(offers[i % 2].offer.id);
    }
    const Codes codes = at_once(house, 32, [&](int i) {
      if (i % 2 == 1) return "stop " + house.stop(people[i / 2]);
      return "choose " + house.person_says(people[i / 2], PersonAnswer::this_one, chosen[i / 2]);
    });
    for (const auto& [code, count] : codes)
      CHECK_MESSAGE((code == "stop " || code == "choose " || code == "choose offer.closed"), code, count);
    CHECK_EQ(codes.at("stop "), 16);
    for (const auto& one : {ruth, mina}) CHECK_EQ(house.places(one).free(), 32);
    house.check_places({ruth, mina});
    for (const Referred& one : people) {
      const auto live =
          house.look([&](auto& tx, const auto& mine) { return live_connection_of(tx, mine, one.person); });
      CHECK_FALSE(live.has_value());
      const auto open =
          house.look([&](auto& tx, const auto& mine) { return open_referral_of(tx, mine, one.person); });
      CHECK_FALSE(open.has_value());
    }
    CHECK_EQ(house.retries, 0);
  });
}

TEST_CASE("F22 choosing while the coordinator takes back: one of the two happens, wholly") {
  for_each_database([](storage::Database& database) {
    House house{database};
    house.found();
    const auto ruth = house.worker("Ruth", 32), mina = house.worker("Mina", 32);
    const auto people = house.people(16);
    std::vector<Id<Offer>> chosen;
    for (std::size_t i = 0; i < people.size(); ++i) {
      REQUIRE_EQ(house.offer(people[i], {ruth, mina}), "");
      const auto offers = house.offers(people[i]);
      for (const StandingOffer& o : offers) REQUIRE_EQ(house.worker_says(o.offer.id, WorkerAnswer::yes), "");
      chosen.push_back(offers[i % 2].offer.id);
    }
    const Codes codes = at_once(house, 32, [&](int i) {
      if (i % 2 == 1) return "back " + house.take_back(people[i / 2]);
      return "choose " + house.person_says(people[i / 2], PersonAnswer::this_one, chosen[i / 2]);
    });
    const auto of = [&](const std::string& code) { return codes.count(code) ? codes.at(code) : 0; };
    CHECK_EQ(of("back ") + of("choose "), 16);
    CHECK_EQ(of("back "), of("choose offer.closed"));
    CHECK_EQ(of("choose "), of("back referral.not_possible"));
    house.check_places({ruth, mina});
    CHECK_EQ(house.places(ruth).live + house.places(mina).live, of("choose "));
    CHECK_EQ(house.places(ruth).reserved + house.places(mina).reserved, 0);
    CHECK_EQ(house.retries, 0);
  });
}

TEST_CASE("F22 many people choose a worker who has no account yet, in one moment") {
  for_each_database([](storage::Database& database) {
    House house{database};
    house.found(FirstAsked::person);
    const auto ruth = house.worker("Ruth", 32);
    const auto people = house.people(16);
    std::vector<Id<Offer>> chosen;
    for (const Referred& one : people) {
      REQUIRE_EQ(house.offer(one, {ruth}), "");
      chosen.push_back(house.offers(one)[0].offer.id);
    }
    const Codes codes = at_once(
        house, 16, [&](int i) { return house.person_says(people[i], PersonAnswer::this_one, chosen[i]); });
    CHECK_EQ(codes, Codes{{"", 16}});
    CHECK_EQ(house.retries, 0);
  });
}

TEST_CASE("F22 the clock while workers answer and offers are taken back: no answer is lost") {
  for_each_database([](storage::Database& database) {
    House house{database};
    house.found();
    const auto ruth = house.worker("Ruth", 32), mina = house.worker("Mina", 32);
    const auto people = house.people(24);
    std::vector<std::vector<StandingOffer>> offers;
    for (const Referred& one : people) {
      REQUIRE_EQ(house.offer(one, {ruth, mina}), "");
      offers.push_back(house.offers(one));
    }
    house.now = morning + days_ms(9);
    const Codes codes = at_once(house, 52, [&](int i) {
      if (i >= 48)
        return "clock " + house.change([&](auto& tx, const auto& mine) -> Done {
          TRY(let_time_pass(tx, mine));
          return {};
        });
      if (i % 3 == 2) return "back " + house.take_back(people[i / 2]);
      return "yes " + house.worker_says(offers[i / 2][i % 2].offer.id, WorkerAnswer::yes);
    });
    CHECK_EQ(codes.at("clock "), 4);
    for (const auto& [code, count] : codes)
      CHECK_MESSAGE((code == "clock " || code == "back " || code == "back referral.not_possible" ||
                     code == "yes " || code == "yes offer.closed"),
                    code, count);
    house.check_places({ruth, mina});
    for (const Referred& one : people) {
      bool open = false;
      for (const StandingOffer& o : house.offers(one)) {
        open = open || o.standing.state == OfferState::open;
        CHECK_FALSE((o.standing.state == OfferState::lapsed && o.standing.worker_said_yes));
      }
      CHECK_EQ(house.state(one), open ? ReferralState::offered : ReferralState::waiting);
    }
    CHECK_EQ(house.retries, 0);
  });
}
