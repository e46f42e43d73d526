// Accounts and memberships in the database. Functions that take a Scope are for signed-in callers and jobs;
// the few without one are for signing in, when there is no Scope yet, and see only the organisation of their
// transaction.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "auth/account.hpp"
#include "storage/database.hpp"
#include "storage/record_table.hpp"

namespace kith::auth {

const storage::RecordTable<Account>& account_table();

// Folds the sign-in name. Codes: account.sign_in_taken, account.holder_taken (conflict).
Done insert_account(storage::Transaction& tx, const Scope& scope, Account account);
Done update_account(storage::Transaction& tx, const Scope& scope, const Account& account); // storage.stale
Result<Account> load_account(storage::Transaction& tx, const Scope& scope, Id<Account> id);
Result<std::optional<Account>> account_of_person(storage::Transaction& tx, const Scope& scope, Id<Person> id);
Result<std::optional<Account>> account_of_worker(storage::Transaction& tx, const Scope& scope, Id<Worker> id);

struct AccountPage {
  std::string after_name{}; // of the last account of the page before
  Id<Account> after{};
};
constexpr int accounts_a_page = 200;
Result<std::vector<Account>> list_accounts(storage::Transaction& tx,
                                           const Scope& scope, // by name; nothing sealed
                                           const AccountPage& page = {});

// At the next request an account that is not active is nobody; suspending and ending also ends its sessions
// and links.
Done set_account_status(storage::Transaction& tx, const Scope& scope, Id<Account> id, Standing status);
Done empty_account(storage::Transaction& tx, const Scope& scope, Id<Account> id); // ended, and its name gone

Done put_membership(storage::Transaction& tx, const Scope& scope,
                    const Membership& membership); // adds or changes
Result<std::vector<Membership>> memberships(storage::Transaction& tx, const Scope& scope, Id<Account> id);

// ---- before there is a Scope
// Nothing sealed is opened, so that a known and an unknown name cost the same.
Result<std::optional<Account>> account_signing_in(storage::Transaction& tx, std::string_view sign_in_name);
Result<Account> account_of_id(storage::Transaction& tx, Id<Account> id); // with the sealed secret
struct TotpUse {
  Id<Account> account{};
  std::int64_t step{};
};
Result<bool> use_totp_step(storage::Transaction& tx, const TotpUse& use); // false: that step was used before
struct Rehash {
  Id<Account> account{};
  std::string_view from{};
  std::string to{};
};
Done replace_password_hash(storage::Transaction& tx, const Rehash& rehash); // unless it changed meanwhile

} // namespace kith::auth
