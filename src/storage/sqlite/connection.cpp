#include "storage/sqlite/connection.hpp"

#include <sqlite3.h>

#include <cstring>

#include "base/log.hpp"

namespace kith::storage {
namespace {

void give_organisation(sqlite3_context* context, int, sqlite3_value**) {
  const auto* organisation = static_cast<const std::string*>(sqlite3_user_data(context));
  sqlite3_result_text(context, organisation->data(), static_cast<int>(organisation->size()),
                      SQLITE_TRANSIENT);
}

void bind(sqlite3_stmt* statement, int at, const Value& value) {
  if (const auto* number = std::get_if<std::int64_t>(&value)) sqlite3_bind_int64(statement, at, *number);
  else if (const auto* text = std::get_if<std::string>(&value))
    sqlite3_bind_text(statement, at, text->data(), static_cast<int>(text->size()), SQLITE_STATIC);
  else sqlite3_bind_null(statement, at);
}

Row read_row(sqlite3_stmt* statement) {
  Row row;
  const int columns = sqlite3_column_count(statement);
  row.values.reserve(columns);
  for (int i = 0; i < columns; ++i) switch (sqlite3_column_type(statement, i)) {
    case SQLITE_INTEGER:
      row.values.emplace_back(std::int64_t{sqlite3_column_int64(statement, i)});
      break;
    case SQLITE_NULL:
      row.values.emplace_back();
      break;
    default:
      row.values.emplace_back(std::string(reinterpret_cast<const char*>(sqlite3_column_text(statement, i)),
                                          static_cast<std::size_t>(sqlite3_column_bytes(statement, i))));
    }
  return row;
}

constexpr const char* settings =
    "pragma busy_timeout=5000; pragma synchronous=FULL; pragma foreign_keys=ON; pragma recursive_triggers=ON;"
    "pragma trusted_schema=OFF; pragma cell_size_check=ON; pragma mmap_size=0; pragma temp_store=MEMORY;"
    "pragma cache_size=-1024;";

} // namespace

Result<std::unique_ptr<SqliteConnection>> SqliteConnection::open(const std::string& path, int wait_ms) {
  sqlite3* handle = nullptr;
  const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  const int code = sqlite3_open_v2(path.c_str(), &handle, flags, nullptr);
  std::unique_ptr<SqliteConnection> connection(new SqliteConnection(handle));
  if (code != SQLITE_OK) return connection->failure(code);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, nullptr);
  sqlite3_create_function(handle, "kith_org", 0, SQLITE_UTF8 | SQLITE_INNOCUOUS | SQLITE_DETERMINISTIC,
                          &connection->organisation_, give_organisation, nullptr, nullptr);
  TRY(connection->script(settings));
  sqlite3_busy_timeout(handle, wait_ms);
  return connection;
}

SqliteConnection::~SqliteConnection() {
  for (sqlite3_stmt* statement : statements_) sqlite3_finalize(statement);
  sqlite3_close(handle_);
}

void SqliteConnection::guard() {
  guarded_ = true;
  sqlite3_set_authorizer(handle_, &SqliteConnection::authorize, this);
}

int SqliteConnection::authorize(void* self, int action, const char* first, const char* second, const char*,
                                const char* inner) {
  return static_cast<SqliteConnection*>(self)->allows(action, first, second, inner) ? SQLITE_OK : SQLITE_DENY;
}

// Reads of a base table pass only inside our own view of it or our scope triggers; in a write they pass too,
// but a write may hold no select. count(*) arrives as a read with an empty column and is judged the same way.
bool SqliteConnection::allows(int action, const char* first, const char* second, const char* inner) const {
  const auto inside = [&](const std::string& name) { return inner && name == inner; };
  const bool in_trigger = inner && std::strstr(inner, "_scope_") != nullptr;
  switch (action) {
  case SQLITE_READ: {
    const std::string table = first ? first : "";
    if (table.starts_with("v_") || table.starts_with("sqlite_")) return !table.starts_with("sqlite_");
    if (inside("v_" + table) || in_trigger) return true;
    return mode_ == Access::write;
  }
  case SQLITE_SELECT:
    return mode_ == Access::read || in_trigger || (inner && std::strncmp(inner, "v_", 2) == 0);
  case SQLITE_INSERT:
  case SQLITE_UPDATE:
  case SQLITE_DELETE:
    return mode_ == Access::write && first && std::strncmp(first, "sqlite_", 7) != 0;
  case SQLITE_FUNCTION:
    return second && std::strcmp(second, "load_extension") != 0;
  case SQLITE_TRANSACTION:
    return control_;
  default:
    return false; // attach, pragma, create, drop, alter, savepoint, recursive …
  }
}

