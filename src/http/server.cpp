// The engine (threads, acceptor, deadlines, drain) and the connections it moves bytes for. Boost.Asio is read
// here and nowhere else, so that one file pays for it; that is why it is longer than its neighbours.
// Everything runs on the io thread unless a comment says otherwise.
#include "http/server.hpp"

#include <sys/resource.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <optional>
#include <thread>
#include <typeinfo>
#include <unordered_set>
#include <utility>

#ifdef __SANITIZE_THREAD__ // which does not know fences; the scheduler's mutex orders the same things
#define BOOST_ASIO_DISABLE_FENCED_BLOCK
#endif
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>

#include "base/check.hpp"
#include "base/id.hpp"
#include "base/log.hpp"
#include "http/origin.hpp"
#include "http/request_reader.hpp"
#include "http/response_writer.hpp"
#include "http/worker_pool.hpp"

// NOLINTBEGIN(bugprone-unused-return-value): Asio also returns the error that it writes to `ec`.
namespace kith::http {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

constexpr std::int64_t never = INT64_MAX;
constexpr std::int64_t sweep_ms = 50;
constexpr std::int64_t drain_fresh_ms = 500; // for a connection that was opened but has not yet asked
constexpr std::size_t lingered_bytes_max = 4UL * 1024 * 1024;
constexpr std::size_t write_bytes_max = 64UL * 1024;
constexpr std::size_t joined_bytes_max = 8UL * 1024; // smaller payloads share one TLS record with the head
constexpr std::string_view continue_line = "HTTP/1.1 100 Continue\r\n\r\n";

// An answer ready to be written: the head in its own string, the payload owned or embedded.
struct Outgoing {
  std::string head{};
  Response response{};
  std::string_view payload{}; // into response; empty for HEAD and 304
  int status{};
  bool close{};
};

// What an address counts as for the cap: an IPv6 user owns a whole /64.
std::string address_group(const asio::ip::address& address) {
  if (!address.is_v6()) return address.to_string();
  auto bytes = address.to_v6().to_bytes();
  std::fill(bytes.begin() + 8, bytes.end(), static_cast<unsigned char>(0));
  return asio::ip::address_v6(bytes).to_string();
}

asio::ip::address plain_address(const asio::ip::address& address) {
  if (address.is_v6() && address.to_v6().is_v4_mapped())
    return asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6());
  return address;
}

std::size_t descriptors_for_connections() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY) return SIZE_MAX;
  return limit.rlim_cur > 256 ? limit.rlim_cur - 128 : limit.rlim_cur / 2;
}

struct Counters {
  std::array<std::atomic<std::uint64_t>, 6> by_class{};
  std::array<std::atomic<std::uint64_t>, 32> durations{};
  std::atomic<std::uint64_t> duration_sum_ms{}, accepted{}, capped{}, timed_out{}, open{}, refused{},
      overflow{}, failures{};
};

} // namespace

class Connection;

// The state shared by all connections. Everything but `answer` and the counters belongs to the io thread.
class ServerEngine {
public:
  ServerEngine(ServerOptions options, Dispatcher& dispatcher, const Clock& clock, Random& random);
  ~ServerEngine();

  Done start();
  std::size_t drain(std::int64_t deadline_ms);
  Metrics metrics() const;
  std::uint16_t port() const { return port_; }

  Outgoing answer(const Request& request, bool keep_alive);                 // any thread
  Outgoing outgoing(Response response, const Request& request, bool close); // any thread
  void remove(const std::shared_ptr<Connection>& connection);
  void account(std::size_t before, std::size_t after) { held_bytes_ += after - before; }
  bool holds_too_much() const { return held_bytes_ > options.held_bytes_max; }

  ServerOptions options;
  Dispatcher& dispatcher;
  const Clock& clock;
  Random& random;
  Counters counters{};
  std::atomic<bool> draining{};
  asio::io_context io{1};
  std::vector<char> scratch = std::vector<char>(64UL * 1024); // every plain connection reads through it
  std::optional<WorkerPool> pool{};
  std::optional<asio::ssl::context> tls{};

private:
  Done listen();
  void run();
  void accept();
  void admit(tcp::socket socket);
  bool makes_room();
  void sweep();
  void begin_drain();
  std::size_t cut();

