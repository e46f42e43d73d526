// Relationship grants: rows that say "this account stands in this relation to this object, from then until
// then". The event that creates a relationship writes the grant in its own transaction, the event that ends
// it revokes it; a check is one look-up here, on a low floor.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "auth/actor.hpp"
#include "storage/database.hpp"

namespace kith::auth {

// referrer: of a referral made. offered: of an open offer. matched_worker: of a person, while connected.
enum class Relation : std::uint8_t { referrer, offered, matched_worker };
std::span<const std::string_view> codes_of(Relation);

struct NewGrant {
  Id<Account> account{};
  Relation relation{};
  std::string_view object_kind{};
  std::string object{};
  std::string basis{}; // the event behind it, e.g. "connection:<id>"
};
Done write_grant(storage::Transaction& tx, const Scope& scope, const NewGrant& grant);

struct GrantOn {
  Relation relation{};
  std::string_view object_kind{};
  std::string object{};
};
Done revoke_grants(storage::Transaction& tx, const Scope& scope, const GrantOn& which); // of every account

// The id of a live grant of this account, or "".
Result<std::string> live_grant(storage::Transaction& tx, const Actor& actor, const GrantOn& which,
                               Instant now);

} // namespace kith::auth
