// A way back in for a person whose sign-in link is spent: a new link, sent only to the address they gave us
// and only when the message goes out. Asked for by whoever holds one of their links, or by a coordinator.
#pragma once
#include "auth/actor.hpp"
#include "people/person.hpp"
#include "storage/database.hpp"

namespace kith::connections {

inline constexpr int new_links_a_day = 3; // for whoever asks with an old link; at most one an hour

// Whose link it is. Nothing is sent for an account that is not a living person's, that is not active, or that
// was sent as many as the limit allows: then false.
Result<bool> ask_for_new_link(storage::Transaction& tx, const auth::Scope& scope, Id<Account> account);

// A coordinator's: no limit but one a minute.
Done send_new_link(storage::Transaction& tx, const auth::Scope& scope, const Person& person);

} // namespace kith::connections
