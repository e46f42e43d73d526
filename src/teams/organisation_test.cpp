#include "teams/organisation.hpp"

#include "support/databases.hpp"
#include "support/organisation.hpp"
#include "support/test.hpp"

using namespace kith;

TEST_CASE("the quick exit leads to https addresses of the open web only") {
  for (const char* fine : {"https://www.bom.gov.au/", "https://example.org",
                           "https://News.Example.org/today?x=1#top", "https://a-b.example.co.nz/weather/"})
    CHECK_MESSAGE(good_exit_url(fine), fine);
  for (const char* bad :
       {"", "http://www.bom.gov.au/", "https://", "https://localhost/", "https://10.0.0.1/", "https://[::1]/",
        "https://www.example.org:8443/", "https://me@example.org/", "https://example..org/",
        "https://-a.example.org/", "HTTPS://example.org/", "javascript:alert(1)", "//example.org/", "/exit",
        "https://example.org/a b", "https://example.org/\r\nSet-Cookie: x=1",
        "https://example.org\\@other.example/", "https://exämple.org/"})
    CHECK_FALSE_MESSAGE(good_exit_url(bad), bad);
  CHECK_FALSE(good_exit_url("https://example.org/" + std::string(200, 'a')));
  Organisation organisation;
  CHECK_EQ(exit_of(organisation), safe_exit_url);
  organisation.exit_url = "http://somewhere.example/"; // written before this rule
  CHECK_EQ(exit_of(organisation), safe_exit_url);
}

TEST_CASE("an organisation changes where its exit leads, and only its own") {
  for_each_database([](storage::Database& database) {
    SystemRandom random;
    const Instant now{1'795'500'000'000};
    const OrganisationId north{{7, 7}}, south{{8, 8}};
    for (const auto& [id, slug] : {std::pair{north, "north"}, std::pair{south, "south"}})
      test::add_organisation(database, test::plain_organisation(id, slug));
    {
      auto tx = database.begin(north, storage::Access::write).value();
      const auth::Scope scope = auth::service_scope({"test", north}, now, random);
      const Done refused = teams::set_exit_url(tx, scope, "http://example.org/");
      CHECK_EQ(refused.failure().fields, std::vector<FieldProblem>{{"exit_url", "not_https"}});
      REQUIRE(teams::set_exit_url(tx, scope, " https://weather.example.org/ ").ok());
      REQUIRE(tx.commit().ok());
    }
    const auto exit_at = [&](OrganisationId id) {
      auto tx = database.begin(id, storage::Access::read).value();
      return exit_of(teams::load_organisation(tx).value());
    };
    CHECK_EQ(exit_at(north), "https://weather.example.org/");
    CHECK_EQ(exit_at(south), safe_exit_url);
  });
}
