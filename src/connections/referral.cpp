#include "connections/referral.hpp"

namespace kith {

std::span<const std::string_view> codes_of(ReferralSource) {
  static constexpr std::string_view codes[] = {"self",          "supporter", "clinician",  "ward",
                                               "other_service", "import",    "coordinator"};
  return codes;
}

std::span<const std::string_view> codes_of(ReferralState) {
  static constexpr std::string_view codes[] = {
      "referred", "triaged", "waiting", "offered", "connected", "declined_by_service", "withdrawn"};
  return codes;
}

std::span<const std::string_view> codes_of(ReferralEventKind) {
  static constexpr std::string_view codes[] = {"referred", "triaged",       "accepted",  "declined",
                                               "offered",  "offers_closed", "connected", "withdrawn"};
  return codes;
}

Result<ReferralState> next(ReferralState state, ReferralEventKind event) {
  using S = ReferralState;
  using E = ReferralEventKind;
  if (event == E::withdrawn && state != S::withdrawn) return S::withdrawn;
  if (state == S::referred && event == E::triaged) return S::triaged;
  if (state == S::triaged && event == E::accepted) return S::waiting;
  if (state == S::triaged && event == E::declined) return S::declined_by_service;
  if (state == S::waiting && event == E::offered) return S::offered;
  if (state == S::offered && event == E::offers_closed) return S::waiting;
  if (state == S::offered && event == E::connected) return S::connected;
  return conflict("referral.not_possible");
}

Result<ReferralState> replay(const std::vector<ReferralEventKind>& events) {
  if (events.empty() || events[0] != ReferralEventKind::referred) return conflict("referral.broken_history");
  ReferralState state = ReferralState::referred;
  for (std::size_t i = 1; i < events.size(); ++i) {
    TRY_ASSIGN(state, next(state, events[i]));
  }
  return state;
}

} // namespace kith
