#include "app/sandbox_doors.hpp"

#include <algorithm>

#include "auth/account_store.hpp"
#include "auth/totp.hpp"
#include "base/text.hpp"
#include "teams/organisation.hpp"

namespace kith::app {
namespace {

constexpr std::size_t password_length = 12; // 60 bits

struct Somebody {
  Account account{};
  auth::Role role{};
  std::string password{}; // "" when they have none, or one of their own
  bool new_password{};
};

class Opening {
public:
  Opening(const SandboxDoors& doors, OrganisationId organisation)
      : doors_(doors),
        scope_(auth::service_scope({"sandbox", organisation}, doors.clock->now(), *doors.random)) {}

  Result<std::string> lines() {
    TRY_ASSIGN(const std::string name, read());
    if (name.empty()) return name;
    TRY(find_passwords()); // between the transactions: hashing is slow on purpose
    TRY_ASSIGN(auto tx, doors_.database->begin(scope_.organisation(), storage::Access::write));
    TRY_ASSIGN(const std::string links, link_lines(tx));
    TRY_ASSIGN(const std::string staff, staff_lines(tx));
    TRY(tx.commit());
    return name + "\n" + links + "  Staff can also sign in on " + doors_.address + "/sign-in\n" + staff;
  }

private:
  Result<std::string> read() {
    TRY_ASSIGN(auto tx, doors_.database->begin(scope_.organisation(), storage::Access::read));
    TRY_ASSIGN(const Organisation own, teams::load_organisation(tx));
    if (!own.sandbox) return std::string();
    TRY_ASSIGN(const auto accounts, auth::list_accounts(tx, scope_));
    for (const Account& account : accounts) {
      TRY_ASSIGN(const auto memberships, auth::memberships(tx, scope_, account.id));
      if (memberships.empty() || account.status != Standing::active) continue;
      TRY_ASSIGN(Account whole, auth::account_of_id(tx, account.id));
      people_.push_back({std::move(whole), memberships[0].role, {}, false});
    }
    return own.name;
  }

  std::string password_of(const Account& account) const {
    return ascii_lower(auth::base32(auth::keyed_hash(doors_.keys->secret("sandbox"), account.id.text())))
        .substr(0, password_length);
  }

  Done find_passwords() {
    for (Somebody& one : people_) {
      if (one.account.totp_secret.empty()) continue;
      const std::string password = password_of(one.account);
      if (one.account.password_hash.empty()) {
        TRY_ASSIGN(one.account.password_hash, doors_.passwords->hash(password));
        one.new_password = true;
      } else {
        TRY_ASSIGN(const bool ours, doors_.passwords->verify({one.account.password_hash, password}));
        if (!ours) continue;
      }
      one.password = password;
    }
    return {};
  }

  // One of each role, and every peer worker: a choice of two needs two to answer.
  Result<std::string> link_lines(storage::Transaction& tx) {
    std::string lines;
    std::vector<auth::Role> shown;
    for (const auto& [account, role, password, is_new] : people_) {
      if (role != auth::Role::peer_worker && std::find(shown.begin(), shown.end(), role) != shown.end())
        continue;
      shown.push_back(role);
      TRY_ASSIGN(const auto made,
                 doors_.links->make(tx, scope_,
                                    {.account = account.id,
                                     .target = account.holder == Holder::person ? "/me" : "/today",
                                     .expires_at = scope_.now() + days_ms(30),
                                     .reusable = true}));
      lines += "  " + std::string(record::code_of(role)) + " (" + account.name + "): " + doors_.address +
               "/in/" + made.text + "\n";
    }
    return lines;
  }

  Result<std::string> staff_lines(storage::Transaction& tx) {
    std::string lines;
    for (const Somebody& one : people_) {
      if (one.account.totp_secret.empty()) continue;
      if (one.new_password) TRY(auth::update_account(tx, scope_, one.account));
      lines += "  " + std::string(record::code_of(one.role)) + " (" + one.account.name +
               ") signs in: " + one.account.sign_in +
               (one.password.empty() ? "" : ", password " + one.password) + ", code secret " +
               one.account.totp_secret + "\n";
    }
    return lines;
  }

  const SandboxDoors& doors_;
  auth::Scope scope_;
  std::vector<Somebody> people_{};
};

} // namespace

Result<std::string> open_sandbox(const SandboxDoors& doors, OrganisationId organisation) {
  return Opening(doors, organisation).lines();
}

} // namespace kith::app
