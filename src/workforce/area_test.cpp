#include "workforce/area.hpp"

#include "people/person_store.hpp"
#include "teams/organisation.hpp"
#include "workforce/worker_store.hpp"

#include "support/databases.hpp"
#include "support/organisation.hpp"
#include "support/test.hpp"

using namespace kith;

namespace {

struct Place {
  const char* area{};
  std::optional<int> east_m{};
  std::optional<int> north_m{};
};

void place_person(storage::Transaction& tx, const auth::Scope& scope, const Place& place) {
  Person person;
  person.id = Id<Person>::make(scope.random());
  person.chosen_name = "Amara";
  person.area = place.area;
  person.east_m = place.east_m;
  person.north_m = place.north_m;
  REQUIRE(people::insert_person(tx, scope, with_name_keys(person)).ok());
}

void place_worker(storage::Transaction& tx, const auth::Scope& scope, const Place& place) {
  Worker worker;
  worker.id = Id<Worker>::make(scope.random());
  worker.chosen_name = "Ruth";
  worker.area = place.area;
  worker.east_m = place.east_m;
  worker.north_m = place.north_m;
  REQUIRE(workforce::insert_worker(tx, scope, with_name_key(worker), 1).ok());
}

} // namespace

TEST_CASE("an area lies in the middle of its records; one without a place, or elsewhere, is not known") {
  for_each_database([](storage::Database& database) {
    SystemRandom random;
    const OrganisationId north{{7, 7}}, south{{8, 8}};
    for (const auto& [id, slug] : {std::pair{north, "north"}, std::pair{south, "south"}}) {
      test::add_organisation(database, test::plain_organisation(id, slug));
      auto tx = database.begin(id, storage::Access::write).value();
      const auth::Scope scope = auth::service_scope({"test", id}, Instant{1'795'500'000'000}, random);
      if (id == south) place_person(tx, scope, {"Southside", 9, 9});
      if (id == north) {
        place_person(tx, scope, {"Northside", -100, 3'000'000});
        place_person(tx, scope, {"Northside", 300, 3'000'200});
        place_person(tx, scope, {"Atlantis", {}, {}});
        place_person(tx, scope, {"", 5, 5});
        place_worker(tx, scope, {"Northside", 100, 3'000'100});
        place_worker(tx, scope, {"Hillside", 5000, 2000});
      }
      REQUIRE(tx.commit().ok());
    }
    auto tx = database.begin(north, storage::Access::read).value();
    const auth::Scope scope = auth::service_scope({"test", north}, Instant{1'795'500'000'000}, random);
    const auto areas = workforce::known_areas(tx, scope).value();
    REQUIRE_EQ(areas.size(), 2);
    CHECK_EQ(areas[0].name, "Hillside");
    CHECK_EQ(areas[1].name, "Northside");
    CHECK_EQ(areas[1].east_m, 100);
    CHECK_EQ(areas[1].north_m, 3'000'100);
    CHECK_EQ(areas[1].record_count, 3);
    CHECK_EQ(workforce::areas_of_several(areas).size(), 1);
  });
}
