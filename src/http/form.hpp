// What browsers write in bodies, queries and cookies: application/x-www-form-urlencoded pairs,
// percent-encoding (RFC 3986) and Set-Cookie values (RFC 6265bis). Used by the strict reader for queries and
// by handlers for bodies. Decoded text is valid UTF-8 without NUL; anything else is refused whole. Values
// only: no thread rule.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "http/message.hpp"

namespace kith::http {

inline constexpr std::size_t parameters_max = 100;

// The pairs in the order sent; names may repeat (check boxes).
struct Form {
  std::vector<Parameter> parameters{};

  bool has(std::string_view name) const;
  std::string_view value(std::string_view name) const; // the first; "" when absent
  std::vector<std::string> values(std::string_view name) const;
};

// Refusals: "form.too_many_parameters", "form.encoding_invalid" (a broken %), "form.text_invalid" (UTF-8,
// NUL).
Result<Form> parse_form(std::string_view body);
std::string to_text(const Form& form); // the inverse, for links and tests

std::string percent_encode(std::string_view text);                // everything but unreserved characters
std::optional<std::string> percent_decode(std::string_view text); // '+' stays; a broken % is refused
std::optional<std::string> form_decode(std::string_view text);    // '+' is a space

// A cookie for the whole site and nothing else: __Host- prefix, Secure, HttpOnly, Path=/. Plain http (a
// developer's machine) cannot carry that prefix, so `secure` false leaves the prefix and Secure out.
struct Cookie {
  std::string name{}; // without the prefix
  std::string value{};
  std::int64_t seconds_max{-1}; // -1: until the browser closes; 0: delete
  bool secure{true};
  bool http_only{true};
  bool strict{false}; // SameSite=Strict instead of Lax
};
std::string cookie_name(const Cookie& cookie); // "__Host-" + name when secure
Header set_cookie(const Cookie& cookie);       // the name and value must be cookie characters: checked

} // namespace kith::http