  tcp::acceptor acceptor_{io};
  asio::steady_timer sweep_timer_{io};
  asio::steady_timer accept_timer_{io};
  asio::executor_work_guard<asio::io_context::executor_type> guard_{io.get_executor()};
  std::unordered_set<std::shared_ptr<Connection>> connections_{};
  std::map<std::string, std::size_t> per_address_{};
  std::size_t held_bytes_{};
  bool sweeping_{};
  std::uint16_t port_{};
  std::thread thread_{};
  std::mutex mutex_{};
  std::condition_variable changed_{};
  bool drain_begun_{};
  std::optional<std::size_t> cut_count_{};
};

// One client. Kept alive by shared_ptr because its pending socket operations and a worker may outlive its
// place in the engine. Runs on the io thread only.
class Connection : public std::enable_shared_from_this<Connection> {
public:
  enum class Phase { fresh, idle, head, body, handling, writing, closing, closed };

  Connection(ServerEngine& engine, tcp::socket socket, Origin origin, std::string group)
      : engine_(engine), socket_(std::move(socket)), origin_(std::move(origin)), group_(std::move(group)),
        reader_(engine.options.request) {}

  void start() {
    deadline_ = now() + engine_.options.header_ms;
    if (!engine_.tls) return read();
    tls_.emplace(socket_, *engine_.tls);
    tls_->async_handshake(asio::ssl::stream_base::server, [self = shared_from_this()](error_code ec) {
      if (ec) return self->close();
      self->tls_input_.resize(8UL * 1024);
      self->read();
    });
  }

  // Called by the sweep.
  void check_deadline(std::int64_t at) {
    if (at < deadline_) return;
    if (phase_ != Phase::closing && phase_ != Phase::idle) ++engine_.counters.timed_out;
    close();
  }

  // 1. Idle connections close, unless a request is already in the socket. 2. A connection that was just
  // opened gets a moment to ask. 3. The rest finish; their answers say "Connection: close".
  void drain() {
    error_code ec;
    const bool silent = socket_.available(ec) == 0 || ec;
    if (phase_ == Phase::idle && silent) return close();
    if (phase_ == Phase::fresh && silent) deadline_ = std::min(deadline_, now() + drain_fresh_ms);
  }

  // The answer of a worker.
  void send(Outgoing out, std::int64_t duration_ms) {
    if (phase_ == Phase::closed) return;
    count(out.status, duration_ms);
    write(std::move(out));
  }

  void close() {
    if (phase_ == Phase::closed) return;
    phase_ = Phase::closed;
    error_code ignored;
    socket_.close(ignored);
    engine_.account(held_, 0);
    held_ = 0;
    engine_.remove(shared_from_this());
  }

  bool may_be_evicted() const { return phase_ <= Phase::head; }
  bool is_answered() const { return phase_ == Phase::closing || phase_ == Phase::idle; }
  std::int64_t deadline() const { return deadline_; }
  const std::string& group() const { return group_; }

private:
  std::int64_t now() const { return engine_.clock.monotonic_ms(); }

  // Plain sockets wait without a buffer, so an idle client costs a few kilobytes and no more.
  void read() {
    auto self = shared_from_this();
    if (tls_) {
      tls_->async_read_some(asio::buffer(tls_input_), [self](error_code ec, std::size_t n) {
        self->on_read(ec, {self->tls_input_.data(), n});
      });
      return;
    }
    socket_.async_wait(tcp::socket::wait_read, [self](error_code ec) {
      if (ec) return self->close();
      const std::size_t n = self->socket_.read_some(asio::buffer(self->engine_.scratch), ec);
      if (ec == asio::error::would_block) return self->read();
      self->on_read(ec, {self->engine_.scratch.data(), n});
    });
  }

