// A referral: a request for support, from anybody, until a worker is agreed (service.md section 5). Its state
// is never a column: it is what its events add up to. The waiting date is the day it came in and never moves.
#pragma once
#include <string>
#include <vector>

#include "base/id.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "people/person.hpp"
#include "record/field.hpp"
#include "teams/organisation.hpp"

namespace kith {

enum class ReferralSource { self, supporter, clinician, ward, other_service, import, coordinator };
std::span<const std::string_view> codes_of(ReferralSource);

struct Referral {
  Id<Referral> id{};
  Id<Person> person{};
  ReferralSource source{};
  OrganisationKind source_kind{OrganisationKind::other};
  Id<Account> referrer{};      // empty when nobody with an account asked
  std::string triage_reason{}; // a code of the service's ladder, or ""
  Instant referred_at{};
  Date waiting_on{};
  Date promise_on{};
  std::optional<Instant> closed_at{}; // for the one-open-referral rule; the state comes from the events
  std::string own_words{};            // sealed: why, in the person's words
  std::string must_know{};            // sealed: what the service must know before the first contact
};
const record::Description& referral_description();

enum class ReferralState { referred, triaged, waiting, offered, connected, declined_by_service, withdrawn };
std::span<const std::string_view> codes_of(ReferralState);

enum class ReferralEventKind {
  referred,
  triaged,
  accepted, // onto the waiting list
  declined, // by the service, with a reason
  offered,
  offers_closed, // the last open offer was declined, lapsed or taken back: waiting again, same waiting date
  connected,
  withdrawn, // by the person, in any state, without a reason
};
std::span<const std::string_view> codes_of(ReferralEventKind);

// The state after an event, or referral.not_possible (conflict) when the table of service.md has no such
// step.
Result<ReferralState> next(ReferralState state, ReferralEventKind event);
// Replays events from the beginning; the first must be `referred`. Failure: referral.broken_history.
Result<ReferralState> replay(const std::vector<ReferralEventKind>& events);

} // namespace kith
