// The running service: composition of words, pages, routes and server, health addresses, and the clock's
// jobs. Stops on SIGTERM or SIGINT: no new connections, in-flight requests finish, then exit.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "app/sink.hpp"
#include "auth/keys.hpp"
#include "base/clock.hpp"
#include "storage/database.hpp"

namespace kith::app {

struct ServeParts { // all outlive the call
  storage::Database* database{};
  const auth::OrganisationKeys* keys{};
  const Clock* clock{};
  Random* random{};
  Sink* sink{}; // nothing sends nothing
};

struct ServeOptions {
  std::string address{"127.0.0.1"};
  std::uint16_t port{8420};
  std::string tls_certificate{};
  std::string tls_key{};
  std::string public_address{};               // of links; "" the address and port, or what a request says
  std::vector<std::string> trusted_proxies{}; // whose word on where a request came from is taken
  std::string metrics_token{};                // "" gives metrics to this machine alone
  bool print_sandbox_links{}; // only where every organisation is a sandbox and the address is loopback
  bool until_signal{true};    // false: start, print, stop at once (tests)
};

// Whether browsers reach this service by https, from kith itself or from a proxy before it: then its cookies
// never travel in the clear.
bool is_secure(const ServeOptions& options);

// Exit code: 0 stopped as asked, 1 could not start or the disk failed (a sentence went to standard error).
int serve(const ServeParts& parts, const ServeOptions& options);

} // namespace kith::app
