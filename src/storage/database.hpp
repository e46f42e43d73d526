// One repository layer over two real databases. A Database gives transactions bound to one organisation;
// every statement inside sees and writes that organisation's rows only, enforced by the database itself
// (row-level security on PostgreSQL; scoped views, triggers and an authorizer on SQLite). Thread-safe; a
// Transaction belongs to one thread and rolls back unless committed.
//
// Failures: storage.duplicate, storage.constraint (conflict); storage.retry (unavailable: serialisation or
// lock, the caller may run the whole action again: storage/again.hpp); storage.too_slow (a statement took
// more than five seconds); storage.unavailable, storage.full, storage.outcome_unknown (unavailable).
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.hpp"
#include "base/result.hpp"
#include "record/field.hpp"
#include "storage/query.hpp"
#include "storage/sealer.hpp"

namespace kith::storage {

using record::Value;

struct Row {
  std::vector<Value> values{};
  bool null(std::size_t column) const;
  std::int64_t integer(std::size_t column) const; // 0 when null
  std::string text(std::size_t column) const;     // "" when null
  std::optional<Instant> instant(std::size_t column) const;
  template <class T> Id<T> id(std::size_t column) const { // empty when null
    return Id<T>::parse(text(column)).value_or(Id<T>{});
  }
};

struct Answer {
  std::vector<Row> rows{};
  std::int64_t changed{}; // rows written by an insert, update or delete
};

// What must come of a write whose answer nobody waits for: so many rows, or else a conflict with this code.
struct Wanted {
  std::optional<std::int64_t> changed{};
  std::string otherwise{};
  Done met_by(std::int64_t rows) const;
};

// What a driver implements: one leased connection inside one transaction.
class Session {
public:
  virtual ~Session() = default; // rolls back when not committed
  virtual Result<Answer> execute(const Query& query, const std::vector<Value>& values) = 0;
  virtual Done send(const Query& query, const std::vector<Value>& values, const Wanted& wanted);
  virtual Done settle() { return {}; }
  virtual Done commit() = 0; // settles first, and commits nothing when something sent has failed
};

class Transaction {
public:
  Transaction(std::unique_ptr<Session> session, OrganisationId organisation, const Sealer& sealer);

  Result<std::vector<Row>> rows(const Query& query, const std::vector<Value>& values = {});
  Result<std::optional<Row>> row(const Query& query, const std::vector<Value>& values = {}); // at most one
  Result<std::int64_t> run(const Query& query, const std::vector<Value>& values = {});       // rows changed
  // A write in its turn whose answer is not waited for, where that saves a way to the server and back. What
  // goes wrong with it is the failure of a later statement, of `settle` or of `commit`.
  Done send(const Query& query, const std::vector<Value>& values, const Wanted& wanted = {});
  Done settle(); // waits for all that was sent
  Done commit(); // once a statement has failed: that failure again, and nothing is written

  OrganisationId organisation() const { return organisation_; }
  std::string organisation_text() const { return organisation_.text(); }
  const Sealer& sealer() const { return *sealer_; }

private:
  template <class Answered> Answered noted(Answered answered);
  std::unique_ptr<Session> session_{};
  std::optional<Failure> failed_{}; // the first, whoever was told
  OrganisationId organisation_{};
  const Sealer* sealer_{};
};

enum class Engine { sqlite, postgres };

class Database {
public:
  virtual ~Database() = default;
  virtual Result<Transaction> begin(OrganisationId organisation, Access access) = 0;
  virtual Engine engine() const = 0;
  virtual Done check() = 0;                     // answers a trivial query: for /readyz
  virtual Done prepare(const Query& query) = 0; // for the catalogue test
  virtual std::string version() = 0;
};

struct OpenOptions {
  std::string url{};  // "sqlite:/path/kith.db" or "postgresql://…" / "host=… dbname=…"
  int connections{8}; // readers of SQLite, pool of PostgreSQL
  int wait_ms{5000};  // for a connection or the writer, then storage.unavailable
  bool exclusive{};   // a server: refuses to start beside another server on one SQLite file (storage.locked)
};

// Opens an already migrated database. PostgreSQL: refuses a role that bypasses row-level security
// (storage.role_bypasses). SQLite: refuses a network file system (storage.network_disk).
Result<std::unique_ptr<Database>> open(const OpenOptions& options, const Sealer& sealer);

struct MigrateReport {
  std::vector<std::string> applied{};
  int known{};
};
// Applies the embedded migrations in order, each in one transaction. Refuses a database that a newer kith
// wrote (storage.newer_schema) or whose applied migrations differ from ours (storage.changed_migration).
Result<MigrateReport> migrate(const std::string& url);

struct SchemaState {
  int known{};                        // migrations that stand in the database
  std::vector<std::string> pending{}; // of this version's, those that do not
};
// How the database stands to this version; changes nothing and makes no file. Failures: those of migrate;
// storage.no_database when there is no SQLite file.
Result<SchemaState> schema_state(const std::string& url);

} // namespace kith::storage
