#include "http/request_reader.hpp"

#include <algorithm>
#include <utility>

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

#include "base/check.hpp"

namespace kith::http {
namespace {

namespace beast = boost::beast;
using Parser = beast::http::request_parser<beast::http::string_body>;

constexpr std::size_t chunk_line_bytes_max = 64;

struct ChunkRule { // OURS: chunk extensions are refused; nobody sends them but smugglers
  void operator()(std::uint64_t, beast::string_view extensions, beast::error_code& ec) const {
    if (!extensions.empty()) ec = beast::http::error::bad_chunk_extension;
  }
};

std::ptrdiff_t fields_of(const Parser& parser) {
  return std::distance(parser.get().begin(), parser.get().end());
}

} // namespace

struct RequestReader::Body {
  Parser parser{};
  ChunkRule rule{};
  std::ptrdiff_t fields{};
};

RequestReader::RequestReader(const RequestLimits& limits) : limits_(limits) {}
RequestReader::~RequestReader() = default;

RequestReader::State RequestReader::push(std::string_view bytes) {
  if (state_ == State::refused) return state_;
  input_.append(bytes);
  if (state_ == State::complete) return state_;
  if ((state_ == State::waiting || state_ == State::head) && !read_head()) return state_;
  if (state_ == State::body) read_body();
  return state_;
}

ReceivedRequest RequestReader::take() {
  CHECK(state_ == State::complete);
  ReceivedRequest received{std::move(head_.request), head_.keep_alive};
  if (body_) received.request.body = std::move(body_->parser.get().body());
  body_.reset();
  head_ = {};
  chunk_overhead_ = 0;
  passed_empty_line_ = false;
  state_ = State::waiting;
  if (input_.empty() && input_.capacity() > 4096) std::string().swap(input_);
  return received;
}

bool RequestReader::should_continue() {
  const bool now = state_ == State::body && head_.expects_continue && body_bytes() == 0 && input_.empty();
  if (state_ == State::body) head_.expects_continue = false;
  return now;
}

std::uint64_t RequestReader::body_bytes() const { return body_ ? body_->parser.get().body().size() : 0; }
std::size_t RequestReader::held_bytes() const { return input_.capacity() + body_bytes(); }

// Looks at each new line once: bare LF, length, count; at the empty line parses the whole head.
bool RequestReader::read_head() {
  if (state_ == State::waiting) { // 9112 2.2: one empty line before a request is passed over
    if (!passed_empty_line_ && input_ == "\r") return false;
    if (!passed_empty_line_ && input_.compare(0, 2, "\r\n") == 0) {
      consume(2);
      passed_empty_line_ = true;
    }
    if (input_.empty()) return false;
    state_ = State::head;
    scanned_ = line_start_ = headers_start_ = lines_ = 0;
  }
  for (;;) {
    const auto end = input_.find('\n', scanned_);
    const std::size_t known = end == std::string::npos ? input_.size() : end;
    if (lines_ == 0 && known - line_start_ > limits_.request_line_bytes + 1)
      return refuse({414, "http.target_too_long"});
    if (lines_ > 0 && known - headers_start_ > limits_.headers_bytes)
      return refuse({431, "http.headers_too_large"});
    if (end == std::string::npos) {
      scanned_ = input_.size();
      return false;
    }
    if (end == line_start_ || input_[end - 1] != '\r') return refuse({400, "http.line_end_invalid"});
    const std::string_view line(input_.data() + line_start_, end - 1 - line_start_);
    scanned_ = line_start_ = end + 1;
    if (lines_ > 0 && line.empty()) break;
    if (++lines_ > limits_.headers_count + 1) return refuse({431, "http.headers_too_many"});
    if (lines_ > 1) continue;
    headers_start_ = scanned_;
    if (auto refusal = refusal_of_line(line, limits_)) return refuse(std::move(*refusal));
  }
  const std::size_t head_bytes = scanned_;
  auto parsed = parse_head(std::string_view(input_).substr(0, head_bytes), limits_);
  if (auto* refusal = std::get_if<Refusal>(&parsed)) return refuse(std::move(*refusal));
  head_ = std::move(std::get<RequestHead>(parsed));

  body_ = std::make_unique<Body>();
  body_->parser.header_limit(
      static_cast<std::uint32_t>(limits_.request_line_bytes + limits_.headers_bytes + 16));
  body_->parser.body_limit(limits_.body_bytes);
  body_->parser.eager(true);
  body_->parser.on_chunk_header(body_->rule);
  beast::error_code ec;
  const std::size_t used = body_->parser.put(boost::asio::buffer(input_.data(), head_bytes), ec);
  const bool agreed = used == head_bytes && body_->parser.is_header_done() &&
                      (!ec || ec == beast::http::error::need_more) &&
                      body_->parser.chunked() == head_.chunked &&
                      fields_of(body_->parser) == static_cast<std::ptrdiff_t>(head_.request.headers.size());
  if (!agreed) return refuse({400, "http.request_invalid"});
  body_->parser.eager(false); // one chunk line or piece of data a step, so that limits see each
  body_->fields = fields_of(body_->parser);
  consume(head_bytes);
  state_ = State::body;
  return true;
}

bool RequestReader::read_body() {
  Parser& parser = body_->parser;
  std::size_t used_total = 0;
  // The shortest end of a chunked body is five bytes. Beast 1.74 asserts when it sees only four of them.
  const std::size_t least = head_.chunked ? 5 : 1;
  while (!parser.is_done() && input_.size() - used_total >= least) {
    beast::error_code ec;
    const std::uint64_t before = body_bytes();
    const std::size_t used =
        parser.put(boost::asio::buffer(input_.data() + used_total, input_.size() - used_total), ec);
    used_total += used;
    const std::size_t overhead = used - std::min<std::size_t>(used, body_bytes() - before);
    if (ec == beast::http::error::need_more || (!ec && used == 0)) break;
    if (ec == beast::http::error::body_limit) return refuse({413, "http.body_too_large"});
    if (ec) return refuse({400, "http.body_invalid"});
    // One-byte chunks cost six bytes each; more overhead than that is somebody wasting our time.
    chunk_overhead_ += overhead;
    if (overhead > chunk_line_bytes_max || chunk_overhead_ > 6 * body_bytes() + 1024)
      return refuse({400, "http.body_invalid"});
  }
  consume(used_total);
  if (!parser.is_done()) {
    if (head_.chunked && input_.size() > chunk_line_bytes_max) return refuse({400, "http.body_invalid"});
    return true;
  }
  // OURS: trailers are refused; a field that arrives after the checks is a field nobody checked.
  if (fields_of(parser) != body_->fields) return refuse({400, "http.trailer_refused"});
  state_ = State::complete;
  return true;
}

bool RequestReader::refuse(Refusal refusal) {
  refusal_ = std::move(refusal);
  state_ = State::refused;
  body_.reset();
  std::string().swap(input_);
  return false;
}

void RequestReader::consume(std::size_t bytes) { input_.erase(0, bytes); }

} // namespace kith::http
