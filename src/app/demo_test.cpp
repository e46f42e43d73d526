#include <algorithm>
#include <map>

#include "app/demo.hpp"
#include "app/sandbox_store.hpp"
#include "base/zones.hpp"
#include "connections/connection_store.hpp"
#include "storage/drivers.hpp"
#include "support/shell.hpp"

#include "support/test.hpp"

using namespace kith;
using kith::test::for_each_shell;
using kith::test::Shell;

namespace {

const Instant first_day = *parse_instant("2027-03-30T04:15:00Z"); // Sydney's clocks go back five days later
constexpr std::uint64_t seed = 20261124;

struct Cell {
  std::string table{};
  std::string column{};
  record::Value value{};
  bool operator==(const Cell&) const = default;
};

// Everything the database holds, as its administrator sees it.
class Whole {
public:
  explicit Whole(const std::string& url)
      : admin_(storage::is_sqlite(url) ? storage::admin_sqlite(url).value()
                                       : storage::admin_postgres(url).value()) {}

  std::vector<Cell> cells() {
    std::vector<Cell> out;
    for (const auto& organisation : rows("select id from organisation order by id")) {
      if (admin_->engine() == storage::Engine::postgres)
        rows("select set_config('kith.org', '" + organisation.text(0) + "', false)");
      for (const auto& [table, columns] : tables()) {
        std::string names;
        for (const std::string& column : columns) names += (names.empty() ? "" : ", ") + column;
        const std::string own = table == "organisation" ? "id" : "org_id";
        // By keys, which stay: every table's begin with ids and numbers.
        std::string order;
        for (const std::string& column : columns)
          if (column == "id" || column == "seq" || column.ends_with("_id") || column == "field" ||
              column == "criterion" || column == "role")
            order += (order.empty() ? "" : ", ") + column;
        for (const auto& row : rows("select " + names + " from " + table + " where " + own + " = '" +
                                    organisation.text(0) + "' order by " + order))
          for (std::size_t i = 0; i < columns.size(); ++i) out.push_back({table, columns[i], row.values[i]});
      }
    }
    return out;
  }

  std::vector<std::string> guards() {
    std::vector<std::string> out;
    if (admin_->engine() == storage::Engine::postgres) return out;
    for (const auto& row : rows("select sql from sqlite_master where type = 'trigger' order by name"))
      out.push_back(row.text(0));
    return out;
  }

  void run(const std::string& sql) { REQUIRE(admin_->script(sql).ok()); }
  std::vector<storage::Row> rows(const std::string& sql) { return admin_->rows(sql).value(); }

private:
  std::map<std::string, std::vector<std::string>> tables() {
    std::map<std::string, std::vector<std::string>> found;
    const bool lite = admin_->engine() == storage::Engine::sqlite;
    for (const auto& row :
         rows(lite ? "select t.name, c.name from sqlite_master t, pragma_table_info(t.name) c"
                     " where t.type = 'table'"
                   : "select c.table_name::text, c.column_name::text from information_schema.columns c"
                     " join information_schema.tables t using (table_schema, table_name)"
                     " where t.table_schema = 'public' and t.table_type = 'BASE TABLE'"))
      if (row.text(0) != "schema_migration") found[row.text(0)].push_back(row.text(1));
    return found;
  }

  std::unique_ptr<storage::AdminConnection> admin_;
};

struct Demo {
  explicit Demo(const Shell& shell, Instant on = first_day, std::uint64_t with = seed)
      : config(app::load_config(shell.data()).value()) {
    REQUIRE(app::prepare(config).ok());
    const auto service = app::open_service(config, {}).value();
    const auto filled = app::fill_demo(*service->database, on, with);
    REQUIRE_EQ(filled.ok() ? "" : filled.failure().code, "");
  }
  Result<int> move(Instant now) const { return app::move_sandboxes_to_today(config.owner_database, now); }
  std::vector<Cell> cells() const { return Whole(config.owner_database).cells(); }

  app::Config config;
};

bool is_day(const std::string& text) { return text.size() == 10 && parse_date(text).has_value(); }

// Told by the value, not by the column's name: an instant is a number past the year 2001, a day looks like
// one.
std::string moved_wrongly(const Cell& before, const Cell& after, int days, Instant now) {
  const std::string where = before.table + "." + before.column;
  if (where == "first_meeting.starts_at" || where == "first_meeting.ends_at") return {};
  const auto* instant = std::get_if<std::int64_t>(&before.value);
  if (instant && *instant > 1'000'000'000'000) {
    const std::int64_t got = std::get<std::int64_t>(after.value), want = *instant + days_ms(days);
    if (where == "organisation.created_at") return got == now.ms ? "" : where;
    const bool planned = before.column == "send_after" || before.column == "until_at";
    return got == (planned ? want : std::min(want, now.ms)) ? "" : where;
  }
  const auto* text = std::get_if<std::string>(&before.value);
  if (text && is_day(*text) && where != "person.born_on")
    return std::get<std::string>(after.value) == to_text(*parse_date(*text) + days) ? "" : where;
  return before == after ? "" : where;
}

} // namespace

