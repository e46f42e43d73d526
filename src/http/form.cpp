#include "http/form.hpp"

#include "base/text.hpp"

namespace kith::http {
namespace {

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

enum class Plus { literal, space };

std::optional<std::string> decoded(std::string_view text, Plus plus) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '+' && plus == Plus::space) {
      out += ' ';
    } else if (text[i] != '%') {
      out += text[i];
    } else {
      if (i + 2 >= text.size()) return {};
      const int high = hex_digit(text[i + 1]), low = hex_digit(text[i + 2]);
      if (high < 0 || low < 0) return {};
      out += static_cast<char>(high * 16 + low);
      i += 2;
    }
  }
  return out;
}

bool plain_text(std::string_view text) {
  return text.find('\0') == std::string_view::npos && valid_utf8(text);
}

// RFC 6265 4.1.1 cookie-octet, and a subset of token for names.
bool cookie_octets(std::string_view text) {
  for (const char c : text)
    if (c <= 0x20 || c >= 0x7f || c == '"' || c == ',' || c == ';' || c == '\\') return false;
  return true;
}

} // namespace

bool Form::has(std::string_view name) const {
  for (const Parameter& p : parameters)
    if (p.name == name) return true;
  return false;
}

std::string_view Form::value(std::string_view name) const {
  for (const Parameter& p : parameters)
    if (p.name == name) return p.value;
  return {};
}

std::vector<std::string> Form::values(std::string_view name) const {
  std::vector<std::string> all;
  for (const Parameter& p : parameters)
    if (p.name == name) all.push_back(p.value);
  return all;
}

Result<Form> parse_form(std::string_view body) {
  Form form;
  while (!body.empty()) {
    const auto end = body.find('&');
    const std::string_view pair = body.substr(0, end);
    body = end == std::string_view::npos ? std::string_view() : body.substr(end + 1);
    if (pair.empty()) continue;
    if (form.parameters.size() == parameters_max) return too_much("form.too_many_parameters");
    const auto equals = pair.find('=');
    auto name = form_decode(pair.substr(0, equals));
    auto value = form_decode(equals == std::string_view::npos ? std::string_view() : pair.substr(equals + 1));
    if (!name || !value) return invalid("form.encoding_invalid");
    if (!plain_text(*name) || !plain_text(*value)) return invalid("form.text_invalid");
    form.parameters.push_back({std::move(*name), std::move(*value)});
  }
  return form;
}

std::string to_text(const Form& form) {
  std::string out;
  for (const Parameter& p : form.parameters) {
    if (!out.empty()) out += '&';
    out += percent_encode(p.name) + '=' + percent_encode(p.value);
  }
  return out;
}

std::string percent_encode(std::string_view text) {
  static constexpr char digits[] = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const bool unreserved = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                            c == '-' || c == '.' || c == '_' || c == '~';
    if (unreserved) {
      out += c;
    } else {
      out += '%';
      out += digits[static_cast<unsigned char>(c) >> 4];
      out += digits[static_cast<unsigned char>(c) & 15];
    }
  }
  return out;
}

std::optional<std::string> percent_decode(std::string_view text) { return decoded(text, Plus::literal); }
std::optional<std::string> form_decode(std::string_view text) { return decoded(text, Plus::space); }

std::string cookie_name(const Cookie& cookie) { return (cookie.secure ? "__Host-" : "") + cookie.name; }

Header set_cookie(const Cookie& cookie) {
  CHECK(!cookie.name.empty() && cookie_octets(cookie.name) && cookie.name.find('=') == std::string::npos);
  CHECK(cookie_octets(cookie.value));
  std::string value = cookie_name(cookie) + '=' + cookie.value + "; Path=/";
  if (cookie.seconds_max >= 0) value += "; Max-Age=" + std::to_string(cookie.seconds_max);
  if (cookie.secure) value += "; Secure";
  if (cookie.http_only) value += "; HttpOnly";
  value += cookie.strict ? "; SameSite=Strict" : "; SameSite=Lax";
  return {"Set-Cookie", std::move(value)};
}

} // namespace kith::http
