#include "connections/run_job.hpp"

#include <algorithm>
#include <map>
#include <thread>

#include "base/zones.hpp"
#include "connections/connection_store.hpp"
#include "connections/referral_actions.hpp"
#include "connections/task.hpp"
#include "people/consent.hpp"
#include "storage/trail.hpp"
#include "support/house.hpp"

#include "support/databases.hpp"
#include "support/test.hpp"

using namespace kith;
using namespace kith::connections;
using kith::test::code_of;
using kith::test::House;

namespace {

constexpr std::int64_t tomorrow = days_ms(1) + hours_ms(6); // the house begins at six: at noon

const storage::Query answer_in_sixty_days{"test.answer_in_sixty_days", storage::Access::write,
                                          "update organisation set answer_days = 60 where id = ?1"};

struct Service {
  explicit Service(storage::Database& database, const test::HouseOptions& options = {})
      : house(database, options) {}

  Id<MatchingRun> kept(const std::vector<std::pair<Referred, std::vector<Id<Worker>>>>& rows) {
    std::vector<RunChoice> choices;
    for (const auto& [who, workers] : rows) choices.push_back({who.referral, who.person, workers});
    return house
        .change([&](auto& tx, const auto& mine) -> Result<Id<MatchingRun>> {
          TRY_ASSIGN(const auto settings, default_settings(tx, mine));
          return keep_run(tx, mine, run_of(settings), choices);
        })
        .value();
  }
  Done confirm(Id<MatchingRun> run, std::int64_t in = tomorrow) {
    return house.change(
        [&](auto& tx, const auto& mine) { return confirm_run(tx, mine, run, house.now + in); });
  }
  Done undo(Id<MatchingRun> run) {
    return house.change([&](auto& tx, const auto& mine) { return undo_run(tx, mine, run); });
  }
  Result<int> tried() { // everything there is to do now
    const FixedClock clock(house.now);
    const std::atomic<bool> stopping{false};
    return carry_on_runs({&house.database, &clock, &house.random}, house.id, stopping);
  }
  int job() { return tried().value(); }
  RunCounts counts(Id<MatchingRun> run) {
    return house.look([&](auto& tx, const auto& mine) { return counts_of_run(tx, mine, run); });
  }
  std::vector<StandingOffer> offers(const Referred& to) {
    return house.look([&](auto& tx, const auto& mine) { return offers_of_referral(tx, mine, to.referral); });
  }
  std::size_t letters() { // that wait to go out, to anybody
    auto tx = house.database.begin(house.id, storage::Access::read).value();
    return storage::due_messages(tx, house.now + days_ms(30)).value().size();
  }

  House house;
};

} // namespace

TEST_CASE("a run holds places and tells nobody before its moment; then those asked first are asked") {
  for_each_database([](storage::Database& database) {
    Service service{database};
    House& house = service.house;
    const auto ruth = house.worker("Ruth"), mina = house.worker("Mina", 2);
    const Referred amara = house.person("Amara"), kim = house.person("Kim");
    const auto run = service.kept({{amara, {ruth, mina}}, {kim, {mina}}});
    CHECK_EQ(service.job(), 0);          // nothing follows from a run that nobody confirmed
    house.now = house.now + hours_ms(4); // by day: it is the moment that is waited for
    constexpr std::int64_t left = tomorrow - hours_ms(4);
    REQUIRE(service.confirm(run, left).ok());
    CHECK_EQ(service.job(), 2);
    CHECK_EQ(service.job(), 0);
    CHECK_EQ(service.counts(run).offered, 2);
    CHECK_EQ(house.places(ruth).reserved, 1);
    CHECK_EQ(house.places(mina).reserved, 2);
    CHECK_EQ(house.state(amara), ReferralState::offered);
    CHECK_EQ(service.letters(), 0);
    for (const StandingOffer& o : service.offers(amara)) {
      CHECK_FALSE(o.standing.worker_asked);
      CHECK_FALSE(o.standing.person_asked);
      CHECK_NE(o.offer.explanation, "");
      CHECK_EQ(o.offer.answer_by, utc_date(house.now + left) + 7);
    }
    CHECK_FALSE(house.worker_says(service.offers(kim)[0].offer.id, WorkerAnswer::yes).ok()); // not asked

    house.now = house.now + left;
    CHECK_EQ(service.job(), 2);
    CHECK_EQ(service.job(), 0);
    CHECK_EQ(service.counts(run).asked, 2);
    CHECK_EQ(service.letters(), 3); // Ruth once, Mina for each
    CHECK_EQ(code_of(service.undo(run)), "run.not_possible");
    REQUIRE(house.worker_says(service.offers(kim)[0].offer.id, WorkerAnswer::yes).ok());
    REQUIRE(house.person_says(kim, PersonAnswer::this_one, service.offers(kim)[0].offer.id).ok());
    CHECK_EQ(house.places(mina).live, 1);
  });
}

