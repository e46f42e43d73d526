#include <filesystem>

#include "app/staff.hpp"
#include "auth/account_store.hpp"
#include "auth/totp.hpp"
#include "base/text.hpp"
#include "support/pages.hpp"
#include "support/shell.hpp"
#include "workforce/worker_store.hpp"

#include "support/test.hpp"

using namespace kith;
using kith::test::for_each_new_shell;
using kith::test::for_each_shell;
using kith::test::Pages;
using kith::test::Ran;
using kith::test::Shell;

namespace {

// What stands behind a label of the output, up to the next white space.
std::string after(const std::string& text, const std::string& label) {
  const auto at = text.find("\n" + label);
  if (at == std::string::npos) return {};
  const auto words = split_words(text.substr(at + label.size() + 1));
  return words.empty() ? std::string() : words[0];
}

std::string header(const http::Response& response, const std::string& name) {
  for (const http::Header& one : response.headers)
    if (one.name == name) return one.value;
  return {};
}

std::string cookie_of(const http::Response& response) {
  const std::string all = header(response, "Set-Cookie");
  return all.substr(0, all.find(';'));
}

// Password, then code; gives the session's cookie.
std::string sign_in(Pages& pages, app::Service& service, const Ran& added, const std::string& name) {
  auto tx = service.database->begin({}, storage::Access::read).value();
  const std::string organisation = teams::organisations(tx).value().at(0).id.text();
  const auto first = pages.post("/sign-in", "organisation=" + organisation + "&name=" + name +
                                                "&password=" + after(added.out, "Password:"));
  CHECK_EQ(first.status, 303);
  CHECK_EQ(header(first, "Location"), "/sign-in/code");
  // The password alone opens nothing.
  CHECK_EQ(header(pages.get("/today", cookie_of(first)), "Location"), "/sign-in");
  const std::string code = auth::totp_code(after(added.out, "Secret:"), service.clock.now());
  const auto second = pages.post("/sign-in/code", "code=" + code, {.cookie = cookie_of(first)});
  CHECK_EQ(second.status, 303);
  CHECK_EQ(header(second, "Location"), "/today");
  return cookie_of(second);
}

} // namespace

TEST_CASE("P18 a service made by init lets the coordinator it was given sign in with password and code") {
  for_each_new_shell([](const Shell& shell) {
    const Ran made = shell.run({"init", "--organisation", "Northside Peer Support"});
    INFO(made.error);
    REQUIRE_EQ(made.code, 0);
    CHECK_NE(made.out.find("kith user add --data " + shell.data()), std::string::npos);
    const auto mode = [&](const std::string& name) {
      return static_cast<unsigned>(std::filesystem::status(shell.data() + name).permissions());
    };
    CHECK_EQ(mode(""), 0700);
    CHECK_EQ(mode("/keys"), 0400);

    const Ran added = shell.run(
        {"user", "add", "--name", "Priya", "--email", "Priya@example.org", "--role", "coordinator"});
    INFO(added.error);
    REQUIRE_EQ(added.code, 0);
    CHECK_NE(added.out.find("█"), std::string::npos);
    const std::string secret = after(added.out, "Secret:");
    CHECK_EQ(after(added.out, "Address:"),
             "otpauth://totp/Northside%20Peer%20Support:Priya%40example.org?secret=" + secret +
                 "&issuer=Northside%20Peer%20Support&algorithm=SHA1&digits=6&period=30");

    const auto service = shell.opened();
    Pages pages(*service);
    const std::string cookie = sign_in(pages, *service, added, "priya%40example.org");
    CHECK_EQ(pages.get("/today", cookie).status, 200);
    CHECK_EQ(pages.get("/people/waiting", cookie).status, 200);
  });
}

