#include "connections/closing.hpp"

#include <algorithm>

#include "auth/grants.hpp"
#include "connections/task.hpp"
#include "connections/telling.hpp"
#include "storage/trail.hpp"
#include "workforce/worker_store.hpp"

namespace kith::connections {
namespace {

// Whether the worker knows of the offer: by their own answer, or because the question may have gone out.
Result<bool> worker_knows(storage::Transaction& tx, const Offer& offer, const OfferStanding& now) {
  if (now.worker_said_yes || !now.worker_asked) return now.worker_said_yes;
  TRY_ASSIGN(const auto held, storage::held_messages(tx, "offer", offer.id.text()));
  return std::none_of(held.begin(), held.end(), [](const storage::OutboxMessage& message) {
    return message.template_name == "worker_asked" && message.attempts == 0;
  });
}

// A worker who said no or nothing hears no more of it.
bool says_thanks(OfferEventKind how) {
  return how != OfferEventKind::worker_no && how != OfferEventKind::lapsed;
}

} // namespace

Done close_offer(storage::Transaction& tx, const auth::Scope& scope, const Offer& offer, OfferEventKind how) {
  TRY_ASSIGN(const OfferStanding now, append(tx, scope, offer.id, how));
  TRY(workforce::release_reserved_place(tx, scope, offer.worker));
  TRY(auth::revoke_grants(tx, scope, {auth::Relation::offered, "offer", offer.id.text()}));
  TRY(close_tasks(tx, scope, offer.id.text()));
  TRY_ASSIGN(const bool knows, worker_knows(tx, offer, now));
  TRY(storage::cancel_messages(tx, scope.now(), "offer", offer.id.text()));
  if (!knows || !says_thanks(how)) return {};
  return tell(tx, scope,
              {.worker = offer.worker,
               .words = "worker_place_free",
               .about_kind = "offer",
               .about = offer.id.text()});
}

} // namespace kith::connections
