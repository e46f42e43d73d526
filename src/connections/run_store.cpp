#include "connections/run_store.hpp"

#include "storage/record_table.hpp"

namespace kith::connections {
namespace {

using storage::Access;
using storage::Query;

const storage::RecordTable<MatchingRun>& runs() {
  static const storage::RecordTable<MatchingRun> made{matching_run_description()};
  return made;
}
const storage::RecordTable<RunRow>& rows() {
  static const storage::RecordTable<RunRow> made{run_row_description()};
  return made;
}

// Which rows w of a run r have a step before them.
constexpr const char* to_offer = "w.offered_at is null and w.dropped_at is null";
constexpr const char* to_ask =
    "w.offered_at is not null and w.asked_at is null and w.dropped_at is null and w.taken_back_at is null";

const Query recent{"run.recent", Access::read,
                   "select " + runs().columns() +
                       " from v_matching_run where undone_at is null and coalesce(send_at, made_at) > ?2"
                       " order by case when send_at > ?1 then 0 else 1 end, made_at desc, id limit 50"};
const Query lock{"run.lock", Access::write,
                 "update matching_run set method = method where org_id = ?1 and id = ?2"};
const Query send_at{"run.send_at", Access::write,
                    "update matching_run set send_at = ?1 where org_id = ?2 and id = ?3 and send_at is null"
                    " and undone_at is null and whole = 0"};
const Query undo{"run.undo", Access::write,
                 "update matching_run set undone_at = ?1 where org_id = ?2 and id = ?3"
                 " and undone_at is null and (send_at is null or send_at > ?1)"};
const Query page{"run_row.page", Access::read,
                 "select " + rows().columns() +
                     " from v_run_row where run_id = ?1 order by place, id limit ?2 offset ?3"};
const Query counts{
    "run_row.counts", Access::read,
    "select count(*), count(offered_at), count(asked_at), count(dropped_at), count(taken_back_at),"
    " sum(case when exists (select 1 from v_offer o where o.org_id = w.org_id and"
    " o.referral_id = w.referral_id and o.choice_id = w.choice_id and o.closed_at is null)"
    " then 1 else 0 end) from v_run_row w where w.run_id = ?1"};
const Query finish{"run.done", Access::write,
                   "update matching_run set done_at = ?1 where org_id = ?2 and id = ?3"};
const Query next_offer{"run_row.next_offer", Access::read,
                       "select " + rows().columns("w") + " from v_run_row w where w.run_id = ?1 and " +
                           to_offer + " and w.place > ?3 order by w.place, w.id limit ?2"};
const Query next_ask{"run_row.next_ask", Access::read,
                     "select " + rows().columns("w") + " from v_run_row w where w.run_id = ?1 and " + to_ask +
                         " and w.place > ?3 order by w.place, w.id limit ?2"};
const Query offered{"run_row.offered", Access::write,
                    "update run_row set offered_at = ?1, choice_id = ?4 where org_id = ?2 and id = ?3"
                    " and offered_at is null and dropped_at is null"};
const Query mark_asked{"run_row.asked", Access::write,
                       "update run_row set asked_at = ?1 where org_id = ?2 and id = ?3 and asked_at is null"};
const Query mark_dropped{
    "run_row.dropped", Access::write,
    "update run_row set dropped_at = ?1 where org_id = ?2 and id = ?3 and dropped_at is null"};
const Query mark_taken_back{
    "run_row.taken_back", Access::write,
    "update run_row set taken_back_at = ?1 where org_id = ?2 and id = ?3 and taken_back_at is null"};
const Query filled{"run.put_together", Access::write,
                   "update matching_run set whole = 0 where org_id = ?1 and id = ?2 and whole = 1"};
const Query to_fill{"run.to_put_together", Access::read,
                    "select " + runs().columns() +
                        " from v_matching_run where done_at is null and whole = 1 and undone_at is null"
                        " order by made_at, id limit 20"};
const Query of_unasked{"run_row.of_unasked", Access::read,
                       std::string("select w.run_id from v_run_row w where w.referral_id = ?1 and ") +
                           to_ask + " order by w.offered_at desc, w.id limit 1"};
const Query to_carry_on{
    "run.to_carry_on", Access::read,
    std::string("select r.id from v_matching_run r where r.done_at is null and r.send_at is not null and"
                " (r.undone_at is not null or r.send_at <= ?1 or exists (select 1 from v_run_row w where"
                " w.org_id = r.org_id and w.run_id = r.id and ") +
        to_offer + ")) order by r.made_at, r.id limit 100"};

Result<std::vector<RunRow>> read_rows(storage::Transaction& tx, const Query& query,
                                      const std::vector<storage::Value>& values) {
  TRY_ASSIGN(const auto found, tx.rows(query, values));
  std::vector<RunRow> out;
  out.reserve(found.size());
  for (const storage::Row& row : found) out.push_back(rows().read(row));
  return out;
}

Result<std::vector<MatchingRun>> read_runs(storage::Transaction& tx, const Query& query,
                                           const std::vector<storage::Value>& values) {
  TRY_ASSIGN(const auto found, tx.rows(query, values));
  std::vector<MatchingRun> out;
  out.reserve(found.size());
  for (const storage::Row& row : found) out.push_back(runs().read(row));
  return out;
}

} // namespace

Done insert_run(storage::Transaction& tx, const auth::Scope&, const MatchingRun& run) {
  return runs().insert(tx, run);
}

Done insert_row(storage::Transaction& tx, const auth::Scope&, const RunRow& row) {
  return rows().insert(tx, row);
}

Result<MatchingRun> load_run(storage::Transaction& tx, const auth::Scope&, Id<MatchingRun> id) {
  return runs().get(tx, id);
}

Result<std::vector<MatchingRun>> recent_runs(storage::Transaction& tx, const auth::Scope& scope) {
  const Instant now = scope.now();
  return read_runs(tx, recent, {now.ms, now.ms - days_ms(14)});
}

Result<std::vector<MatchingRun>> runs_to_put_together(storage::Transaction& tx, const auth::Scope&) {
  return read_runs(tx, to_fill, {});
}

Done set_put_together(storage::Transaction& tx, const auth::Scope& scope, Id<MatchingRun> id) {
  TRY_ASSIGN(const std::int64_t changed, tx.run(filled, {scope.organisation().text(), id.text()}));
  if (changed != 1) return conflict("run.not_possible");
  return {};
}

Result<std::vector<RunRow>> rows_of_run(storage::Transaction& tx, const auth::Scope&, Id<MatchingRun> run,
                                        RowsPage which) {
  return read_rows(tx, page, {run.text(), std::int64_t{which.limit}, std::int64_t{which.offset}});
}

Result<RunCounts> counts_of_run(storage::Transaction& tx, const auth::Scope&, Id<MatchingRun> run) {
  TRY_ASSIGN(const auto row, tx.row(counts, {run.text()}));
  return RunCounts{.rows = row->integer(0),
                   .offered = row->integer(1),
                   .standing = row->integer(5),
                   .asked = row->integer(2),
                   .dropped = row->integer(3),
                   .taken_back = row->integer(4)};
}

Done lock_run(storage::Transaction& tx, const auth::Scope& scope, Id<MatchingRun> id) {
  TRY_ASSIGN(const std::int64_t changed, tx.run(lock, {scope.organisation().text(), id.text()}));
  if (changed != 1) return not_found();
  return {};
}

Done set_send_at(storage::Transaction& tx, const auth::Scope& scope, const MatchingRun& run) {
  TRY_ASSIGN(const std::int64_t changed,
             tx.run(send_at, {run.send_at->ms, scope.organisation().text(), run.id.text()}));
  if (changed != 1) return conflict("run.not_possible");
  return {};
}

Done set_undone(storage::Transaction& tx, const auth::Scope& scope, Id<MatchingRun> id) {
  TRY_ASSIGN(const std::int64_t changed,
             tx.run(undo, {scope.now().ms, scope.organisation().text(), id.text()}));
  if (changed != 1) return conflict("run.not_possible");
  return {};
}

Done set_done(storage::Transaction& tx, const auth::Scope& scope, Id<MatchingRun> id) {
  TRY(tx.send(finish, {scope.now().ms, scope.organisation().text(), id.text()}));
  return {};
}

Result<std::vector<RunRow>> next_rows(storage::Transaction& tx, const auth::Scope&, Id<MatchingRun> run,
                                      const NextRows& which) {
  return read_rows(tx, which.step == RunStep::offer ? next_offer : next_ask,
                   {run.text(), std::int64_t{which.most}, std::int64_t{which.behind}});
}

Done mark_offered(storage::Transaction& tx, const auth::Scope& scope, Id<RunRow> row,
                  const std::string& choice) {
  return tx.send(offered, {scope.now().ms, scope.organisation().text(), row.text(), choice},
                 {1, "run.not_possible"});
}

Done mark(storage::Transaction& tx, const auth::Scope& scope, Id<RunRow> row, RowMark how) {
  const Query* const marks[] = {&mark_asked, &mark_dropped, &mark_taken_back};
  TRY(tx.send(*marks[static_cast<std::size_t>(how)],
              {scope.now().ms, scope.organisation().text(), row.text()}));
  return {};
}

Result<std::optional<Id<MatchingRun>>> run_of_unasked(storage::Transaction& tx, const auth::Scope&,
                                                      Id<Referral> referral) {
  TRY_ASSIGN(const auto row, tx.row(of_unasked, {referral.text()}));
  if (!row) return std::optional<Id<MatchingRun>>();
  return std::optional<Id<MatchingRun>>(row->id<MatchingRun>(0));
}

Result<std::vector<Id<MatchingRun>>> runs_to_carry_on(storage::Transaction& tx, const auth::Scope& scope) {
  TRY_ASSIGN(const auto found, tx.rows(to_carry_on, {scope.now().ms}));
  std::vector<Id<MatchingRun>> out;
  out.reserve(found.size());
  for (const storage::Row& row : found) out.push_back(row.id<MatchingRun>(0));
  return out;
}

} // namespace kith::connections
