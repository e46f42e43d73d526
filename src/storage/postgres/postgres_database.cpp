// The shared database: a pool of libpq connections; each transaction names its organisation, and row-level
// security does the rest. The role may not bypass it.
#include <libpq-fe.h>

#include <atomic>

#include "base/clock.hpp"
#include "storage/drivers.hpp"
#include "storage/postgres/connection.hpp"
#include "storage/turnstile.hpp"

namespace kith::storage {
namespace {

// After one wait in vain nobody else waits for a while: so a request waits once, not for its turn, a silent
// connection and a new one that is not made, one after the other. A server that refuses at once is no wait.
class Silence {
public:
  bool known() const { return clock_.monotonic_ms() < until_; }
  template <class Ask> auto heard(const Ask& ask) {
    const std::int64_t began = clock_.monotonic_ms();
    auto answer = ask();
    const std::int64_t now = clock_.monotonic_ms();
    if (!answer.ok() && answer.failure().code == "storage.unavailable" && now - began >= wait_ms)
      until_ = now + quiet_ms;
    return answer;
  }

private:
  static constexpr std::int64_t wait_ms = 1000, quiet_ms = 1000;
  SystemClock clock_{};
  std::atomic<std::int64_t> until_{0};
};

class PostgresDatabase final : public Database {
public:
  PostgresDatabase(const OpenOptions& options, const Sealer& sealer)
      : sealer_(sealer), url_(options.url), wait_ms_(options.wait_ms), pool_(options.connections),
        connections_(static_cast<std::size_t>(options.connections)) {}

  Done start() {
    TRY_ASSIGN(connections_[0], PostgresConnection::open(url_));
    TRY_ASSIGN(const auto found, connections_[0]->rows("select rolsuper or rolbypassrls from pg_roles "
                                                       "where rolname = current_user"));
    if (found.empty() || found[0].integer(0) != 0) return unavailable("storage.role_bypasses");
    version_ = connections_[0]->version();
    return {};
  }

  Result<Transaction> begin(OrganisationId organisation, Access access) override;
  Engine engine() const override { return Engine::postgres; }
  Done check() override {
    TRY_ASSIGN(auto transaction, begin({}, Access::read));
    return transaction.commit();
  }
  Done prepare(const Query& query) override {
    TRY(connections_[0]->ready());
    return connections_[0]->prepare(query);
  }
  std::string version() override { return "PostgreSQL " + std::to_string(version_ / 10000); }

private:
  friend class PostgresSession;
  Result<PostgresConnection*> lease(int place) {
    if (silence_.known()) return unavailable("storage.unavailable");
    auto& connection = connections_[static_cast<std::size_t>(place)];
    if (!connection) {
      TRY_ASSIGN(connection, silence_.heard([&] { return PostgresConnection::open(url_); }));
    }
    TRY(silence_.heard([&] { return connection->ready(); }));
    return connection.get();
  }

  const Sealer& sealer_;
  std::string url_;
  int wait_ms_{};
  int version_{};
  Turnstile pool_;
  std::vector<std::unique_ptr<PostgresConnection>> connections_;
  Silence silence_;
};

class PostgresSession final : public Session {
public:
  PostgresSession(PostgresDatabase& database, Access access, int place)
      : database_(database), access_(access), place_(place) {}

  Done begin(OrganisationId organisation) {
    TRY_ASSIGN(connection_, database_.lease(place_));
    const char* mode = access_ == Access::write ? "read write" : "isolation level repeatable read, read only";
    const std::string sql = std::string("begin transaction ") + mode + "; select set_config('kith.org', '" +
                            organisation.text() + "', true)";
    TRY(database_.silence_.heard([&] { return connection_->script(sql); }));
    open_ = true;
    return {};
  }

  ~PostgresSession() override {
    if (open_) {
      try {
        (void)connection_->settle().ok();
        (void)connection_->script("rollback").ok();
      } catch (const Defect&) {
        open_ = false; // the connection is reset when it is next leased
      }
    }
    database_.pool_.give(place_);
  }

  Result<Answer> execute(const Query& query, const std::vector<Value>& values) override {
    CHECK(access_ == Access::write || query.access() == Access::read);
    return database_.silence_.heard([&] { return connection_->execute(query, values); });
  }

  Done send(const Query& query, const std::vector<Value>& values, const Wanted& wanted) override {
    CHECK(access_ == Access::write);
    return database_.silence_.heard([&] { return connection_->send(query, values, wanted); });
  }

  Done settle() override {
    return database_.silence_.heard([&] { return connection_->settle(); });
  }

  Done commit() override {
    TRY(settle());
    open_ = false;
    Done done = database_.silence_.heard([&] { return connection_->script("commit"); });
    if (done.ok() || done.failure().code == "storage.retry") return done;
    return unavailable("storage.outcome_unknown");
  }

private:
  PostgresDatabase& database_;
  Access access_;
  int place_;
  PostgresConnection* connection_{};
  bool open_{};
};

Result<Transaction> PostgresDatabase::begin(OrganisationId organisation, Access access) {
  TRY_ASSIGN(const int place, pool_.take(wait_ms_));
  auto session = std::make_unique<PostgresSession>(*this, access, place);
  TRY(session->begin(organisation));
  return Transaction(std::move(session), organisation, sealer_);
}

class PostgresAdmin final : public AdminConnection {
public:
  explicit PostgresAdmin(std::unique_ptr<PostgresConnection> connection)
      : connection_(std::move(connection)) {}
  Done script(const std::string& sql) override { return connection_->script(sql); }
  Result<std::vector<Row>> rows(const std::string& sql) override { return connection_->rows(sql); }
  Engine engine() const override { return Engine::postgres; }

private:
  std::unique_ptr<PostgresConnection> connection_;
};

} // namespace

Result<std::unique_ptr<Database>> open_postgres(const OpenOptions& options, const Sealer& sealer) {
  auto database = std::make_unique<PostgresDatabase>(options, sealer);
  TRY(database->start());
  return std::unique_ptr<Database>(std::move(database));
}

Result<std::unique_ptr<AdminConnection>> admin_postgres(const std::string& url) {
  TRY_ASSIGN(auto connection, PostgresConnection::open(url));
  return std::unique_ptr<AdminConnection>(std::make_unique<PostgresAdmin>(std::move(connection)));
}

} // namespace kith::storage