  void on_read(error_code ec, std::string_view bytes) {
    if (phase_ == Phase::closed) return;
    if (ec) return close();
    reader_.push(bytes);
    account();
    if (engine_.holds_too_much() && reader_.state() != RequestReader::State::complete)
      return refuse({503, "http.too_busy"});
    step();
  }

  void account() {
    const std::size_t held = reader_.held_bytes();
    engine_.account(held_, held);
    held_ = held;
  }

  void step() {
    switch (reader_.state()) {
    case RequestReader::State::waiting:
      if (phase_ != Phase::fresh && engine_.draining) return close();
      if (phase_ != Phase::fresh) enter(Phase::idle, engine_.options.idle_ms);
      return read();
    case RequestReader::State::head:
      if (phase_ == Phase::fresh) phase_ = Phase::head; // its time runs since the connection began
      enter(Phase::head, engine_.options.header_ms);
      return read();
    case RequestReader::State::body:
      return receive_body();
    case RequestReader::State::complete:
      return dispatch();
    case RequestReader::State::refused:
      ++engine_.counters.refused;
      return refuse(reader_.refusal());
    }
  }

  void enter(Phase phase, std::int64_t ms) {
    if (phase_ == phase) return;
    phase_ = phase;
    moved_ = 0;
    deadline_ = now() + ms;
  }

  // The least rate: in every grace period so many bytes, however many moved before.
  void moved(std::uint64_t bytes) {
    const ServerOptions& o = engine_.options;
    const auto least = static_cast<std::uint64_t>(o.bytes_per_second_min * o.rate_grace_ms / 1000);
    if (bytes < moved_ + least) return;
    moved_ = bytes;
    deadline_ = now() + o.rate_grace_ms;
  }

  void receive_body() {
    enter(Phase::body, engine_.options.rate_grace_ms);
    moved(reader_.body_bytes());
    if (!reader_.should_continue()) return read();
    write_all(std::array{asio::buffer(continue_line)}, [](Connection& c) { c.read(); });
  }

  struct HandlerWork;
  void dispatch();

  // The server's own answer; nothing more is read from this connection.
  void refuse(const Refusal& refusal) {
    Request nameless;
    nameless.secure = tls_.has_value();
    Response response = problem({refusal.status, refusal.code, ""});
    if (refusal.status == 503) response.with("Retry-After", "1");
    send(engine_.outgoing(std::move(response), nameless, true), 0);
  }

  void write(Outgoing out) {
    outgoing_ = std::move(out);
    // A Response moves with its body; short bodies live inside the string, so look at its bytes only now.
    if (!outgoing_.payload.empty()) outgoing_.payload = outgoing_.response.payload();
    phase_ = Phase::handling;
    enter(Phase::writing, engine_.options.rate_grace_ms);
    const std::array buffers{asio::const_buffer(outgoing_.head.data(), outgoing_.head.size()),
                             asio::const_buffer(outgoing_.payload.data(), outgoing_.payload.size())};
    write_all(buffers, [](Connection& c) { c.on_written(); });
  }

  template <class Buffers, class Then> void write_all(const Buffers& buffers, Then then) {
    auto self = shared_from_this();
    const auto progress = [self](error_code ec, std::size_t written) -> std::size_t {
      if (self->phase_ == Phase::writing) self->moved(written);
      return ec ? 0 : write_bytes_max;
    };
    const auto done = [self, then](error_code ec, std::size_t) {
      if (ec) return self->close();
      if (self->phase_ != Phase::closed) then(*self);
    };
    if (tls_) asio::async_write(*tls_, buffers, progress, done);
    else asio::async_write(socket_, buffers, progress, done);
  }

  void on_written() {
    const bool last = outgoing_.close;
    outgoing_ = {};
    if (last) return linger();
    reader_.push({}); // a pipelined request may already be here
    account();
    step();
  }

  // Closing at once would reset the connection while the client still sends, and lose our answer (9112 9.6).
  void linger() {
    enter(Phase::closing, engine_.options.linger_ms);
    if (!tls_) return discard();
    tls_->async_shutdown([self = shared_from_this()](error_code) {
      if (self->phase_ != Phase::closed) self->discard();
    });
  }

