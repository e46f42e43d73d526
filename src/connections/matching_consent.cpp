#include "connections/matching_consent.hpp"

#include <algorithm>

#include "base/zones.hpp"
#include "connections/connection_store.hpp"
#include "connections/offer_actions.hpp"
#include "connections/task.hpp"
#include "people/person_store.hpp"
#include "storage/trail.hpp"

namespace kith::connections {
namespace {

Done fact(storage::Transaction& tx, const auth::Scope& scope, std::string_view kind, Id<Person> person) {
  return storage::record_fact(tx, scope.random(),
                              {scope.now(), auth::actor_text(scope), kind, "person", person.text(), {}});
}

Failure refused(const char* field, const char* code) { return invalid("consent.invalid", {{field, code}}); }

// The day they last took it back, when no yes has followed: what was said before says nothing any more.
Result<std::optional<Date>> taken_back_on(storage::Transaction& tx, const auth::Scope& scope,
                                          Id<Person> person, std::string_view zone) {
  std::optional<Date> last;
  TRY_ASSIGN(const auto all, people::consents_of(tx, scope, person));
  for (const Consent& consent : all) {
    if (consent.purpose != Purpose::matching) continue;
    if (holds(consent, scope.now())) return std::optional<Date>();
    if (consent.withdrawn_at) last = std::max(last, std::optional(local_date(*consent.withdrawn_at, zone)));
  }
  return last;
}

// Two at once are one after the other: the second reads what the first wrote.
Result<std::optional<Referral>> lock_open_referral(storage::Transaction& tx, const auth::Scope& scope,
                                                   Id<Person> person) {
  TRY_ASSIGN(const auto referral, open_referral_of(tx, scope, person));
  if (!referral) return referral;
  TRY(lock_referral(tx, scope, referral->id));
  return open_referral_of(tx, scope, person);
}

} // namespace

Done agree_to_matching(storage::Transaction& tx, const auth::Scope& scope,
                       const MatchingAgreement& agreement) {
  TRY_ASSIGN(const Organisation organisation, teams::load_organisation(tx));
  const Date today = local_date(scope.now(), organisation.zone);
  people::GiveConsent given{agreement.person, Purpose::matching, "service", {}, agreement.captured};
  const bool own = scope.actor().person == agreement.person;
  if (own != (agreement.captured == Captured::self)) return refused("how", "not_said");
  TRY(lock_open_referral(tx, scope, agreement.person));
  const Date on = agreement.on.value_or(today);
  if (on > today || today - on >= people::consent_days) return refused("on", "out_of_range");
  if (!own) {
    TRY_ASSIGN(const auto taken_back, taken_back_on(tx, scope, agreement.person, organisation.zone));
    if (taken_back && *taken_back > on) return refused("on", "taken_back");
    if (taken_back == on && !agreement.again) return refused("again", "taken_back");
  }
  if (on != today) {
    TRY_ASSIGN(given.from, resolve({on, 12 * 60}, organisation.zone));
  }
  TRY(people::give_consent(tx, scope, given));
  return fact(tx, scope, "agreed_to_matching", agreement.person);
}

Done withdraw_from_matching(storage::Transaction& tx, const auth::Scope& scope, Id<Person> person) {
  // Both may have agreed while we waited for the lock: the connection stays.
  TRY_ASSIGN(const auto referral, lock_open_referral(tx, scope, person));
  TRY_ASSIGN(const bool agreed, agrees_to_matching(tx, scope, person));
  TRY(people::withdraw_consent(tx, scope, person, Purpose::matching)); // also one whose year has ended
  if (agreed) TRY(fact(tx, scope, "withdrew_from_matching", person));
  if (!referral) return {};
  TRY_ASSIGN(const ReferralState state, state_of(tx, scope, referral->id));
  if (state != ReferralState::offered) return {};
  TRY(take_back_offers(tx, scope, referral->id, TakenBackBy::person));
  return close_tasks(tx, scope, referral->id.text());
}

Result<bool> agrees_to_matching(storage::Transaction& tx, const auth::Scope& scope, Id<Person> person) {
  TRY_ASSIGN(const auto consent, people::live_consent(tx, scope, person, Purpose::matching));
  return consent.has_value();
}

} // namespace kith::connections
