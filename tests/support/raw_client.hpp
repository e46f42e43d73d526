// A blocking HTTP client that sends exactly the bytes a test says, right or wrong. Reads time out after three
// seconds, so a server that hangs fails the test instead of stopping it.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace kith::test {

struct RawResponse {
  int status{}; // 0: the connection closed or timed out before a whole response
  std::string head{};
  std::string body{};
  std::string header(std::string_view name) const;
};

class RawClient {
public:
  explicit RawClient(std::uint16_t port);
  ~RawClient();
  RawClient(RawClient&& other) noexcept : socket_(other.socket_), input_(std::move(other.input_)) {
    other.socket_ = -1;
  }
  RawClient(const RawClient&) = delete;
  RawClient& operator=(const RawClient&) = delete;

  bool send(std::string_view bytes); // false: the other side has closed
  RawResponse response();            // the next one, framed by Content-Length
  RawResponse response_without_body();
  RawResponse ask(std::string_view bytes);
  std::string rest(); // until the other side closes; "" when it does so at once
  bool closes();      // true when the other side closes within the time-out without another byte
  int descriptor() const { return socket_; }

private:
  bool read_more();
  RawResponse head_only();
  int socket_{-1};
  bool timed_out_{};
  std::string input_{};
};

} // namespace kith::test
