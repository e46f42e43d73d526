#include "connections/agreement.hpp"

#include "auth/grants.hpp"
#include "base/zones.hpp"
#include "connections/closing.hpp"
#include "connections/matching_consent.hpp"
#include "connections/parties.hpp"
#include "connections/task.hpp"
#include "connections/telling.hpp"
#include "storage/trail.hpp"
#include "workforce/worker_store.hpp"

namespace kith::connections {
namespace {

Done close_siblings(storage::Transaction& tx, const auth::Scope& scope, const Offer& chosen) {
  TRY_ASSIGN(const auto all, offers_of_referral(tx, scope, chosen.referral));
  for (const StandingOffer& o : all)
    if (o.offer.id != chosen.id && o.standing.state == OfferState::open)
      TRY(close_offer(tx, scope, o.offer, OfferEventKind::not_chosen));
  return {};
}

Done tell_both(storage::Transaction& tx, const auth::Scope& scope, const Connection& connection) {
  const std::string id = connection.id.text();
  TRY(tell(tx, scope,
           {.worker = connection.worker, .words = "worker_agreed", .about_kind = "connection", .about = id}));
  return tell(
      tx, scope,
      {.person = connection.person, .words = "person_agreed", .about_kind = "connection", .about = id});
}

} // namespace

Done agree(storage::Transaction& tx, const auth::Scope& scope, const Offer& offer) {
  TRY_ASSIGN(const Organisation organisation, teams::load_organisation(tx));
  TRY(lock_open_places(tx, scope, offer.referral));
  TRY_ASSIGN(const bool apart, workforce::kept_apart(tx, scope, offer.person, offer.worker));
  if (apart) return conflict("offer.not_available");
  TRY_ASSIGN(const bool agrees, agrees_to_matching(tx, scope, offer.person));
  if (!agrees) return conflict("offer.not_available"); // the year of their yes ended meanwhile
  TRY(append(tx, scope, offer.id, OfferEventKind::agreed));
  TRY(workforce::convert_reserved_place(tx, scope, offer.worker));
  TRY(auth::revoke_grants(tx, scope, {auth::Relation::offered, "offer", offer.id.text()}));
  TRY(close_siblings(tx, scope, offer));
  TRY(append(tx, scope, offer.referral, ReferralEventKind::connected));
  TRY(close_referral(tx, scope, offer.referral));
  TRY(close_tasks(tx, scope, offer.referral.text()));
  const Connection connection{Id<Connection>::make(scope.random()),
                              offer.referral,
                              offer.id,
                              offer.person,
                              offer.worker,
                              scope.now(),
                              {}};
  TRY(insert_connection(tx, scope, connection));
  TRY_ASSIGN(const Worker worker, workforce::load_worker(tx, scope, offer.worker));
  TRY_ASSIGN(const Id<Account> account, account_for(tx, scope, worker));
  TRY(auth::write_grant(tx, scope,
                        {account, auth::Relation::matched_worker, "person", offer.person.text(),
                         "connection:" + connection.id.text()}));
  TRY(tell_both(tx, scope, connection));
  TRY(add_task(tx, scope,
               {{},
                TaskKind::book_first_meeting,
                "connection",
                connection.id.text(),
                "coordinator",
                local_date(scope.now(), organisation.zone) + 3}));
  return storage::record_fact(
      tx, scope.random(),
      {scope.now(), auth::actor_text(scope), "connection_agreed", "connection", connection.id.text(), {}});
}

Result<std::vector<std::string>> shared_with_worker(storage::Transaction& tx, const auth::Scope& scope,
                                                    Id<Person> person) {
  TRY_ASSIGN(const auto consent, people::live_consent(tx, scope, person, Purpose::sharing));
  return consent ? consent->categories : std::vector<std::string>();
}

std::span<const std::string_view> shareable_pieces() {
  static constexpr std::string_view pieces[] = {"own_words", "pronouns", "contact", "interests",
                                                "access_needs"};
  return pieces;
}

} // namespace kith::connections
