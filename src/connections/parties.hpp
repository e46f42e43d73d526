// The accounts behind the two people of a connection. Somebody referred or imported may have none yet; the
// first event that must reach them makes one, without a password: people sign in by link or code.
#pragma once
#include "auth/actor.hpp"
#include "people/person.hpp"
#include "storage/database.hpp"
#include "workforce/worker.hpp"

namespace kith::connections {

Result<Id<Account>> account_for(storage::Transaction& tx, const auth::Scope& scope, const Person& person);
Result<Id<Account>> account_for(storage::Transaction& tx, const auth::Scope& scope, const Worker& worker);

} // namespace kith::connections