  void discard() {
    error_code ec;
    socket_.shutdown(tcp::socket::shutdown_send, ec);
    if (ec) return close();
    discard_more();
  }

  void discard_more() {
    socket_.async_wait(tcp::socket::wait_read, [self = shared_from_this()](error_code ec) {
      if (ec) return self->close();
      const std::size_t n = self->socket_.read_some(asio::buffer(self->engine_.scratch), ec);
      self->lingered_ += n;
      if ((ec && ec != asio::error::would_block) || self->lingered_ > lingered_bytes_max)
        return self->close();
      self->discard_more();
    });
  }

  void count(int status, std::int64_t duration_ms) {
    ++engine_.counters.by_class[static_cast<std::size_t>(status / 100)];
    const auto& bounds = duration_bounds_ms();
    const auto bucket = std::lower_bound(bounds.begin(), bounds.end(), duration_ms) - bounds.begin();
    ++engine_.counters.durations[static_cast<std::size_t>(bucket)];
    engine_.counters.duration_sum_ms += static_cast<std::uint64_t>(duration_ms);
  }

  ServerEngine& engine_;
  tcp::socket socket_;
  std::optional<asio::ssl::stream<tcp::socket&>> tls_{};
  std::vector<char> tls_input_{};
  Origin origin_{};
  std::string group_{};
  RequestReader reader_;
  Outgoing outgoing_{};
  Phase phase_{Phase::fresh};
  std::uint64_t moved_{}; // bytes of this body or response when its grace period began
  std::int64_t deadline_{never};
  std::size_t held_{};
  std::size_t lingered_{};
};

struct Connection::HandlerWork final : Work {
  std::shared_ptr<Connection> connection{};
  ReceivedRequest received{};
  std::int64_t began{};

  void run() override {
    ServerEngine& engine = connection->engine_;
    auto out = engine.answer(received.request, received.keep_alive);
    const std::int64_t duration = engine.clock.monotonic_ms() - began;
    asio::post(engine.io, [connection = std::move(connection), out = std::move(out), duration]() mutable {
      connection->send(std::move(out), duration);
    });
  }
};

void Connection::dispatch() {
  phase_ = Phase::handling;
  deadline_ = never;
  auto work = std::make_unique<HandlerWork>();
  work->received = reader_.take();
  account();
  Request& request = work->received.request;
  const Origin origin = origin_of(request, origin_, engine_.options.trusted_proxies);
  request.peer = origin.peer;
  request.secure = origin.secure;
  for (Header& header : request.headers) // from here on, the name the visitor asked for
    if (header.name == "host") header.value = origin.host;
  request.id = to_text(random_id(engine_.random));
  work->connection = shared_from_this();
  work->began = now();
  Request nameless;
  nameless.method = request.method;
  const bool close = !work->received.keep_alive;
  if (engine_.pool->offer(std::move(work))) return;
  ++engine_.counters.overflow;
  Response response = problem({503, "http.too_busy", ""}).with("Retry-After", "1");
  send(engine_.outgoing(std::move(response), nameless, close), 0);
}

ServerEngine::ServerEngine(ServerOptions o, Dispatcher& d, const Clock& c, Random& r)
    : options(std::move(o)), dispatcher(d), clock(c), random(r) {
  options.connections_max = std::min(options.connections_max, descriptors_for_connections());
  if (options.workers == 0) options.workers = default_workers();
}

ServerEngine::~ServerEngine() {
  if (!thread_.joinable()) return;
  drain(0);
  pool.reset();
  io.stop();
  thread_.join();
}

Done ServerEngine::start() {
  if (!options.tls.empty()) {
    TRY_ASSIGN(TlsContext context, make_tls_context(options.tls));
    tls.emplace(context.release());
  }
  TRY(listen());
  pool.emplace(WorkerPoolOptions{options.workers, options.waiting_max});
  accept();
  thread_ = std::thread([this] { run(); });
  return {};
}

