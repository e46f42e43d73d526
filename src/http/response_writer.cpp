#include "http/response_writer.hpp"

#include <cstdio>

#include "base/check.hpp"
#include "base/text.hpp"

namespace kith::http {
namespace {

bool own_header(std::string_view name) {
  const std::string lower = ascii_lower(name);
  return lower == "connection" || lower == "content-length" || lower == "transfer-encoding" ||
         lower == "date" || lower == "keep-alive";
}

bool safe_name(std::string_view name) {
  for (const char c : name)
    if (c <= 0x20 || c >= 0x7f || c == ':') return false;
  return !name.empty();
}

bool safe_value(std::string_view value) {
  for (const char c : value)
    if ((static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7f) return false;
  return true;
}

} // namespace

bool may_have_body(int status) { return status >= 200 && status != 204 && status != 304; }

std::string response_head(const Response& response, const HeadOptions& options) {
  CHECK(response.status >= 200 && response.status <= 599);
  std::string head;
  head.reserve(256);
  head += "HTTP/1.1 ";
  head += std::to_string(response.status);
  head += ' ';
  head += reason_phrase(response.status);
  head += "\r\nDate: ";
  head += http_date(options.now);
  for (const Header& h : response.headers) {
    CHECK(safe_name(h.name) && safe_value(h.value) && !own_header(h.name));
    head += "\r\n";
    head += h.name;
    head += ": ";
    head += h.value;
  }
  if (may_have_body(response.status)) {
    head += "\r\nContent-Length: ";
    head += std::to_string(response.payload().size());
  }
  if (options.close) head += "\r\nConnection: close";
  head += "\r\n\r\n";
  return head;
}

std::string http_date(Instant at) {
  static constexpr const char* days[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
  static constexpr const char* months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                           "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const Date on = utc_date(at);
  const Civil civil = civil_of(on);
  const std::int64_t seconds = (at.ms - start_of_utc_day(on).ms) / 1000;
  char buffer[64];
  std::snprintf(buffer, sizeof buffer, "%s, %02d %s %04d %02d:%02d:%02d GMT", days[weekday_of(on)], civil.day,
                months[civil.month - 1], civil.year, static_cast<int>(seconds / 3600),
                static_cast<int>(seconds / 60 % 60), static_cast<int>(seconds % 60));
  return buffer;
}

} // namespace kith::http
