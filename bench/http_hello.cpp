// The bare server, for comparison with wrk: `http_hello [port]` answers every request with the same bytes
// until it is told to stop.
#include <csignal>
#include <cstdio>
#include <cstdlib>

#include "base/clock.hpp"
#include "base/log.hpp"
#include "base/random.hpp"
#include "http/server.hpp"

namespace {

constexpr char hello[] = R"({"hello":"world"})";

class Hello final : public kith::http::Dispatcher {
public:
  kith::http::Response handle(const kith::http::Request&) override {
    return {200, {{"Content-Type", "application/json"}}, {}, {hello, sizeof hello - 1}};
  }
};

} // namespace

int main(int argc, char** argv) {
  sigset_t stop;
  sigemptyset(&stop);
  sigaddset(&stop, SIGTERM);
  sigaddset(&stop, SIGINT);
  pthread_sigmask(SIG_BLOCK, &stop, nullptr); // before the server's threads begin, so that they inherit it
  kith::http::ServerOptions options;
  if (argc > 1) options.port = static_cast<std::uint16_t>(std::atoi(argv[1]));
  if (argc > 3) options.tls = {argv[2], argv[3]};
  Hello dispatcher;
  kith::SystemClock clock;
  kith::SystemRandom random;
  kith::http::Server server(options, dispatcher, clock, random);
  if (const auto started = server.start(); !started) {
    std::fprintf(stderr, "http_hello: %s\n", started.failure().code.c_str());
    return 1;
  }
  std::printf("http://127.0.0.1:%u/\n", server.port());
  std::fflush(stdout);
  int signal = 0;
  sigwait(&stop, &signal);
  server.drain(2000);
  return 0;
}
