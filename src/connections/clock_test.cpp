#include "connections/offer_actions.hpp"

#include <algorithm>

#include "connections/task.hpp"
#include "connections/telling.hpp"
#include "storage/trail.hpp"
#include "support/house.hpp"

#include "support/databases.hpp"
#include "support/test.hpp"

using namespace kith;
using namespace kith::connections;
using kith::test::code_of;
using kith::test::House;
using kith::test::morning;

namespace {

const storage::Query by_the_clock{
    "test.audit_clock", storage::Access::read,
    "select a.object_kind, a.fields from v_audit a join v_audit_subject s on s.org_id = a.org_id"
    " and s.audit_id = a.id where a.operation = 'clock' and s.person_id = ?1"
    " order by a.object_kind, a.fields limit 100"};

using Names = std::vector<std::string>;

Names audited(House& house, const Referred& who) {
  auto tx = house.database.begin(house.id, storage::Access::read).value();
  Names out;
  const auto rows = tx.rows(by_the_clock, {who.person.text()}).value();
  for (const storage::Row& row : rows) out.push_back(row.text(0) + " " + row.text(1));
  return out;
}

Names letters_to(House& house, const Referred& who) {
  auto tx = house.database.begin(house.id, storage::Access::read).value();
  Names names;
  for (const auto& message : storage::due_messages(tx, house.now + hold_ms).value())
    if (message.recipient == who.person.text()) names.push_back(message.template_name);
  return names;
}

int pass_time(House& house, int days) {
  house.now = morning + days_ms(days);
  return house.change([](auto& tx, const auto& mine) { return let_time_pass(tx, mine); }).value();
}

OfferState state_of_offer(House& house, Id<Offer> id) {
  return house.look([&](auto& tx, const auto& mine) { return standing_of(tx, mine, id); }).state;
}

} // namespace

TEST_CASE("what the clock changes is on record with the person it is about, once for each change") {
  for_each_database([](storage::Database& database) {
    House house{database};
    const auto ruth = house.worker("Ruth", 9), mina = house.worker("Mina", 9);
    const Referred amara = house.person("Amara"), jo = house.person("Jo");
    const auto offers = house.offer(amara, {ruth, mina});
    REQUIRE(offers.ok());
    const auto to_jo = house.offer(jo, {ruth});
    REQUIRE(to_jo.ok());
    REQUIRE(house.worker_says(offers.value()[0], WorkerAnswer::yes).ok());
    CHECK_EQ(pass_time(house, 7), 0);
    CHECK(audited(house, amara).empty());

    CHECK_EQ(pass_time(house, 8), 2);
    CHECK_EQ(audited(house, amara), Names{"offer lapsed", "referral person_asked"});
    CHECK_EQ(audited(house, jo), Names{"offer lapsed", "referral offer_again"});
    CHECK_EQ(pass_time(house, 16), 0);
    CHECK_EQ(audited(house, amara), Names{"offer lapsed", "referral person_asked", "referral phone_person"});
    CHECK_EQ(pass_time(house, 17), 0);
    CHECK_EQ(audited(house, amara).size(), 3);
  });
}

TEST_CASE("person first: the worker they chose has the usual days from when they are asked") {
  for_each_database([](storage::Database& database) {
    House house{database, {.first_asked = FirstAsked::person}};
    const auto ruth = house.worker("Ruth"), mina = house.worker("Mina");
    const Referred amara = house.person("Amara");
    const auto offers = house.offer(amara, {ruth, mina});
    REQUIRE(offers.ok());
    CHECK_EQ(pass_time(house, 10), 0);
    CHECK_EQ(house.tasks_of(TaskKind::phone_person).size(), 1);
    REQUIRE(house.person_says(amara, PersonAnswer::this_one, offers.value()[0]).ok());
    CHECK_EQ(code_of(house.person_says(amara, PersonAnswer::this_one, offers.value()[1])),
             "offer.already_answered");
    house.send_all();
    CHECK_EQ(pass_time(house, 17), 0);
    CHECK_EQ(state_of_offer(house, offers.value()[0]), OfferState::open);
    CHECK_EQ(pass_time(house, 18), 1);
    CHECK_EQ(state_of_offer(house, offers.value()[0]), OfferState::lapsed);
    CHECK_EQ(letters_to(house, amara), Names{"person_asked"}); // about the one who is left
    CHECK_EQ(house.state(amara), ReferralState::offered);
    house.send_all();
    CHECK_EQ(pass_time(house, 25), 0);
    CHECK_EQ(house.tasks_of(TaskKind::phone_person).size(), 1);

    REQUIRE(house.person_says(amara, PersonAnswer::this_one, offers.value()[1]).ok());
    REQUIRE(house.worker_says(offers.value()[1], WorkerAnswer::yes).ok());
    CHECK_EQ(house.state(amara), ReferralState::connected);
    CHECK_EQ(house.places(ruth).free() + house.places(mina).free(), 1);
  });
}

TEST_CASE("a person who was asked hears that the offers were taken back, and nobody who was not") {
  for_each_database([](storage::Database& database) {
    House house{database, {.first_asked = FirstAsked::person}};
    const auto ruth = house.worker("Ruth");
    const Referred amara = house.person("Amara");
    const auto take_back = [&] {
      return house.change(
          [&](auto& tx, const auto& mine) { return take_back_offers(tx, mine, amara.referral); });
    };
    REQUIRE(house.offer(amara, {ruth}).ok());
    REQUIRE(take_back().ok()); // the question has not gone out
    CHECK(letters_to(house, amara).empty());
    REQUIRE(house.offer(amara, {ruth}).ok());
    house.send_all();
    REQUIRE(take_back().ok());
    CHECK_EQ(letters_to(house, amara), Names{"person_look_on"});
    CHECK_EQ(house.state(amara), ReferralState::waiting);
  });
}

TEST_CASE("person first: a no of the worker they chose leads on, and they are told") {
  for_each_database([](storage::Database& database) {
    House house{database, {.first_asked = FirstAsked::person}};
    const auto ruth = house.worker("Ruth"), mina = house.worker("Mina");
    const Referred amara = house.person("Amara");
    const auto offers = house.offer(amara, {ruth, mina});
    REQUIRE(offers.ok());
    house.send_all();
    REQUIRE(house.person_says(amara, PersonAnswer::this_one, offers.value()[1]).ok());
    CHECK(letters_to(house, amara).empty());
    REQUIRE(house.worker_says(offers.value()[1], WorkerAnswer::no).ok());
    CHECK_EQ(letters_to(house, amara), Names{"person_asked"});
    house.send_all();
    REQUIRE(house.person_says(amara, PersonAnswer::this_one, offers.value()[0]).ok());
    REQUIRE(house.worker_says(offers.value()[0], WorkerAnswer::no).ok());
    CHECK_EQ(letters_to(house, amara), Names{"person_look_on"});
    CHECK_EQ(house.state(amara), ReferralState::waiting);
    CHECK_EQ(house.tasks_of(TaskKind::offer_again).size(), 1);
    CHECK_EQ(house.places(ruth).free() + house.places(mina).free(), 2);
  });
}
