// One SQLite connection with the scope guard of trust.md section 4: kith_org() gives the current
// organisation, and after `guard()` an authorizer lets statements read only through the scoped views and
// write only catalogued statements. Not thread-safe: one thread at a time.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "storage/database.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace kith::storage {

class SqliteConnection {
public:
  static Result<std::unique_ptr<SqliteConnection>> open(const std::string& path, int wait_ms);
  ~SqliteConnection();
  SqliteConnection(const SqliteConnection&) = delete;
  SqliteConnection& operator=(const SqliteConnection&) = delete;

  void guard(); // from now on only the catalogue runs
  void set_organisation(OrganisationId organisation) { organisation_ = organisation.text(); }
  Done prepare(const Query& query);
  Result<Answer> execute(const Query& query, const std::vector<Value>& values);
  Done script(const char* sql); // begin, commit, rollback, pragmas; migrations before guard()
  Result<std::vector<Row>> rows(const std::string& sql); // administrative, before guard()
  bool disk_failed() const { return disk_failed_; }

private:
  explicit SqliteConnection(sqlite3* handle) : handle_(handle) {}
  static int authorize(void* self, int action, const char* first, const char* second, const char* database,
                       const char* inner);
  bool allows(int action, const char* first, const char* second, const char* inner) const;
  Result<sqlite3_stmt*> statement(const Query& query);
  Failure failure(int code);

  sqlite3* handle_{};
  std::string organisation_{};
  std::vector<sqlite3_stmt*> statements_{}; // by the query's place in the catalogue
  bool guarded_{};
  bool control_{}; // running begin, commit or rollback
  Access mode_{Access::read};
  bool disk_failed_{};
};

} // namespace kith::storage
