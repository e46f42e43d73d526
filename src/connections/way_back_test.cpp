#include "connections/referral_actions.hpp"
#include "connections/way_back.hpp"

#include <functional>

#include "auth/account_store.hpp"
#include "auth/link.hpp"
#include "connections/parties.hpp"
#include "people/person_store.hpp"
#include "storage/trail.hpp"
#include "support/databases.hpp"
#include "teams/organisation.hpp"

#include "support/test.hpp"

using namespace kith;
using namespace kith::connections;

namespace {

// One person with an account, and the links to it.
struct Door {
  storage::Database& database;
  SystemRandom random{};
  OrganisationId id{{7, 7}};
  Instant now{*parse_instant("2026-11-24T12:00:00Z")};
  auth::Links links{std::string(32, 'k')};
  Person person{};
  Id<Account> account{};

  template <class Body> auto change(Body body) {
    auto tx = database.begin(id, storage::Access::write).value();
    const auth::Scope scope = auth::service_scope({"test", id}, now, random);
    auto result = body(tx, scope);
    REQUIRE(result.ok());
    REQUIRE(tx.commit().ok());
    return result;
  }

  void open() {
    Organisation own;
    own.id = id;
    own.slug = own.name = "north";
    own.zone = "UTC";
    own.help_name = own.help_number = "x";
    person.id = Id<Person>::make(random);
    person.chosen_name = "Amara";
    person.contact_way = ContactWay::email;
    person.email = "amara@people.example";
    account = change([&](auto& tx, const auto& scope) -> Result<Id<Account>> {
                TRY(teams::insert_organisation(tx, own));
                TRY(people::insert_person(tx, scope, with_name_keys(person)));
                return account_for(tx, scope, person);
              }).value();
  }

  void take_on() { // their request, by somebody here
    (void)change([&](auto& tx, const auto& scope) -> Done {
      ReferralRequest request;
      request.person = person.id;
      request.asked_and_agreed = true;
      TRY_ASSIGN(const Referred made, refer(tx, scope, request));
      return accept(tx, scope, made.referral);
    });
  }

  bool ask(Id<Account> whose) {
    return change([&](auto& tx, const auto& scope) { return ask_for_new_link(tx, scope, whose); }).value();
  }

  std::size_t waiting() {
    auto tx = database.begin(id, storage::Access::read).value();
    const auto due = storage::due_messages(tx, now).value();
    for (const auto& message : due) {
      CHECK_EQ(message.template_name, "person_new_link");
      CHECK_EQ(message.recipient, person.id.text());
    }
    return due.size();
  }
};

void for_each_door(const std::function<void(Door&)>& body) {
  for_each_database([&](storage::Database& database) {
    Door door{database};
    door.open();
    CHECK_FALSE(door.ask(door.account)); // the address may be anybody's
    door.take_on();
    body(door);
  });
}

} // namespace

TEST_CASE("a spent link still says whose it was, and no longer works") {
  for_each_door([](Door& door) {
    const auto made = door.change([&](auto& tx, const auto& scope) {
      return door.links.make(
          tx, scope, {.account = door.account, .target = "/me", .expires_at = door.now + days_ms(14)});
    });
    const auth::Reference reference = *auth::parse_reference(made->text);
    const auth::Reference unknown = auth::new_reference(door.id, door.random);
    auto tx = door.database.begin(door.id, storage::Access::write).value();
    CHECK(door.links.works(tx, reference, door.now).value());
    CHECK_FALSE(door.links.works(tx, unknown, door.now).value());
    CHECK_FALSE(door.links.works(tx, reference, door.now + days_ms(14)).value());
    CHECK(door.links.use(tx, {reference, ""}, door.now).value().has_value());
    CHECK_FALSE(door.links.works(tx, reference, door.now).value());
    CHECK(door.links.account_of(tx, reference).value() == door.account);
    CHECK_FALSE(door.links.account_of(tx, unknown).value().has_value());
  });
}

TEST_CASE("whoever holds an old link is sent a new one at once, one an hour and three a day") {
  for_each_door([](Door& door) {
    CHECK(door.ask(door.account));
    CHECK_EQ(door.waiting(), 1);
    CHECK_FALSE(door.ask(door.account));
    door.now = door.now + minutes_ms(59);
    CHECK_FALSE(door.ask(door.account));
    door.now = door.now + minutes_ms(2);
    CHECK(door.ask(door.account));
    door.now = door.now + hours_ms(2);
    CHECK(door.ask(door.account));
    door.now = door.now + hours_ms(2);
    CHECK_FALSE(door.ask(door.account));
    CHECK_EQ(door.waiting(), 3);
    door.now = door.now + hours_ms(20);
    CHECK(door.ask(door.account));
    CHECK_EQ(door.waiting(), 4);
  });
}

TEST_CASE("nothing is sent to an account that is suspended or is not a person's") {
  for_each_door([](Door& door) {
    Account supporter;
    supporter.id = Id<Account>::make(door.random);
    supporter.holder = Holder::supporter;
    supporter.name = "Jo";
    supporter.person_id = door.person.id;
    supporter.status = Standing::active;
    (void)door.change(
        [&](auto& tx, const auto& scope) { return auth::insert_account(tx, scope, supporter); });
    CHECK_FALSE(door.ask(supporter.id));
    (void)door.change([&](auto& tx, const auto& scope) {
      return auth::set_account_status(tx, scope, door.account, Standing::suspended);
    });
    CHECK_FALSE(door.ask(door.account));
    CHECK_EQ(door.waiting(), 0);
  });
}

TEST_CASE("a coordinator sends a new link whatever was asked for, and pressing twice sends one") {
  for_each_door([](Door& door) {
    CHECK(door.ask(door.account));
    for (int i = 0; i < 2; ++i)
      (void)door.change([&](auto& tx, const auto& scope) { return send_new_link(tx, scope, door.person); });
    CHECK_EQ(door.waiting(), 2);
  });
}
