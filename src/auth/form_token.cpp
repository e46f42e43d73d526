#include "auth/form_token.hpp"

#include <sodium.h>

#include "base/check.hpp"
#include "base/text.hpp"

namespace kith::auth {

std::string FormTokens::of_day(std::string_view session, Date day) const {
  CHECK(key_.size() == crypto_auth_hmacsha256_KEYBYTES);
  const std::string text = "form|" + std::string(session) + "|" + to_text(day);
  unsigned char out[crypto_auth_hmacsha256_BYTES] = {};
  crypto_auth_hmacsha256(out, reinterpret_cast<const unsigned char*>(text.data()), text.size(),
                         reinterpret_cast<const unsigned char*>(key_.data()));
  return base64url({reinterpret_cast<const char*>(out), sizeof out});
}

std::string FormTokens::make(std::string_view session, Instant now) const {
  return of_day(session, utc_date(now));
}

bool FormTokens::valid(const FormCheck& check) const {
  const Date today = utc_date(check.now);
  const bool of_today = equal_in_constant_time(of_day(check.session, today), check.token);
  const bool of_yesterday = equal_in_constant_time(of_day(check.session, today + -1), check.token);
  return of_today || of_yesterday;
}

bool origin_allowed(const RequestOrigin& request) {
  if (request.host.empty()) return false;
  const std::string own = std::string(request.scheme) + "://" + ascii_lower(request.host);
  const bool names_us = ascii_lower(request.origin) == own;
  if (request.sec_fetch_site == "same-origin")
    // Our referrer policy makes browsers send the origin `null` with our own forms.
    return names_us || request.origin.empty() || request.origin == "null";
  if (request.sec_fetch_site.empty()) return names_us; // an older browser
  return false;                                        // same-site, cross-site, none
}

} // namespace kith::auth
