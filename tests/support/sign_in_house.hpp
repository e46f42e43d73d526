// A house to sign in to, on each database: Amara of the staff and Tom, a person, in one organisation, nobody
// in a second, and Tom again in a sandbox. For the tests of signing in and of passwords.
#pragma once
#include <cstdlib>
#include <filesystem>
#include <functional>

#include "auth/account_store.hpp"
#include "auth/sign_in.hpp"
#include "auth/totp.hpp"

#include "support/databases.hpp"
#include "support/test.hpp"

namespace kith::sign_in_house {

using namespace kith::auth;
using storage::Access;

inline const storage::Query add_organisation{
    "test.auth_organisation", Access::write,
    "insert into organisation (id, version, slug, name, kind, zone, language, promise_days, answer_days,"
    " first_asked, help_name, help_number, exit_url, created_at, sandbox)"
    " values (?1, 1, ?2, ?2, 'other', 'UTC', 'en', 28, 7, 'worker', 'x', '0', 'x', 0, ?3)"};

inline const OrganisationId north{{1, 1}}, south{{2, 2}}, demo{{3, 3}};
inline const Instant morning{1'795'500'000'000};
inline const std::string password = "teal otter 7";

inline OrganisationKeys make_keys(Random& random) {
  char pattern[] = "/tmp/kith-sign-in-XXXXXX";
  const std::string folder = mkdtemp(pattern);
  REQUIRE(create_key_file(folder + "/keys", random).ok());
  auto keys = OrganisationKeys::load(folder + "/keys", random).value();
  std::filesystem::remove_all(folder);
  return keys;
}

// Amara (staff, coordinator) and Tom (a person) in `north`; nobody in `south`; Tom also in the sandbox
// `demo`.
struct House {
  explicit House(storage::Database& with) : database(with) {
    for (const auto& [id, slug] : {std::pair{north, "north"}, {south, "south"}, {demo, "demo"}}) {
      auto tx = database.begin(id, Access::write).value();
      REQUIRE(
          tx.run(add_organisation, {id.text(), std::string(slug), std::int64_t{id == demo ? 1 : 0}}).ok());
      REQUIRE(tx.commit().ok());
    }
    amara = add(north, {.holder = Holder::staff, .name = "Amara", .sign_in = "Amara@Example.org"},
                {Role::coordinator, Role::administrator});
    tom = add(north, {.holder = Holder::person, .name = "Tom", .person_id = Id<Person>::make(random)},
              {Role::person});
    demo_tom = add(demo, {.holder = Holder::person, .name = "Tom"}, {Role::person});
  }

  Id<Account> add(OrganisationId organisation, Account account, const std::vector<Role>& roles) {
    account.id = Id<Account>::make(random);
    account.status = Standing::active;
    account.created_at = clock.now();
    if (account.holder == Holder::staff) {
      account.password_hash = passwords.hash(password).value();
      account.totp_secret = secret;
    }
    const Scope scope = scope_of(organisation);
    auto tx = database.begin(organisation, Access::write).value();
    REQUIRE(insert_account(tx, scope, account).ok());
    for (const Role role : roles)
      REQUIRE(put_membership(tx, scope, {account.id, role, Standing::active, clock.now()}).ok());
    REQUIRE(tx.commit().ok());
    return account.id;
  }

  Scope scope_of(OrganisationId organisation) {
    return service_scope({.service = "test", .organisation = organisation}, clock.now(), random);
  }
  void change(OrganisationId organisation,
              const std::function<Done(storage::Transaction&, const Scope&)>& how) {
    auto tx = database.begin(organisation, Access::write).value();
    REQUIRE(how(tx, scope_of(organisation)).ok());
    REQUIRE(tx.commit().ok());
  }
  MadeLink link(OrganisationId organisation, const LinkOptions& options) {
    MadeLink made;
    change(organisation, [&](storage::Transaction& tx, const Scope& scope) -> Done {
      TRY_ASSIGN(made, sign_in.links().make(tx, scope, options));
      return {};
    });
    return made;
  }
  std::string link_failure(OrganisationId organisation, const LinkOptions& options) {
    auto tx = database.begin(organisation, Access::write).value();
    return sign_in.links().make(tx, scope_of(organisation), options).failure().code;
  }
  Result<NewSession> by_password(std::string_view with, std::string_view name = "amara@example.org") {
    return sign_in.begin_sign_in({.organisation = north, .name = name, .password = with});
  }
  std::string code() { return totp_code(secret, clock.now()); }
  std::string fully() { // the cookie of a finished staff sign-in; the next one needs a later code
    clock.advance(seconds_ms(60));
    const auto waiting = by_password(password).value();
    return sign_in.confirm_totp({waiting.cookie, code()}).value().cookie;
  }
  std::string by_link(Id<Account> account) {
    const auto made = link(north, {.account = account, .expires_at = clock.now() + minutes_ms(15)});
    return sign_in.use_link({.text = made.text}).value().session.cookie;
  }
  bool known(const std::string& cookie) { return sign_in.holder_of(cookie).value().has_value(); }

  storage::Database& database;
  SystemRandom random{};
  FixedClock clock{morning};
  OrganisationKeys keys = make_keys(random);
  HashPool pool{};
  Passwords passwords{keys.secrets("pepper"), pool, cheap_password_cost};
  SignIn sign_in{
      {.database = &database, .keys = &keys, .passwords = &passwords, .clock = &clock, .random = &random}};
  std::string secret = new_totp_secret(random);
  Id<Account> amara{}, tom{}, demo_tom{};
};

inline void for_each_house(const std::function<void(House&)>& body) {
  for_each_database([&](storage::Database& database) {
    House house(database);
    body(house);
  });
}

inline std::string wrong_code(const std::string& code) {
  return (code[0] == '9' ? '0' : '9') + code.substr(1);
}

} // namespace kith::sign_in_house
