// What people keep of themselves, through the pages as kith serve composes them: a worker's story and
// everybody's own sign-ins.
#include <functional>

#include "auth/account_store.hpp"
#include "connections/snapshot.hpp"
#include "storage/sealed.hpp"
#include "support/house.hpp"
#include "support/pages.hpp"
#include "support/shell.hpp"

#include "support/test.hpp"

using namespace kith;
using kith::test::for_each_shell;
using kith::test::Sender;
using kith::test::Shell;

namespace {

bool shows(const http::Response& page, const std::string& words) {
  return page.body.find(words) != std::string::npos;
}

std::size_t count(const http::Response& page, const std::string& words) {
  std::size_t found = 0;
  for (auto at = page.body.find(words); at != std::string::npos; at = page.body.find(words, at + 1)) ++found;
  return found;
}

constexpr const char* own_words = "Nights were the worst";

const storage::Query let_yes_run_out{"test.let_yes_run_out", storage::Access::write,
                                     "update consent set until_on = '2020-02-02' where org_id = ?1"};

struct Own {
  explicit Own(app::Service& with) : service(with), house(*with.database), pages(with) {
    house.now = service.clock.now();
    ruth = house.worker("Ruth");
    amara = house.person("Amara");
    at_work = signed_in(staff(auth::Role::peer_worker, ruth));
    at_home = signed_in(amara.account);
  }

  Id<Account> staff(auth::Role role, Id<Worker> worker) {
    Account account;
    account.id = Id<Account>::make(house.random);
    account.holder = Holder::staff;
    account.name = "Somebody";
    account.sign_in = account.id.text() + "@staff.example";
    account.status = Standing::active;
    account.worker_id = worker;
    account.created_at = house.now;
    REQUIRE(house
                .change([&](auto& tx, const auto& mine) -> Done {
                  TRY(auth::insert_account(tx, mine, account));
                  return auth::put_membership(tx, mine, {account.id, role, Standing::active, house.now});
                })
                .ok());
    return account.id;
  }
  Sender signed_in(Id<Account> account) { return test::signed_in(service, {house.id, account}); }

  http::Response get(const std::string& path, const Sender& who) { return pages.get(path, who.cookie); }
  int post(const std::string& path, const std::string& fields, const Sender& who) {
    return pages.post(path, "idempotency_key=" + to_text(random_id(house.random)) + "&" + fields, who).status;
  }

  std::string first_item() { // the path of the first item on the worker's page
    const std::string body = get("/w/story", at_work).body;
    const auto end = body.find("/withdraw");
    REQUIRE_NE(end, std::string::npos);
    return "/w/story/" + body.substr(end - 32, 32);
  }
  std::vector<std::string> released_tags() { // as matching takes them
    return house.look([&](auto& tx, const auto& mine) -> Result<std::vector<std::string>> {
      TRY_ASSIGN(const auto settings, connections::default_settings(tx, mine));
      TRY_ASSIGN(const auto snapshot, connections::take_snapshot(tx, mine, settings));
      std::vector<std::string> tags;
      for (const auto& worker : snapshot.input.workers)
        for (const auto& item : worker.experience)
          if (item.release == matching::Release::released) tags.push_back(item.tag);
      return tags;
    });
  }
  std::size_t sealed_values() {
    return house.look([&](auto& tx, const auto&) { return storage::sealed_of_table(tx, "worker_item"); })
        .size();
  }

  app::Service& service;
  test::House house;
  test::Pages pages;
  Id<Worker> ruth{};
  connections::Referred amara{};
  Sender at_work{};
  Sender at_home{};
};

void for_each_own(const std::function<void(Own&)>& body) {
  for_each_shell([&](const Shell& shell) {
    REQUIRE_EQ(shell.run({"init"}).code, 0);
    const auto service = shell.opened();
    Own own(*service);
    body(own);
  });
}

} // namespace

TEST_CASE("P4 a worker's item is seen at its level, and taken back it is gone with the next request") {
  for_each_own([](Own& own) {
    CHECK(own.released_tags().empty());
    CHECK_EQ(own.post("/w/story", "tag=postnatal&words=Nights+were+the+worst&release=private", own.at_work),
             303);
    const auto offers = own.house.offer(own.amara, {own.ruth});
    REQUIRE(offers.ok());
    REQUIRE(own.house.worker_says(offers->front(), connections::WorkerAnswer::yes).ok());
    const std::string item = own.first_item();
    for (const char* level : {"private", "supervisor", "after_agreement"}) {
      INFO(level);
      CHECK_EQ(own.post(item + "/release", std::string("release=") + level, own.at_work), 303);
      CHECK(own.released_tags().empty());
      CHECK_FALSE(shows(own.get("/me", own.at_home), own_words));
      CHECK(shows(own.get("/w/story", own.at_work), own_words));
    }
    CHECK_EQ(own.post(item + "/release", "release=released", own.at_work), 303);
    CHECK_EQ(own.released_tags(), std::vector<std::string>{"postnatal"});
    CHECK(shows(own.get("/me", own.at_home), own_words));

    CHECK_EQ(own.post(item + "/withdraw", "", own.at_work), 303);
    CHECK(own.released_tags().empty());
    CHECK(shows(own.get("/me", own.at_home), "Ruth")); // the offer stands, without it
    CHECK_FALSE(shows(own.get("/me", own.at_home), own_words));
    CHECK_FALSE(shows(own.get("/me", own.at_home), "Has lived through"));
    CHECK(shows(own.get("/w/story", own.at_work), "Nothing stands here."));
    CHECK_EQ(own.sealed_values(), 0);
    CHECK_EQ(own.post(item + "/release", "release=released", own.at_work), 404);
    CHECK_EQ(own.post(item + "/withdraw", "", own.at_work), 404);
  });
}

