// An HTTP/1.1 server for handlers that are plain functions. One thread moves bytes for all connections;
// handlers run on worker threads behind a bounded line. It knows nothing of what is served. Used by app.
// Invariants: a handler sees only requests that passed the strict reader; one request of a connection is
// handled at a time and answers keep their order; a handler's exception becomes 500 with the request's id.
// Threads: start, drain and the destructor from one thread; port and metrics from any.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/random.hpp"
#include "base/result.hpp"
#include "http/message.hpp"
#include "http/metrics.hpp"
#include "http/request_head.hpp"
#include "http/tls_context.hpp"

namespace kith::http {

class ServerEngine;

class Dispatcher {
public:
  virtual ~Dispatcher() = default;
  virtual Response handle(const Request& request) = 0; // called by several threads at once
};

struct ServerOptions {
  std::string address{"127.0.0.1"};
  std::uint16_t port{0};         // 0: any free one, see Server::port()
  std::size_t workers{0};        // 0: max(4, 2 x cores)
  std::size_t waiting_max{1024}; // requests waiting for a worker; then 503
  RequestLimits request{};
  std::int64_t header_ms{10'000}; // from a request's first byte (or the connection's start) to its empty line
  std::int64_t idle_ms{30'000};   // between requests
  std::int64_t rate_grace_ms{10'000}; // each such period moves grace x rate bytes of a body or response
  std::int64_t bytes_per_second_min{500};
  std::int64_t linger_ms{2'000};                     // for the other side to read a last answer
  std::size_t connections_max{10'000};               // also bounded by the process's descriptors
  std::size_t connections_per_address_max{256};      // IPv6: per /64
  bool counts_loopback{false};                       // loopback is the reverse proxy: no cap
  std::size_t held_bytes_max{std::size_t{64} << 20}; // of all requests being received
  std::vector<std::string> trusted_proxies{};        // exact addresses
  TlsFiles tls{};
};

class Server {
public:
  Server(ServerOptions options, Dispatcher& dispatcher, const Clock& clock, Random& random);
  ~Server(); // closes everything at once; waits for running handlers
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  // Refusals: conflict "http.port_taken" [port], forbidden "http.port_forbidden" [port], invalid
  // "http.address_invalid", "http.tls_certificate_invalid", "http.tls_key_invalid", unavailable
  // "http.listen_failed" [errno].
  Done start();
  std::uint16_t port() const; // REQUIRES started
  // Stops accepting, closes idle connections, answers what is in flight; after the deadline closes the rest
  // and returns how many those were.
  std::size_t drain(std::int64_t deadline_ms);
  Metrics metrics() const;

private:
  std::unique_ptr<ServerEngine> engine_{};
};

} // namespace kith::http
