// What really stands in the database, past kith: runs one query over one organisation's rows and prints them,
// a line a row, tabs between columns. SQLite is opened read-only beside a running server; PostgreSQL is asked
// as the owner of the tables. usage: kith_faults_rows FOLDER ORGANISATION SQL
#include <libpq-fe.h>
#include <sqlite3.h>

#include <cstdio>
#include <memory>

#include "app/config.hpp"

namespace {

int complain(const char* words) {
  std::fprintf(stderr, "kith_faults_rows: %s\n", words);
  return 1;
}

int print_row(void*, int count, char** values, char**) {
  for (int i = 0; i < count; ++i) std::printf("%s%s", i ? "\t" : "", values[i] ? values[i] : "");
  std::printf("\n");
  return 0;
}

int ask_sqlite(const std::string& path, const std::string& sql) {
  sqlite3* handle = nullptr;
  int code = sqlite3_open_v2(path.c_str(), &handle, SQLITE_OPEN_READONLY, nullptr);
  const std::unique_ptr<sqlite3, decltype(&sqlite3_close)> closing(handle, sqlite3_close);
  sqlite3_busy_timeout(handle, 5000);
  if (code == SQLITE_OK) code = sqlite3_exec(handle, sql.c_str(), print_row, nullptr, nullptr);
  return code == SQLITE_OK ? 0 : complain(sqlite3_errmsg(handle));
}

int ask_postgres(const std::string& url, const std::string& organisation, const std::string& sql) {
  const std::unique_ptr<PGconn, decltype(&PQfinish)> connection(PQconnectdb(url.c_str()), PQfinish);
  const char* values[] = {organisation.c_str()};
  using Answer = std::unique_ptr<PGresult, decltype(&PQclear)>;
  const Answer scoped(PQexecParams(connection.get(), "select set_config('kith.org', $1, false)", 1, nullptr,
                                   values, nullptr, nullptr, 0),
                      PQclear);
  const Answer answer(PQexec(connection.get(), sql.c_str()), PQclear);
  if (PQresultStatus(answer.get()) != PGRES_TUPLES_OK) return complain(PQerrorMessage(connection.get()));
  for (int row = 0; row < PQntuples(answer.get()); ++row)
    for (int column = 0, columns = PQnfields(answer.get()); column < columns; ++column)
      std::printf("%s%s", PQgetvalue(answer.get(), row, column), column + 1 < columns ? "\t" : "\n");
  return 0;
}

} // namespace

int main(int count, char** arguments) {
  if (count != 4) return 2;
  const auto config = kith::app::load_config(arguments[1]);
  if (!config.ok()) return complain(config.failure().code.c_str());
  const std::string& url = config->owner_database;
  if (url.starts_with("sqlite:")) return ask_sqlite(url.substr(7), arguments[3]);
  return ask_postgres(url, arguments[2], arguments[3]);
}
