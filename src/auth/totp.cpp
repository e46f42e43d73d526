#include "auth/totp.hpp"

#include <liboath/oath.h>

#include <cstdlib>

#include "base/check.hpp"
#include "base/text.hpp"

namespace kith::auth {
namespace {

constexpr std::int64_t step_seconds = 30;
constexpr unsigned digits = 6;
constexpr std::int64_t steps_around = 1;

std::int64_t step_at(Instant at) { return at.ms / 1000 / step_seconds; }

std::optional<std::string> bytes_of(const std::string& secret) {
  char* bytes = nullptr;
  std::size_t size = 0;
  if (secret.empty() || oath_base32_decode(secret.data(), secret.size(), &bytes, &size) != OATH_OK) return {};
  std::string out(bytes, size);
  std::free(bytes); // NOLINT: liboath allocates with malloc
  return out;
}

std::string code_of_step(const std::string& bytes, std::int64_t step) {
  char out[digits + 1] = {};
  CHECK(oath_totp_generate(bytes.data(), bytes.size(), step * step_seconds, step_seconds, 0, digits, out) ==
        OATH_OK);
  return out;
}

std::string percent_encoded(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       std::string_view("-._~").find(c) != std::string_view::npos;
    if (plain) out += c;
    else out += "%" + hex({&c, 1});
  }
  return out;
}

} // namespace

std::string base32(std::string_view bytes) {
  char* text = nullptr;
  std::size_t size = 0;
  CHECK(oath_base32_encode(bytes.data(), bytes.size(), &text, &size) == OATH_OK);
  std::string out(text, size);
  std::free(text); // NOLINT: liboath allocates with malloc
  return out.substr(0, out.find('='));
}

std::string new_totp_secret(Random& random) {
  std::uint8_t bytes[20] = {};
  random.fill(bytes);
  return base32({reinterpret_cast<const char*>(bytes), sizeof bytes});
}

std::string totp_code(const std::string& secret, Instant at) {
  const auto bytes = bytes_of(secret);
  return bytes ? code_of_step(*bytes, step_at(at)) : std::string();
}

// RFC 6238 5.2: one step either side for delay and clock drift, and no second use of an accepted code.
std::optional<std::int64_t> accepted_totp_step(const TotpCheck& check) {
  const auto bytes = bytes_of(check.secret);
  std::string code; // people copy "123 456"
  for (const char c : check.code)
    if (c != ' ') code += c;
  if (!bytes || code.size() != digits) return {};
  std::optional<std::int64_t> accepted;
  const std::int64_t now = step_at(check.now);
  for (std::int64_t step = now - steps_around; step <= now + steps_around; ++step)
    if (equal_in_constant_time(code_of_step(*bytes, step), code) && step > check.last_step) accepted = step;
  return accepted;
}

std::string otpauth_uri(const std::string& secret, const TotpLabel& label) {
  const std::string issuer = percent_encoded(label.issuer);
  return "otpauth://totp/" + issuer + ":" + percent_encoded(label.account) + "?secret=" + secret +
         "&issuer=" + issuer + "&algorithm=SHA1&digits=6&period=30";
}

} // namespace kith::auth
