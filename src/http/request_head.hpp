// The strict reading of a request's head: the request line and the header fields of RFC 9112, refusing
// everything that two implementations could read differently (request smuggling). The request reader calls it
// before any other parser sees the bytes. Numbers in the code name the sections of RFC 9112 and RFC 9110.
// Pure functions: no thread rule.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "http/message.hpp"

namespace kith::http {

struct RequestLimits {
  std::size_t request_line_bytes{8UL * 1024};
  std::size_t headers_bytes{16UL * 1024};
  std::size_t headers_count{100};
  std::size_t body_bytes{1024UL * 1024};
};

// Why a request is answered by the server itself; the connection closes after it.
struct Refusal {
  int status{};
  std::string code{};
};

struct RequestHead {
  Request request{}; // without body, peer, secure, id
  std::optional<std::uint64_t> content_length{};
  bool chunked{};
  bool expects_continue{};
  bool keep_alive{};
};

// `block` runs from the method to the empty line, both included.
std::variant<RequestHead, Refusal> parse_head(std::string_view block, const RequestLimits& limits);

// The request line alone, without its CRLF, so that HTTP/0.9 need not wait for headers that never come.
std::optional<Refusal> refusal_of_line(std::string_view line, const RequestLimits& limits);

} // namespace kith::http
