// The bytes of a response's head (RFC 9112 4). Used by the server. The server's own headers (Date,
// Content-Length, Connection) are written here and nowhere else; a handler that names one, or puts a control
// character into any header, has made a mistake (Defect). Pure functions: no thread rule.
#pragma once
#include <string>
#include <string_view>

#include "base/time.hpp"
#include "http/message.hpp"

namespace kith::http {

struct HeadOptions {
  Instant now{};
  bool close{}; // the connection ends after this response
};

std::string response_head(const Response& response, const HeadOptions& options);
bool may_have_body(int status);    // not 1xx, 204, 304
std::string http_date(Instant at); // Tue, 24 Nov 2026 08:06:53 GMT

} // namespace kith::http
