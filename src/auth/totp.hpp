// The second factor of staff: time-based codes (RFC 6238: SHA-1, 30 s, 6 digits, as every authenticator app
// reads them) and the picture to enrol one. A code is accepted one step early or late and never twice: the
// caller stores the accepted step and hands it back. Pure; used by sign_in, the account pages and the command
// line.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/random.hpp"
#include "base/time.hpp"

namespace kith::auth {

std::string
new_totp_secret(Random& random); // 20 bytes as 32 base32 characters: the form stored, sealed, and shown
std::string base32(std::string_view bytes);                   // RFC 4648, without padding
std::string totp_code(const std::string& secret, Instant at); // "" when the secret is malformed

struct TotpCheck {
  std::string secret{}; // base32
  std::string_view code{};
  std::int64_t last_step{}; // of the last accepted code
  Instant now{};
};
std::optional<std::int64_t> accepted_totp_step(const TotpCheck& check); // to be stored; empty: refused

struct TotpLabel {
  std::string_view issuer{};  // the organisation's name
  std::string_view account{}; // the sign-in name
};
std::string otpauth_uri(const std::string& secret, const TotpLabel& label);

} // namespace kith::auth
