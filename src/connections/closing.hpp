// Closing one open offer, however it comes to close: its place is given back, the worker no longer sees it,
// what is still to do or to say about it is dropped. A worker who said yes, or whom the question reached, is
// thanked and told that their place is free again, in the same words whatever the reason.
#pragma once
#include "auth/actor.hpp"
#include "connections/connection_store.hpp"

namespace kith::connections {

// Failures: those of may_follow. The place's row should be locked already when several are closed.
Done close_offer(storage::Transaction& tx, const auth::Scope& scope, const Offer& offer, OfferEventKind how);

} // namespace kith::connections
