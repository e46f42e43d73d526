// The embedded database: one file, WAL, synchronous=FULL, one writer with a first-come turnstile, several
// readers.
#include <fcntl.h>
#include <sqlite3.h>
#include <sys/file.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <atomic>

#include "base/log.hpp"
#include "storage/drivers.hpp"
#include "storage/sqlite/connection.hpp"
#include "storage/turnstile.hpp"

namespace kith::storage {
namespace {

std::string path_of(const std::string& url) { return url.substr(std::string("sqlite:").size()); }

// Holds `path.lock` while alive: several readers-and-writers (commands) or one server or migration.
class FileLock {
public:
  static Result<FileLock> take(const std::string& path, bool exclusive) {
    const int file = ::open((path + ".lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (file < 0) return unavailable("storage.unavailable");
    FileLock lock(file);
    if (flock(file, (exclusive ? LOCK_EX : LOCK_SH) | LOCK_NB) != 0) return conflict("storage.locked");
    return lock;
  }
  FileLock(FileLock&& other) noexcept : file_(other.file_) { other.file_ = -1; }
  FileLock(const FileLock&) = delete;
  FileLock& operator=(const FileLock&) = delete;
  FileLock& operator=(FileLock&&) = delete;
  ~FileLock() {
    if (file_ >= 0) close(file_);
  }

private:
  explicit FileLock(int file) : file_(file) {}
  int file_{-1};
};

bool on_network_disk(const std::string& path) {
  const auto slash = path.rfind('/');
  struct statfs about{};
  if (statfs(slash == std::string::npos ? "." : path.substr(0, slash + 1).c_str(), &about) != 0) return false;
  const auto kind = static_cast<unsigned long>(about.f_type) & 0xffffffffUL;
  return kind == 0x6969 /* NFS */ || kind == 0xff534d42UL /* CIFS */ || kind == 0xfe534d42UL /* SMB2 */;
}

class SqliteDatabase final : public Database {
public:
  SqliteDatabase(const OpenOptions& options, const Sealer& sealer)
      : sealer_(sealer), wait_ms_(options.wait_ms), readers_(options.connections), writer_(1) {}

  Done start(const OpenOptions& options) {
    const std::string path = path_of(options.url);
    if (options.exclusive) {
      TRY_ASSIGN(FileLock lock, FileLock::take(path, true));
      lock_ = std::make_unique<FileLock>(std::move(lock));
    }
    TRY_ASSIGN(write_connection_, SqliteConnection::open(path, wait_ms_));
    // Recovery may read pages that exist only in cache: one full checkpoint with its fsync before serving.
    if (options.exclusive) TRY(write_connection_->script("pragma wal_checkpoint(TRUNCATE)"));
    write_connection_->guard();
    for (int i = 0; i < options.connections; ++i) {
      TRY_ASSIGN(auto reader, SqliteConnection::open(path, wait_ms_));
      reader->guard();
      read_connections_.push_back(std::move(reader));
    }
    return {};
  }

  Result<Transaction> begin(OrganisationId organisation, Access access) override;
  Engine engine() const override { return Engine::sqlite; }
  Done check() override {
    if (disk_failed_) return unavailable("storage.disk_failed");
    TRY_ASSIGN(const int place, readers_.take(wait_ms_));
    readers_.give(place);
    return {};
  }
  Done prepare(const Query& query) override {
    return (query.access() == Access::write ? write_connection_ : read_connections_[0])->prepare(query);
  }
  std::string version() override { return std::string("SQLite ") + sqlite3_libversion(); }

private:
  friend class SqliteSession;
  const Sealer& sealer_;
  int wait_ms_{};
  Turnstile readers_;
  Turnstile writer_;
  std::unique_ptr<FileLock> lock_;
  std::unique_ptr<SqliteConnection> write_connection_;
  std::vector<std::unique_ptr<SqliteConnection>> read_connections_;
  std::atomic<bool> disk_failed_{false};
};

class SqliteSession final : public Session {
public:
  SqliteSession(SqliteDatabase& database, Access access, int place)
      : database_(database), access_(access), place_(place),
        connection_(access == Access::write ? *database.write_connection_
                                            : *database.read_connections_[place]) {}

  Done begin(OrganisationId organisation) {
    connection_.set_organisation(organisation);
    const Done begun = connection_.script(access_ == Access::write ? "begin immediate" : "begin");
    open_ = begun.ok();
    return begun;
  }

  ~SqliteSession() override {
    if (open_) {
      try {
        (void)connection_.script("rollback").ok();
      } catch (const Defect&) {
        log(LogLevel::debug, "storage.already_rolled_back");
      }
    }
    (access_ == Access::write ? database_.writer_ : database_.readers_).give(place_);
  }

  Result<Answer> execute(const Query& query, const std::vector<Value>& values) override {
    CHECK(access_ == Access::write || query.access() == Access::read);
    auto answer = connection_.execute(query, values);
    if (connection_.disk_failed()) database_.disk_failed_ = true;
    return answer;
  }

  Done commit() override {
    const Done done = connection_.script("commit");
    if (done.ok()) open_ = false;
    if (connection_.disk_failed()) database_.disk_failed_ = true;
    return done;
  }

private:
  SqliteDatabase& database_;
  Access access_;
  int place_;
  SqliteConnection& connection_;
  bool open_{};
};

Result<Transaction> SqliteDatabase::begin(OrganisationId organisation, Access access) {
  if (disk_failed_) return unavailable("storage.disk_failed");
  TRY_ASSIGN(const int place, (access == Access::write ? writer_ : readers_).take(wait_ms_));
  auto session = std::make_unique<SqliteSession>(*this, access, place);
  TRY(session->begin(organisation));
  return Transaction(std::move(session), organisation, sealer_);
}

class SqliteAdmin final : public AdminConnection {
public:
  SqliteAdmin(std::unique_ptr<FileLock> lock, std::unique_ptr<SqliteConnection> connection)
      : lock_(std::move(lock)), connection_(std::move(connection)) {}
  Done script(const std::string& sql) override { return connection_->script(sql.c_str()); }
  Result<std::vector<Row>> rows(const std::string& sql) override { return connection_->rows(sql); }
  Engine engine() const override { return Engine::sqlite; }

private:
  std::unique_ptr<FileLock> lock_; // null: only looks
  std::unique_ptr<SqliteConnection> connection_;
};

} // namespace

Result<std::unique_ptr<Database>> open_sqlite(const OpenOptions& options, const Sealer& sealer) {
  if (on_network_disk(path_of(options.url))) return unavailable("storage.network_disk");
  if (access(path_of(options.url).c_str(), F_OK) != 0) return unavailable("storage.no_database");
  auto database = std::make_unique<SqliteDatabase>(options, sealer);
  TRY(database->start(options));
  return std::unique_ptr<Database>(std::move(database));
}

Result<std::unique_ptr<AdminConnection>> admin_sqlite(const std::string& url) {
  const std::string path = path_of(url);
  if (on_network_disk(path)) return unavailable("storage.network_disk");
  TRY_ASSIGN(FileLock lock, FileLock::take(path, true));
  TRY_ASSIGN(auto connection, SqliteConnection::open(path, 5000));
  TRY(connection->script("pragma journal_mode=WAL"));
  return std::unique_ptr<AdminConnection>(
      std::make_unique<SqliteAdmin>(std::make_unique<FileLock>(std::move(lock)), std::move(connection)));
}

Result<std::unique_ptr<AdminConnection>> look_sqlite(const std::string& url) {
  if (access(path_of(url).c_str(), F_OK) != 0) return unavailable("storage.no_database");
  TRY_ASSIGN(auto connection, SqliteConnection::open(path_of(url), 5000));
  return std::unique_ptr<AdminConnection>(std::make_unique<SqliteAdmin>(nullptr, std::move(connection)));
}

} // namespace kith::storage
