#include "support/organisation.hpp"

#include "support/test.hpp"

namespace kith::test {

Organisation plain_organisation(OrganisationId id, const std::string& name) {
  Organisation made;
  made.id = id;
  made.slug = made.name = name;
  made.zone = "UTC";
  made.help_name = "Line";
  made.help_number = "0";
  return made;
}

void add_organisation(storage::Database& database, const Organisation& organisation) {
  auto tx = database.begin(organisation.id, storage::Access::write).value();
  REQUIRE(teams::insert_organisation(tx, organisation).ok());
  REQUIRE(tx.commit().ok());
}

} // namespace kith::test
