#include "connections/connection_store.hpp"

namespace kith::connections {
namespace {

using storage::Access;
using storage::Query;

const storage::RecordTable<Connection>& table() {
  static const storage::RecordTable<Connection> made{connection_description()};
  return made;
}
const storage::RecordTable<FirstMeeting>& meetings() {
  static const storage::RecordTable<FirstMeeting> made{first_meeting_description()};
  return made;
}

const Query live_of_person{
    "connection.live_of_person", Access::read,
    "select " + table().columns() +
        " from v_connection where person_id = ?1 and ended_at is null order by id limit 1"};
const Query of_worker{
    "connection.of_worker", Access::read,
    "select " + table().columns() +
        " from v_connection where worker_id = ?1 and ended_at is null order by agreed_at, id"
        " limit 200"};
const Query all_live{"connection.live", Access::read,
                     "select " + table().columns() +
                         " from v_connection where ended_at is null order by agreed_at desc, id limit 4000"};
const Query end{"connection.end", Access::write,
                "update connection set ended_at = ?1 where org_id = ?2 and id = ?3 and ended_at is null"};
const Query add_event{"connection_event.add", Access::write,
                      "insert into connection_event (org_id, connection_id, seq, kind, at, actor_id)"
                      " values (?1, ?2, ?3, ?4, ?5, ?6)"};
const Query events{"connection_event.of", Access::read,
                   "select kind from v_connection_event where connection_id = ?1 order by seq limit 10000"};
const Query meeting_of{
    "first_meeting.of", Access::read,
    "select " + meetings().columns() +
        " from v_first_meeting where connection_id = ?1 and cancelled_at is null order by id"
        " limit 1"};
const Query meetings_of{
    "first_meeting.all_of", Access::read,
    "select " + meetings().columns() +
        " from v_first_meeting where connection_id = ?1 order by booked_at desc, id limit 200"};
const Query call_off{
    "first_meeting.call_off", Access::write,
    "update first_meeting set cancelled_at = ?1 where org_id = ?2 and id = ?3 and cancelled_at is null"};
const Query busy{
    "first_meeting.busy", Access::read,
    "select m.id from v_first_meeting m join v_connection c on c.org_id = m.org_id and c.id = m.connection_id"
    " where m.worker_id = ?1 and m.cancelled_at is null and c.ended_at is null and m.starts_at < ?2"
    " and m.ends_at > ?3 order by m.starts_at, m.id limit 1"};
const Query of_worker_on{
    "first_meeting.of_worker_on", Access::read,
    "select " + meetings().columns("m") +
        " from v_first_meeting m join v_connection c on c.org_id = m.org_id and c.id = m.connection_id"
        " where m.worker_id = ?1 and m.cancelled_at is null and c.ended_at is null and m.local_on >= ?2"
        " and m.local_on < ?3 order by m.starts_at, m.id limit 200"};

Result<std::vector<ConnectionEventKind>> history(storage::Transaction& tx, Id<Connection> id) {
  TRY_ASSIGN(const auto rows, tx.rows(events, {id.text()}));
  std::vector<ConnectionEventKind> kinds;
  kinds.reserve(rows.size());
  for (const storage::Row& row : rows)
    kinds.push_back(record::parse_code<ConnectionEventKind>(row.text(0)).value());
  return kinds;
}

Result<ConnectionState> replay(const std::vector<ConnectionEventKind>& kinds) {
  if (kinds.empty() || kinds[0] != ConnectionEventKind::agreed) return not_found();
  ConnectionState state = ConnectionState::agreed;
  for (std::size_t i = 1; i < kinds.size(); ++i) {
    TRY_ASSIGN(state, next(state, kinds[i]));
  }
  return state;
}

Result<std::vector<Connection>> read_all(const std::vector<storage::Row>& rows) {
  std::vector<Connection> out;
  out.reserve(rows.size());
  for (const storage::Row& row : rows) out.push_back(table().read(row));
  return out;
}

Done add(storage::Transaction& tx, const auth::Scope& scope, Id<Connection> id, std::size_t seq,
         ConnectionEventKind event) {
  TRY(tx.send(add_event, {scope.organisation().text(), id.text(), static_cast<std::int64_t>(seq),
                          std::string(record::code_of(event)), scope.now().ms, auth::actor_text(scope)}));
  return {};
}

} // namespace

Done insert_connection(storage::Transaction& tx, const auth::Scope& scope, const Connection& connection) {
  TRY(table().insert(tx, connection));
  return add(tx, scope, connection.id, 1, ConnectionEventKind::agreed);
}

Result<Connection> load_connection(storage::Transaction& tx, const auth::Scope&, Id<Connection> id) {
  return table().get(tx, id);
}

Result<std::optional<Connection>> live_connection_of(storage::Transaction& tx, const auth::Scope&,
                                                     Id<Person> person) {
  TRY_ASSIGN(const auto row, tx.row(live_of_person, {person.text()}));
  if (!row) return std::optional<Connection>();
  return std::optional<Connection>(table().read(*row));
}

Result<std::vector<Connection>> connections_of_worker(storage::Transaction& tx, const auth::Scope&,
                                                      Id<Worker> worker) {
  TRY_ASSIGN(const auto rows, tx.rows(of_worker, {worker.text()}));
  return read_all(rows);
}

Result<std::vector<Connection>> live_connections(storage::Transaction& tx, const auth::Scope&) {
  TRY_ASSIGN(const auto rows, tx.rows(all_live));
  return read_all(rows);
}

Result<ConnectionState> state_of(storage::Transaction& tx, const auth::Scope&, Id<Connection> id) {
  TRY_ASSIGN(const auto kinds, history(tx, id));
  return replay(kinds);
}

Result<ConnectionState> append(storage::Transaction& tx, const auth::Scope& scope, Id<Connection> id,
                               ConnectionEventKind event) {
  TRY_ASSIGN(const auto kinds, history(tx, id));
  TRY_ASSIGN(const ConnectionState before, replay(kinds));
  TRY_ASSIGN(const ConnectionState state, next(before, event));
  TRY(add(tx, scope, id, kinds.size() + 1, event));
  return state;
}

Done end_connection(storage::Transaction& tx, const auth::Scope& scope, Id<Connection> id) {
  TRY_ASSIGN(const std::int64_t changed,
             tx.run(end, {scope.now().ms, scope.organisation().text(), id.text()}));
  if (changed != 1) return conflict("connection.not_possible");
  return {};
}

Done insert_first_meeting(storage::Transaction& tx, const auth::Scope&, const FirstMeeting& meeting) {
  return meetings().insert(tx, meeting);
}

Result<std::optional<FirstMeeting>> first_meeting_of(storage::Transaction& tx, const auth::Scope&,
                                                     Id<Connection> connection) {
  TRY_ASSIGN(const auto row, tx.row(meeting_of, {connection.text()}));
  if (!row) return std::optional<FirstMeeting>();
  return std::optional<FirstMeeting>(meetings().read(*row));
}

Result<std::vector<FirstMeeting>> first_meetings_of(storage::Transaction& tx, const auth::Scope&,
                                                    Id<Connection> connection) {
  TRY_ASSIGN(const auto rows, tx.rows(meetings_of, {connection.text()}));
  std::vector<FirstMeeting> out;
  out.reserve(rows.size());
  for (const storage::Row& row : rows) out.push_back(meetings().read(row));
  return out;
}

Done call_off_first_meeting(storage::Transaction& tx, const auth::Scope& scope, Id<FirstMeeting> id) {
  TRY_ASSIGN(const std::int64_t changed,
             tx.run(call_off, {scope.now().ms, scope.organisation().text(), id.text()}));
  if (changed != 1) return conflict("meeting.changed");
  return {};
}

Result<bool> worker_is_busy(storage::Transaction& tx, const auth::Scope&, const FirstMeeting& meeting) {
  TRY_ASSIGN(const auto row, tx.row(busy, {meeting.worker.text(), meeting.ends_at.ms, meeting.starts_at.ms}));
  return row.has_value();
}

Result<std::vector<FirstMeeting>> meetings_of_worker(storage::Transaction& tx, const auth::Scope&,
                                                     Id<Worker> worker, Days days) {
  TRY_ASSIGN(const auto rows,
             tx.rows(of_worker_on, {worker.text(), to_text(days.first), to_text(days.first + days.count)}));
  std::vector<FirstMeeting> out;
  out.reserve(rows.size());
  for (const storage::Row& row : rows) out.push_back(meetings().read(row));
  return out;
}

} // namespace kith::connections
