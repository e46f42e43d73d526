#include "http/message.hpp"

#include "base/text.hpp"

namespace kith::http {
namespace {

Response typed(int status, std::string_view type, std::string body) {
  return {status, {{"Content-Type", std::string(type)}}, std::move(body), {}};
}

// Codes and references are our own ASCII words; anything else is left out rather than escaped.
std::string plain(std::string_view word) {
  std::string out;
  for (const char c : word)
    if (c >= 0x20 && c < 0x7f && c != '"' && c != '\\') out += c;
  return out;
}

std::string_view named(std::string_view pairs, std::string_view name) {
  while (!pairs.empty()) {
    const auto end = pairs.find(';');
    const std::string_view pair = trim(pairs.substr(0, end));
    const auto equals = pair.find('=');
    if (equals != std::string_view::npos && pair.substr(0, equals) == name) return pair.substr(equals + 1);
    if (end == std::string_view::npos) break;
    pairs.remove_prefix(end + 1);
  }
  return {};
}

} // namespace

std::string_view to_text(Method method) {
  switch (method) {
  case Method::get:
    return "GET";
  case Method::head:
    return "HEAD";
  case Method::post:
    return "POST";
  case Method::put:
    return "PUT";
  case Method::patch:
    return "PATCH";
  case Method::del:
    return "DELETE";
  case Method::options:
    return "OPTIONS";
  case Method::other:
    return "";
  }
  return "";
}

std::string_view Request::header(std::string_view name) const {
  const std::string wanted = ascii_lower(name);
  for (const Header& h : headers)
    if (h.name == wanted) return h.value;
  return {};
}

bool Request::has_header(std::string_view name) const {
  const std::string wanted = ascii_lower(name);
  for (const Header& h : headers)
    if (h.name == wanted) return true;
  return false;
}

std::string_view Request::cookie(std::string_view name) const {
  for (const Header& h : headers)
    if (h.name == "cookie")
      if (const std::string_view value = named(h.value, name); !value.empty()) return value;
  return {};
}

std::string_view Request::query_value(std::string_view name) const {
  for (const Parameter& p : query)
    if (p.name == name) return p.value;
  return {};
}

Response& Response::with(std::string name, std::string value) & {
  headers.push_back({std::move(name), std::move(value)});
  return *this;
}

Response&& Response::with(std::string name, std::string value) && {
  headers.push_back({std::move(name), std::move(value)});
  return std::move(*this);
}

std::string_view reason_phrase(int status) {
  struct Reason {
    int status{};
    std::string_view phrase{};
  };
  static constexpr Reason reasons[] = {{100, "Continue"},
                                       {200, "OK"},
                                       {201, "Created"},
                                       {202, "Accepted"},
                                       {204, "No Content"},
                                       {206, "Partial Content"},
                                       {301, "Moved Permanently"},
                                       {302, "Found"},
                                       {303, "See Other"},
                                       {304, "Not Modified"},
                                       {307, "Temporary Redirect"},
                                       {308, "Permanent Redirect"},
                                       {400, "Bad Request"},
                                       {401, "Unauthorized"},
                                       {403, "Forbidden"},
                                       {404, "Not Found"},
                                       {405, "Method Not Allowed"},
                                       {406, "Not Acceptable"},
                                       {409, "Conflict"},
                                       {410, "Gone"},
                                       {412, "Precondition Failed"},
                                       {413, "Content Too Large"},
                                       {414, "URI Too Long"},
                                       {415, "Unsupported Media Type"},
                                       {417, "Expectation Failed"},
                                       {421, "Misdirected Request"},
                                       {422, "Unprocessable Content"},
                                       {428, "Precondition Required"},
                                       {429, "Too Many Requests"},
                                       {431, "Request Header Fields Too Large"},
                                       {500, "Internal Server Error"},
                                       {501, "Not Implemented"},
                                       {503, "Service Unavailable"},
                                       {505, "HTTP Version Not Supported"},
                                       {507, "Insufficient Storage"}};
  for (const Reason& r : reasons)
    if (r.status == status) return r.phrase;
  return "Status";
}

Response text(int status, std::string body) {
  return typed(status, "text/plain; charset=utf-8", std::move(body));
}
Response html(int status, std::string body) {
  return typed(status, "text/html; charset=utf-8", std::move(body));
}
Response json(int status, std::string body) { return typed(status, "application/json", std::move(body)); }
Response no_content() { return {204, {}, {}, {}}; }
Response redirect(std::string location) { return {303, {{"Location", std::move(location)}}, {}, {}}; }

Response problem(const Problem& problem) {
  std::string body = R"({"type":"about:blank","title":")" + std::string(reason_phrase(problem.status)) +
                     R"(","status":)" + std::to_string(problem.status) + R"(,"code":")" +
                     plain(problem.code) + '"';
  if (!problem.reference.empty()) body += R"(,"reference":")" + plain(problem.reference) + '"';
  return typed(problem.status, "application/problem+json", body + "}");
}

} // namespace kith::http
