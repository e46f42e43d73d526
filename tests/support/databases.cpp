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

// A database name of this process, created through the server's maintenance database.
class PostgresPlace {
public:
  PostgresPlace() {
    static int made = 0;
    name_ = "kith_test_" + std::to_string(::getpid()) + "_" + std::to_string(++made);
    const auto admin = storage::admin_postgres(environment("KITH_TEST_POSTGRES") + " dbname=postgres");
    REQUIRE(admin.ok());
    REQUIRE(admin.value()->script("create database " + name_).ok());
  }
  ~PostgresPlace() {
    const auto admin = storage::admin_postgres(environment("KITH_TEST_POSTGRES") + " dbname=postgres");
    if (admin.ok()) (void)admin.value()->script("drop database if exists " + name_ + " with (force)").ok();
  }
  std::string owner() const { return environment("KITH_TEST_POSTGRES") + " dbname=" + name_; }
  std::string app() const { return environment("KITH_TEST_POSTGRES_APP") + " dbname=" + name_; }

private:
  std::string name_;
};

class Folder {
public:
  Folder() {
    char pattern[] = "/tmp/kith-test-XXXXXX";
    path_ = mkdtemp(pattern);
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  std::string url() const { return "sqlite:" + path_ + "/kith.db"; }

private:
  std::string path_;
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
    REQUIRE(storage::migrate(folder.url()).ok());
    const auto opened = storage::open({.url = folder.url(), .connections = 4}, test_sealer());
    REQUIRE(opened.ok());
    INFO("on SQLite");
    body(*opened.value());
  }
  if (!postgres_wanted()) return;
  const PostgresPlace place;
  REQUIRE(storage::migrate(place.owner()).ok());
  auto opened = storage::open({.url = place.app(), .connections = 4}, test_sealer());
  REQUIRE(opened.ok());
  INFO("on PostgreSQL");
  body(**opened);
  opened.value().reset();
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

} // namespace kith
