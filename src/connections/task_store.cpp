#include "connections/task.hpp"

namespace kith::connections {
namespace {

using storage::Access;
using storage::Query;

const Query add{"task.add", Access::write,
                "insert into task (org_id, id, kind, about_kind, about_id, for_role, due_on, made_at)"
                " values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"};
const Query close_kind{
    "task.close_kind", Access::write,
    "update task set done_at = ?1, done_by = ?2 where org_id = ?3 and about_id = ?4 and kind = ?5"
    " and done_at is null"};
const Query close_all{"task.close_all", Access::write,
                      "update task set done_at = ?1, done_by = ?2 where org_id = ?3 and about_id = ?4"
                      " and done_at is null"};
const Query finish{
    "task.finish", Access::write,
    "update task set done_at = ?1, done_by = ?2 where org_id = ?3 and id = ?4 and done_at is null"};
const Query open{"task.open", Access::read,
                 "select id, kind, about_kind, about_id, for_role, due_on from v_task"
                 " where for_role = ?1 and done_at is null order by due_on, id limit 200"};

const Query has_open{"task.has_open", Access::read,
                     "select count(*) from v_task where about_id = ?1 and kind = ?2 and done_at is null"};

} // namespace

Done add_task(storage::Transaction& tx, const auth::Scope& scope, const Task& task) {
  TRY(tx.run(add, {scope.organisation().text(), Id<Task>::make(scope.random()).text(), task.kind,
                   task.about_kind, task.about, task.for_role, to_text(task.due_on), scope.now().ms}));
  return {};
}

Done close_tasks(storage::Transaction& tx, const auth::Scope& scope, const std::string& about,
                 const std::string& kind) {
  const std::string org = scope.organisation().text(), by = auth::actor_text(scope);
  if (kind.empty()) TRY(tx.run(close_all, {scope.now().ms, by, org, about}));
  else TRY(tx.run(close_kind, {scope.now().ms, by, org, about, kind}));
  return {};
}

Result<bool> has_open_task(storage::Transaction& tx, const auth::Scope&, const std::string& about,
                           const std::string& kind) {
  TRY_ASSIGN(const auto row, tx.row(has_open, {about, kind}));
  return row->integer(0) > 0;
}

Done finish_task(storage::Transaction& tx, const auth::Scope& scope, Id<Task> id) {
  TRY_ASSIGN(const std::int64_t changed, tx.run(finish, {scope.now().ms, auth::actor_text(scope),
                                                         scope.organisation().text(), id.text()}));
  if (changed != 1) return not_found();
  return {};
}

Result<std::vector<Task>> open_tasks(storage::Transaction& tx, const auth::Scope&,
                                     const std::string& for_role) {
  TRY_ASSIGN(const auto rows, tx.rows(open, {for_role}));
  std::vector<Task> out;
  out.reserve(rows.size());
  for (const storage::Row& row : rows)
    out.push_back(
        {row.id<Task>(0), row.text(1), row.text(2), row.text(3), row.text(4), *parse_date(row.text(5))});
  return out;
}

} // namespace kith::connections
