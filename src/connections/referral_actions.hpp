// What can be done with a referral: make one, accept it onto the waiting list, decline it, withdraw from it.
// Each is one story in one transaction of the caller: rule, rows, facts, grants, tasks, messages.
#pragma once
#include <string>
#include <vector>

#include "auth/actor.hpp"
#include "connections/connection_store.hpp"

namespace kith::connections {

// At most eight fields a referrer fills: name; way to make contact and the address or number; asked and
// agreed; own words; languages with interpreter; access needs; must-know.
struct ReferralRequest {
  Id<Person> person{}; // an existing person, or empty: the fields below make one
  std::string chosen_name{};
  ContactWay contact_way{};
  std::string contact{};     // e-mail address or telephone number
  bool asked_and_agreed{};   // the person knows of the referral and agrees to be contacted
  bool agrees_to_matching{}; // recorded consent to matching
  std::string own_words{};
  std::vector<std::string> languages{};
  bool interpreter{};
  std::string access_needs{};
  std::string must_know{};
  ReferralSource source{};
  OrganisationKind source_kind{OrganisationKind::other};
  std::string triage_reason{};
  Captured captured{Captured::said_to_staff};
  std::optional<Instant> referred_at{}; // an import or the demo: when it really came in; default now
};

struct Referred {
  Id<Referral> referral{};
  Id<Person> person{};
  Id<Account> account{}; // the person's, for a sign-in link
};

// Failures: referral.invalid with fields (chosen_name required, contact required, asked_and_agreed required,
// …); referral.already_open (conflict); person.died (conflict).
Result<Referred> refer(storage::Transaction& tx, const auth::Scope& scope, const ReferralRequest& request);

// Triage and acceptance onto the waiting list in one step; the waiting date stays the day it came in.
Done accept(storage::Transaction& tx, const auth::Scope& scope, Id<Referral> referral);
// One of a short list and no free text: a reason in words would be one more thing to keep about somebody whom
// the service does not support.
enum class DeclineReason { duplicate, not_meant, not_this_service, no_answer, something_else };
std::span<const std::string_view> codes_of(DeclineReason);
Done decline(storage::Transaction& tx, const auth::Scope& scope, Id<Referral> referral, DeclineReason reason);

// The person stops taking part: open offers and a live connection end, places are given back, consent to
// matching ends, messages not yet sent are cancelled. Possible in every state; no reason is asked.
Done withdraw(storage::Transaction& tx, const auth::Scope& scope, Id<Person> person);

} // namespace kith::connections