Done ServerEngine::listen() {
  error_code ec;
  const auto address = asio::ip::make_address(options.address, ec);
  if (ec) return invalid("http.address_invalid");
  const tcp::endpoint endpoint(address, options.port);
  acceptor_.open(endpoint.protocol(), ec);
  if (!ec) acceptor_.set_option(tcp::acceptor::reuse_address(true), ec);
  if (!ec) acceptor_.bind(endpoint, ec);
  if (!ec) acceptor_.listen(1024, ec);
  if (!ec) acceptor_.non_blocking(true, ec);
  if (!ec) {
    port_ = acceptor_.local_endpoint(ec).port();
    return {};
  }
  Failure failure = ec == asio::error::address_in_use  ? conflict("http.port_taken")
                    : ec == asio::error::access_denied ? forbidden("http.port_forbidden")
                                                       : unavailable("http.listen_failed");
  failure.arguments = {std::to_string(failure.fault == Fault::unavailable ? ec.value() : options.port)};
  error_code ignored;
  acceptor_.close(ignored);
  return failure;
}

void ServerEngine::run() {
  for (;;) {
    try {
      io.run();
      return;
    } catch (const std::exception& e) { // out of memory, or our mistake: one connection, not the server
      log(LogLevel::error, "http.io_failed", {{"kind", typeid(e).name()}});
    }
  }
}

void ServerEngine::accept() {
  acceptor_.async_accept([this](error_code ec, tcp::socket socket) {
    if (ec == asio::error::operation_aborted || !acceptor_.is_open()) return;
    if (!ec) {
      admit(std::move(socket));
      return accept();
    }
    accept_timer_.expires_after(std::chrono::milliseconds(100)); // out of descriptors: wait for some
    accept_timer_.async_wait([this](error_code stopped) {
      if (!stopped && acceptor_.is_open()) accept();
    });
  });
}

void ServerEngine::admit(tcp::socket socket) {
  error_code ec;
  const auto endpoint = socket.remote_endpoint(ec);
  if (ec) return;
  const auto address = plain_address(endpoint.address());
  const std::string group = address_group(address);
  const bool counted = options.counts_loopback || !address.is_loopback();
  const auto known = per_address_.find(group);
  const std::size_t held = counted && known != per_address_.end() ? known->second : 0;
  if (held >= options.connections_per_address_max || !makes_room()) {
    ++counters.capped;
    return;
  }
  socket.non_blocking(true, ec);
  socket.set_option(tcp::no_delay(true), ec);
  ++per_address_[group];
  ++counters.accepted;
  ++counters.open;
  auto connection = std::make_shared<Connection>(*this, std::move(socket),
                                                 Origin{address.to_string(), tls.has_value()}, group);
  connections_.insert(connection);
  connection->start();
  sweep();
}

// At the total cap the connection that has been silent longest gives way to the new one.
bool ServerEngine::makes_room() {
  if (connections_.size() < options.connections_max) return true;
  std::shared_ptr<Connection> oldest;
  for (const auto& c : connections_)
    if (c->may_be_evicted() && (!oldest || c->deadline() < oldest->deadline())) oldest = c;
  if (!oldest) return false;
  oldest->close();
  return true;
}

// One timer for all deadlines; it rests while nobody is connected.
void ServerEngine::sweep() {
  if (sweeping_ || connections_.empty()) return;
  sweeping_ = true;
  sweep_timer_.expires_after(std::chrono::milliseconds(sweep_ms));
  sweep_timer_.async_wait([this](error_code ec) {
    sweeping_ = false;
    if (ec) return;
    const std::int64_t at = clock.monotonic_ms();
    std::vector<std::shared_ptr<Connection>> late;
    for (const auto& c : connections_)
      if (c->deadline() <= at) late.push_back(c);
    for (const auto& c : late) c->check_deadline(at);
    sweep();
  });
}

void ServerEngine::remove(const std::shared_ptr<Connection>& connection) {
  if (connections_.erase(connection) == 0) return;
  --counters.open;
  const auto group = per_address_.find(connection->group());
  if (group != per_address_.end() && --group->second == 0) per_address_.erase(group);
  if (!draining || !connections_.empty()) return;
  const std::lock_guard lock(mutex_);
  changed_.notify_all();
}

