#include <algorithm>

#include "connections/offer_actions.hpp"
#include "connections/referral_actions.hpp"
#include "connections/task.hpp"
#include "people/person_store.hpp"
#include "workforce/worker_store.hpp"

#include "support/databases.hpp"
#include "support/test.hpp"

using namespace kith;
using namespace kith::connections;

namespace {

const Instant morning{1'795'500'000'000};

class Anybody final : public PairCheck {
public:
  bool feasible(Id<Person>, Id<Worker>) const override { return true; }
};

// One organisation in which people ask, one a day.
struct Desk {
  storage::Database& database;
  SystemRandom random{};
  OrganisationId id{{7, 8}};
  Instant now{morning};

  auth::Scope scope() { return auth::service_scope({"test", id}, now, random); }
  template <class Body> auto change(Body body) {
    auto tx = database.begin(id, storage::Access::write).value();
    auto result = body(tx, scope());
    if (result.ok()) REQUIRE(tx.commit().ok());
    return result;
  }
  template <class Body> auto read(Body body) {
    auto tx = database.begin(id, storage::Access::read).value();
    return body(tx, scope()).value();
  }

  explicit Desk(storage::Database& of) : database(of) {
    Organisation organisation;
    organisation.id = id;
    organisation.slug = organisation.name = "north";
    organisation.zone = "UTC";
    organisation.help_name = organisation.help_number = "0";
    REQUIRE(change([&](auto& tx, const auto&) { return teams::insert_organisation(tx, organisation); }).ok());
  }

  Referred asks(const std::string& name, int days_ago, const std::string& contact = "a@people.example") {
    return change([&](auto& tx, const auto& mine) {
             ReferralRequest request;
             request.chosen_name = name;
             request.contact_way = ContactWay::email;
             request.contact = contact;
             request.asked_and_agreed = true;
             request.referred_at = now + days_ms(-days_ago);
             return refer(tx, mine, request);
           })
        .value();
  }
  Referred waits(const std::string& name, int days_ago) {
    const Referred referred = asks(name, days_ago);
    REQUIRE(change([&](auto& tx, const auto& mine) { return accept(tx, mine, referred.referral); }).ok());
    return referred;
  }
  Id<Offer> offered(const Referred& to) {
    Worker worker;
    worker.id = Id<Worker>::make(random);
    worker.chosen_name = "Ruth";
    return change([&](auto& tx, const auto& mine) -> Result<Id<Offer>> {
             TRY(workforce::insert_worker(tx, mine, with_name_key(worker), 1));
             TRY_ASSIGN(
                 const auto made,
                 make_offers(tx, mine, {to.referral, {{worker.id, 0, "{}"}}, {}, "test", "1", 0}, Anybody()));
             return made[0];
           })
        .value();
  }
  std::vector<std::string> names(const std::vector<WaitingRow>& rows) {
    std::vector<std::string> out;
    for (const WaitingRow& row : rows) out.push_back(row.person_name);
    return out;
  }
  std::vector<std::string> new_ones(WaitingPage page) {
    return names(read([&](auto& tx, const auto& mine) { return new_referrals(tx, mine, page); }));
  }
  std::vector<std::string> listed(Waiting show, WaitingPage page) {
    return names(read([&](auto& tx, const auto& mine) {
      return waiting_referrals(tx, mine, {show, utc_date(now)}, page);
    }));
  }
  std::vector<Task> tasks(TaskKind kind) {
    return read([&](auto& tx, const auto& mine) { return open_tasks(tx, mine, kind); });
  }
};

using Names = std::vector<std::string>;

} // namespace

TEST_CASE("new referrals are not cut off by those who have waited longer, and the oldest comes first") {
  for_each_database([](storage::Database& database) {
    Desk desk{database};
    for (const char* name : {"Amara", "Bo", "Cy"}) desk.waits(name, 20);
    desk.asks("Noor", 1);
    desk.asks("Kim", 2);
    CHECK_EQ(desk.new_ones({0, 1}), Names{"Kim"});
    CHECK_EQ(desk.new_ones({1, 1}), Names{"Noor"});
    CHECK_EQ(desk.new_ones({2, 1}), Names{});
  });
}