TEST_CASE("P5 a yes that ran out beside a choice is asked for again, and nobody is chosen without one") {
  for_each_own([](Own& own) {
    const auto offers = own.house.offer(own.amara, {own.ruth});
    REQUIRE(offers.ok());
    REQUIRE(own.house.worker_says(offers->front(), connections::WorkerAnswer::yes).ok());
    CHECK_FALSE(shows(own.get("/me", own.at_home), "Is it still a yes?"));
    REQUIRE(own.house
                .change([](auto& tx, const auto& mine) -> Done {
                  TRY(tx.run(let_yes_run_out, {mine.organisation().text()}));
                  return {};
                })
                .ok());
    const auto page = own.get("/me", own.at_home);
    CHECK(shows(page, "Is it still a yes?"));
    CHECK_FALSE(shows(page, "May we look for you?"));
    CHECK_FALSE(shows(page, "Who would you like to meet?"));
    CHECK(shows(page, "Ruth"));
    CHECK_FALSE(shows(page, "I’d like to meet Ruth"));
    const std::string choice = "answer=this_one&offer=" + offers->front().text();
    CHECK_EQ(own.post("/me/choose", choice, own.at_home), 409);
    CHECK_EQ(own.post("/me/matching", "answer=yes", own.at_home), 303);
    const auto again = own.get("/me", own.at_home);
    CHECK_FALSE(shows(again, "Is it still a yes?"));
    CHECK(shows(again, "I’d like to meet Ruth"));
    CHECK_EQ(own.post("/me/choose", choice, own.at_home), 303);
    CHECK(shows(own.get("/me", own.at_home), "Ruth is your peer worker"));
  });
}

TEST_CASE("P4 nobody but the worker has a page about what the worker lived through") {
  for_each_own([](Own& own) {
    CHECK_EQ(own.post("/w/story", "tag=own&own_tag=Burnt+out&release=after_agreement", own.at_work), 303);
    const std::string item = own.first_item();
    const Sender other = own.signed_in(own.staff(auth::Role::peer_worker, own.house.worker("Mina")));
    const Sender coordinator = own.signed_in(own.staff(auth::Role::coordinator, {}));
    CHECK(shows(own.get("/w/story", own.at_work), "burnt out"));
    CHECK_FALSE(shows(own.get("/w/story", other), "burnt out"));
    CHECK_EQ(own.post(item + "/withdraw", "", other), 404);
    CHECK_EQ(own.get("/w/story", coordinator).status, 403);
    CHECK_EQ(own.post(item + "/release", "release=released", coordinator), 403);
    CHECK_FALSE(shows(own.get("/workers/" + own.ruth.text() + "/profile", coordinator), "burnt out"));
    CHECK_EQ(own.post("/w/story", "release=private", own.at_work), 422);
    CHECK_EQ(own.sealed_values(), 1);
  });
}

TEST_CASE("F28 everybody sees where they are signed in, and signs out there or everywhere else") {
  for_each_own([](Own& own) {
    const Id<Account> priya = own.staff(auth::Role::coordinator, {});
    for (const Id<Account> account : {priya, own.amara.account}) {
      const Sender here = own.signed_in(account), there = own.signed_in(account),
                   third = own.signed_in(account);
      const auto page = own.get("/account", here);
      CHECK_EQ(page.status, 200);
      CHECK_EQ(count(page, "Here, since"), 1);
      CHECK_EQ(count(page, "name=\"session\" value=\"" + here.session), 0);
      CHECK_EQ(count(page, "name=\"session\" value=\"" + there.session), 1);
      CHECK_EQ(own.post("/account/end", "session=" + own.at_work.session, here), 404); // another's
      CHECK_EQ(own.get("/w", own.at_work).status, 200);
      CHECK_EQ(own.post("/account/end", "session=" + there.session, here), 303);
      CHECK_EQ(own.get("/account", there).status, 303); // to signing in
      CHECK_EQ(own.get("/account", third).status, 200);
      CHECK_EQ(own.post("/account/end-others", "", here), 303);
      CHECK_EQ(own.get("/account", third).status, 303);
      CHECK(shows(own.get("/account", here), "You are signed in nowhere else."));
    }
  });
}