TEST_CASE("a run of a service that asks people first asks them, once, at its moment") {
  for_each_database([](storage::Database& database) {
    Service service{database, {.first_asked = FirstAsked::person}};
    House& house = service.house;
    const auto ruth = house.worker("Ruth"), mina = house.worker("Mina");
    const Referred amara = house.person("Amara");
    const auto run = service.kept({{amara, {ruth, mina}}});
    REQUIRE(service.confirm(run).ok());
    service.job();
    CHECK_EQ(service.letters(), 0);
    house.now = house.now + tomorrow;
    service.job();
    service.job();
    CHECK_EQ(service.letters(), 1);
    CHECK(service.offers(amara)[0].standing.person_asked);
  });
}

TEST_CASE("until its moment a run is taken back as a whole, as if it had never been") {
  for_each_database([](storage::Database& database) {
    Service service{database};
    House& house = service.house;
    const auto ruth = house.worker("Ruth"), mina = house.worker("Mina");
    const Referred amara = house.person("Amara"), kim = house.person("Kim");
    const auto run = service.kept({{amara, {ruth}}, {kim, {mina}}});
    REQUIRE(service.confirm(run).ok());
    service.job();
    REQUIRE(house.take_back(kim).ok()); // by hand, meanwhile
    REQUIRE(service.undo(run).ok());
    CHECK_EQ(code_of(service.undo(run)), "run.not_possible");
    house.now = house.now + tomorrow; // the moment comes before the job does: nobody is asked
    service.job();
    CHECK_EQ(service.counts(run).taken_back, 2);
    CHECK_EQ(service.counts(run).asked, 0);
    CHECK_EQ(service.letters(), 0);
    for (const Id<Worker> worker : {ruth, mina}) CHECK_EQ(house.places(worker).reserved, 0);
    for (const Referred& who : {amara, kim}) CHECK_EQ(house.state(who), ReferralState::waiting);
    CHECK(house.offer(amara, {ruth}).ok()); // not as if somebody had declined
    CHECK_EQ(code_of(service.confirm(run)), "run.not_possible");
  });
}

TEST_CASE("a run neither asks about nor takes back what another one offered the same person") {
  for_each_database([](storage::Database& database) {
    Service service{database};
    House& house = service.house;
    const auto ruth = house.worker("Ruth");
    const Referred amara = house.person("Amara"), kim = house.person("Kim");
    const auto mina = house.worker("Mina");
    const auto first = service.kept({{amara, {ruth}}}), undone = service.kept({{kim, {mina}}});
    REQUIRE(service.confirm(first, hours_ms(3)).ok());
    REQUIRE(service.confirm(undone, hours_ms(3)).ok());
    service.job();
    REQUIRE(house.take_back(amara).ok());
    REQUIRE(house.take_back(kim).ok());
    const auto second = service.kept({{amara, {ruth}}, {kim, {mina}}});
    REQUIRE(service.confirm(second).ok());
    service.job();
    CHECK_EQ(service.counts(second).offered, 2);
    REQUIRE(service.undo(undone).ok());
    house.now = house.now + hours_ms(4);
    service.job();
    CHECK_EQ(service.letters(), 0); // the second run's moment is tomorrow
    CHECK_EQ(house.state(kim), ReferralState::offered);
    CHECK_EQ(service.counts(first).taken_back, 1);
  });
}