TEST_CASE("a peer worker gets the record with the same address, or a new one without places") {
  for_each_shell([](const Shell& shell) {
    REQUIRE_EQ(shell.run({"init"}).code, 0);
    const auto service = shell.opened();
    const OrganisationId own = app::choose_organisation(*service->database, "").value().id;
    const auth::Scope scope = auth::service_scope({"test", own}, service->clock.now(), service->random);
    Worker ruth;
    ruth.id = Id<Worker>::make(service->random);
    ruth.chosen_name = "Ruth";
    ruth.email = "Ruth@example.org";
    ruth.created_at = scope.now();
    {
      auto tx = service->database->begin(own, storage::Access::write).value();
      REQUIRE(workforce::insert_worker(tx, scope, with_name_key(ruth), 2).ok());
      REQUIRE(tx.commit().ok());
    }
    const auto add = [&](const std::string& name, const std::string& email, std::vector<std::string> more) {
      std::vector<std::string> words{"user", "add", "--name", name, "--email", email, "--role", "worker"};
      words.insert(words.end(), more.begin(), more.end());
      return shell.run(words);
    };
    const Ran known = add("Ruth", "ruth@example.org", {"--places", "3"});
    REQUIRE_EQ(known.code, 0);
    CHECK_NE(known.out.find("the record with this address"), std::string::npos);
    const Ran fresh = add("Dawit", "dawit@example.org", {});
    REQUIRE_EQ(fresh.code, 0);
    CHECK_NE(fresh.out.find("no places are agreed yet"), std::string::npos);
    CHECK_EQ(add("Ruth", "ruth@example.org", {}).code, 2);

    auto tx = service->database->begin(own, storage::Access::read).value();
    const auto all = workforce::all_workers(tx, scope).value();
    REQUIRE_EQ(all.size(), 2); // by name: Dawit, Ruth
    CHECK_EQ(all[1].id, ruth.id);
    CHECK_EQ(workforce::places_of(tx, scope, all[0].id)->agreed, 0);
    CHECK_EQ(workforce::places_of(tx, scope, ruth.id)->agreed, 3);
    CHECK_EQ(auth::account_of_worker(tx, scope, ruth.id).value()->sign_in, "ruth@example.org");
    Pages pages(*service);
    const std::string cookie = sign_in(pages, *service, fresh, "dawit%40example.org");
    CHECK_EQ(header(pages.get("/today", cookie), "Location"), "/w");
    CHECK_EQ(pages.get("/w", cookie).status, 200);
  });
}

TEST_CASE("the first start refuses what it may not do, with a code and a next step") {
  for_each_new_shell([](const Shell& shell) {
    const auto user = [&](std::vector<std::string> more) {
      std::vector<std::string> words{"user", "add"};
      words.insert(words.end(), more.begin(), more.end());
      return shell.run(words);
    };
    const std::vector<std::string> priya{"--name", "Priya",      "--email", "priya@example.org",
                                         "--role", "coordinator"};
    CHECK_EQ(user(priya).code, 4); // no database yet
    CHECK_EQ(shell.run({"init", "--zone", "Sydney"}).code, 2);
    CHECK_EQ(shell.run({"init", "--zone", "Europe/Dublin"}).code, 2); // no help line known there
    CHECK_EQ(shell.run({"init", "--kind", "club"}).code, 2);
    CHECK_EQ(shell.run({"init", "--organisation", " "}).code, 2);
    CHECK_FALSE(std::filesystem::exists(shell.data() + "/keys"));
    REQUIRE_EQ(shell.run({"init"}).code, 0);
    const Ran again = shell.run({"init"});
    CHECK_EQ(again.code, 4);
    CHECK_NE(again.error.find("Here is already a service: Peer Support Service"), std::string::npos);
    CHECK_NE(again.error.find("Add the first coordinator:\n  kith user add"), std::string::npos);

    REQUIRE_EQ(user(priya).code, 0);
    CHECK_EQ(user(priya).code, 2); // the address is taken
    for (const std::vector<std::string>& wrong : std::vector<std::vector<std::string>>{
             {"--name", "Tom", "--email", "tom", "--role", "clinician"},
             {"--name", "Tom", "--email", "tom@example.org", "--role", "person"},
             {"--name", "Tom", "--email", "tom@example.org", "--role", "clinician", "--places", "2"},
             {"--name", " ", "--email", "tom@example.org", "--role", "clinician"},
             {"--name", "Tom", "--email", "tom@example.org", "--role", "clinician", "--organisation", "x"},
             {"--name", "Tom", "--email", "tom@example.org", "--role", "clinician", "--password-file", "/x"},
             {"--name", "Tom", "--email", "tom@example.org"},
             {"--name", "Tom", "--email", "tom@example.org", "--role", "\033[31m\r" + std::string(900, 'x')},
             {"--name", "To\033m", "--email", "tom@example.org", "--role", "clinician"},
             {"--name", "Tom", "--email", "\xff@\n", "--role", "clinician"}}) {
      const Ran refused = user(wrong);
      INFO(refused.error);
      CHECK_EQ(refused.code, 2);
      CHECK_EQ(refused.out, "");
      CHECK_GT(refused.error.size(), 20);
      CHECK_LT(refused.error.size(), 500);
      CHECK_EQ(refused.error.find_first_of("\033\r"), std::string::npos);
      CHECK_EQ(refused.error.find('\n'), refused.error.size() - 1);
    }
    std::filesystem::rename(shell.data() + "/keys", shell.data() + "/mislaid");
    const Ran lost = shell.run({"init"});
    CHECK_EQ(lost.code, 4);
    CHECK_NE(lost.error.find("Put the old one back"), std::string::npos);
    CHECK_FALSE(std::filesystem::exists(shell.data() + "/keys"));
  });
}

