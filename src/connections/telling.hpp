// Telling somebody of a connection, an offer or a referral that something happened: one message into the
// outbox, in the transaction of what happened. It waits a minute, so that what is undone at once is never
// said. Used by the actions of this module.
#pragma once
#include <string>
#include <string_view>

#include "auth/actor.hpp"
#include "storage/database.hpp"
#include "workforce/worker.hpp"

namespace kith::connections {

inline constexpr std::int64_t hold_ms =
    60'000; // messages wait this long; until then everything can be undone

struct Telling {
  Id<Person> person{}; // one of the two
  Id<Worker> worker{};
  std::string_view words{};      // "worker_asked": the message's name in the wording
  std::string_view about_kind{}; // offer, referral, connection, person: withdrawn with it
  std::string about{};
  std::string once{}; // one message of these words for it; "" for `about`
  std::int64_t hold{hold_ms};
};
Done tell(storage::Transaction& tx, const auth::Scope& scope, const Telling& telling);

} // namespace kith::connections