TEST_CASE("a run is confirmed once, for a moment within two weeks, and not without rows") {
  for_each_database([](storage::Database& database) {
    Service service{database};
    House& house = service.house;
    const auto ruth = house.worker("Ruth");
    const Referred amara = house.person("Amara");
    const auto run = service.kept({{amara, {ruth}}});
    for (const std::int64_t in : {std::int64_t{0}, -minutes_ms(1), days_ms(15)})
      CHECK_EQ(code_of(service.confirm(run, in)), "run.send_at");
    REQUIRE(service.confirm(run).ok());
    CHECK_EQ(code_of(service.confirm(run)), "run.not_possible");
    const auto again = service.kept({{amara, {ruth}}});
    CHECK_EQ(code_of(service.confirm(again, hours_ms(1))), "run.send_at");  // at seven
    CHECK_EQ(code_of(service.confirm(again, hours_ms(15))), "run.send_at"); // at nine in the evening
    const auto nothing = house.change([](auto& tx, const auto& mine) { return keep_run(tx, mine, {}, {}); });
    CHECK_EQ(code_of(nothing), "run.nothing");
  });
}

TEST_CASE("a row is dropped when it breaks a constraint that came after the plan, and the others go on") {
  for_each_database([](storage::Database& database) {
    Service service{database};
    House& house = service.house;
    const auto ruth = house.worker("Ruth", 9), mina = house.worker("Mina"), leaving = house.worker("Lee");
    const Referred excluded = house.person("Amara"), gone = house.person("Kim"), full = house.person("Jo"),
                   first = house.person("Ada"), away = house.person("Sam"), taken = house.person("Bo");
    const auto run = service.kept({{excluded, {ruth}},
                                   {gone, {ruth}},
                                   {first, {mina}},
                                   {full, {ruth, mina}}, // the place is Ada's by then
                                   {away, {leaving}},
                                   {taken, {ruth}}});
    REQUIRE(house
                .change([&](auto& tx, const auto& mine) -> Done {
                  TRY(workforce::add_exclusion(
                      tx, mine,
                      {Id<Exclusion>::make(house.random), excluded.person, ruth, ExclusionSide::worker}));
                  TRY_ASSIGN(Worker lee, workforce::load_worker(tx, mine, leaving));
                  lee.active = false;
                  return workforce::update_worker(tx, mine, lee);
                })
                .ok());
    REQUIRE(house.stop(gone).ok());
    REQUIRE(house.offer(taken, {ruth}).ok()); // by hand, by somebody quicker
    REQUIRE(service.confirm(run).ok());
    CHECK_EQ(service.job(), 6); // in one piece: no row has to meet a conflict first
    CHECK_EQ(service.counts(run).offered, 1);
    CHECK_EQ(service.counts(run).dropped, 5);
    CHECK_EQ(service.offers(first).size(), 1);
    CHECK_EQ(house.state(full), ReferralState::waiting);
    CHECK_EQ(house.places(ruth).reserved, 1); // of the offer by hand
    CHECK_EQ(house.places(mina).reserved, 1);
    CHECK_EQ(service.offers(taken).size(), 1);
  });
}

TEST_CASE(
    "what changed overnight is checked again at the moment: nobody is asked about what is not possible") {
  for_each_database([](storage::Database& database) {
    Service service{database};
    House& house = service.house;
    const auto ruth = house.worker("Ruth", 2), mina = house.worker("Mina");
    const Referred amara = house.person("Amara"), kim = house.person("Kim");
    const auto run = service.kept({{amara, {ruth, mina}}, {kim, {ruth}}});
    REQUIRE(service.confirm(run).ok());
    service.job();
    REQUIRE(house
                .change([&](auto& tx, const auto& mine) -> Done {
                  TRY_ASSIGN(Worker away, workforce::load_worker(tx, mine, ruth));
                  away.active = false;
                  return workforce::update_worker(tx, mine, away);
                })
                .ok());
    house.now = house.now + tomorrow;
    service.job();
    CHECK_EQ(service.letters(), 1); // Mina about Amara; Ruth hears nothing
    CHECK_EQ(service.counts(run).asked, 1);
    CHECK_EQ(service.counts(run).dropped, 1);
    CHECK_EQ(house.places(ruth).reserved, 0);
    CHECK_EQ(house.state(amara), ReferralState::offered);
    CHECK_EQ(house.state(kim), ReferralState::waiting);
    CHECK_EQ(house.tasks_of(TaskKind::offer_again).size(), 1);
  });
}

