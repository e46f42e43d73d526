#include "http/request_head.hpp"

#include "base/text.hpp"
#include "http/form.hpp"

namespace kith::http {
namespace {

constexpr std::string_view token_marks = "!#$%&'*+-.^_`|~";

bool alphanumeric(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool token(std::string_view text) {
  for (const char c : text)
    if (!alphanumeric(c) && token_marks.find(c) == std::string_view::npos) return false;
  return !text.empty();
}

// 9110 5.5: no control character but the tab; bytes above 0x7f are opaque.
bool field_value(std::string_view text) {
  for (const char c : text)
    if ((static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7f) return false;
  return true;
}

std::string_view without_blanks(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

// 9112 3.2, 9110 7.2: a name or address and an optional port; no user, no path, no list.
bool host_value(std::string_view text) {
  for (const char c : text)
    if (!alphanumeric(c) && std::string_view("-._~:[]%").find(c) == std::string_view::npos) return false;
  return !text.empty() && text.size() <= 255;
}

Method method_of(std::string_view name) {
  for (const Method method :
       {Method::get, Method::head, Method::post, Method::put, Method::patch, Method::del, Method::options})
    if (to_text(method) == name) return method;
  return Method::other;
}

bool lists(std::string_view value, std::string_view wanted) {
  for (const std::string& part : split(value, ','))
    if (ascii_lower(without_blanks(part)) == wanted) return true;
  return false;
}

struct RequestLine {
  std::string_view method{};
  std::string_view target{};
  std::string_view version{};
};

// 9112 3: exactly two single spaces.
RequestLine parts_of(std::string_view line) {
  const auto first = line.find(' ');
  if (first == std::string_view::npos) return {};
  const auto second = line.find(' ', first + 1);
  if (second == std::string_view::npos) return {};
  return {line.substr(0, first), line.substr(first + 1, second - first - 1), line.substr(second + 1)};
}

bool target_characters(std::string_view target) {
  for (const char c : target)
    if (c <= 0x20 || c >= 0x7f || c == '#') return false; // char may be signed: bytes above 0x7f are < 0
  return true;
}

// Empty, "." and ".." segments and encoded separators let two programs see two different paths.
bool settled_path(std::string_view path) {
  if (path.find('\\') != std::string_view::npos || !clean_text(path, false)) return false;
  std::string_view rest = path.substr(1);
  while (!rest.empty()) {
    const auto end = rest.find('/');
    const std::string_view segment = rest.substr(0, end);
    if (segment.empty() || segment == "." || segment == "..") return false;
    if (end == std::string_view::npos) break;
    rest.remove_prefix(end + 1);
  }
  return true;
}

class HeadReader {
public:
  HeadReader(std::string_view block, const RequestLimits& limits) : block_(block), limits_(limits) {}

  std::variant<RequestHead, Refusal> read() {
    const auto end = block_.find("\r\n");
    if (end == std::string_view::npos) return Refusal{400, "http.line_end_invalid"};
    const std::string_view line = block_.substr(0, end);
    if (auto refusal = refusal_of_line(line, limits_)) return *refusal;
    if (!read_line(line) || !read_fields(block_.substr(end + 2)) || !read_framing()) return refusal_;
    return std::move(head_);
  }

private:
  bool refuse(int status, const char* code) {
    refusal_ = {status, code};
    return false;
  }

  bool read_line(std::string_view line) {
    const RequestLine parts = parts_of(line);
    Request& request = head_.request;
    old_version_ = parts.version == "HTTP/1.0";
    request.method = method_of(parts.method);
    request.target = parts.target;
    if (parts.target == "*") {
      request.path = "*";
      return true;
    }
    const auto question = parts.target.find('?');
    const std::string_view raw = parts.target.substr(0, question);
    const auto path = percent_decode(raw);
    const std::string lower = ascii_lower(raw);
    if (!path || lower.find("%2f") != std::string::npos || !settled_path(*path))
      return refuse(400, "http.path_invalid");
    request.path = *path;
    if (question == std::string_view::npos) return true;
    auto query = parse_form(parts.target.substr(question + 1));
    if (!query) return refuse(400, "http.query_invalid");
    request.query = std::move(query->parameters);
    return true;
  }

  bool read_fields(std::string_view rest) {
    if (rest.size() > limits_.headers_bytes) return refuse(431, "http.headers_too_large");
    while (rest != "\r\n") {
      const auto end = rest.find("\r\n");
      if (end == std::string_view::npos || end == 0) return refuse(400, "http.line_end_invalid");
      if (head_.request.headers.size() == limits_.headers_count) return refuse(431, "http.headers_too_many");
      if (!read_field(rest.substr(0, end))) return false;
      rest.remove_prefix(end + 2);
    }
    return true;
  }

  // 9112 5: no blank before the name (5.2 obs-fold) or between name and colon (5.1).
  bool read_field(std::string_view line) {
    const auto colon = line.find(':');
    if (colon == std::string_view::npos || !token(line.substr(0, colon)))
      return refuse(400, "http.header_invalid");
    const std::string_view value = without_blanks(line.substr(colon + 1));
    if (!field_value(value)) return refuse(400, "http.header_invalid");
    head_.request.headers.push_back({ascii_lower(line.substr(0, colon)), std::string(value)});
    return true;
  }

  std::size_t count(std::string_view name) const {
    std::size_t found = 0;
    for (const Header& h : head_.request.headers) found += h.name == name ? 1U : 0U;
    return found;
  }

  // 9112 6.1, 6.3: one framing, written one way.
  bool read_framing() {
    const Request& request = head_.request;
    const std::size_t hosts = count("host");
    if (hosts > 1 || (hosts == 0 && !old_version_) || (hosts == 1 && !host_value(request.header("host"))))
      return refuse(400, "http.host_invalid");
    const std::size_t lengths = count("content-length"), codings = count("transfer-encoding");
    if (lengths + codings > 1) return refuse(400, "http.framing_invalid");
    if (codings == 1) {
      if (old_version_ || ascii_lower(request.header("transfer-encoding")) != "chunked")
        return refuse(400, "http.framing_invalid");
      head_.chunked = true;
    }
    if (lengths == 1 && !read_length(request.header("content-length"))) return false;
    if (request.has_header("content-encoding") &&
        (count("content-encoding") > 1 || ascii_lower(request.header("content-encoding")) != "identity"))
      return refuse(415, "http.content_encoding_refused");
    return read_connection();
  }

  bool read_length(std::string_view text) {
    if (text.empty() || text.size() > 18 || text.find_first_not_of("0123456789") != std::string_view::npos)
      return refuse(400, "http.framing_invalid");
    const auto length = static_cast<std::uint64_t>(*parse_integer(text));
    if (length > limits_.body_bytes) return refuse(413, "http.body_too_large");
    head_.content_length = length;
    return true;
  }

  bool read_connection() {
    head_.keep_alive = !old_version_;
    for (const Header& h : head_.request.headers)
      if (h.name == "connection" && lists(h.value, "close")) head_.keep_alive = false;
    if (!head_.request.has_header("expect")) return true;
    if (ascii_lower(head_.request.header("expect")) != "100-continue")
      return refuse(417, "http.expectation_unknown");
    head_.expects_continue = !old_version_; // 9110 10.1.1: an HTTP/1.0 expectation is ignored
    return true;
  }

  std::string_view block_{};
  const RequestLimits& limits_;
  RequestHead head_{};
  Refusal refusal_{};
  bool old_version_{};
};

} // namespace

std::optional<Refusal> refusal_of_line(std::string_view line, const RequestLimits& limits) {
  if (line.size() > limits.request_line_bytes) return Refusal{414, "http.target_too_long"};
  const RequestLine parts = parts_of(line);
  if (!token(parts.method) || parts.method.size() > 32) return Refusal{400, "http.request_line_invalid"};
  const bool versioned = parts.version.size() == 8 && parts.version.substr(0, 5) == "HTTP/" &&
                         parts.version[5] >= '0' && parts.version[5] <= '9' && parts.version[6] == '.' &&
                         parts.version[7] >= '0' && parts.version[7] <= '9';
  if (!versioned) return Refusal{400, "http.request_line_invalid"};
  if (parts.version != "HTTP/1.1" && parts.version != "HTTP/1.0")
    return Refusal{505, "http.version_unsupported"};
  // 9112 3.2: origin-form only, and asterisk-form with OPTIONS. Absolute-form is for proxies.
  const bool asterisk = parts.target == "*" && parts.method == "OPTIONS";
  if (!asterisk && (parts.target.empty() || parts.target[0] != '/'))
    return Refusal{400, "http.target_invalid"};
  if (!target_characters(parts.target)) return Refusal{400, "http.target_invalid"};
  return {};
}

std::variant<RequestHead, Refusal> parse_head(std::string_view block, const RequestLimits& limits) {
  return HeadReader(block, limits).read();
}

} // namespace kith::http