TEST_CASE("a page of the waiting list holds whole rows of its filter, and the order runs over all pages") {
  for_each_database([](storage::Database& database) {
    Desk desk{database};
    const Referred late = desk.waits("Late", 40);
    const Referred amara = desk.waits("Amara", 20), bo = desk.waits("Bo", 10);
    desk.asks("New", 30); // promised before Amara, and not on the list
    desk.offered(amara);
    CHECK_EQ(desk.listed(Waiting::all, {0, 2}), Names{"Late", "Amara"});
    CHECK_EQ(desk.listed(Waiting::all, {2, 2}), Names{"Bo"});
    CHECK_EQ(desk.listed(Waiting::late, {0, 2}), Names{"Late"});
    CHECK_EQ(desk.listed(Waiting::find, {0, 9}), Names{"Late", "Bo"});
    CHECK_EQ(desk.listed(Waiting::answers, {0, 9}), Names{"Amara"});
    const auto order = desk.read([&](auto& tx, const auto& mine) {
      return waiting_order(tx, mine, {Waiting::all, utc_date(desk.now)});
    });
    CHECK(order == std::vector<Id<Person>>{late.person, amara.person, bo.person});
    const auto counts = desk.read(
        [&](auto& tx, const auto& mine) { return count_open_referrals(tx, mine, utc_date(desk.now)); });
    CHECK_EQ(counts.waiting, 3);
    CHECK_EQ(counts.late, 1);
    CHECK_EQ(counts.answers, 1);
    CHECK_EQ(counts.asked, 1);
  });
}

TEST_CASE("a declined referral is closed with a reason of the list, and nothing about it is left to do") {
  for_each_database([](storage::Database& database) {
    Desk desk{database};
    const Referred spam = desk.asks("Buy now", 1);
    const auto declined = [&] {
      return desk.change([&](auto& tx, const auto& mine) {
        return decline(tx, mine, spam.referral, DeclineReason::not_meant);
      });
    };
    CHECK(declined().ok());
    CHECK_EQ(desk.new_ones({0, 9}), Names{});
    CHECK(desk.tasks(TaskKind::triage).empty());
    CHECK_EQ(declined().failure().code, "referral.not_possible");
    CHECK_EQ(desk.read([&](auto& tx, const auto& mine) { return state_of(tx, mine, spam.referral); }),
             ReferralState::declined_by_service);
  });
}

TEST_CASE("who may be here already is found by address, and by name unless the years of birth differ") {
  for_each_database([](storage::Database& database) {
    Desk desk{database};
    const auto born = [&](const char* name, const char* contact, std::optional<Date> on) {
      const Referred referred = desk.asks(name, 1, contact);
      REQUIRE(desk.change([&](auto& tx, const auto& mine) -> Done {
                    TRY_ASSIGN(Person person, people::load_person(tx, mine, referred.person));
                    person.born_on = on;
                    return people::update_person(tx, mine, person);
                  })
                  .ok());
      return referred.person;
    };
    const Id<Person> kim = born("Kim", "kim@people.example", parse_date("1990-02-01"));
    const Id<Person> same = born("Kim", "other@people.example", std::nullopt);
    const Id<Person> mail = born("K.", "kim@people.example", parse_date("1950-02-01"));
    born("Kim", "older@people.example", parse_date("1951-02-01"));
    born("Noor", "noor@people.example", std::nullopt);
    const auto alike = desk.read([&](auto& tx, const auto& mine) -> Result<std::vector<people::PersonAlike>> {
      TRY_ASSIGN(const Person person, people::load_person(tx, mine, kim));
      return people::people_like(tx, mine, person);
    });
    REQUIRE_EQ(alike.size(), 2);
    for (const people::PersonAlike& other : alike) {
      CHECK((other.id == same || other.id == mail));
      CHECK_EQ(other.how, other.id == mail ? people::Alike::email : people::Alike::name);
    }
  });
}