TEST_CASE("a run whose process died between two pieces goes on where it was, each row once") {
  for_each_database([](storage::Database& database) {
    Service service{database};
    House& house = service.house;
    const auto ruth = house.worker("Ruth", 20);
    const auto people = house.people(7);
    std::vector<std::pair<Referred, std::vector<Id<Worker>>>> rows;
    for (const Referred& who : people) rows.push_back({who, {ruth}});
    const auto run = service.kept(rows);
    REQUIRE(service.confirm(run).ok());
    const auto piece = [&](int most, bool dies) {
      auto tx = house.database.begin(house.id, storage::Access::write).value();
      const int done = carry_on(tx, house.scope(), run, most).value();
      if (!dies) REQUIRE(tx.commit().ok());
      return done;
    };
    CHECK_EQ(piece(3, false), 3);
    CHECK_EQ(piece(3, true), 3); // not committed
    CHECK_EQ(house.places(ruth).reserved, 3);
    CHECK_EQ(service.job(), 4);
    CHECK_EQ(house.places(ruth).reserved, 7);
    for (const Referred& who : people) CHECK_EQ(service.offers(who).size(), 1);
    house.now = house.now + tomorrow;
    CHECK_EQ(piece(2, false), 2);
    CHECK_EQ(piece(4, true), 4);
    CHECK_EQ(service.job(), 5);
    CHECK_EQ(service.letters(), 7);
  });
}

TEST_CASE("two runs and two instances at once take exactly the places there are") {
  for_each_database([](storage::Database& database) {
    Service service{database};
    House& house = service.house;
    const auto ruth = house.worker("Ruth", 5);
    const auto people = house.people(16);
    std::vector<std::pair<Referred, std::vector<Id<Worker>>>> one, other;
    for (std::size_t i = 0; i < people.size(); ++i) (i % 2 == 0 ? one : other).push_back({people[i], {ruth}});
    const auto first = service.kept(one), second = service.kept(other);
    REQUIRE(service.confirm(first).ok());
    REQUIRE(service.confirm(second).ok());
    const auto instance = [&] {
      const FixedClock clock(house.now);
      const std::atomic<bool> stopping{false};
      SystemRandom random;
      for (int tries = 0; tries < 20; ++tries)
        if (carry_on_runs({&house.database, &clock, &random}, house.id, stopping).ok()) return;
    };
    std::vector<std::thread> instances;
    for (int i = 0; i < 4; ++i) instances.emplace_back(instance);
    for (std::thread& each : instances) each.join();
    const RunCounts a = service.counts(first), b = service.counts(second);
    CHECK_EQ(a.offered + b.offered, 5);
    CHECK_EQ(a.dropped + b.dropped, 11);
    CHECK_EQ(house.places(ruth).reserved, 5);
    std::size_t made = 0;
    for (const Referred& who : people) made += service.offers(who).size();
    CHECK_EQ(made, 5);
  });
}

TEST_CASE("a run cannot be taken back by somebody who began before its moment and came after it") {
  for_each_database([](storage::Database& database) {
    Service service{database};
    House& house = service.house;
    const auto ruth = house.worker("Ruth");
    const Referred amara = house.person("Amara");
    const auto run = service.kept({{amara, {ruth}}});
    REQUIRE(service.confirm(run).ok());
    service.job();
    const Instant before = house.now + (tomorrow - 1);
    house.now = house.now + tomorrow;
    service.job();
    house.now = before;
    CHECK_EQ(code_of(service.undo(run)), "run.not_possible");
    CHECK_EQ(house.state(amara), ReferralState::offered);
  });
}

TEST_CASE("rows that cannot even be locked are dropped, and a long time to answer drops none") {
  for_each_database([](storage::Database& database) {
    Service service{database};
    House& house = service.house;
    const auto ruth = house.worker("Ruth", 2), gone = Id<Worker>::make(house.random);
    const Referred amara = house.person("Amara"), kim = house.person("Kim");
    REQUIRE(house
                .change([&](auto& tx, const auto& mine) -> Done {
                  TRY(tx.run(answer_in_sixty_days, {mine.organisation().text()}));
                  return {};
                })
                .ok());
    const auto run = service.kept({{amara, {gone}}, {kim, {ruth}}});
    REQUIRE(service.confirm(run, days_ms(13) + hours_ms(6)).ok());
    CHECK_EQ(service.job(), 2);
    CHECK_EQ(service.counts(run).dropped, 1);
    CHECK_EQ(service.counts(run).offered, 1);
    CHECK_EQ(service.offers(kim)[0].offer.answer_by, utc_date(house.now) + 73);
  });
}

