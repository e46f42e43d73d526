#include "auth/audit.hpp"

#include <algorithm>

#include "record/field.hpp"

namespace kith::auth {
namespace {

using storage::Access;
using storage::Query;
using storage::Value;

const Query add{
    "audit.add", Access::write,
    "insert into audit (org_id, id, at, actor_id, role, session_id, operation, object_kind, object_id,"
    " care, fields, basis, request_id, decision)"
    " values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)"};
const Query add_subject{"audit.add_subject", Access::write,
                        "insert into audit_subject (org_id, audit_id, person_id) values (?1, ?2, ?3)"};

Value optional(const std::string& text) { return text.empty() ? Value{} : Value{text}; }

} // namespace

Done write_audit(storage::Transaction& tx, const Scope& scope, const AuditRow& row) {
  const std::string id = to_text(random_id(scope.random()));
  const Actor& actor = scope.actor();
  std::string roles;
  for (const Role role : actor.roles)
    roles += (roles.empty() ? "" : " ") + std::string(record::code_of(role));
  TRY(tx.send(add, {scope.organisation().text(), id, scope.now().ms, actor_text(scope), optional(roles),
                    optional(actor.session), row.operation, optional(row.object_kind), optional(row.object),
                    row.care, optional(row.fields), optional(row.basis), optional(scope.request_id()),
                    row.decision}));
  std::vector<Id<Person>> subjects = row.subjects;
  std::sort(subjects.begin(), subjects.end());
  subjects.erase(std::unique(subjects.begin(), subjects.end()), subjects.end());
  for (const Id<Person> person : subjects)
    TRY(tx.send(add_subject, {scope.organisation().text(), id, person.text()}));
  return {};
}

} // namespace kith::auth
