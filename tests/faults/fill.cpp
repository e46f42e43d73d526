// Fills the database that a data folder's kith.toml names with the fictional service, and prints the first
// organisation and a way in for each of its accounts, one a line: organisation <id>, then <role> <path>
// <name>. usage: kith_faults_fill FOLDER. For tests only; `kith demo` does the same for its own SQLite file.
#include <cstdio>

#include "app/demo.hpp"
#include "auth/account_store.hpp"
#include "auth/link.hpp"
#include "teams/organisation.hpp"

namespace kith {
namespace {

constexpr std::uint64_t seed = 20261124;

Result<std::string> ways_in(app::Service& service, OrganisationId organisation) {
  TRY_ASSIGN(auto tx, service.database->begin(organisation, storage::Access::write));
  const Instant now = service.clock.now();
  const auth::Scope scope = auth::service_scope({"faults", organisation}, now, service.random);
  const auth::Links links(service.keys->secret("link"));
  TRY_ASSIGN(const auto accounts, auth::list_accounts(tx, scope));
  std::string lines = "organisation " + organisation.text() + "\n";
  for (const Account& account : accounts) {
    TRY_ASSIGN(const auto memberships, auth::memberships(tx, scope, account.id));
    if (memberships.empty()) continue;
    TRY_ASSIGN(const auto made, links.make(tx, scope,
                                           {.account = account.id,
                                            .target = account.holder == Holder::person ? "/me" : "/today",
                                            .expires_at = now + days_ms(1),
                                            .reusable = true}));
    lines +=
        std::string(record::code_of(memberships[0].role)) + " /in/" + made.text + " " + account.name + "\n";
  }
  TRY(tx.commit());
  return lines;
}

Result<std::string> fill(const std::string& folder) {
  TRY_ASSIGN(const app::Config config, app::load_config(folder));
  TRY(app::prepare(config));
  TRY_ASSIGN(const auto service, app::open_service(config, {}));
  TRY(app::fill_demo(*service->database, service->clock.now(), seed));
  TRY_ASSIGN(auto tx, service->database->begin({}, storage::Access::read));
  TRY_ASSIGN(const auto organisations, teams::organisations(tx));
  for (const auto& organisation : organisations)
    if (organisation.name.starts_with("Northside")) return ways_in(*service, organisation.id);
  return not_found();
}

} // namespace
} // namespace kith

int main(int count, char** arguments) {
  if (count != 2) return 2;
  const auto lines = kith::fill(arguments[1]);
  if (lines.ok()) std::fputs(lines.value().c_str(), stdout);
  else std::fprintf(stderr, "kith_faults_fill: %s\n", lines.failure().code.c_str());
  return lines.ok() ? 0 : 1;
}