TEST_CASE("a row of an earlier request of the same person is not offered for the later one") {
  for_each_database([](storage::Database& database) {
    Service service{database};
    House& house = service.house;
    const auto ruth = house.worker("Ruth");
    const Referred amara = house.person("Amara"), kim = house.person("Kim");
    const auto run = service.kept({{amara, {ruth}}, {kim, {ruth}}});
    REQUIRE(house.stop(amara).ok());
    REQUIRE(house
                .change([&](auto& tx, const auto& mine) -> Done {
                  ReferralRequest request;
                  request.person = amara.person;
                  request.asked_and_agreed = request.agrees_to_matching = true;
                  request.own_words = "Again";
                  TRY_ASSIGN(const Referred again, refer(tx, mine, request));
                  return accept(tx, mine, again.referral);
                })
                .ok());
    REQUIRE(service.confirm(run).ok());
    CHECK_EQ(service.job(), 2);
    CHECK_EQ(service.counts(run).dropped, 1);
    CHECK_EQ(service.offers(kim).size(), 1);
  });
}

TEST_CASE(
    "somebody who said not now is not planned for until their day, and a run taken back leaves that day") {
  for_each_database([](storage::Database& database) {
    Service service{database};
    House& house = service.house;
    const auto ruth = house.worker("Ruth", 2);
    const Referred amara = house.person("Amara");
    house.person("Kim");
    const auto offers = house.offer(amara, {ruth});
    REQUIRE(offers.ok());
    REQUIRE(house.worker_says(offers->front(), WorkerAnswer::yes).ok());
    REQUIRE(house.person_says(amara, PersonAnswer::not_now).ok());
    const auto planned = [&] {
      return house.look([](auto& tx, const auto& mine) -> Result<std::pair<std::size_t, int>> {
        TRY_ASSIGN(const auto settings, default_settings(tx, mine));
        TRY_ASSIGN(const PlanSnapshot taken, take_plan_snapshot(tx, mine, settings));
        return std::pair{taken.snapshot.input.people.size(), taken.asked_later};
      });
    };
    CHECK_EQ(planned(), std::pair<std::size_t, int>{1, 1});
    const auto run = service.kept({{amara, {ruth}}}); // by hand, all the same
    REQUIRE(service.confirm(run).ok());
    service.job();
    REQUIRE(service.undo(run).ok());
    service.job();
    CHECK_EQ(house.tasks_of(TaskKind::ask_again_later).size(), 1);
    house.now = house.now + days_ms(14);
    CHECK_EQ(planned(), std::pair<std::size_t, int>{2, 0});
  });
}

TEST_CASE("who says not now after a run was kept is left out of it") {
  for_each_database([](storage::Database& database) {
    Service service{database};
    House& house = service.house;
    const auto ruth = house.worker("Ruth", 2), mina = house.worker("Mina");
    const Referred amara = house.person("Amara");
    const auto run = service.kept({{amara, {mina}}});
    house.now = house.now + minutes_ms(1);
    const auto offers = house.offer(amara, {ruth});
    REQUIRE(offers.ok());
    REQUIRE(house.worker_says(offers->front(), WorkerAnswer::yes).ok());
    REQUIRE(house.person_says(amara, PersonAnswer::not_now).ok());
    REQUIRE(service.confirm(run).ok());
    service.job();
    CHECK_EQ(service.counts(run).dropped, 1);
    CHECK_EQ(service.counts(run).offered, 0);
    CHECK_EQ(house.tasks_of(TaskKind::ask_again_later).size(), 1);
  });
}

TEST_CASE("a service that was away at the moment of the messages asks nobody at night") {
  for_each_database([](storage::Database& database) {
    Service service{database};
    House& house = service.house;
    const auto ruth = house.worker("Ruth");
    const Referred amara = house.person("Amara");
    const auto run = service.kept({{amara, {ruth}}});
    REQUIRE(service.confirm(run).ok());
    service.job();
    const std::string zone =
        house.look([](auto& tx, const auto&) { return teams::load_organisation(tx); }).zone;
    const Date later = local_date(house.now, zone) + 3;
    const auto at = [&](int minutes) { return resolve({later, minutes}, zone).value(); };
    for (const int minutes : {20 * 60, 23 * 60}) {
      house.now = at(minutes);
      CHECK_EQ(service.job(), 0);
    }
    CHECK_EQ(service.letters(), 0);
    CHECK_EQ(service.counts(run).asked, 0);
    house.now = resolve({later + 1, 8 * 60}, zone).value();
    CHECK_EQ(service.job(), 1);
    CHECK_EQ(service.letters(), 1);
  });
}