TEST_CASE(
    "a task said to be done is gone, comes back when it was not, and an event's own task is not taken") {
  for_each_database([](storage::Database& database) {
    Desk desk{database};
    const Referred amara = desk.waits("Amara", 3);
    const Id<Offer> offer = desk.offered(amara);
    REQUIRE(desk.change([&](auto& tx, const auto& mine) -> Done {
                  TRY_ASSIGN(const Offer asked, load_offer(tx, mine, offer));
                  return answer_as_worker(tx, mine, asked, WorkerAnswer::talk);
                })
                .ok());
    const Task task = desk.tasks(TaskKind::talk_with_worker).at(0);
    const auto count = [&] {
      return desk.read([&](auto& tx, const auto& mine) { return count_open_tasks(tx, mine, "coordinator"); });
    };
    const auto finish = [&] {
      return desk.change([&](auto& tx, const auto& mine) { return finish_task(tx, mine, task); });
    };
    const auto reopen = [&] {
      return desk.change([&](auto& tx, const auto& mine) { return reopen_task(tx, mine, task); });
    };
    CHECK_EQ(count(), 1);
    for (int i = 0; i < 2; ++i) CHECK(finish().ok());
    CHECK_EQ(count(), 0);
    for (int i = 0; i < 2; ++i) CHECK(reopen().ok());
    CHECK_EQ(count(), 1);
    CHECK(finish().ok());
    desk.now = desk.now + days_ms(2);
    CHECK_EQ(reopen().failure().code, "task.not_yours");
    const Referred noor = desk.waits("Noor", 3);
    REQUIRE(
        desk.change([&](auto& tx, const auto& mine) -> Done {
              TRY(add_task(tx, mine,
                           {{}, TaskKind::offer_again, "referral", noor.referral.text(), "coordinator", {}}));
              return {};
            })
            .ok());
    const Task again = desk.tasks(TaskKind::offer_again).at(0);
    desk.offered(noor); // which closes it
    CHECK_EQ(
        desk.change([&](auto& tx, const auto& mine) { return reopen_task(tx, mine, again); }).failure().code,
        "task.not_yours");
    Task triage = task;
    triage.kind = TaskKind::triage;
    CHECK_EQ(
        desk.change([&](auto& tx, const auto& mine) { return finish_task(tx, mine, triage); }).failure().code,
        "task.closes_itself");
  });
}

TEST_CASE("the clock asks for a call once, and offering again closes what reminded of it") {
  for_each_database([](storage::Database& database) {
    Desk desk{database};
    const Referred amara = desk.waits("Amara", 3);
    const Id<Offer> offer = desk.offered(amara);
    const auto answers = [&](PersonAnswer answer) {
      return desk.change([&](auto& tx, const auto& mine) {
        return answer_as_person(tx, mine, {amara.referral, answer, offer, {}});
      });
    };
    REQUIRE(desk.change([&](auto& tx, const auto& mine) -> Done {
                  TRY_ASSIGN(const Offer asked, load_offer(tx, mine, offer));
                  return answer_as_worker(tx, mine, asked, WorkerAnswer::yes);
                })
                .ok());
    desk.now = desk.now + days_ms(30);
    const auto tick = [&] {
      REQUIRE(desk.change([&](auto& tx, const auto& mine) { return let_time_pass(tx, mine); }).ok());
      return desk.tasks(TaskKind::phone_person);
    };
    const auto first = tick();
    REQUIRE_EQ(first.size(), 1);
    REQUIRE(desk.change([&](auto& tx, const auto& mine) { return finish_task(tx, mine, first[0]); }).ok());
    CHECK(tick().empty());
    REQUIRE(answers(PersonAnswer::not_now).ok());
    CHECK_EQ(desk.tasks(TaskKind::ask_again_later).size(), 1);
    desk.offered(amara);
    CHECK(desk.tasks(TaskKind::ask_again_later).empty());
  });
}
