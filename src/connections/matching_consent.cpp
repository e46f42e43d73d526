#include "connections/matching_consent.hpp"

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

// What was said before it was taken back says nothing any more.
Result<bool> taken_back_since(storage::Transaction& tx, const auth::Scope& scope,
                              const MatchingAgreement& agreement, std::string_view zone) {
  TRY_ASSIGN(const auto all, people::consents_of(tx, scope, agreement.person));
  for (const Consent& consent : all)
    if (consent.purpose == Purpose::matching && consent.withdrawn_at &&
        local_date(*consent.withdrawn_at, zone) > *agreement.on)
      return true;
  return false;
}

} // namespace

Done agree_to_matching(storage::Transaction& tx, const auth::Scope& scope,
                       const MatchingAgreement& agreement) {
  TRY_ASSIGN(const Organisation organisation, teams::load_organisation(tx));
  const Date today = local_date(scope.now(), organisation.zone);
  people::GiveConsent given{agreement.person, Purpose::matching, "service", {}, agreement.captured};
  const bool own = scope.actor().person == agreement.person;
  if (own != (agreement.captured == Captured::self)) return refused("how", "not_said");
  if (agreement.on && *agreement.on != today) {
    if (*agreement.on > today || today - *agreement.on >= people::consent_days)
      return refused("on", "out_of_range");
    TRY_ASSIGN(const bool gone, taken_back_since(tx, scope, agreement, organisation.zone));
    if (gone) return refused("on", "taken_back");
    TRY_ASSIGN(given.from, resolve({*agreement.on, 12 * 60}, organisation.zone));
  }
  TRY(people::give_consent(tx, scope, given));
  return fact(tx, scope, "agreed_to_matching", agreement.person);
}

Done withdraw_from_matching(storage::Transaction& tx, const auth::Scope& scope, Id<Person> person) {
  TRY_ASSIGN(auto referral, open_referral_of(tx, scope, person));
  if (referral) {
    // Both may have agreed while we waited for the lock: the connection stays.
    TRY(lock_referral(tx, scope, referral->id));
    TRY_ASSIGN(referral, open_referral_of(tx, scope, person));
  }
  TRY_ASSIGN(const bool agreed, agrees_to_matching(tx, scope, person));
  if (agreed) {
    TRY(people::withdraw_consent(tx, scope, person, Purpose::matching));
    TRY(fact(tx, scope, "withdrew_from_matching", person));
  }
  if (!referral) return {};
  TRY_ASSIGN(const ReferralState state, state_of(tx, scope, referral->id));
  if (state != ReferralState::offered) return {};
  TRY(take_back_offers(tx, scope, referral->id));
  return close_tasks(tx, scope, referral->id.text());
}

Result<bool> agrees_to_matching(storage::Transaction& tx, const auth::Scope& scope, Id<Person> person) {
  TRY_ASSIGN(const auto consent, people::live_consent(tx, scope, person, Purpose::matching));
  return consent.has_value();
}

} // namespace kith::connections
