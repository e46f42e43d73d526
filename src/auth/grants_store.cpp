#include "auth/grants.hpp"
#include "record/field.hpp"

namespace kith::auth {
namespace {

using storage::Access;
using storage::Query;

const Query add{
    "access_grant.add", Access::write,
    "insert into access_grant (org_id, id, account_id, relation, object_kind, object_id, from_at, basis)"
    " values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"};
const Query revoke{
    "access_grant.revoke", Access::write,
    "update access_grant set revoked_at = ?1 where org_id = ?2 and relation = ?3 and object_kind = ?4"
    " and object_id = ?5 and revoked_at is null"};
const Query live{"access_grant.live", Access::read,
                 "select id from v_access_grant where account_id = ?1 and relation = ?2 and object_kind = ?3"
                 " and object_id = ?4 and revoked_at is null and from_at <= ?5"
                 " and (until_at is null or until_at > ?6) order by from_at, id limit 1"};

} // namespace

std::span<const std::string_view> codes_of(Relation) {
  static constexpr std::string_view codes[] = {"referrer", "offered", "matched_worker"};
  return codes;
}

Done write_grant(storage::Transaction& tx, const Scope& scope, const NewGrant& grant) {
  TRY(tx.send(add, {scope.organisation().text(), to_text(random_id(scope.random())), grant.account.text(),
                    std::string(record::code_of(grant.relation)), std::string(grant.object_kind),
                    grant.object, scope.now().ms, grant.basis}));
  return {};
}

Done revoke_grants(storage::Transaction& tx, const Scope& scope, const GrantOn& which) {
  TRY(tx.send(revoke,
              {scope.now().ms, scope.organisation().text(), std::string(record::code_of(which.relation)),
               std::string(which.object_kind), which.object}));
  return {};
}

Result<std::string> live_grant(storage::Transaction& tx, const Actor& actor, const GrantOn& which,
                               Instant now) {
  TRY_ASSIGN(const auto row, tx.row(live, {actor.account.text(), std::string(record::code_of(which.relation)),
                                           std::string(which.object_kind), which.object, now.ms, now.ms}));
  return row ? row->text(0) : std::string();
}

} // namespace kith::auth