Failure SqliteConnection::failure(int code) {
  switch (code) {
  case SQLITE_CONSTRAINT_UNIQUE:
  case SQLITE_CONSTRAINT_PRIMARYKEY:
  case SQLITE_CONSTRAINT_ROWID:
    return conflict("storage.duplicate");
  default:
    break;
  }
  switch (code & 0xff) {
  case SQLITE_CONSTRAINT:
    return conflict("storage.constraint");
  case SQLITE_BUSY:
  case SQLITE_LOCKED:
    return unavailable("storage.retry");
  case SQLITE_FULL:
    return unavailable("storage.full");
  case SQLITE_IOERR:
    disk_failed_ = true;
    log(LogLevel::error, "storage.disk_failed", {{"sqlite_code", code}});
    return unavailable("storage.outcome_unknown");
  case SQLITE_CANTOPEN:
  case SQLITE_READONLY:
  case SQLITE_CORRUPT:
  case SQLITE_NOTADB:
  case SQLITE_NOMEM:
    return unavailable("storage.unavailable");
  default:
    FATAL(handle_ ? sqlite3_errmsg(handle_) : "sqlite");
  }
}

Result<sqlite3_stmt*> SqliteConnection::statement(const Query& query) {
  if (statements_.size() <= query.number()) statements_.resize(catalogue().size() + 8, nullptr);
  sqlite3_stmt*& slot = statements_[query.number()];
  if (slot) return slot;
  mode_ = query.access();
  const int code = sqlite3_prepare_v3(handle_, query.sql().c_str(), static_cast<int>(query.sql().size()),
                                      SQLITE_PREPARE_PERSISTENT, &slot, nullptr);
  if (code == SQLITE_ERROR || code == SQLITE_AUTH)
    FATAL((query.name() + ": " + sqlite3_errmsg(handle_)).c_str());
  if (code != SQLITE_OK) return failure(code);
  return slot;
}

Done SqliteConnection::prepare(const Query& query) {
  TRY(statement(query));
  return {};
}

Result<Answer> SqliteConnection::execute(const Query& query, const std::vector<Value>& values) {
  TRY_ASSIGN(sqlite3_stmt * prepared, statement(query));
  CHECK(static_cast<int>(values.size()) == sqlite3_bind_parameter_count(prepared));
  for (std::size_t i = 0; i < values.size(); ++i) bind(prepared, static_cast<int>(i + 1), values[i]);
  mode_ = query.access();
  const auto before = sqlite3_total_changes64(handle_);
  Answer answer;
  int code = SQLITE_ROW;
  while ((code = sqlite3_step(prepared)) == SQLITE_ROW) answer.rows.push_back(read_row(prepared));
  answer.changed = sqlite3_total_changes64(handle_) - before;
  sqlite3_reset(prepared);
  sqlite3_clear_bindings(prepared);
  if (code != SQLITE_DONE) return failure(code);
  return answer;
}

Done SqliteConnection::script(const char* sql) {
  control_ = true;
  const int code = sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr);
  control_ = false;
  if (code == SQLITE_OK) return {};
  if (code == SQLITE_ERROR) FATAL(sqlite3_errmsg(handle_));
  return failure(code);
}

Result<std::vector<Row>> SqliteConnection::rows(const std::string& sql) {
  sqlite3_stmt* prepared = nullptr;
  const int code = sqlite3_prepare_v2(handle_, sql.c_str(), -1, &prepared, nullptr);
  if (code == SQLITE_ERROR) return invalid("storage.no_such_table");
  if (code != SQLITE_OK) return failure(code);
  std::vector<Row> found;
  while (sqlite3_step(prepared) == SQLITE_ROW) found.push_back(read_row(prepared));
  sqlite3_finalize(prepared);
  return found;
}

} // namespace kith::storage