std::size_t ServerEngine::drain(std::int64_t deadline_ms) {
  if (!thread_.joinable()) return 0;
  asio::post(io, [this] { begin_drain(); });
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, std::chrono::milliseconds(deadline_ms),
                    [this] { return drain_begun_ && counters.open == 0; });
  cut_count_.reset();
  asio::post(io, [this] {
    const std::size_t count = cut();
    const std::lock_guard held(mutex_);
    cut_count_ = count;
    changed_.notify_all();
  });
  changed_.wait(lock, [this] { return cut_count_.has_value(); });
  pool->stop();
  return *cut_count_;
}

void ServerEngine::begin_drain() {
  draining = true;
  error_code ec;
  acceptor_.cancel(ec);
  accept_timer_.cancel();
  while (acceptor_.is_open()) { // clients the kernel has already welcomed
    tcp::socket socket(io);
    acceptor_.accept(socket, ec);
    if (ec) break;
    admit(std::move(socket));
  }
  acceptor_.close(ec);
  const std::vector<std::shared_ptr<Connection>> all(connections_.begin(), connections_.end());
  for (const auto& c : all) c->drain();
  const std::lock_guard lock(mutex_);
  drain_begun_ = true;
  changed_.notify_all();
}

std::size_t ServerEngine::cut() {
  std::size_t unanswered = 0;
  const std::vector<std::shared_ptr<Connection>> all(connections_.begin(), connections_.end());
  for (const auto& c : all) {
    unanswered += c->is_answered() ? 0U : 1U;
    c->close();
  }
  return unanswered;
}

Outgoing ServerEngine::answer(const Request& request, bool keep_alive) {
  std::string kind;
  try {
    Response response = dispatcher.handle(request);
    return outgoing(std::move(response), request, !keep_alive || draining);
  } catch (const Defect& defect) {
    kind = defect.what();
  } catch (const std::exception& e) { // what() of a library may quote what a person typed
    kind = typeid(e).name();
  } catch (...) {
    kind = "unknown";
  }
  ++counters.failures;
  log(LogLevel::error, "http.handler_failed", {{"request", request.id}, {"kind", kind}});
  return outgoing(problem({500, "http.internal", request.id}), request, !keep_alive || draining);
}

Outgoing ServerEngine::outgoing(Response response, const Request& request, bool close) {
  Outgoing out;
  out.head = response_head(response, {clock.now(), close});
  out.status = response.status;
  out.close = close;
  out.response = std::move(response);
  if (request.method == Method::head || !may_have_body(out.status)) return out;
  if (request.secure && out.response.payload().size() <= joined_bytes_max) out.head += out.response.payload();
  else out.payload = out.response.payload();
  return out;
}

Metrics ServerEngine::metrics() const {
  Metrics m;
  for (std::size_t i = 0; i < m.responses_by_class.size(); ++i)
    m.responses_by_class[i] = counters.by_class[i];
  for (std::size_t i = 0; i <= duration_bounds_ms().size(); ++i)
    m.duration_counts.push_back(counters.durations[i]);
  m.duration_sum_ms = counters.duration_sum_ms;
  m.connections_accepted = counters.accepted;
  m.connections_refused = counters.capped;
  m.connections_timed_out = counters.timed_out;
  m.connections_open = counters.open;
  m.requests_refused = counters.refused;
  m.requests_overflow = counters.overflow;
  m.handler_failures = counters.failures;
  m.work_waiting = pool ? pool->waiting() : 0;
  return m;
}

Server::Server(ServerOptions options, Dispatcher& dispatcher, const Clock& clock, Random& random)
    : engine_(std::make_unique<ServerEngine>(std::move(options), dispatcher, clock, random)) {}
Server::~Server() = default;
Done Server::start() { return engine_->start(); }
std::uint16_t Server::port() const { return engine_->port(); }
std::size_t Server::drain(std::int64_t deadline_ms) { return engine_->drain(deadline_ms); }
Metrics Server::metrics() const { return engine_->metrics(); }

} // namespace kith::http
// NOLINTEND(bugprone-unused-return-value)
