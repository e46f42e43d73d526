#include "http/server.hpp"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <stdexcept>
#include <thread>

#include "base/log.hpp"
#include "support/raw_client.hpp"

#include "support/test.hpp"

using namespace kith;
using namespace kith::http;
using kith::test::RawClient;

namespace {

constexpr char get[] = "GET /hello HTTP/1.1\r\nHost: a\r\n\r\n";
constexpr char embedded[] = "embedded bytes";

// /hold waits until released, so that a test decides when a worker is free.
class Site final : public Dispatcher {
public:
  Response handle(const Request& request) override {
    if (request.path == "/throw") throw std::runtime_error("a person's name");
    if (request.path == "/split") return redirect("/x\r\nSet-Cookie: a=b");
    if (request.path == "/embedded") return {200, {}, {}, {embedded, sizeof embedded - 1}};
    if (request.path == "/large") return text(200, std::string(8 << 20, 'x'));
    if (request.path == "/origin") return text(200, request.peer + (request.secure ? " tls" : ""));
    if (request.path == "/hold") hold();
    return text(200, std::string(to_text(request.method)) + " " + request.path + " " + request.body);
  }
  void release() {
    const std::lock_guard lock(mutex_);
    released_ = true;
    changed_.notify_all();
  }
  void wait_until_held(int count) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return held_ >= count; });
  }

private:
  void hold() {
    std::unique_lock lock(mutex_);
    ++held_;
    changed_.notify_all();
    changed_.wait(lock, [this] { return released_; });
  }
  std::mutex mutex_{};
  std::condition_variable changed_{};
  bool released_{};
  int held_{};
};

struct Fixture {
  Site site{};
  SystemClock clock{};
  SeededRandom random{1};
  Server server;
  explicit Fixture(ServerOptions options = {}) : server(std::move(options), site, clock, random) {
    set_log_level(LogLevel::error);
    REQUIRE(server.start().ok());
  }
  RawClient client() const { return RawClient(server.port()); }
  template <class Condition> bool becomes(Condition condition) const {
    for (int i = 0; i < 400; ++i) {
      if (condition()) return true;
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    return false;
  }
};

std::string hold_request() { return "GET /hold HTTP/1.1\r\nHost: a\r\n\r\n"; }

} // namespace

TEST_CASE("the server answers ordinary requests and keeps the connection") {
  Fixture f;
  RawClient client = f.client();
  for (int i = 0; i < 3; ++i) {
    const auto response = client.ask(get);
    CHECK_EQ(response.status, 200);
    CHECK_EQ(response.body, "GET /hello ");
    CHECK_EQ(response.header("Connection"), "");
    CHECK_EQ(response.header("Date").size(), 29);
  }
  const auto posted = client.ask("POST /p HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
                                 "3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n");
  CHECK_EQ(posted.body, "POST /p abcde");
  CHECK_EQ(client.ask("GET /embedded HTTP/1.1\r\nHost: a\r\n\r\n").body, embedded);
  CHECK_EQ(client.ask("GET /origin HTTP/1.1\r\nHost: a\r\n\r\n").body, "127.0.0.1");
  CHECK_EQ(client.ask("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").header("Connection"),
           "close");
  CHECK(client.closes());
  const Metrics metrics = f.server.metrics();
  CHECK_EQ(metrics.responses_by_class[2], 7);
  CHECK_NE(prometheus_text(metrics).find("http_responses_total{class=\"2xx\"} 7\n"), std::string::npos);
  CHECK_NE(prometheus_text(metrics).find("http_request_duration_seconds_count 7\n"), std::string::npos);
}

TEST_CASE("pipelined requests are answered in order") {
  Fixture f;
  RawClient client = f.client();
  std::string all;
  for (int i = 0; i < 50; ++i) all += "GET /" + std::to_string(i) + " HTTP/1.1\r\nHost: a\r\n\r\n";
  client.send(all);
  for (int i = 0; i < 50; ++i) CHECK_EQ(client.response().body, "GET /" + std::to_string(i) + " ");
}

TEST_CASE("HEAD has the length of the body and no body") {
  Fixture f;
  RawClient client = f.client();
  client.send("HEAD /hello HTTP/1.1\r\nHost: a\r\n\r\n");
  const auto head = client.response_without_body();
  CHECK_EQ(head.header("Content-Length"), "12");
  CHECK_EQ(client.ask(get).body, "GET /hello ");
}