namespace {

const storage::Query renewals{"test.account_audit", storage::Access::read,
                              "select operation, fields from v_audit where operation like 'account.%'"
                              " and operation <> 'account.add' order by at, id limit 20"};

std::string audited(app::Service& service) {
  const OrganisationId own = app::choose_organisation(*service.database, "").value().id;
  auto tx = service.database->begin(own, storage::Access::read).value();
  std::string all;
  for (const auto& row : tx.rows(renewals).value()) all += row.text(0) + ":" + row.text(1) + "\n";
  return all;
}

bool knows(Pages& pages, const std::string& cookie) { return pages.get("/today", cookie).status == 200; }

} // namespace

TEST_CASE("a lost password and second factor are made anew at the prompt, and whoever found them is out") {
  for_each_shell([](const Shell& shell) {
    REQUIRE_EQ(shell.run({"init"}).code, 0);
    const Ran added =
        shell.run({"user", "add", "--name", "Priya", "--email", "p@example.org", "--role", "coordinator"});
    const auto service = shell.opened();
    Pages pages(*service);
    const std::string before = sign_in(pages, *service, added, "p%40example.org");
    REQUIRE(knows(pages, before));

    const Ran both = shell.run({"user", "reset", " P@example.org"});
    INFO(both.error);
    REQUIRE_EQ(both.code, 0);
    CHECK_NE(both.out.find("█"), std::string::npos);
    CHECK_NE(after(both.out, "Secret:"), after(added.out, "Secret:"));
    CHECK_FALSE(knows(pages, before));
    const std::string second = sign_in(pages, *service, both, "p%40example.org");
    CHECK(knows(pages, second));

    const Ran factor = shell.run({"user", "reset", "p@example.org", "--second-factor"});
    REQUIRE_EQ(factor.code, 0);
    CHECK_NE(factor.out.find("Password:    as before"), std::string::npos);
    CHECK_FALSE(knows(pages, second));
    Ran mixed;
    mixed.out = "\nPassword: " + after(both.out, "Password:");
    mixed.out += "\nSecret: " + after(factor.out, "Secret:");
    CHECK(knows(pages, sign_in(pages, *service, mixed, "p%40example.org")));

    const Ran word = shell.run({"user", "reset", "p@example.org", "--password"});
    REQUIRE_EQ(word.code, 0);
    CHECK_EQ(word.out.find("Secret:"), std::string::npos);
    CHECK_NE(after(word.out, "Password:"), after(both.out, "Password:"));
    CHECK_EQ(audited(*service), "account.renew:password_hash totp_secret\naccount.renew:totp_secret\n"
                                "account.renew:password_hash\n");
    const Ran nobody = shell.run({"user", "reset", "q@example.org"});
    CHECK_EQ(nobody.code, 2);
    CHECK_EQ(nobody.out, "");
    CHECK_NE(nobody.error.find("Nobody of the staff signs in with q@example.org"), std::string::npos);
    CHECK_EQ(shell.run({"user", "reset", ""}).code, 2);
    CHECK_EQ(shell.run({"user", "reset", "p@example.org", "--second-factor", "--password-file", "/x"}).code,
             2);
  });
}

TEST_CASE("somebody suspended at the prompt is out at once and stays out until resumed") {
  for_each_shell([](const Shell& shell) {
    REQUIRE_EQ(shell.run({"init"}).code, 0);
    const Ran added =
        shell.run({"user", "add", "--name", "Priya", "--email", "p@example.org", "--role", "coordinator"});
    const auto service = shell.opened();
    Pages pages(*service);
    const std::string before = sign_in(pages, *service, added, "p%40example.org");
    REQUIRE(knows(pages, before));
    CHECK_EQ(shell.run({"user", "resume", "p@example.org"}).code, 2);
    REQUIRE_EQ(shell.run({"user", "suspend", "p@example.org"}).code, 0);
    CHECK_FALSE(knows(pages, before));
    CHECK_EQ(shell.run({"user", "suspend", "p@example.org"}).code, 2);
    const Ran listed = shell.run({"user", "list"});
    CHECK_EQ(listed.code, 0);
    CHECK_NE(listed.out.find("suspended  p@example.org"), std::string::npos);
    CHECK_NE(listed.out.find("Priya  [coordinator]"), std::string::npos);
    const Ran reset = shell.run({"user", "reset", "p@example.org"});
    CHECK_NE(reset.out.find("suspended, so nobody signs in with it"), std::string::npos);
    REQUIRE_EQ(shell.run({"user", "resume", "p@example.org"}).code, 0);
    CHECK_FALSE(knows(pages, before));
    CHECK(knows(pages, sign_in(pages, *service, reset, "p%40example.org")));
    CHECK_EQ(audited(*service), "account.suspend:status\naccount.list:name sign_in status roles\n"
                                "account.renew:password_hash totp_secret\naccount.resume:status\n");
  });
}
