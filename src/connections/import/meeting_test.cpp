#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "connections/import/import.hpp"
#include "connections/import/map.hpp"
#include "people/person_store.hpp"
#include "storage/again.hpp"
#include "teams/organisation.hpp"

#include "support/databases.hpp"
#include "support/test.hpp"

using namespace kith;
using namespace kith::connections;

namespace {

const OrganisationId organisation_id{{6, 6}};

// Both have taken their first step when this returns, unless the other cannot: SQLite has one writer.
class Meeting {
public:
  void reach() {
    std::unique_lock lock(mutex_);
    ++there_;
    changed_.notify_all();
    changed_.wait_for(lock, std::chrono::milliseconds(400), [&] { return there_ >= 2; });
  }

private:
  std::mutex mutex_{};
  std::condition_variable changed_{};
  int there_{};
};

struct House {
  storage::Database& database;
  SystemRandom random{};
  std::atomic<int> begun{0};

  auth::Scope scope() {
    return auth::service_scope({"test", organisation_id}, Instant{1'795'500'000'000}, random);
  }
  template <class Body> auto once(const Body& body) -> decltype(body(std::declval<storage::Transaction&>())) {
    ++begun;
    TRY_ASSIGN(auto tx, database.begin(organisation_id, storage::Access::write));
    TRY_ASSIGN(auto done, body(tx));
    TRY(tx.commit());
    return done;
  }
  // One row: this person has this interest.
  Result<ImportReport> take(storage::Transaction& tx, const std::string& key, const std::string& interest) {
    const auto rows =
        rows_of_csv(map_by_field_name(), ImportKind::people, "p.csv",
                    "source_key,chosen_name,interests\n" + key + ",Noor " + key + "," + interest + "\n");
    const auto drafts = person_drafts(rows.rows, *parse_date("2026-11-24"));
    return import_people(tx, scope(), drafts.drafts, {.write = true});
  }
  Result<Id<ImportBatch>> batch(const std::string& key, const std::string& interest) {
    TRY_ASSIGN(const ImportReport report, once([&](auto& tx) { return take(tx, key, interest); }));
    return report.batch;
  }
  Person person(const std::string& key) {
    return once([&](auto& tx) { return people::find_by_source(tx, scope(), "csv:" + key); }).value().value();
  }
};

void found(storage::Database& database) {
  Organisation organisation;
  organisation.id = organisation_id;
  organisation.slug = "north";
  organisation.name = "North";
  organisation.zone = "UTC";
  organisation.help_name = "Line";
  organisation.help_number = "0";
  auto tx = database.begin(organisation_id, storage::Access::write).value();
  REQUIRE(teams::insert_organisation(tx, organisation).ok());
  REQUIRE(tx.commit().ok());
}

TEST_CASE("an import and a taking back that want each other's people are both done") {
  for_each_database([](storage::Database& database) {
    found(database);
    House house{database};
    for (const char* key : {"1", "2"}) REQUIRE(house.batch(key, "tea").ok());
    const auto first = house.batch("1", "films").value(), second = house.batch("2", "films").value();
    house.begun = 0;
    Meeting meeting;
    std::string imported = "not done", undone = "not done";
    std::thread other([&] {
      const auto done = storage::until_alone([&] {
        return house.once([&](auto& tx) -> Result<ImportReport> {
          TRY(house.take(tx, "1", "chess"));
          meeting.reach();
          return house.take(tx, "2", "chess");
        });
      });
      imported = done.ok() ? "" : done.failure().code;
    });
    const auto done = storage::until_alone([&] {
      return house.once([&](auto& tx) -> Result<UndoReport> {
        TRY(undo_import(tx, house.scope(), second));
        meeting.reach();
        return undo_import(tx, house.scope(), first);
      });
    });
    undone = done.ok() ? "" : done.failure().code;
    other.join();
    CHECK_EQ(imported, "");
    CHECK_EQ(undone, "");
    if (database.engine() == storage::Engine::postgres) CHECK_GE(house.begun, 3); // one began again
    // Whichever came last: the import's word stands, and the taking back keeps what was changed since.
    for (const char* key : {"1", "2"})
      CHECK_EQ(house.person(key).interests, std::vector<std::string>{"chess"});
  });
}

TEST_CASE("two imports that make the same person at once make one") {
  for_each_database([](storage::Database& database) {
    found(database);
    House house{database};
    Meeting meeting;
    std::string codes[2];
    const auto run = [&](int which) {
      const auto done = storage::until_alone([&] {
        return house.once([&](auto& tx) -> Result<ImportReport> {
          const std::string own = which == 0 ? "a" : "b";
          TRY(house.take(tx, own, "tea"));
          meeting.reach();
          return house.take(tx, "same", "tea");
        });
      });
      codes[which] = done.ok() ? "" : done.failure().code;
    };
    std::thread other(run, 0);
    run(1);
    other.join();
    CHECK_EQ(codes[0], "");
    CHECK_EQ(codes[1], "");
    CHECK_EQ(house.once([&](auto& tx) { return people::count_people(tx, house.scope()); }).value(), 3);
  });
}

} // namespace
