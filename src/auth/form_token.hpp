// Against forged requests: every form carries a token bound to the session and the day, and every request
// that changes something must come from our own origin (Origin and Fetch-Metadata headers). Both are checked;
// either alone refuses. Pure and immutable; used by web before any action.
#pragma once
#include <string>
#include <string_view>

#include "base/time.hpp"

namespace kith::auth {

struct FormCheck {
  std::string_view token{};
  std::string_view session{}; // Actor::session; "" before signing in
  Instant now{};
};

class FormTokens {
public:
  explicit FormTokens(std::string key) : key_(std::move(key)) {} // OrganisationKeys::secret("form")
  std::string make(std::string_view session, Instant now) const;
  bool valid(const FormCheck& check) const; // of the same UTC day or the day before

private:
  std::string of_day(std::string_view session, Date day) const;
  std::string key_{};
};

struct RequestOrigin {
  std::string_view origin{}; // header values, "" when absent
  std::string_view sec_fetch_site{};
  std::string_view host{};
  std::string_view scheme{"https"}; // that browsers use to reach us
};
bool origin_allowed(const RequestOrigin& request); // for every method that changes something

} // namespace kith::auth