TEST_CASE("one row that fails every time keeps no other row of its run waiting") {
  for_each_database([](storage::Database& database) {
    Service service{database};
    House& house = service.house;
    const auto ruth = house.worker("Ruth"), mina = house.worker("Mina");
    const Referred amara = house.person("Amara"), kim = house.person("Kim");
    const auto run = service.kept({{amara, {ruth}}, {kim, {mina}}});
    REQUIRE(service.confirm(run).ok());
    service.job();
    // Ruth's place is gone from the books, so giving it back is refused whenever Amara's row is looked at.
    REQUIRE(house
                .change([&](auto& tx, const auto& mine) {
                  return workforce::release_reserved_place(tx, mine, ruth);
                })
                .ok());
    REQUIRE(house
                .change([&](auto& tx, const auto& mine) {
                  return workforce::add_exclusion(
                      tx, mine,
                      {Id<Exclusion>::make(house.random), amara.person, ruth, ExclusionSide::worker});
                })
                .ok());
    house.now = house.now + tomorrow;
    CHECK_EQ(code_of(service.tried()), "offer.not_available");
    CHECK_EQ(service.counts(run).asked, 1);
    CHECK_EQ(service.letters(), 1);
    CHECK_EQ(service.offers(kim).size(), 1);
  });
}

TEST_CASE("the whole suggested plan is put in by the job, around what was kept by hand, and once") {
  for_each_database([](storage::Database& database) {
    Service service{database};
    House& house = service.house;
    const auto ruth = house.worker("Ruth"), mina = house.worker("Mina");
    const Referred amara = house.person("Amara"), kim = house.person("Kim");
    const auto run = house
                         .change([&](auto& tx, const auto& mine) -> Result<Id<MatchingRun>> {
                           TRY_ASSIGN(const auto settings, default_settings(tx, mine));
                           MatchingRun whole = run_of(settings);
                           whole.keeps = {kim.person.text() + "." + ruth.text()};
                           return keep_whole_run(tx, mine, whole);
                         })
                         .value();
    CHECK_EQ(code_of(service.confirm(run)), "run.not_possible"); // nobody has seen it yet
    service.job();
    service.job();
    const auto rows = house.look([&](auto& tx, const auto& mine) { return rows_of_run(tx, mine, run, {}); });
    REQUIRE_EQ(rows.size(), 2);
    for (const RunRow& row : rows)
      CHECK_EQ(row.workers.front(), row.person == kim.person ? ruth.text() : mina.text());
    REQUIRE(service.confirm(run).ok());
    CHECK_EQ(service.job(), 2);
    CHECK_EQ(service.counts(run).standing, 2);
    CHECK_EQ(service.offers(amara).size(), 1);
  });
}

TEST_CASE("asked later than was meant, workers still have their days") {
  for_each_database([](storage::Database& database) {
    Service service{database};
    House& house = service.house;
    const auto ruth = house.worker("Ruth");
    const Referred amara = house.person("Amara");
    const auto run = service.kept({{amara, {ruth}}});
    REQUIRE(service.confirm(run).ok());
    service.job();
    house.now = house.now + (days_ms(20) + hours_ms(6)); // nothing ran meanwhile
    service.job();
    CHECK_EQ(service.offers(amara)[0].offer.answer_by, utc_date(house.now) + 7);
    CHECK_EQ(house.change([](auto& tx, const auto& mine) { return let_time_pass(tx, mine); }).value(), 0);
  });
}

TEST_CASE("the usual moment is ten on the next working day, in the service's own zone") {
  Organisation organisation;
  organisation.zone = "Australia/Sydney";
  const auto at = [&](const char* now) {
    return local_time(usual_send_at(*parse_instant(now), organisation), organisation.zone);
  };
  const LocalTime friday{*parse_date("2026-12-04"), 600}, monday{*parse_date("2026-12-07"), 600};
  CHECK_EQ(at("2026-12-03T02:00:00Z"), friday);
  CHECK_EQ(at("2026-12-03T14:00:00Z"), monday); // already Friday there
  CHECK_EQ(at("2026-12-04T02:00:00Z"), monday);
  CHECK_EQ(at("2026-12-06T02:00:00Z"), monday);
}
