// The audit row: who did or looked at what, on which basis, with which decision. Written in the transaction
// of a change, and committed before the bytes of a C3 or C4 read are released. Ids and field names only.
#pragma once
#include <string>
#include <vector>

#include "auth/actor.hpp"
#include "storage/database.hpp"

namespace kith::auth {

struct AuditRow {
  std::string operation{}; // the permission's name
  std::string object_kind{};
  std::string object{};
  std::vector<Id<Person>> subjects{}; // whose records; in any order, each may stand twice
  std::string care{};                 // C1, C3, C4
  std::string fields{};               // the names of those that changed, joined by spaces
  std::string basis{};
  std::string decision{"allow"}; // allow, deny
};
Done write_audit(storage::Transaction& tx, const Scope& scope, const AuditRow& row);

} // namespace kith::auth
