#include <algorithm>
#include <atomic>
#include <chrono>
#include <latch>
#include <map>
#include <thread>

#include <fmt/format.h>

#include "connections/connection_store.hpp"
#include "connections/first_meeting.hpp"
#include "support/house.hpp"

#include "support/databases.hpp"
#include "support/test.hpp"

using namespace kith;
using namespace kith::connections;
using kith::test::code_of;
using kith::test::House;
using kith::test::morning;

namespace {

using Codes = std::map<std::string, int>; // how often each failure, "" for what was done

// All connections are open before a race: otherwise the first caller is done before the second one starts.
void warm(House& house) {
  std::vector<storage::Transaction> all;
  for (int i = 0; i < 4; ++i) all.push_back(house.database.begin(house.id, storage::Access::read).value());
}

std::vector<StandingOffer> offers_to(House& house, const Referred& to) {
  return house.look([&](auto& tx, const auto& mine) { return offers_of_referral(tx, mine, to.referral); });
}

// How many referrals have how many open offers.
std::map<int, int> open_offers_by_referral(House& house) {
  std::map<Id<Referral>, int> each;
  const auto open =
      house.look([](auto& tx, const auto& mine) { return overdue_offers(tx, mine, Date{} + 100'000); });
  for (const StandingOffer& o : open) ++each[o.offer.referral];
  std::map<int, int> out;
  for (const auto& [referral, count] : each) ++out[count];
  return out;
}

// Every place counted as reserved is held by an open offer, every live one by a connection, and none is
// counted beyond what was agreed.
void check_places(House& house, const std::vector<Id<Worker>>& workers) {
  for (const Id<Worker> one : workers) {
    const Places counted = house.places(one);
    const auto open = house.look([&](auto& tx, const auto& mine) { return offers_of_worker(tx, mine, one); });
    const auto live =
        house.look([&](auto& tx, const auto& mine) { return connections_of_worker(tx, mine, one); });
    CHECK_EQ(counted.reserved, static_cast<int>(open.size()));
    CHECK_EQ(counted.live, static_cast<int>(live.size()));
    CHECK_LE(counted.reserved + counted.live, counted.agreed);
  }
}

// Runs body(0) to body(count - 1), each on a thread of its own and all let go in one moment.
template <class Body> Codes at_once(House& house, int count, const Body& body) {
  warm(house);
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

// The second change begins when the first is done and not committed yet, and has time to get as far as it
// can; then the first goes on.
template <class First, class Second, class Last>
std::string one_behind_the_other(House& house, const First& first, const Second& second, const Last& last) {
  warm(house);
  std::string code = "never ended";
  std::atomic<bool> ended{false};
  std::thread other;
  {
    auto tx = house.database.begin(house.id, storage::Access::write).value();
    REQUIRE(first(tx, house.scope()).ok());
    other = std::thread([&] {
      code = code_of(house.change(second));
      ended = true;
    });
    for (int i = 0; i < 40 && !ended; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(5));
    CHECK_EQ(code_of(last(tx, house.scope())), "");
    CHECK(tx.commit().ok());
  }
  other.join();
  return code;
}

template <class First, class Second>
std::string one_behind_the_other(House& house, const First& first, const Second& second) {
  return one_behind_the_other(house, first, second, [](auto&, const auto&) { return Done(); });
}

} // namespace

template <> struct doctest::StringMaker<Codes> {
  static doctest::String convert(const Codes& codes) {
    std::string out;
    for (const auto& [code, count] : codes) out += fmt::format("{} x \"{}\" ", count, code);
    return out.c_str();
  }
};

TEST_CASE("F22 64 coordinators offer 64 people the last three places: three offers, three places") {
  for_each_database([](storage::Database& database) {
    House house{database};
    const auto ruth = house.worker("Ruth", 3);
    const auto people = house.people(64);
    const Codes codes = at_once(house, 64, [&](int i) { return code_of(house.offer(people[i], {ruth})); });
    CHECK_EQ(codes, Codes{{"", 3}, {"offer.not_available", 61}});
    CHECK_EQ(house.places(ruth).reserved, 3);
    check_places(house, {ruth});
    CHECK_EQ(open_offers_by_referral(house), std::map<int, int>{{1, 3}});
    CHECK_EQ(house.retries, 0);
  });
}

TEST_CASE("F22 64 offers of the same workers in every order: all or nothing of each, and no ring") {
  for_each_database([](storage::Database& database) {
    House house{database};
    std::vector<Id<Worker>> workers;
    for (const char* name : {"Ruth", "Mina", "Joe", "Ada"}) workers.push_back(house.worker(name, 5));
    const auto people = house.people(64);
    const Codes codes = at_once(house, 64, [&](int i) {
      std::vector<Id<Worker>> mine = workers;
      std::rotate(mine.begin(), mine.begin() + i % 4, mine.end());
      if (i % 8 >= 4) std::reverse(mine.begin(), mine.end());
      mine.resize(3);
      const std::string code = code_of(house.offer(people[i], mine));
      return code.empty() && i % 2 == 0 ? code_of(house.take_back(people[i])) : code;
    });
    CHECK_EQ(codes.size(), 2);
    CHECK(codes.count("offer.not_available"));
    check_places(house, workers);
    for (const auto& [offers, referrals] : open_offers_by_referral(house)) CHECK_EQ(offers, 3);
    CHECK_EQ(house.retries, 0);
  });
}

TEST_CASE("F22 two coordinators offer the same person at once: one does, the other is told") {
  for_each_database([](storage::Database& database) {
    House house{database};
    const auto ruth = house.worker("Ruth", 64), mina = house.worker("Mina", 64);
    const auto people = house.people(32);
    const Codes codes = at_once(
        house, 64, [&](int i) { return code_of(house.offer(people[i / 2], {i % 2 == 0 ? ruth : mina})); });
    CHECK_EQ(codes, Codes{{"", 32}, {"referral.not_possible", 32}});
    CHECK_EQ(house.places(ruth).reserved + house.places(mina).reserved, 32);
    check_places(house, {ruth, mina});
    for (const Referred& one : people) CHECK_EQ(offers_to(house, one).size(), 1);
    CHECK_EQ(house.retries, 0);
  });
}

TEST_CASE("F22 both workers of a choice answer in one moment: the person is asked, or waits again") {
  for_each_database([](storage::Database& database) {
    House house{database};
    const auto ruth = house.worker("Ruth", 64), mina = house.worker("Mina", 64);
    const auto people = house.people(16);
    for (const Referred& one : people) REQUIRE(house.offer(one, {ruth, mina}).ok());
    std::vector<std::vector<StandingOffer>> offers;
    for (const Referred& one : people) offers.push_back(offers_to(house, one));
    const Codes codes = at_once(house, 32, [&](int i) {
      return code_of(
          house.worker_says(offers[i / 2][i % 2].offer.id, i < 16 ? WorkerAnswer::yes : WorkerAnswer::no));
    });
    CHECK_EQ(codes, Codes{{"", 32}});
    for (int i = 0; i < 16; ++i) {
      INFO(i);
      if (i >= 8) CHECK_EQ(house.state(people[i]), ReferralState::waiting);
      else
        for (const StandingOffer& o : offers_to(house, people[i])) CHECK(o.standing.person_asked);
    }
    check_places(house, {ruth, mina});
    CHECK_EQ(house.places(ruth).reserved, 8);
  });
}

TEST_CASE("F22 of two changes that meet, the second reads what the first has done") {
  for_each_database([](storage::Database& database) {
    House house{database};
    const auto ruth = house.worker("Ruth", 2), mina = house.worker("Mina", 2);
    const Referred amara = house.person("Amara");
    REQUIRE(house.offer(amara, {ruth, mina}).ok());
    const auto offers = offers_to(house, amara);
    const auto says_yes = [&](std::size_t which) {
      return [offer = offers.at(which).offer](storage::Transaction& tx, const auth::Scope& mine) {
        return answer_as_worker(tx, mine, offer, WorkerAnswer::yes);
      };
    };
    CHECK_EQ(one_behind_the_other(house, says_yes(0), says_yes(1)), "");
    for (const StandingOffer& o : offers_to(house, amara)) CHECK(o.standing.person_asked);
  });
  for_each_database([](storage::Database& database) {
    House house{database, {.first_asked = FirstAsked::person}};
    const auto ruth = house.worker("Ruth", 2);
    const auto people = house.people(2);
    const auto chooses = [&](const Referred& one) {
      REQUIRE(house.offer(one, {ruth}).ok());
      return [one, offer = offers_to(house, one).at(0).offer.id](storage::Transaction& tx,
                                                                 const auth::Scope& mine) {
        return answer_as_person(tx, mine, {one.referral, PersonAnswer::this_one, offer, {}});
      };
    };
    const auto first = chooses(people[0]), second = chooses(people[1]);
    CHECK_EQ(one_behind_the_other(house, first, second), ""); // both need the account that Ruth has not got
    CHECK_EQ(house.retries, 0);
  });
  for_each_database([](storage::Database& database) {
    House house{database};
    const Referred amara = house.person("Amara");
    REQUIRE(house.offer(amara, {house.worker("Ruth")}).ok());
    const Offer offer = offers_to(house, amara).at(0).offer;
    house.now = morning + days_ms(9); // and the answer comes just before the clock
    const auto says_yes = [&](storage::Transaction& tx, const auth::Scope& mine) {
      return answer_as_worker(tx, mine, offer, WorkerAnswer::yes);
    };
    const auto clock = [](storage::Transaction& tx, const auth::Scope& mine) -> Done {
      TRY(let_time_pass(tx, mine));
      return {};
    };
    CHECK_EQ(one_behind_the_other(house, says_yes, clock), "");
    CHECK_EQ(offers_to(house, amara).at(0).standing.state, OfferState::open);
    CHECK(offers_to(house, amara).at(0).standing.person_asked);
  });
}

TEST_CASE("F22 who offers, or withdraws, behind a change that is not done yet waits for it and reads it") {
  for_each_database([](storage::Database& database) {
    House house{database};
    const auto ruth = house.worker("Ruth", 2), mina = house.worker("Mina", 2);
    const Referred amara = house.person("Amara");
    const auto offers = [&](Id<Worker> worker) {
      return [amara, worker](storage::Transaction& tx, const auth::Scope& mine) {
        return House::offer_within(tx, mine, amara, {worker});
      };
    };
    CHECK_EQ(one_behind_the_other(house, offers(ruth), offers(mina)), "referral.not_possible");
    CHECK_EQ(house.retries, 0); // not by running into the other's rows
    CHECK_EQ(offers_to(house, amara).size(), 1);
  });
  for_each_database([](storage::Database& database) {
    House house{database};
    const auto ruth = house.worker("Ruth", 1);
    const Referred amara = house.person("Amara");
    const auto offered = house.offer(amara, {ruth});
    REQUIRE(offered.ok());
    REQUIRE(house.worker_says(offered.value()[0], WorkerAnswer::yes).ok());
    const auto chooses = [&](storage::Transaction& tx, const auth::Scope& mine) {
      return answer_as_person(tx, mine, {amara.referral, PersonAnswer::this_one, offered.value()[0], {}});
    };
    const auto stops = [&](storage::Transaction& tx, const auth::Scope& mine) {
      return withdraw(tx, mine, amara.person);
    };
    CHECK_EQ(one_behind_the_other(house, chooses, stops), "");
    CHECK_EQ(house.places(ruth).free(), 1);
  });
}

TEST_CASE("F22 two changes of the same two workers wait for each other in one order, never in a ring") {
  for_each_database([](storage::Database& database) {
    House house{database};
    const auto ruth = house.worker("Ruth"), mina = house.worker("Mina");
    const auto lower = std::min(ruth, mina), higher = std::max(ruth, mina);
    const auto touches = [](std::vector<Id<Worker>> workers) {
      return [workers](storage::Transaction& tx, const auth::Scope& mine) -> Done {
        TRY(workforce::touch_places(tx, mine, workers));
        TRY(workforce::places_of(tx, mine, workers.front())); // waits until the writes are done
        return {};
      };
    };
    const std::string code =
        one_behind_the_other(house, touches({lower}), touches({higher, lower}), touches({higher}));
    CHECK_EQ(code, "");
    CHECK_EQ(house.retries, 0);
  });
}

TEST_CASE("F22 choosing while somebody withdraws: the withdrawal always stands and gives the place back") {
  for_each_database([](storage::Database& database) {
    House house{database};
    const auto ruth = house.worker("Ruth", 32), mina = house.worker("Mina", 32);
    const auto people = house.people(16);
    std::vector<Id<Offer>> chosen;
    for (std::size_t i = 0; i < people.size(); ++i) {
      REQUIRE(house.offer(people[i], {ruth, mina}).ok());
      const auto offers = offers_to(house, people[i]);
      for (const StandingOffer& o : offers) REQUIRE(house.worker_says(o.offer.id, WorkerAnswer::yes).ok());
      chosen.push_back(offers[i % 2].offer.id);
    }
    const Codes codes = at_once(house, 32, [&](int i) {
      if (i % 2 == 1) return "stop " + code_of(house.stop(people[i / 2]));
      return "choose " + code_of(house.person_says(people[i / 2], PersonAnswer::this_one, chosen[i / 2]));
    });
    for (const auto& [code, count] : codes)
      CHECK_MESSAGE((code == "stop " || code == "choose " || code == "choose offer.closed"), code, count);
    CHECK_EQ(codes.at("stop "), 16);
    for (const auto& one : {ruth, mina}) CHECK_EQ(house.places(one).free(), 32);
    check_places(house, {ruth, mina});
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
    const auto ruth = house.worker("Ruth", 32), mina = house.worker("Mina", 32);
    const auto people = house.people(16);
    std::vector<Id<Offer>> chosen;
    for (std::size_t i = 0; i < people.size(); ++i) {
      REQUIRE(house.offer(people[i], {ruth, mina}).ok());
      const auto offers = offers_to(house, people[i]);
      for (const StandingOffer& o : offers) REQUIRE(house.worker_says(o.offer.id, WorkerAnswer::yes).ok());
      chosen.push_back(offers[i % 2].offer.id);
    }
    const Codes codes = at_once(house, 32, [&](int i) {
      if (i % 2 == 1) return "back " + code_of(house.take_back(people[i / 2]));
      return "choose " + code_of(house.person_says(people[i / 2], PersonAnswer::this_one, chosen[i / 2]));
    });
    const auto of = [&](const std::string& code) { return codes.count(code) ? codes.at(code) : 0; };
    CHECK_EQ(of("back ") + of("choose "), 16);
    CHECK_EQ(of("back "), of("choose offer.closed"));
    CHECK_EQ(of("choose "), of("back referral.not_possible"));
    check_places(house, {ruth, mina});
    CHECK_EQ(house.places(ruth).live + house.places(mina).live, of("choose "));
    CHECK_EQ(house.places(ruth).reserved + house.places(mina).reserved, 0);
    CHECK_EQ(house.retries, 0);
  });
}

TEST_CASE("F22 many people choose a worker who has no account yet, in one moment") {
  for_each_database([](storage::Database& database) {
    House house{database, {.first_asked = FirstAsked::person}};
    const auto ruth = house.worker("Ruth", 32);
    const auto people = house.people(16);
    std::vector<Id<Offer>> chosen;
    for (const Referred& one : people) {
      REQUIRE(house.offer(one, {ruth}).ok());
      chosen.push_back(offers_to(house, one)[0].offer.id);
    }
    const Codes codes = at_once(house, 16, [&](int i) {
      return code_of(house.person_says(people[i], PersonAnswer::this_one, chosen[i]));
    });
    CHECK_EQ(codes, Codes{{"", 16}});
    CHECK_EQ(house.retries, 0);
  });
}

TEST_CASE("F22 the clock while workers answer and offers are taken back: no answer is lost") {
  for_each_database([](storage::Database& database) {
    House house{database};
    const auto ruth = house.worker("Ruth", 32), mina = house.worker("Mina", 32);
    const auto people = house.people(24);
    std::vector<std::vector<StandingOffer>> offers;
    for (const Referred& one : people) {
      REQUIRE(house.offer(one, {ruth, mina}).ok());
      offers.push_back(offers_to(house, one));
    }
    house.now = morning + days_ms(9);
    const Codes codes = at_once(house, 52, [&](int i) {
      if (i >= 48)
        return "clock " + code_of(house.change([&](auto& tx, const auto& mine) -> Done {
                 TRY(let_time_pass(tx, mine));
                 return {};
               }));
      if (i % 3 == 2) return "back " + code_of(house.take_back(people[i / 2]));
      return "yes " + code_of(house.worker_says(offers[i / 2][i % 2].offer.id, WorkerAnswer::yes));
    });
    CHECK_EQ(codes.at("clock "), 4);
    for (const auto& [code, count] : codes)
      CHECK_MESSAGE((code == "clock " || code == "back " || code == "back referral.not_possible" ||
                     code == "yes " || code == "yes offer.closed"),
                    code, count);
    check_places(house, {ruth, mina});
    for (const Referred& one : people) {
      bool open = false;
      for (const StandingOffer& o : offers_to(house, one)) {
        open = open || o.standing.state == OfferState::open;
        CHECK_FALSE((o.standing.state == OfferState::lapsed && o.standing.worker_said_yes));
      }
      CHECK_EQ(house.state(one), open ? ReferralState::offered : ReferralState::waiting);
    }
    CHECK_EQ(house.retries, 0);
  });
}

TEST_CASE("F22 two change or call off one meeting at once: one does, the other is told, and one stands") {
  for_each_database([](storage::Database& database) {
    House house{database};
    const auto ruth = house.worker("Ruth", 32);
    const auto people = house.people(16);
    std::vector<MeetingSeen> seen;
    const auto at = [](int day, int minutes) {
      return BookingRequest{{utc_date(morning) + day, minutes}, 60, "Library", "Priya"};
    };
    for (int i = 0; i < 16; ++i) {
      REQUIRE(house.offer(people[i], {ruth}).ok());
      const Id<Offer> offer = offers_to(house, people[i])[0].offer.id;
      REQUIRE(house.worker_says(offer, WorkerAnswer::yes).ok());
      REQUIRE(house.person_says(people[i], PersonAnswer::this_one, offer).ok());
      const auto booked = house.change([&](auto& tx, const auto& mine) -> Result<FirstMeeting> {
        TRY_ASSIGN(const auto connection, live_connection_of(tx, mine, people[i].person));
        return book_first_meeting(tx, mine, connection->id, at(2 + i, 600));
      });
      REQUIRE(booked.ok());
      seen.push_back({booked->connection, booked->id});
    }
    house.send_all();
    const Codes codes = at_once(house, 32, [&](int i) {
      return code_of(house.change([&](auto& tx, const auto& mine) -> Done {
        if (i % 4 == 3) return cancel_first_meeting(tx, mine, seen[i / 2]);
        TRY(change_first_meeting(tx, mine, seen[i / 2], at(2 + i / 2, i % 2 == 0 ? 720 : 840)));
        return {};
      }));
    });
    CHECK_EQ(codes, Codes{{"", 16}, {"meeting.changed", 16}});
    for (int i = 0; i < 16; ++i) {
      INFO(i);
      const auto all = house.look(
          [&](auto& tx, const auto& mine) { return first_meetings_of(tx, mine, seen[i].connection); });
      const auto standing =
          std::count_if(all.begin(), all.end(), [](const FirstMeeting& each) { return !each.cancelled_at; });
      const auto state =
          house.look([&](auto& tx, const auto& mine) { return state_of(tx, mine, seen[i].connection); });
      CHECK_EQ(standing, state == ConnectionState::first_meeting_booked ? 1 : 0);
      CHECK_EQ(static_cast<int>(all.size()), 1 + standing);
    }
  });
}
