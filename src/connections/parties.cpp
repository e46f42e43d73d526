#include "connections/parties.hpp"

#include "auth/account_store.hpp"

namespace kith::connections {
namespace {

Result<Id<Account>> make_account(storage::Transaction& tx, const auth::Scope& scope, Account account,
                                 auth::Role role) {
  account.id = Id<Account>::make(scope.random());
  account.status = Standing::active;
  account.created_at = scope.now();
  const Id<Account> id = account.id;
  TRY(auth::insert_account(tx, scope, std::move(account)));
  TRY(auth::put_membership(tx, scope, {id, role, Standing::active, scope.now()}));
  return id;
}

} // namespace

Result<Id<Account>> account_for(storage::Transaction& tx, const auth::Scope& scope, const Person& person) {
  TRY_ASSIGN(const auto known, auth::account_of_person(tx, scope, person.id));
  if (known) return known->id;
  Account account;
  account.holder = Holder::person;
  account.name = person.chosen_name;
  account.person_id = person.id;
  return make_account(tx, scope, std::move(account), auth::Role::person);
}

Result<Id<Account>> account_for(storage::Transaction& tx, const auth::Scope& scope, const Worker& worker) {
  TRY_ASSIGN(const auto known, auth::account_of_worker(tx, scope, worker.id));
  if (known) return known->id;
  Account account;
  account.holder = Holder::staff;
  account.name = worker.chosen_name;
  account.worker_id = worker.id;
  return make_account(tx, scope, std::move(account), auth::Role::peer_worker);
}

} // namespace kith::connections
