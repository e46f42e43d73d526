#include "connections/task.hpp"

#include "record/field.hpp"

namespace kith {

std::span<const std::string_view> codes_of(TaskKind) {
  static constexpr std::string_view codes[] = {
      "triage",           "offer_again",         "ask_again_later",    "talk_with_worker",
      "talk_with_person", "phone_person",        "book_first_meeting", "message_not_delivered",
      "call_with_news",   "tell_worker_it_ended"};
  return codes;
}

bool finished_by_hand(TaskKind kind) {
  return kind != TaskKind::triage && kind != TaskKind::book_first_meeting;
}

} // namespace kith

namespace kith::connections {
namespace {

using storage::Access;
using storage::Query;

constexpr std::int64_t reopen_days = 1;

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
const Query reopen{
    "task.reopen", Access::write,
    "update task set done_at = null, done_by = null where org_id = ?1 and id = ?2 and done_by = ?3"
    " and done_at > ?4"};
const Query mine{"task.mine_lately", Access::read,
                 "select count(*) from v_task where id = ?1 and done_by = ?2 and done_at > ?3"};
const Query is_open{"task.is_open", Access::read,
                    "select count(*) from v_task where id = ?1 and done_at is null"};

const std::string columns = "select id, kind, about_kind, about_id, for_role, due_on from v_task ";
const Query one{"task.one", Access::read, columns + "where id = ?1"};
const Query open{"task.open", Access::read,
                 columns + "where for_role = ?1 and done_at is null and kind <> 'triage'"
                           " order by due_on, id limit ?2"};
const Query open_of_kind{"task.open_of_kind", Access::read,
                         columns + "where kind = ?1 and done_at is null order by due_on, id limit ?2"};
const Query count_open{"task.count_open", Access::read,
                       "select count(*) from v_task where for_role = ?1 and done_at is null"
                       " and kind <> 'triage'"};

const Query later{"task.ask_later", Access::read,
                  "select about_id from v_task where kind = 'ask_again_later' and done_at is null"
                  " and due_on > ?1 and made_at > ?2 order by about_id limit 100000"};
const Query has_open{"task.has_open", Access::read,
                     "select count(*) from v_task where about_id = ?1 and kind = ?2 and done_at is null"};
const Query has_since{"task.has_since", Access::read,
                      "select count(*) from v_task where about_id = ?1 and kind = ?2"
                      " and (done_at is null or made_at >= ?3)"};

std::string code(TaskKind kind) { return std::string(record::code_of(kind)); }

Task read_task(const storage::Row& row) {
  return {row.id<Task>(0), record::parse_code<TaskKind>(row.text(1)).value(),
          row.text(2),     row.text(3),
          row.text(4),     *parse_date(row.text(5))};
}

std::vector<Task> read_tasks(const std::vector<storage::Row>& rows) {
  std::vector<Task> out;
  out.reserve(rows.size());
  for (const storage::Row& row : rows) out.push_back(read_task(row));
  return out;
}

// Who said a task is done. An event that closes one in passing leaves the bare account, so that nobody can
// open again what was answered.
std::string by_hand(const auth::Scope& scope) { return "hand " + auth::actor_text(scope); }

std::int64_t lately(const auth::Scope& scope) { return scope.now().ms - days_ms(reopen_days); }

Result<bool> any(storage::Transaction& tx, const Query& query, const std::vector<storage::Value>& values) {
  TRY_ASSIGN(const auto row, tx.row(query, values));
  return row->integer(0) > 0;
}

} // namespace

Done add_task(storage::Transaction& tx, const auth::Scope& scope, const Task& task) {
  TRY(tx.send(add, {scope.organisation().text(), Id<Task>::make(scope.random()).text(), code(task.kind),
                    task.about_kind, task.about, task.for_role, to_text(task.due_on), scope.now().ms}));
  return {};
}

Done close_tasks(storage::Transaction& tx, const auth::Scope& scope, const std::string& about) {
  TRY(tx.send(close_all, {scope.now().ms, auth::actor_text(scope), scope.organisation().text(), about}));
  return {};
}

Done close_tasks(storage::Transaction& tx, const auth::Scope& scope, const std::string& about,
                 TaskKind kind) {
  TRY(tx.send(close_kind,
              {scope.now().ms, auth::actor_text(scope), scope.organisation().text(), about, code(kind)}));
  return {};
}

Result<bool> has_open_task(storage::Transaction& tx, const auth::Scope&, const std::string& about,
                           TaskKind kind) {
  return any(tx, has_open, {about, code(kind)});
}

Result<bool> has_task_since(storage::Transaction& tx, const auth::Scope&, const TaskSince& asked) {
  return any(tx, has_since, {asked.about, code(asked.kind), asked.since.ms});
}

Result<std::vector<Id<Referral>>> referrals_to_ask_later(storage::Transaction& tx, const auth::Scope&,
                                                         const AskedLater& asked) {
  TRY_ASSIGN(const auto rows, tx.rows(later, {to_text(asked.today), asked.said_after.ms}));
  std::vector<Id<Referral>> out;
  out.reserve(rows.size());
  for (const storage::Row& row : rows) out.push_back(row.id<Referral>(0));
  return out;
}

Result<Task> load_task(storage::Transaction& tx, const auth::Scope&, Id<Task> id) {
  TRY_ASSIGN(const auto row, tx.row(one, {id.text()}));
  if (!row) return not_found();
  return read_task(*row);
}

Done finish_task(storage::Transaction& tx, const auth::Scope& scope, const Task& task) {
  if (!finished_by_hand(task.kind)) return conflict("task.closes_itself");
  TRY(tx.send(finish, {scope.now().ms, by_hand(scope), scope.organisation().text(), task.id.text()}));
  return {};
}

Result<bool> may_reopen(storage::Transaction& tx, const auth::Scope& scope, Id<Task> id) {
  return any(tx, mine, {id.text(), by_hand(scope), lately(scope)});
}

Done reopen_task(storage::Transaction& tx, const auth::Scope& scope, const Task& task) {
  if (!finished_by_hand(task.kind)) return conflict("task.closes_itself");
  TRY_ASSIGN(const bool already, any(tx, is_open, {task.id.text()}));
  if (already) return {};
  TRY_ASSIGN(const std::int64_t changed,
             tx.run(reopen, {scope.organisation().text(), task.id.text(), by_hand(scope), lately(scope)}));
  if (changed != 1) return conflict("task.not_yours");
  return {};
}

Result<std::vector<Task>> open_tasks(storage::Transaction& tx, const auth::Scope&,
                                     const std::string& for_role) {
  TRY_ASSIGN(const auto rows, tx.rows(open, {for_role, std::int64_t{tasks_max}}));
  return read_tasks(rows);
}

Result<std::vector<Task>> open_tasks(storage::Transaction& tx, const auth::Scope&, TaskKind kind) {
  TRY_ASSIGN(const auto rows, tx.rows(open_of_kind, {code(kind), std::int64_t{tasks_max}}));
  return read_tasks(rows);
}

Result<std::int64_t> count_open_tasks(storage::Transaction& tx, const auth::Scope&,
                                      const std::string& for_role) {
  TRY_ASSIGN(const auto row, tx.row(count_open, {for_role}));
  return row->integer(0);
}

} // namespace kith::connections
