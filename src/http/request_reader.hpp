// Turns the bytes of one connection into requests, one after another. The strict head (request_head.hpp) is
// read first; then Boost.Beast reads the same head and decodes the body, and both must agree. Used by the
// server and fuzzed without sockets. Invariants: at most one request is held; after a refusal nothing more is
// read; bytes behind a complete request wait for the next. Not thread-safe: one reader belongs to one thread.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "http/request_head.hpp"

namespace kith::http {

struct ReceivedRequest {
  Request request{};
  bool keep_alive{};
};

class RequestReader {
public:
  enum class State { waiting, head, body, complete, refused }; // waiting: no byte of a request yet

  explicit RequestReader(const RequestLimits& limits);
  ~RequestReader();
  RequestReader(const RequestReader&) = delete;
  RequestReader& operator=(const RequestReader&) = delete;

  State push(std::string_view bytes); // adds the bytes and reads as far as they go
  State state() const { return state_; }
  ReceivedRequest take();                             // REQUIRES complete; then push("") reads on
  const Refusal& refusal() const { return refusal_; } // REQUIRES refused
  bool should_continue();                             // true once, when the sender waits for "100 Continue"
  std::uint64_t body_bytes() const;                   // of the body being received, decoded
  std::size_t held_bytes() const;                     // memory held for the sender

private:
  struct Body;
  bool read_head();
  bool read_body();
  bool refuse(Refusal refusal);
  void consume(std::size_t bytes);

  const RequestLimits& limits_;
  State state_{State::waiting};
  std::string input_{};
  std::size_t scanned_{};       // no line ends before this
  std::size_t line_start_{};    // of the line being scanned
  std::size_t headers_start_{}; // behind the request line
  std::size_t lines_{};         // complete lines of this head
  std::size_t chunk_overhead_{};
  bool passed_empty_line_{};
  RequestHead head_{};
  Refusal refusal_{};
  std::unique_ptr<Body> body_{};
};

} // namespace kith::http
