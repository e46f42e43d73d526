// Both said yes: the offer becomes a connection in one transaction. The place is converted from reserved to
// live by one conditional update, sibling offers close and give their places back, the worker gets the grant
// to see what the person shares, both are told, and the coordinator is asked to book the first meeting
// (first_meeting.hpp).
#pragma once
#include "auth/actor.hpp"
#include "connections/connection_store.hpp"

namespace kith::connections {

// REQUIRES both yes events stored. Failures (conflict): offer.not_both_yes, offer.not_available,
// offer.closed.
Done agree(storage::Transaction& tx, const auth::Scope& scope, const Offer& offer);

// What the person lets their worker see: categories of the live sharing consent. Empty when none.
Result<std::vector<std::string>> shared_with_worker(storage::Transaction& tx, const auth::Scope& scope,
                                                    Id<Person> person);
std::span<const std::string_view> shareable_pieces(); // own_words, pronouns, contact, interests, access_needs

} // namespace kith::connections
