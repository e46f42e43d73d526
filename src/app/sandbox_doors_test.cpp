#include "app/demo.hpp"
#include "app/sandbox_doors.hpp"
#include "auth/account_store.hpp"
#include "base/text.hpp"
#include "support/shell.hpp"
#include "teams/organisation.hpp"

#include "support/test.hpp"

using namespace kith;
using kith::test::for_each_shell;
using kith::test::Shell;

namespace {

std::string after(const std::string& text, const std::string& label) {
  const auto at = text.find(label);
  if (at == std::string::npos) return {};
  const std::string rest = text.substr(at + label.size());
  return rest.substr(0, rest.find_first_of(",\n"));
}

struct Opened {
  explicit Opened(const Shell& shell) {
    const auto config = app::load_config(shell.data()).value();
    REQUIRE(app::prepare(config).ok());
    service = app::open_service(config, {}).value();
    REQUIRE(app::fill_demo(*service->database, service->clock.now(), 7).ok());
    auto tx = service->database->begin({}, storage::Access::read).value();
    for (const auto& one : teams::organisations(tx).value())
      if (one.slug == "northside") northside = one.id;
  }

  std::string lines(OrganisationId organisation) {
    const auth::Links links(service->keys->secret("link"));
    return app::open_sandbox({service->database.get(), service->keys.get(), &passwords(), &links,
                              &service->clock, &service->random, "http://kith.example"},
                             organisation)
        .value();
  }
  const auth::Passwords& passwords() {
    if (!passwords_)
      passwords_ = std::make_unique<auth::Passwords>(service->keys->secrets("pepper"), pool_,
                                                     auth::cheap_password_cost);
    return *passwords_;
  }

  std::unique_ptr<app::Service> service{};
  OrganisationId northside{};

private:
  auth::HashPool pool_{};
  std::unique_ptr<auth::Passwords> passwords_{};
};

} // namespace

TEST_CASE("each start of a sandbox prints what its staff sign in with, the same every time") {
  for_each_shell([](const Shell& shell) {
    Opened demo(shell);
    const std::string first = demo.lines(demo.northside), again = demo.lines(demo.northside);
    for (const char* who : {"coordinator (Priya)", "clinician (Tom)", "administrator (Admin)"}) {
      const std::string label = std::string(who) + ": ";
      CHECK_EQ(after(first, "  " + label).substr(0, 23), "http://kith.example/in/");
      const auto line = first.find("  " + std::string(who) + " signs in: ");
      REQUIRE_NE(line, std::string::npos);
      const std::string whole = first.substr(line, first.find('\n', line) - line + 1);
      CHECK_NE(again.find(whole), std::string::npos);
      auto tx = demo.service->database->begin(demo.northside, storage::Access::read).value();
      const auto account = auth::account_signing_in(tx, after(whole, "signs in: ")).value();
      REQUIRE(account);
      CHECK(demo.passwords().verify({account->password_hash, after(whole, "password ")}).value());
      CHECK_EQ(auth::account_of_id(tx, account->id)->totp_secret, after(whole, "code secret "));
    }
  });
}

TEST_CASE("nothing is told of an organisation that is no sandbox") {
  for_each_shell([](const Shell& shell) {
    Opened demo(shell);
    Organisation real;
    real.id = OrganisationId::make(demo.service->random);
    real.slug = "real";
    real.name = "A real service";
    real.help_name = real.help_number = "Line";
    Account account;
    account.id = Id<Account>::make(demo.service->random);
    account.holder = Holder::staff;
    account.name = "Rosa";
    account.sign_in = "rosa@staff.example";
    account.status = Standing::active;
    account.totp_secret = "ABCDEFGHIJKLMNOP";
    {
      auto tx = demo.service->database->begin(real.id, storage::Access::write).value();
      const auth::Scope scope =
          auth::service_scope({"test", real.id}, demo.service->clock.now(), demo.service->random);
      REQUIRE(teams::insert_organisation(tx, real).ok());
      REQUIRE(auth::insert_account(tx, scope, account).ok());
      REQUIRE(auth::put_membership(tx, scope,
                                   {account.id, auth::Role::coordinator, Standing::active, scope.now()})
                  .ok());
      REQUIRE(tx.commit().ok());
    }
    CHECK_EQ(demo.lines(real.id), "");
    auto tx = demo.service->database->begin(real.id, storage::Access::read).value();
    CHECK_EQ(auth::account_of_id(tx, account.id)->password_hash, "");
  });
}
