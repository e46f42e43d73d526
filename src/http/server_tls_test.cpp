#include "http/server.hpp"

#include <openssl/ssl.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <memory>

#include "base/log.hpp"
#include "support/certificate.hpp"
#include "support/raw_client.hpp"

#include "support/test.hpp"

using namespace kith;
using namespace kith::http;
using kith::test::Certificate;
using kith::test::RawClient;

namespace {

class Echo final : public Dispatcher {
public:
  Response handle(const Request& request) override {
    if (request.path == "/large") return text(200, std::string(300'000, 'x'));
    return text(200, (request.secure ? "secure " : "plain ") + request.body);
  }
};

class TlsClient {
public:
  TlsClient(std::uint16_t port, int version_max) : tcp_(port) {
    SSL_CTX_set_max_proto_version(context_.get(), version_max);
    if (version_max < TLS1_2_VERSION) { // the client's own OpenSSL would refuse before the server could
      SSL_CTX_set_min_proto_version(context_.get(), version_max);
      SSL_CTX_set_cipher_list(context_.get(), "ALL:@SECLEVEL=0");
    }
    ssl_.reset(SSL_new(context_.get()));
    SSL_set_fd(ssl_.get(), tcp_.descriptor());
    connected_ = SSL_connect(ssl_.get()) == 1;
  }
  bool connected() const { return connected_; }
  void send(std::string_view bytes) { SSL_write(ssl_.get(), bytes.data(), static_cast<int>(bytes.size())); }
  std::string read(std::size_t least) {
    std::string out;
    char buffer[16 * 1024];
    while (out.size() < least) {
      const int n = SSL_read(ssl_.get(), buffer, sizeof buffer);
      if (n <= 0) break;
      out.append(buffer, static_cast<std::size_t>(n));
    }
    return out;
  }
  bool told_of_the_end() {
    char byte{};
    return SSL_read(ssl_.get(), &byte, 1) <= 0 && (SSL_get_shutdown(ssl_.get()) & SSL_RECEIVED_SHUTDOWN);
  }
  std::string version() const { return SSL_get_version(ssl_.get()); }

private:
  RawClient tcp_;
  std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context_{SSL_CTX_new(TLS_client_method()), &SSL_CTX_free};
  std::unique_ptr<SSL, decltype(&SSL_free)> ssl_{nullptr, &SSL_free};
  bool connected_{};
};

constexpr char post[] = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi";

} // namespace

TEST_CASE("the server speaks TLS 1.2 and 1.3 and nothing older") {
  set_log_level(LogLevel::error);
  const Certificate certificate;
  Echo echo;
  SystemClock clock;
  SeededRandom random(1);
  Server server({.header_ms = 300, .tls = certificate.files()}, echo, clock, random);
  REQUIRE(server.start().ok());
  for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
    TlsClient client(server.port(), version);
    REQUIRE(client.connected());
    for (int i = 0; i < 2; ++i) {
      client.send(post);
      CHECK_NE(client.read(1).find("\r\n\r\nsecure hi"), std::string::npos);
    }
    client.send("GET /large HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    CHECK_GT(client.read(300'100).size(), std::size_t{300'000});
    CHECK(client.told_of_the_end());
  }
  CHECK_FALSE(TlsClient(server.port(), TLS1_1_VERSION).connected());

  RawClient plain(server.port()), silent(server.port());
  plain.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
  CHECK_EQ(plain.response().status, 0);
  CHECK(silent.closes()); // the handshake has the header time
  TlsClient last(server.port(), TLS1_3_VERSION);
  last.send(post);
  CHECK_NE(last.read(1).find("secure"), std::string::npos);
  CHECK_EQ(server.drain(1000), 0);
}

TEST_CASE("certificate files that cannot be read or do not belong together are refused") {
  const Certificate one, other;
  Echo echo;
  SystemClock clock;
  SeededRandom random(1);
  const auto start = [&](const TlsFiles& files) {
    return Server({.tls = files}, echo, clock, random).start().failure().code;
  };
  CHECK_EQ(start({"/nowhere", one.files().private_key}), "http.tls_certificate_invalid");
  CHECK_EQ(start({one.files().certificate_chain, "/nowhere"}), "http.tls_key_invalid");
  CHECK_EQ(start({one.files().certificate_chain, other.files().private_key}), "http.tls_key_invalid");
}
