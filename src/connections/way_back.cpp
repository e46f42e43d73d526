#include "connections/way_back.hpp"

#include "auth/account_store.hpp"
#include "connections/connection_store.hpp"
#include "connections/parties.hpp"
#include "connections/telling.hpp"
#include "people/person_store.hpp"
#include "storage/trail.hpp"

namespace kith::connections {
namespace {

// Two who ask at once have one key, and the second adds nothing.
Done send(storage::Transaction& tx, const auth::Scope& scope, Id<Person> person, const std::string& once) {
  TRY(tell(tx, scope,
           {.person = person,
            .words = "person_new_link",
            .about_kind = "person",
            .about = person.text(),
            .once = person.text() + ":" + once,
            .hold = 0}));
  return storage::record_fact(
      tx, scope.random(),
      {scope.now(), auth::actor_text(scope), "new_link_sent", "person", person.text(), {}});
}

} // namespace

Result<bool> ask_for_new_link(storage::Transaction& tx, const auth::Scope& scope, Id<Account> id) {
  TRY_ASSIGN(const Account account, auth::account_of_id(tx, id));
  if (account.holder != Holder::person || account.status != Standing::active || account.person_id.empty())
    return false;
  TRY_ASSIGN(const Person person, people::load_person(tx, scope, account.person_id));
  if (!alive(person)) return false;
  // A stranger may write anybody's address into the public form: until somebody here took the request on,
  // nothing goes to it.
  TRY_ASSIGN(const bool taken_on, ever_accepted(tx, scope, person.id));
  if (!taken_on) return false;
  const auto sent_since = [&](std::int64_t ms) {
    return storage::count_messages_to(
        tx, {"person", person.id.text(), "person_new_link", Instant{scope.now().ms - ms}});
  };
  TRY_ASSIGN(const std::int64_t in_hour, sent_since(hours_ms(1)));
  TRY_ASSIGN(const std::int64_t in_day, sent_since(days_ms(1)));
  if (in_hour > 0 || in_day >= new_links_a_day) return false;
  TRY(send(tx, scope, person.id, "asked:" + std::to_string(scope.now().ms / hours_ms(1))));
  return true;
}

Done send_new_link(storage::Transaction& tx, const auth::Scope& scope, const Person& person) {
  if (!alive(person)) return conflict("person.died");
  TRY_ASSIGN(const Id<Account> account, account_for(tx, scope, person));
  (void)account; // made when there was none: the link is its
  return send(tx, scope, person.id, "sent:" + std::to_string(scope.now().ms / minutes_ms(1)));
}

} // namespace kith::connections
