#include "app/rounds.hpp"

#include "base/check.hpp"
#include "support/organisation.hpp"

#include "support/databases.hpp"
#include "support/test.hpp"

using namespace kith;

TEST_CASE("our own mistake about one organisation keeps no other waiting") {
  for_each_database([](storage::Database& database) {
    const OrganisationId first{{1, 1}}, second{{2, 2}};
    test::add_organisation(database, test::plain_organisation(first, "a-first"));
    test::add_organisation(database, test::plain_organisation(second, "b-second"));
    std::vector<OrganisationId> reached;
    app::for_each_organisation(database, [&](OrganisationId organisation) {
      reached.push_back(organisation);
      if (organisation == first) throw Defect("here", 1, "a mistake");
    });
    CHECK_EQ(reached, std::vector<OrganisationId>{first, second});
  });
}
