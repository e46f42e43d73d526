// What an HTTP exchange says, as plain values: a Request that has passed the strict reader, and a Response
// for the server to write. Used by every handler. A Request's path and query are decoded, valid UTF-8 and
// free of NUL; its header names are lower case. A Response never names the headers the server itself owns
// (Connection, Content-Length, Date, Transfer-Encoding). Values only: no thread rule.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace kith::http {

enum class Method { get, head, post, put, patch, del, options, other };

std::string_view to_text(Method method); // "DELETE" for del, "" for other

struct Header {
  std::string name{};
  std::string value{};
};

struct Parameter {
  std::string name{};
  std::string value{};
  bool operator==(const Parameter&) const = default;
};

struct Request {
  Method method{Method::get};
  std::string target{}; // as sent
  std::string path{};   // decoded; begins with '/', no empty, "." or ".." segment; or "*" with OPTIONS
  std::vector<Parameter> query{};
  std::vector<Header> headers{}; // names in lower case, in the order sent
  std::string body{};
  std::string peer{}; // the address of the other side, as trusted proxies report it
  bool secure{};      // arrived by TLS, here or at a trusted proxy
  std::string id{};   // a random reference for the log and the error page

  std::string_view header(std::string_view name) const; // the first; "" when absent; any case
  bool has_header(std::string_view name) const;
  std::string_view cookie(std::string_view name) const;      // the first; "" when absent
  std::string_view query_value(std::string_view name) const; // the first; "" when absent
};

struct Response {
  int status{200};
  std::vector<Header> headers{};
  std::string body{};
  std::string_view static_body{}; // bytes alive for the whole process; used when `body` is empty

  std::string_view payload() const { return body.empty() ? static_body : std::string_view(body); }
  Response& with(std::string name, std::string value) &;
  Response&& with(std::string name, std::string value) &&;
};

std::string_view reason_phrase(int status);

Response text(int status, std::string body);
Response html(int status, std::string body);
Response json(int status, std::string body);
Response no_content();
Response redirect(std::string location); // 303: the next request is a GET
// RFC 9457 problem document. `code` is ours ("http.headers_too_large"), `reference` a request id or "".
struct Problem {
  int status{};
  std::string code{};
  std::string reference{};
};
Response problem(const Problem& problem);

} // namespace kith::http