TEST_CASE("the demo opened ten days later has every date moved by ten days") {
  for_each_shell([](const Shell& shell) {
    const Demo demo(shell);
    const std::vector<Cell> before = demo.cells();
    const std::vector<std::string> guards = Whole(demo.config.owner_database).guards();
    const Instant later = first_day + days_ms(10) + -hours_ms(3); // earlier in the day than it was made
    CHECK_EQ(demo.move(later).value(), 10);
    const std::vector<Cell> after = demo.cells();
    REQUIRE_EQ(before.size(), after.size());
    std::map<std::string, int> wrong;
    int waiting_dates = 0;
    for (std::size_t i = 0; i < before.size(); ++i) {
      if (const std::string where = moved_wrongly(before[i], after[i], 10, later); !where.empty())
        ++wrong[where];
      waiting_dates += before[i].column == "waiting_on" || before[i].column == "promise_on";
    }
    for (const auto& [where, count] : wrong) FAIL_CHECK(where << ", " << count << " times");
    CHECK_GE(waiting_dates, 80);
    int meetings = 0;
    for (const auto& row :
         Whole(demo.config.owner_database)
             .rows("select starts_at, ends_at, local_on, local_minutes, zone from first_meeting")) {
      CHECK_EQ(local_time(*row.instant(0), row.text(4)),
               LocalTime{*parse_date(row.text(2)), static_cast<int>(row.integer(3))});
      CHECK_EQ(row.integer(1) - row.integer(0), hours_ms(1));
      ++meetings;
    }
    CHECK((meetings >= 20 || demo.config.owner_database.starts_with("host"))); // the owner sees none of them
    CHECK_EQ(Whole(demo.config.owner_database).guards(), guards);
    CHECK_EQ(demo.move(later + hours_ms(4)).value(), 0);
    CHECK_EQ(demo.move(first_day).value(), 0); // never back
    CHECK_EQ(demo.cells(), after);
  });
}

TEST_CASE("the demo shows why somebody cannot be offered, and every way a story may have gone") {
  // Also when the clocks change, on a leap day, and just after midnight in Sydney.
  for (const char* day : {"2027-03-30T04:15:00Z", "2028-02-29T01:00:00Z", "2026-10-04T13:05:00Z"}) {
    const Shell shell("sqlite:");
    CAPTURE(day);
    const Demo demo(shell, *parse_instant(day));
    Whole whole(demo.config.owner_database);
    const auto count = [&](const std::string& from) {
      return whole.rows("select count(*) from " + from)[0].integer(0);
    };
    CHECK_EQ(count("referral where closed_at is null"), 46); // 44 on the lists, two new
    CHECK_EQ(count("connection where ended_at is null"), 15);
    CHECK_EQ(count("connection where ended_at is not null"), 9);
    CHECK_EQ(count("person where died_on is not null"), 1);
    CHECK_EQ(count("exclusion"), 5);
    CHECK_GE(count("offer where closed_at is null"), 10);
    CHECK_GE(count("worker_places where agreed = live and agreed > 0"), 1);
    for (const char* kind : {"worker_yes", "worker_no", "worker_talk", "person_yes", "person_no",
                             "person_not_now", "person_talk", "agreed", "not_chosen", "lapsed", "withdrawn"})
      CHECK_MESSAGE(count("offer_event where kind = '" + std::string(kind) + "'") > 0, kind);
    for (const char* kind : {"triage", "phone_person", "book_first_meeting", "offer_again", "ask_again_later",
                             "talk_with_worker", "talk_with_person"})
      CHECK_MESSAGE(count("task where done_at is null and kind = '" + std::string(kind) + "'") > 0, kind);
    const std::string now = std::to_string(parse_instant(day)->ms);
    for (const char* past : {"referral_event where at", "offer_event where at", "connection_event where at",
                             "consent where from_at", "fact where at", "outbox where sent_at"})
      CHECK_EQ(count(std::string(past) + " > " + now), 0);
  }
}

TEST_CASE("the demo can be filled with any random seed") {
  for (std::uint64_t other = 1; other <= 4; ++other) {
    CAPTURE(other);
    const Demo demo(Shell("sqlite:"), first_day, other);
  }
}

TEST_CASE("a database with an organisation that is no sandbox is never moved to today") {
  for_each_shell([](const Shell& shell) {
    const Demo demo(shell);
    const auto service = app::open_service(demo.config, {}).value();
    Organisation real;
    real.id = OrganisationId::make(service->random);
    real.slug = "real";
    real.name = "A real service";
    real.help_name = real.help_number = "Line";
    real.created_at = first_day;
    {
      auto tx = service->database->begin(real.id, storage::Access::write).value();
      REQUIRE(teams::insert_organisation(tx, real).ok());
      REQUIRE(tx.commit().ok());
    }
    const std::vector<Cell> before = demo.cells();
    const auto refused = demo.move(first_day + days_ms(10));
    REQUIRE_FALSE(refused.ok());
    CHECK_EQ(refused.failure().code, "demo.not_empty");
    CHECK_EQ(refused.failure().arguments, std::vector<std::string>{"A real service"});
    CHECK_EQ(app::check_only_sandboxes(demo.config.owner_database).failure().code, "demo.not_empty");
    CHECK_EQ(app::fill_demo(*service->database, first_day, seed).failure().code, "demo.not_empty");
    CHECK_EQ(demo.cells(), before);
  });
}

TEST_CASE("kith demo leaves a real service alone, and --fresh too") {
  for_each_shell([](const Shell& shell) {
    const auto config = app::load_config(shell.data());
    if (config.ok() && !storage::is_sqlite(config->database)) return; // the demo has a file of its own
    REQUIRE_EQ(shell.run({"init", "--organisation", "A real service"}).code, 0);
    for (const std::vector<std::string>& words :
         {std::vector<std::string>{"demo", "--once"}, {"demo", "--once", "--fresh"}}) {
      const auto ran = shell.run(words);
      CHECK_EQ(ran.code, 4);
      CHECK_NE(ran.error.find("A real service"), std::string::npos);
      CHECK_EQ(ran.out, "");
    }
    CHECK_EQ(shell.opened()->config.database.substr(0, 7), "sqlite:");
    CHECK_EQ(Whole(shell.opened()->config.owner_database).rows("select id from organisation").size(), 1);
  });
}
