#include "app/serve.hpp"

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <ctime>
#include <optional>

#include "app/front_door.hpp"
#include "app/outbox.hpp"
#include "app/runs.hpp"
#include "app/sandbox_doors.hpp"
#include "auth/hash_pool.hpp"
#include "auth/idempotency.hpp"
#include "auth/password.hpp"
#include "auth/router.hpp"
#include "base/log.hpp"
#include "connections/offer_actions.hpp"
#include "http/server.hpp"
#include "storage/again.hpp"
#include "web/openapi.hpp"
#include "web/site.hpp"

namespace kith::app {
namespace {

constexpr std::int64_t tick_seconds = 5, sweep_every_ms = 60'000, drain_ms = 10'000;

void let_time_pass(const ServeParts& parts) {
  for_each_organisation(*parts.database, [&](OrganisationId organisation) {
    const auth::Scope scope = auth::service_scope({"clock", organisation}, parts.clock->now(), *parts.random);
    const auto piece = [&]() -> Result<int> {
      TRY_ASSIGN(auto tx, parts.database->begin(organisation, storage::Access::write));
      TRY_ASSIGN(const int lapsed, connections::let_time_pass(tx, scope));
      TRY(auth::forget_old_keys(tx, parts.clock->now()));
      TRY(auth::forget_attempts(tx, parts.clock->now()));
      TRY(tx.commit());
      return lapsed;
    };
    auto lapsed = storage::until_alone(piece);
    while (lapsed.ok() && lapsed.value() > 0) lapsed = storage::until_alone(piece);
    if (!lapsed.ok()) log(LogLevel::warning, "clock.failed", {{"organisation", organisation.text()}});
  });
}

// Waits for a signal, doing the clock's work between; false when the disk failed.
bool run_until_signal(const ServeParts& parts, const sigset_t& signals) {
  std::int64_t swept_at = parts.clock->monotonic_ms() - sweep_every_ms;
  for (;;) {
    const timespec wait{tick_seconds, 0};
    if (sigtimedwait(&signals, nullptr, &wait) > 0) return true;
    if (const Done healthy = parts.database->check();
        !healthy.ok() && healthy.failure().code == "storage.disk_failed")
      return false;
    if (parts.clock->monotonic_ms() - swept_at < sweep_every_ms) continue;
    let_time_pass(parts);
    swept_at = parts.clock->monotonic_ms();
  }
}

int refuse_to_start(const std::string& sentence) {
  std::fprintf(stderr, "kith: %s\n", sentence.c_str());
  return 1;
}

std::string why_not_started(const Words& words, const Failure& why, const ServeOptions& options) {
  if (!words.has(why.code)) return why.code;
  return words(why.code, {{"port", std::to_string(options.port)}, {"number", ""}});
}

} // namespace

bool is_secure(const ServeOptions& options) {
  return !options.tls_certificate.empty() || options.public_address.starts_with("https://");
}

int serve(const ServeParts& parts, const ServeOptions& options) {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr); // before any thread starts: they inherit it
  std::signal(SIGXFSZ, SIG_IGN); // a file size limit is an error of the write, told like any failing disk

  const Words words = Words::load("en");
  const web::Assets assets = web::Assets::embedded();
  auth::HashPool pool(auth::HashPoolOptions{});
  const auth::Passwords passwords(parts.keys->secrets("pepper"), pool);
  const auth::SignIn sign_in({parts.database, parts.keys, &passwords, parts.clock, parts.random});
  const auth::FormTokens tokens(parts.keys->secret("form"));
  const bool secure = is_secure(options), own_tls = !options.tls_certificate.empty();
  const web::Site site(
      {&words, &assets, &sign_in, &tokens, parts.clock, parts.random, secure, options.public_address});
  const auth::RouteTable table = web::all_routes(site);
  for (const std::string& fault : table.faults()) std::fprintf(stderr, "kith: route %s\n", fault.c_str());
  if (!table.faults().empty()) return refuse_to_start("the route table is not whole, so nothing is served");
  auth::Router router({&table, parts.database, &sign_in, &tokens, &site, parts.clock, parts.random, secure});
  FrontDoor door({.router = &router,
                  .database = parts.database,
                  .words = &words,
                  .openapi = web::openapi_json(table, "0.1.0"),
                  .https = secure,
                  .served_at = {options.public_address, options.address},
                  .metrics_token = options.metrics_token});

  http::ServerOptions server_options;
  server_options.address = options.address;
  server_options.port = options.port;
  server_options.trusted_proxies = options.trusted_proxies;
  server_options.tls = {options.tls_certificate, options.tls_key};
  http::Server server(server_options, door, *parts.clock, *parts.random);
  door.watch(server);
  if (const Done started = server.start(); !started.ok())
    return refuse_to_start(why_not_started(words, started.failure(), options));
  const std::string address =
      (own_tls ? "https://" : "http://") + options.address + ":" + std::to_string(server.port());
  const std::string& reached_at = options.public_address.empty() ? address : options.public_address;
  std::printf("kith serves on %s (stop with Ctrl-C)\n", address.c_str());
  if (options.print_sandbox_links)
    for (const OrganisationId organisation : organisations_in(*parts.database))
      if (const auto lines = open_sandbox({parts.database, parts.keys, &passwords, &sign_in.links(),
                                           parts.clock, parts.random, reached_at},
                                          organisation);
          lines.ok())
        std::printf("%s", lines.value().c_str());
  std::fflush(stdout);
  bool healthy = true;
  if (options.until_signal) {
    const Rounds runs(carrying_on({parts.database, parts.clock, parts.random}));
    std::optional<Rounds> mail;
    if (parts.sink)
      mail.emplace(sending({
          .database = parts.database,
          .links = &sign_in.links(),
          .words = &words,
          .clock = parts.clock,
          .random = parts.random,
          .sink = parts.sink,
          .address = reached_at,
      }));
    healthy = run_until_signal(parts, signals);
  }
  server.drain(drain_ms);
  return healthy ? 0
                 : refuse_to_start("the disk failed; nothing more was promised. Check it, then start again");
}

} // namespace kith::app
