#include "app/sandbox_store.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "base/zones.hpp"
#include "storage/drivers.hpp"

namespace kith::app {
namespace {

using storage::AdminConnection;
using storage::Engine;
using storage::Row;

struct Sandbox {
  std::string id{};
  int days{}; // from the day it stands at until today
};

struct Column {
  std::string table{};
  std::string name{};
};

struct Move {
  AdminConnection& admin;
  Instant now{};
};

bool one_of(std::string_view name, std::initializer_list<std::string_view> names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// Who really signed in here, and when, is no part of the story.
bool stays(std::string_view table) {
  return one_of(table, {"session", "sign_in_link", "sign_in_attempt", "sign_in_place", "idempotency"});
}
bool planned(std::string_view column) { return one_of(column, {"send_after", "until_at"}); }
bool happened(std::string_view column) {
  return column == "at" || (column.ends_with("_at") && !planned(column));
}
// A birthday is nobody's story: ages would move with it.
bool day(std::string_view column) {
  return (column.ends_with("_on") && column != "born_on") ||
         one_of(column, {"answer_by", "leave_from", "leave_until"});
}
// Kept at their time of day, which a change of the clocks moves against UTC.
bool meeting(const Column& column) {
  return column.table == "first_meeting" && one_of(column.name, {"starts_at", "ends_at"});
}

Result<std::vector<Row>> organisations(AdminConnection& admin) {
  return admin.rows("select id, name, sandbox, zone, created_at from organisation order by name, id");
}

Failure no_sandbox(const Row& organisation) {
  Failure refused = conflict("demo.not_empty");
  refused.arguments = {organisation.text(1)};
  return refused;
}

Result<std::vector<Sandbox>> sandboxes(AdminConnection& admin, Instant now) {
  TRY_ASSIGN(const auto rows, organisations(admin));
  std::vector<Sandbox> found;
  for (const Row& row : rows) {
    if (row.integer(2) != 1) return no_sandbox(row);
    const std::string zone = row.text(3);
    found.push_back({row.text(0), local_date(now, zone) - local_date(row.instant(4).value_or(now), zone)});
  }
  return found;
}

// Every column of every table that belongs to an organisation.
Result<std::vector<Column>> columns_of(AdminConnection& admin) {
  TRY_ASSIGN(
      const auto rows,
      admin.rows(admin.engine() == Engine::sqlite
                     ? "select t.name, c.name from sqlite_master t, pragma_table_info(t.name) c"
                       " where t.type = 'table' order by t.name, c.cid"
                     : "select t.table_name::text, c.column_name::text from information_schema.tables t"
                       " join information_schema.columns c on c.table_schema = t.table_schema"
                       " and c.table_name = t.table_name where t.table_schema = 'public'"
                       " and t.table_type = 'BASE TABLE' order by 1, c.ordinal_position"));
  std::vector<Column> all, own;
  all.reserve(rows.size());
  for (const Row& row : rows) all.push_back({row.text(0), row.text(1)});
  for (const Column& column : all)
    if (!stays(column.table) && std::any_of(all.begin(), all.end(), [&](const Column& other) {
          return other.table == column.table && other.name == "org_id";
        }))
      own.push_back(column);
  return own;
}

std::string least(const std::string& a, const std::string& b) {
  return join({"case when ", a, " > ", b, " then ", b, " else ", a, " end"}, "");
}

std::string moved_day(Engine engine, const std::string& name, int days) {
  const std::string by = std::to_string(days);
  return engine == Engine::sqlite ? join({"date(", name, ", '+", by, " days')"}, "")
                                  : join({"to_char(", name, "::date + ", by, ", 'YYYY-MM-DD')"}, "");
}

// " set a = …, b = …", or "" when the table has no column that moves. What has happened is never in the
// future, though somebody tried the demo in the evening and opens it again in the morning.
std::string assignments(const Move& move, const std::vector<Column>& columns, const std::string& table,
                        int days) {
  std::string out;
  const std::string by = std::to_string(days_ms(days)), now = std::to_string(move.now.ms);
  for (const Column& column : columns) {
    if (column.table != table || meeting(column)) continue;
    const std::string& name = column.name;
    const std::string later = join({name, by}, " + ");
    std::string value;
    if (happened(name)) value = least(later, now);
    else if (planned(name)) value = later;
    else if (day(name)) value = moved_day(move.admin.engine(), name, days);
    if (!value.empty()) out += join({out.empty() ? " set " : ", ", name, " = ", value}, "");
  }
  return out;
}

// The day has moved with the others; the instants follow from it and the time of day.
Done set_meetings(const Move& move, const std::string& organisation) {
  TRY_ASSIGN(const auto rows, move.admin.rows("select id, local_on, local_minutes, zone, ends_at - starts_at"
                                              " from first_meeting where org_id = '" +
                                              organisation + "'"));
  for (const Row& row : rows) {
    const auto on = parse_date(row.text(1));
    if (!on) return unavailable("storage.unavailable");
    LocalTime at{*on, static_cast<int>(row.integer(2))};
    auto starts = resolve(at, row.text(3));
    if (!starts.ok()) { // an hour that this day does not have
      at.minutes += 60;
      TRY_ASSIGN(starts, resolve(at, row.text(3)));
    }
    TRY(move.admin.script("update first_meeting set starts_at = " + std::to_string(starts->ms) +
                          ", ends_at = " + std::to_string(starts->ms + row.integer(4)) +
                          ", local_minutes = " + std::to_string(at.minutes) + " where org_id = '" +
                          organisation + "' and id = '" + row.text(0) + "'"));
  }
  return {};
}

Done move_one(const Move& move, const std::vector<Column>& columns, const Sandbox& sandbox) {
  if (move.admin.engine() == Engine::postgres)
    TRY(move.admin.rows("select set_config('kith.org', '" + sandbox.id + "', true)"));
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (i > 0 && columns[i].table == columns[i - 1].table) continue;
    const std::string set = assignments(move, columns, columns[i].table, sandbox.days);
    if (!set.empty())
      TRY(move.admin.script("update " + columns[i].table + set + " where org_id = '" + sandbox.id + "'"));
  }
  TRY(set_meetings(move, sandbox.id));
  return move.admin.script("update organisation set created_at = " + std::to_string(move.now.ms) +
                           " where id = '" + sandbox.id + "'");
}

// SQLite's guards against foreign rows and rewritten history are triggers. They are away inside the
// transaction only, and come back in their own words.
Result<std::vector<std::string>> take_guards_away(AdminConnection& admin) {
  std::vector<std::string> guards;
  if (admin.engine() != Engine::sqlite) return guards;
  TRY_ASSIGN(const auto rows,
             admin.rows("select name, sql from sqlite_master where type = 'trigger' order by name"));
  for (const Row& row : rows) {
    if (!row.text(0).ends_with("_scope_update")) continue;
    guards.push_back(row.text(1));
    TRY(admin.script("drop trigger " + row.text(0)));
  }
  return guards;
}

Result<std::unique_ptr<AdminConnection>> administer(const std::string& url) {
  return storage::is_sqlite(url) ? storage::admin_sqlite(url) : storage::admin_postgres(url);
}

} // namespace

Done check_only_sandboxes(const std::string& owner_url) {
  if (storage::is_sqlite(owner_url)) { // an administrator would make the file
    const auto look = storage::look_sqlite(owner_url);
    if (!look.ok() && look.failure().code == "storage.no_database") return {};
  }
  TRY_ASSIGN(const auto admin, administer(owner_url));
  const auto rows = organisations(*admin);
  if (!rows.ok() && rows.failure().code == "storage.no_such_table") return {};
  if (!rows.ok()) return rows.failure();
  for (const Row& row : *rows)
    if (row.integer(2) != 1) return no_sandbox(row);
  return {};
}

Result<int> move_sandboxes_to_today(const std::string& owner_url, Instant now) {
  TRY_ASSIGN(const auto admin, administer(owner_url));
  TRY(admin->script(admin->engine() == Engine::sqlite ? "begin immediate" : "begin"));
  TRY_ASSIGN(const auto found, sandboxes(*admin, now));
  int most = 0;
  for (const Sandbox& sandbox : found) most = std::max(most, sandbox.days);
  if (most == 0) return 0; // closing the connection ends the transaction
  TRY_ASSIGN(const auto columns, columns_of(*admin));
  TRY_ASSIGN(const auto guards, take_guards_away(*admin));
  for (const Sandbox& sandbox : found)
    if (sandbox.days > 0) TRY(move_one({*admin, now}, columns, sandbox));
  for (const std::string& guard : guards) TRY(admin->script(guard));
  TRY(admin->script("commit"));
  return most;
}

} // namespace kith::app
