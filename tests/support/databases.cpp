#include "support/databases.hpp"

#include <unistd.h>

#include <cstdlib>
#include <filesystem>

#include "base/text.hpp"
#include "storage/drivers.hpp"

#include "support/test.hpp"

namespace kith {
namespace {

class TestSealer final : public storage::Sealer {
public:
  storage::Sealed seal(const storage::SealContext& context, std::string_view plain) const override {
    return {"test", base64url(prefix(context) + std::string(plain))};
  }
  Result<std::string> open(const storage::SealContext& context,
                           const storage::Sealed& sealed) const override {
    const auto text = unbase64url(sealed.text);
    if (!text || !text->starts_with(prefix(context))) return unavailable("seal.broken");
    return text->substr(prefix(context).size());
  }

private:
  static std::string prefix(const storage::SealContext& c) {
    return c.organisation.text() + "|" + std::string(c.table) + "|" + std::string(c.row) + "|" +
           std::string(c.field) + "|";
  }
};

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value ? value : "";
}

Done on_server(const std::string& sql) {
  static const auto admin = storage::admin_postgres(environment("KITH_TEST_POSTGRES") + " dbname=postgres");
  if (!admin.ok()) return admin.failure();
  return (*admin)->script(sql);
}

// A database name of this process, empty or a copy of another.
class PostgresPlace {
public:
  explicit PostgresPlace(const std::string& model = "template1") {
    static int made = 0;
    name_ = "kith_test_" + std::to_string(::getpid()) + "_" + std::to_string(++made);
    REQUIRE(on_server("create database " + name_ + " template " + model + " strategy file_copy").ok());
  }
  ~PostgresPlace() { (void)on_server("drop database if exists " + name_ + " with (force)").ok(); }
  const std::string& name() const { return name_; }
  std::string owner() const { return environment("KITH_TEST_POSTGRES") + " dbname=" + name_; }
  std::string app() const { return environment("KITH_TEST_POSTGRES_APP") + " dbname=" + name_; }

private:
  std::string name_;
};

// In memory where the machine has room for that: these databases are not what outlives a power cut.
class Folder {
public:
  Folder() {
    for (std::string pattern : {"/dev/shm/kith-test-XXXXXX", "/tmp/kith-test-XXXXXX"})
      if (path_.empty() && mkdtemp(pattern.data())) path_ = pattern;
    REQUIRE(!path_.empty());
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  std::string file() const { return path_ + "/kith.db"; }
  std::string url() const { return "sqlite:" + file(); }

private:
  std::string path_;
};

// Migrated once a process and copied for each test.
const std::string& sqlite_model() {
  static const Folder folder;
  static const std::string file = [] {
    REQUIRE(storage::migrate(folder.url()).ok());
    return folder.file();
  }();
  return file;
}
const std::string& postgres_model() {
  static const PostgresPlace place;
  static const std::string name = [] {
    REQUIRE(storage::migrate(place.owner()).ok());
    return place.name();
  }();
  return name;
}

// A migrated database for every test of a process, emptied before each: making one takes longer than most
// tests. Row security binds the owner too, so it is lifted from whom it stops while rows are removed.
class PostgresAgain {
public:
  PostgresAgain() : owner_(storage::admin_postgres(place_.owner())) { REQUIRE(owner_.ok()); }
  const PostgresPlace& emptied() {
    on_each_table(lift_ + "execute format('delete from %s', t.name); " + bind_);
    return place_;
  }
  void stay_lifted() {
    on_each_table(lift_);
    lift_ = bind_ = "";
  }

private:
  void on_each_table(const std::string& what) { // those that name others before the others
    REQUIRE((*owner_)
                ->script("do $$ declare t record; begin for t in select oid::regclass as name from pg_class"
                         " where relkind = 'r' and relnamespace = 'public'::regnamespace"
                         " and relname <> 'schema_migration' order by oid desc loop " +
                         what + "end loop; end $$")
                .ok());
  }
  std::string lift_{"execute format('alter table %s no force row level security', t.name); "};
  std::string bind_{"execute format('alter table %s force row level security', t.name); "};
  PostgresPlace place_{postgres_model()};
  Result<std::unique_ptr<storage::AdminConnection>> owner_;
};

// The same, opened once. For the role that the program signs in as nothing differs while it stays lifted.
class PostgresOpened {
public:
  PostgresOpened() {
    again_.stay_lifted();
    opened_ = storage::open({.url = again_.emptied().app(), .connections = 4}, test_sealer());
    REQUIRE(opened_.ok());
  }
  storage::Database& emptied() {
    (void)again_.emptied();
    return **opened_;
  }

private:
  PostgresAgain again_{};
  Result<std::unique_ptr<storage::Database>> opened_{nullptr};
};

} // namespace

const storage::Sealer& test_sealer() {
  static const TestSealer sealer;
  return sealer;
}

bool postgres_wanted() { return !environment("KITH_TEST_POSTGRES").empty(); }

void for_each_database(const std::function<void(storage::Database&)>& body) {
  {
    const Folder folder;
    std::filesystem::copy_file(sqlite_model(), folder.file());
    const auto opened = storage::open({.url = folder.url(), .connections = 4}, test_sealer());
    REQUIRE(opened.ok());
    INFO("on SQLite");
    body(*opened.value());
  }
  if (!postgres_wanted()) return;
  static PostgresOpened place;
  INFO("on PostgreSQL");
  body(place.emptied());
}

void for_each_empty_database(const std::function<void(const std::string& url)>& body) {
  {
    const Folder folder;
    INFO("on SQLite");
    body(folder.url());
  }
  if (!postgres_wanted()) return;
  const PostgresPlace place;
  INFO("on PostgreSQL");
  body(place.owner());
}

void for_each_database_without_rows(const std::function<void(const std::string& url)>& body) {
  {
    const Folder folder;
    std::filesystem::copy_file(sqlite_model(), folder.file());
    INFO("on SQLite");
    body(folder.url());
  }
  if (!postgres_wanted()) return;
  static PostgresAgain place;
  INFO("on PostgreSQL");
  body(place.emptied().owner());
}

} // namespace kith