TEST_CASE("a sender that expects 100-continue gets it before its body") {
  Fixture f;
  RawClient client = f.client();
  client.send("POST /p HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
  CHECK_EQ(client.response_without_body().status, 100);
  CHECK_EQ(client.ask("hi").body, "POST /p hi");
}

TEST_CASE("a refused request is answered with a problem and the connection closes") {
  Fixture f;
  const struct {
    std::string bytes{};
    int status{};
  } rows[] = {
      {"GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\nGET / X", 400},
      {"GET http://a/ HTTP/1.1\r\nHost: a\r\n\r\n", 400},
      {"GET /\r\n", 400},
      {"GET / HTTP/1.1\nHost: a\n\n", 400},
      {"GET /" + std::string(20'000, 'a'), 414},
      {"GET / HTTP/1.1\r\nX: " + std::string(20'000, 'a'), 431},
      {"POST / HTTP/1.1\r\nHost: a\r\nContent-Encoding: gzip\r\nContent-Length: 9\r\n\r\n", 415},
      {"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2000000\r\n\r\n" + std::string(2'000'000, 'a'), 413}};
  for (const auto& row : rows) {
    RawClient client = f.client();
    const auto response = client.ask(row.bytes);
    CHECK_EQ(response.status, row.status);
    CHECK_EQ(response.header("Content-Type"), "application/problem+json");
    CHECK_EQ(response.header("Connection"), "close");
    CHECK(client.closes());
  }
}

TEST_CASE("a handler's exception is a 500 with the request's id and no word of the cause") {
  Fixture f;
  set_log_file("/dev/null");
  RawClient client = f.client();
  const auto response = client.ask("GET /throw HTTP/1.1\r\nHost: a\r\n\r\n");
  CHECK_EQ(response.status, 500);
  CHECK_NE(response.body.find("\"reference\":\""), std::string::npos);
  CHECK_EQ(response.body.find("person"), std::string::npos);
  const auto split = client.ask("GET /split HTTP/1.1\r\nHost: a\r\n\r\n");
  CHECK_EQ(split.status, 500);
  CHECK_EQ(split.head.find("Set-Cookie"), std::string::npos);
  CHECK_EQ(client.ask(get).status, 200);
  CHECK_EQ(f.server.metrics().handler_failures, 2);
  set_log_file("");
}

TEST_CASE("an honest request is answered at once among 100 that never finish their headers") {
  Fixture f;
  std::vector<RawClient> half_open;
  for (int i = 0; i < 100; ++i) {
    half_open.push_back(f.client());
    half_open.back().send("GET / HTTP/1.1\r\nHost:");
  }
  const auto began = f.clock.monotonic_ms();
  CHECK_EQ(f.client().ask(get).status, 200);
  CHECK_LT(f.clock.monotonic_ms() - began, 500);
}

TEST_CASE("headers that dribble are cut off after the header time") {
  Fixture f({.header_ms = 200});
  RawClient silent = f.client(), dribbling = f.client();
  const auto began = f.clock.monotonic_ms();
  bool open = true;
  for (int i = 0; open && i < 40; ++i) {
    open = dribbling.send("G");
    std::this_thread::sleep_for(std::chrono::milliseconds(25));
  }
  CHECK_FALSE(open);
  CHECK(silent.closes());
  CHECK_LT(f.clock.monotonic_ms() - began, 900);
  CHECK_EQ(f.server.metrics().connections_timed_out, 2);
}

TEST_CASE("a body slower than the least rate is cut off and a faster one is not") {
  Fixture f({.rate_grace_ms = 100, .bytes_per_second_min = 2000});
  RawClient slow = f.client(), steady = f.client();
  const std::string head = "POST /p HTTP/1.1\r\nHost: a\r\nContent-Length: 2000\r\n\r\n";
  slow.send(head + "a");
  steady.send(head);
  for (int i = 0; i < 10; ++i) {
    steady.send(std::string(200, 'a'));
    std::this_thread::sleep_for(std::chrono::milliseconds(30));
  }
  CHECK_EQ(steady.response().status, 200);
  CHECK(slow.closes());
}

TEST_CASE("a reader that never takes its answer is cut off") {
  Fixture f({.rate_grace_ms = 150});
  RawClient client = f.client();
  client.send("GET /large HTTP/1.1\r\nHost: a\r\n\r\n");
  CHECK(f.becomes([&] { return f.server.metrics().connections_timed_out == 1; }));
  CHECK_EQ(f.client().ask("GET /large HTTP/1.1\r\nHost: a\r\n\r\n").body.size(), std::size_t{8 << 20});
}

TEST_CASE("an idle connection closes after the idle time") {
  Fixture f({.idle_ms = 100});
  RawClient client = f.client();
  CHECK_EQ(client.ask(get).status, 200);
  CHECK(client.closes());
  CHECK_EQ(f.server.metrics().connections_timed_out, 0);
}

TEST_CASE("when every worker is busy and the line is full the answer is 503") {
  Fixture f({.workers = 1, .waiting_max = 1});
  RawClient held = f.client(), waiting = f.client(), third = f.client();
  held.send(hold_request());
  f.site.wait_until_held(1);
  waiting.send(get);
  CHECK(f.becomes([&] { return f.server.metrics().work_waiting == 1; }));
  const auto refused = third.ask(get);
  CHECK_EQ(refused.status, 503);
  CHECK_EQ(refused.header("Retry-After"), "1");
  f.site.release();
  CHECK_EQ(held.response().status, 200);
  CHECK_EQ(waiting.response().status, 200);
  CHECK_EQ(third.ask(get).status, 200);
}

TEST_CASE("one address may hold only so many connections") {
  Fixture f({.connections_per_address_max = 2, .counts_loopback = true});
  auto first = std::make_unique<RawClient>(f.server.port());
  RawClient second = f.client();
  CHECK_EQ(first->ask(get).status, 200);
  CHECK_EQ(second.ask(get).status, 200);
  CHECK(f.client().closes());
  first.reset();
  CHECK(f.becomes([&] { return f.server.metrics().connections_open == 1; }));
  CHECK_EQ(f.client().ask(get).status, 200);
}

TEST_CASE("at the total cap the longest silent connection makes room") {
  Fixture f({.connections_max = 2});
  RawClient first = f.client();
  CHECK_EQ(first.ask(get).status, 200);
  RawClient second = f.client();
  CHECK_EQ(second.ask(get).status, 200);
  CHECK_EQ(f.client().ask(get).status, 200);
}

TEST_CASE("bodies being received share one budget") {
  Fixture f({.held_bytes_max = 100'000});
  RawClient client = f.client();
  CHECK_EQ(
      client.ask("POST /p HTTP/1.1\r\nHost: a\r\nContent-Length: 500000\r\n\r\n" + std::string(400'000, 'a'))
          .status,
      503);
  CHECK_EQ(f.client().ask(get).status, 200);
}

TEST_CASE("drain answers what is in flight, closes what is idle and accepts nothing new") {
  Fixture f;
  RawClient idle = f.client(), held = f.client();
  CHECK_EQ(idle.ask(get).status, 200);
  held.send(hold_request());
  f.site.wait_until_held(1);
  std::atomic<std::size_t> cut{99};
  std::thread drainer([&] { cut = f.server.drain(3000); });
  CHECK(idle.closes());
  CHECK_EQ(f.client().ask(get).status, 0);
  f.site.release();
  const auto response = held.response();
  CHECK_EQ(response.status, 200);
  CHECK_EQ(response.header("Connection"), "close");
  CHECK(held.closes());
  {
    const RawClient gone(std::move(held));
  }
  drainer.join();
  CHECK_EQ(cut, 0);
}

TEST_CASE("drain cuts what is not finished at the deadline") {
  Fixture f;
  RawClient held = f.client();
  held.send(hold_request());
  f.site.wait_until_held(1);
  CHECK_EQ(f.server.drain(50), 1);
  CHECK(held.closes());
  f.site.release();
}

TEST_CASE("a taken port and a strange address are refusals") {
  Fixture f;
  Server second({.port = f.server.port()}, f.site, f.clock, f.random);
  const Done taken = second.start();
  CHECK_EQ(taken.failure().code, "http.port_taken");
  CHECK_EQ(taken.failure().arguments, std::vector<std::string>{std::to_string(f.server.port())});
  Server strange({.address = "nowhere"}, f.site, f.clock, f.random);
  CHECK_EQ(strange.start().failure().code, "http.address_invalid");
}
