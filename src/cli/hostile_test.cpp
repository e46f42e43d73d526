#include "auth/sign_in.hpp"
#include "base/text.hpp"
#include "connections/connection_store.hpp"
#include "connections/referral_actions.hpp"
#include "storage/trail.hpp"
#include "support/pages.hpp"
#include "teams/organisation.hpp"

#include "support/shell.hpp"
#include "support/test.hpp"

using namespace kith;
using kith::test::for_each_shell;
using kith::test::Shell;

namespace {

const storage::Query attempts{"test.hostile_attempts", storage::Access::read,
                              "select count(*) from v_sign_in_attempt"};

// Somebody who writes requests by hand to the pages of a new service.
class Stranger {
public:
  explicit Stranger(app::Service& service)
      : service_(service),
        pages_(service, {.origin = "http://evil.example", .public_address = "https://kith.example.org"}) {}

  http::Response get(const std::string& path) { return pages_.get(path); }
  http::Response post(const std::string& path, const std::string& fields,
                      const std::string& peer = "192.0.2.1") {
    return pages_.post(path, fields, {.peer = peer});
  }
  http::Response ask(const std::string& peer) {
    return post("/ask/" + organisation().slug,
                "idempotency_key=" + to_text(random_id(service_.random)) +
                    "&chosen_name=Amara&contact_way=email&contact=a%40people.example&languages=English",
                peer);
  }
  teams::PublicOrganisation organisation() {
    auto tx = service_.database->begin({}, storage::Access::read).value();
    return teams::organisations(tx).value().at(0);
  }

private:
  app::Service& service_;
  test::Pages pages_;
};

} // namespace

TEST_CASE("a stranger's request writes no address into the link somebody keeps") {
  for_each_shell([](const Shell& shell) {
    REQUIRE_EQ(shell.run({"init"}).code, 0);
    const auto service = shell.opened();
    Stranger stranger(*service);
    const auto asked = stranger.ask("192.0.2.1");
    CHECK_EQ(asked.status, 200);
    CHECK_NE(asked.body.find("https://kith.example.org/in/"), std::string::npos);
    CHECK_EQ(asked.body.find("evil.example"), std::string::npos);
  });
}

TEST_CASE("signing in to a service that is not here leaves nothing behind") {
  for_each_shell([](const Shell& shell) {
    REQUIRE_EQ(shell.run({"init"}).code, 0);
    const auto service = shell.opened();
    Stranger stranger(*service);
    const auto count = [&](OrganisationId id) {
      auto tx = service->database->begin(id, storage::Access::read).value();
      return tx.row(attempts).value()->integer(0);
    };
    const OrganisationId nowhere{{5, 5}}, here = stranger.organisation().id;
    const std::string rest = "&name=amara&password=teal";
    CHECK_EQ(stranger.post("/sign-in", "organisation=" + nowhere.text() + rest).status, 422);
    CHECK_EQ(count(nowhere), 0);
    CHECK_EQ(stranger.post("/sign-in", "organisation=" + here.text() + rest).status, 422);
    CHECK_EQ(count(here), 3); // the name here, the network, the name anywhere
  });
}

TEST_CASE("whatever stands in the address of a link, the page has an answer") {
  for_each_shell([](const Shell& shell) {
    REQUIRE_EQ(shell.run({"init"}).code, 0);
    const auto service = shell.opened();
    Stranger stranger(*service);
    const std::string real = stranger.organisation().id.text() + "." + std::string(43, 'A');
    for (const std::string& token :
         {std::string("a b"), std::string("\"><script>"), std::string("\xf0\x9f\x8c\xb1"),
          std::string("javascript:x"), std::string(5000, 'a')})
      CHECK_EQ(stranger.get("/in/" + token).status, 404);
    CHECK_EQ(stranger.get("/in/" + real).status, 410);
  });
}

TEST_CASE("one visitor of the public form is one network, not each of its addresses") {
  for_each_shell([](const Shell& shell) {
    REQUIRE_EQ(shell.run({"init"}).code, 0);
    const auto service = shell.opened();
    Stranger stranger(*service);
    for (int i = 1; i <= auth::Attempts::failures_max; ++i)
      CHECK_EQ(stranger.ask("2001:db8::" + std::to_string(i)).status, 200);
    CHECK_EQ(stranger.ask("2001:db8::ffff").status, 429);
    CHECK_EQ(stranger.ask("2001:db8:0:1::1").status, 200);
    CHECK_EQ(stranger.ask("192.0.2.1").status, 200);
  });
}

TEST_CASE("a form that was only mistyped does not count towards the limit of a visitor") {
  for_each_shell([](const Shell& shell) {
    REQUIRE_EQ(shell.run({"init"}).code, 0);
    const auto service = shell.opened();
    Stranger stranger(*service);
    const std::string path = "/ask/" + stranger.organisation().slug;
    for (int i = 0; i <= auth::Attempts::failures_max; ++i)
      CHECK_EQ(stranger.post(path, "idempotency_key=" + to_text(random_id(service->random))).status, 422);
    CHECK_EQ(stranger.ask("192.0.2.1").status, 200);
  });
}

TEST_CASE("whoever asks for a new link is told the same, whether the link was anybody's or not") {
  for_each_shell([](const Shell& shell) {
    REQUIRE_EQ(shell.run({"init"}).code, 0);
    const auto service = shell.opened();
    Stranger stranger(*service);
    const std::string page = stranger.ask("192.0.2.1").body;
    const std::string start = "https://kith.example.org/in/";
    const auto at = page.find(start);
    REQUIRE_NE(at, std::string::npos);
    const std::string real = page.substr(at + start.size(), stranger.organisation().id.text().size() + 44);
    const std::string unknown = stranger.organisation().id.text() + "." + std::string(43, 'A');
    const auto answer = [&](const std::string& token) {
      const auto response = stranger.post("/in/" + token + "/again", "");
      return std::to_string(response.status) + response.body.substr(response.body.find("<main"));
    };
    const auto waiting = [&] {
      auto tx = service->database->begin(stranger.organisation().id, storage::Access::read).value();
      return storage::due_messages(tx, service->clock.now()).value().size();
    };
    CHECK_EQ(answer(unknown), answer(OrganisationId{{5, 5}}.text() + "." + std::string(43, 'A')));
    CHECK_EQ(answer(real), answer(unknown));
    CHECK_EQ(waiting(), 0); // nobody here took the request on: the address may be anybody's
    {
      const OrganisationId here = stranger.organisation().id;
      auto tx = service->database->begin(here, storage::Access::write).value();
      const auth::Scope scope = auth::service_scope({"test", here}, service->clock.now(), service->random);
      const auto asked = connections::new_referrals(tx, scope, {0, 10}).value();
      REQUIRE_EQ(asked.size(), 1);
      REQUIRE(connections::accept(tx, scope, asked[0].referral.id).ok());
      REQUIRE(tx.commit().ok());
    }
    CHECK_EQ(answer(real), answer(unknown));
    CHECK_EQ(waiting(), 1);
    CHECK_EQ(answer(real), answer(unknown));
    CHECK_EQ(waiting(), 1);
    CHECK_EQ(answer(real).find("people.example"), std::string::npos);
  });
}
