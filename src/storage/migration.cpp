#include "storage/migration.hpp"

#include <algorithm>

#include "base/embedded.hpp"
#include "base/random.hpp"
#include "base/text.hpp"
#include "storage/drivers.hpp"

namespace kith::storage {
namespace {

std::string checksum_of(std::string_view bytes) {
  std::uint64_t sum = bytes.size();
  for (const char c : bytes) sum = mix(sum, static_cast<std::uint8_t>(c));
  return to_text(RawId{0, sum}).substr(16);
}

void replace_word(std::string& text, const std::string& word, const std::string& by) {
  for (std::size_t at = 0; (at = text.find(word, at)) != std::string::npos; at += by.size())
    text.replace(at, word.size(), by);
}

// ---- the scope guard in each dialect
// -----------------------------------------------------------------------------

struct Scoped {
  std::string table{};
  bool append_only{};
  bool shared{};
};

Scoped parse_scoped(std::string_view line) {
  const auto words = split_words(line);
  CHECK(!words.empty() && words.size() <= 2);
  Scoped scoped{words[0]};
  if (words.size() == 2) {
    scoped.append_only = words[1] == "append-only";
    scoped.shared = words[1] == "shared";
    CHECK(scoped.append_only || scoped.shared);
  }
  return scoped;
}

std::vector<std::string> sqlite_guard(const Scoped& scoped) {
  const std::string& t = scoped.table;
  const std::string key = scoped.shared ? "id" : "org_id";
  const auto trigger = [&](const std::string& event, const std::string& condition) {
    const std::string name = t + "_scope_" + event;
    return std::vector<std::string>{"drop trigger if exists " + name,
                                    "create trigger " + name + " before " + event + " on " + t + " when " +
                                        condition + " begin select raise(abort, 'scope'); end"};
  };
  std::vector<std::string> out{"drop view if exists v_" + t,
                               "create view v_" + t + " as select * from " + t +
                                   (scoped.shared ? "" : " where org_id = kith_org()")};
  const std::string fresh = "new." + key + " is not kith_org()", old = "old." + key + " is not kith_org()";
  const std::string changed = scoped.append_only ? "1" : fresh + " or " + old; // 1: no change at all
  const std::string dropped = scoped.append_only ? "1" : old;
  for (const auto& [event, condition] :
       {std::pair<std::string, std::string>{"insert", fresh}, {"update", changed}, {"delete", dropped}})
    for (std::string& sql : trigger(event, condition)) out.push_back(std::move(sql));
  return out;
}

std::vector<std::string> postgres_guard(const Scoped& scoped) {
  const std::string& t = scoped.table;
  const std::string mine =
      std::string(scoped.shared ? "id" : "org_id") + " = nullif(current_setting('kith.org', true), '')";
  return {"alter table " + t + " enable row level security",
          "alter table " + t + " force row level security",
          "drop policy if exists organisation on " + t,
          "create policy organisation on " + t + " using (" + mine + ") with check (" + mine + ")",
          "drop policy if exists everyone on " + t,
          scoped.shared ? "create policy everyone on " + t + " for select using (true)" : "",
          "create or replace view v_" + t + " with (security_invoker = true) as select * from " + t,
          "grant select on v_" + t + " to kith_app",
          std::string("grant select, insert") + (scoped.append_only ? "" : ", update, delete") + " on " + t +
              " to kith_app"};
}

// ---- reading a file
// ----------------------------------------------------------------------------------------------

std::string in_dialect(std::string sql, Engine engine) {
  if (engine == Engine::postgres) return sql;
  replace_word(sql, " bigint", " integer");
  if (sql.starts_with("create table")) sql += " strict";
  return sql;
}

Done apply(AdminConnection& admin, const Migration& migration) {
  TRY(admin.script(admin.engine() == Engine::sqlite ? "begin immediate" : "begin"));
  for (const std::string& sql : statements_for(migration, admin.engine())) TRY(admin.script(sql));
  TRY(admin.script("insert into schema_migration (name, checksum) values ('" + migration.name + "', '" +
                   migration.checksum + "')"));
  return admin.script("commit");
}

// What is pending of `migrations` where the rows `known` (name, checksum) stand.
Result<SchemaState> compare(const std::vector<Row>& known, const std::vector<Migration>& migrations) {
  SchemaState state;
  state.known = static_cast<int>(known.size());
  for (const Row& row : known) {
    const auto same = std::find_if(migrations.begin(), migrations.end(),
                                   [&](const Migration& m) { return m.name == row.text(0); });
    if (same == migrations.end()) return conflict("storage.newer_schema");
    if (same->checksum != row.text(1)) return conflict("storage.changed_migration");
  }
  for (const Migration& migration : migrations)
    if (std::none_of(known.begin(), known.end(),
                     [&](const Row& row) { return row.text(0) == migration.name; }))
      state.pending.push_back(migration.name);
  return state;
}

constexpr const char* applied_sql = "select name, checksum from schema_migration order by name";

} // namespace

std::vector<Migration> embedded_migrations() {
  std::vector<Migration> found;
  for (const EmbeddedFile& file : embedded_files()) {
    const std::string_view name = file.name;
    if (!name.starts_with("migrations/") || !name.ends_with(".sql")) continue;
    found.push_back({std::string(name.substr(11, name.size() - 15)), std::string(file.bytes()),
                     checksum_of(file.bytes())});
  }
  std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
  return found;
}

std::vector<std::string> statements_for(const Migration& migration, Engine engine) {
  std::vector<std::string> out;
  std::string statement, only;
  for (const std::string& raw : split(migration.sql, '\n')) {
    const std::string_view line = trim(raw);
    if (line.empty()) continue;
    if (line.starts_with("-- scoped:")) {
      const Scoped scoped = parse_scoped(line.substr(10));
      for (std::string& sql : engine == Engine::sqlite ? sqlite_guard(scoped) : postgres_guard(scoped))
        if (!sql.empty()) out.push_back(std::move(sql));
      continue;
    }
    if (line.starts_with("-- only:")) only = trim(line.substr(8));
    if (line.starts_with("--")) continue;
    statement += (statement.empty() ? "" : " ") + std::string(line);
    if (statement.back() != ';') continue;
    statement.pop_back();
    if (only.empty() || only == (engine == Engine::sqlite ? "sqlite" : "postgres"))
      out.push_back(in_dialect(statement, engine));
    statement.clear();
    only.clear();
  }
  CHECK(statement.empty());
  return out;
}

Result<MigrateReport> migrate_with(const std::string& url, const std::vector<Migration>& migrations) {
  TRY_ASSIGN(const auto admin, is_sqlite(url) ? admin_sqlite(url) : admin_postgres(url));
  if (admin->engine() == Engine::postgres) {
    TRY(admin->script("select pg_advisory_lock(7165738)")); // released when this connection closes
    TRY(admin->script("do $$ begin if not exists (select from pg_roles where rolname = 'kith_app') then "
                      "create role kith_app login nosuperuser nobypassrls; end if; end $$"));
  }
  TRY(admin->script(
      "create table if not exists schema_migration (name text primary key, checksum text not null)"));
  if (admin->engine() == Engine::postgres) TRY(admin->script("grant select on schema_migration to kith_app"));
  TRY_ASSIGN(const auto known, admin->rows(applied_sql));
  TRY_ASSIGN(const SchemaState state, compare(known, migrations));
  MigrateReport report;
  report.known = state.known;
  for (const Migration& migration : migrations) {
    if (std::find(state.pending.begin(), state.pending.end(), migration.name) == state.pending.end())
      continue;
    TRY(apply(*admin, migration));
    report.applied.push_back(migration.name);
  }
  return report;
}

Result<MigrateReport> migrate(const std::string& url) { return migrate_with(url, embedded_migrations()); }

Result<SchemaState> schema_state(const std::string& url) {
  TRY_ASSIGN(const auto look, is_sqlite(url) ? look_sqlite(url) : admin_postgres(url));
  const auto known = look->rows(applied_sql);
  if (!known.ok() && known.failure().code != "storage.no_such_table") return known.failure();
  return compare(known.ok() ? known.value() : std::vector<Row>(), embedded_migrations());
}

} // namespace kith::storage
