// The whole list at the prompt and through the pages as kith serve composes them: two plans side by side,
// what is ticked as a run, and what of a secret can be read there.
#include <functional>

#include "auth/account_store.hpp"
#include "base/text.hpp"
#include "connections/run_actions.hpp"
#include "record/json.hpp"
#include "support/house.hpp"
#include "support/pages.hpp"
#include "support/shell.hpp"

#include "support/test.hpp"

using namespace kith;
using kith::test::for_each_shell;
using kith::test::Ran;
using kith::test::Sender;
using kith::test::Shell;

namespace {

struct Desk {
  explicit Desk(app::Service& with) : service(with), house(*with.database), pages(with) {
    house.now = service.clock.now();
    Account account;
    account.id = Id<Account>::make(house.random);
    account.holder = Holder::staff;
    account.name = "Priya";
    account.sign_in = "priya@staff.example";
    account.status = Standing::active;
    account.created_at = house.now;
    REQUIRE(house
                .change([&](auto& tx, const auto& mine) -> Done {
                  TRY(auth::insert_account(tx, mine, account));
                  return auth::put_membership(
                      tx, mine, {account.id, auth::Role::coordinator, Standing::active, house.now});
                })
                .ok());
    priya = test::signed_in(service, {house.id, account.id});
  }

  // Without the secrets of its forms, which differ from one asking to the next.
  std::string page(const std::string& path) {
    const http::Response answer = pages.get(path, priya.cookie);
    REQUIRE_EQ(answer.status, 200);
    std::string out;
    for (const std::string& line : split(answer.body, '<'))
      if (line.find("name=\"csrf\"") == std::string::npos &&
          line.find("name=\"idempotency_key\"") == std::string::npos)
        out += "<" + line;
    return out;
  }
  http::Response post(const std::string& path, const std::string& fields) {
    return pages.post(path, "idempotency_key=" + to_text(random_id(house.random)) + "&" + fields, priya);
  }
  std::vector<MatchingRun> runs() {
    return house.look([](auto& tx, const auto& mine) { return connections::recent_runs(tx, mine); });
  }
  void exclude(const connections::Referred& who, Id<Worker> worker) {
    REQUIRE(house
                .change([&](auto& tx, const auto& mine) {
                  return workforce::add_exclusion(
                      tx, mine,
                      {Id<Exclusion>::make(house.random), who.person, worker, ExclusionSide::worker});
                })
                .ok());
  }

  app::Service& service;
  test::House house;
  test::Pages pages;
  Sender priya{};
};

void for_each_desk(const std::function<void(const Shell&, Desk&)>& body) {
  for_each_shell([&](const Shell& shell) {
    REQUIRE_EQ(shell.run({"init"}).code, 0);
    const auto service = shell.opened();
    Desk desk(*service);
    body(shell, desk);
  });
}

bool says(const std::string& text, const std::string& words) { return text.find(words) != std::string::npos; }

std::string value_of(const connections::Referred& who, Id<Worker> worker) {
  return who.person.text() + "." + worker.text();
}

} // namespace

TEST_CASE("the prompt shows today's plan beside the suggested one, in words and as JSON") {
  for_each_desk([](const Shell& shell, Desk& desk) {
    desk.house.worker("Ruth");
    desk.house.person("Amara");
    const Ran text = shell.run({"match", "plan", "--today"});
    REQUIRE_EQ(text.code, 0);
    CHECK(says(text.out, "Nobody would wait longer"));
    const Ran json = shell.run({"match", "plan", "--today", "--json"});
    REQUIRE_EQ(json.code, 0);
    const auto document = record::parse_json(json.out);
    REQUIRE(document.ok());
    bool found = false;
    for (const auto& one : document->find("organisations")->items) {
      const auto* plan = one.find("plan");
      CHECK_EQ(plan->text_of("format"), "kith-two-plans/1");
      for (const auto& person : plan->find("people")->items)
        found = found || person.find("suggested")->find("offers")->items.size() == 1;
    }
    CHECK(found);
    CHECK_EQ(shell.run({"match", "--today", "examples/match"}).code, 2);
  });
}

TEST_CASE("rows that were ticked become a run, once, and nothing else does") {
  for_each_desk([](const Shell&, Desk& desk) {
    const auto ruth = desk.house.worker("Ruth", 2), mina = desk.house.worker("Mina");
    const auto amara = desk.house.person("Amara"), kim = desk.house.person("Kim");
    const std::string row = "row=" + value_of(amara, ruth);
    const std::vector<std::string> wrong{
        "row=x", "row=.", "row=" + amara.person.text(), row + "." + ruth.text(), row + "&" + row, row + ".x"};
    for (const std::string& bad : wrong) CHECK_EQ(desk.post("/plan", bad).status, 422);
    CHECK_EQ(desk.post("/plan", "row=" + ruth.text() + "." + mina.text()).status, 409); // nobody on the list
    const http::Response nothing = desk.post("/plan", "");
    CHECK_EQ(nothing.status, 303);
    CHECK(says(desk.page("/plan?none=1"), "Tick one row"));
    CHECK(desk.runs().empty());

    CHECK_EQ(desk.post("/plan", row + "&row=" + value_of(kim, mina)).status, 303);
    REQUIRE_EQ(desk.runs().size(), 1);
    const std::string path = "/plan/runs/" + desk.runs()[0].id.text();
    CHECK(says(desk.page(path), "Nothing is offered yet"));
    for (const char* when :
         {"on-day=1&on-month=1&on-year=2020&time=10am", "on-day=99&on-month=1&on-year=2027&time=10am",
          "on-day=1&on-month=1&on-year=2200&time=never", "on-day=1&on-month=1&on-year=2020&time=3am", ""})
      CHECK_EQ(desk.post(path + "/confirm", when).status, 422);
    CHECK_EQ(desk.post(path + "/undo", "").status, 303);
    CHECK(says(desk.page(path), "Discarded. Nothing was offered"));
    const Civil soon = civil_of(utc_date(desk.house.now) + 3);
    CHECK_EQ(desk.post(path + "/confirm", "on-day=" + std::to_string(soon.day) +
                                              "&on-month=" + std::to_string(soon.month) +
                                              "&on-year=" + std::to_string(soon.year) + "&time=10am")
                 .status,
             409);
    CHECK_EQ(desk.post("/plan", "all=1").status, 303);
    REQUIRE_EQ(desk.runs().size(), 1); // one that was discarded is not listed
    CHECK(says(desk.page("/plan/runs/" + desk.runs()[0].id.text()), "being put together"));
    // Who left the list meanwhile is left out, and said to be.
    REQUIRE(desk.house.stop(kim).ok());
    const http::Response fewer = desk.post("/plan", row + "&row=" + value_of(kim, mina));
    CHECK_EQ(fewer.status, 303);
    CHECK(says(fewer.body + std::string(fewer.headers.empty() ? "" : fewer.headers[0].value), "gone=1"));
  });
}

TEST_CASE("P5 an exclusion of a pair that could not meet anyway changes no byte of the plan") {
  for_each_desk([](const Shell&, Desk& desk) {
    const auto ruth = desk.house.worker("Ruth", 2), full = desk.house.worker("Mina", 0);
    const auto amara = desk.house.person("Amara");
    desk.house.person("Kim");
    const std::string before = desk.page("/plan");
    CHECK(says(before, "Ruth"));
    desk.exclude(amara, full);
    CHECK_EQ(desk.page("/plan"), before);
    // One that counts changes who is offered and says nothing more, also when somebody asks for the pair.
    desk.exclude(amara, ruth);
    const std::string kept = desk.page("/plan?keep=" + value_of(amara, ruth));
    CHECK(says(kept, "What you kept for Amara is not in the plan"));
    for (const char* word : {"exclu", "secret", "boundar"}) CHECK_FALSE(says(kept, word));
  });
}

TEST_CASE("the plan keeps what somebody keeps by hand, and forgets what is nobody's") {
  for_each_desk([](const Shell&, Desk& desk) {
    const auto ruth = desk.house.worker("Ruth");
    const auto amara = desk.house.person("Amara");
    const std::string page = desk.page("/plan?keep=" + value_of(amara, ruth));
    CHECK(says(page, "Kept by you"));
    const std::vector<std::string> odd_ones{"x", ".", ruth.text() + "." + amara.person.text(),
                                            amara.person.text()};
    for (const std::string& odd : odd_ones) {
      const std::string plain = desk.page("/plan?keep=" + odd);
      CHECK_FALSE(says(plain, "Kept by you"));
      CHECK(says(plain, "Ruth"));
    }
  });
}

TEST_CASE("what would change is said in days, for one change, and mistakes are named by their fields") {
  for_each_desk([](const Shell&, Desk& desk) {
    const auto ruth = desk.house.worker("Ruth", 2);
    CHECK(says(desk.page("/what-if"), "Nobody is waiting"));
    for (const char* name : {"Amara", "Kim", "Sam", "Jo"}) desk.house.person(name);
    CHECK(says(desk.page("/what-if"), "As things go on, the median wait"));
    const std::string usual = "/what-if?arrivals=1&weeks=52&length=26&declines=0";
    CHECK(says(desk.page(usual + "&change=like&count=2&hours=100&like=" + ruth.text()),
               "With 2 more workers like Ruth, the median wait falls from"));
    CHECK(says(desk.page(usual + "&change=stops&stops=" + ruth.text()), "Too few people begin a connection"));
    desk.house.worker("Mina", 1);
    CHECK(says(desk.page(usual + "&change=stops&stops=" + ruth.text()), "If Ruth takes nobody new"));
    CHECK(says(desk.page(usual + "&change=arrivals&then=0.25"), "With 0.25 people coming each week"));
    CHECK(says(desk.page(usual + "&change=made&made_count=1&language=English&places=3"),
               "With one more worker who speaks English, by telephone and video"));
    const auto refused = [&](const std::string& path) {
      const http::Response answer = desk.pages.get(path, desk.priya.cookie);
      CHECK_EQ(answer.status, 422);
      return answer.body;
    };
    const std::string wrong = refused(usual + "&change=like&count=0&like=nobody");
    CHECK(says(wrong, "Enter 1 to 20 workers"));
    CHECK(says(wrong, "Choose the worker they are like"));
    CHECK(says(refused("/what-if?arrivals=-1&length=1e3&weeks=200"), "Look 4 to 156 weeks ahead"));
  });
}

TEST_CASE("B4 a worker's no is told to the coordinator as load, and moves nothing else") {
  for_each_desk([](const Shell&, Desk& desk) {
    const auto ruth = desk.house.worker("Ruth", 2);
    const std::string profile = "/workers/" + ruth.text() + "/profile";
    const auto sam = desk.house.person("Sam");
    const std::string find = "/people/" + sam.person.text() + "/find";
    CHECK_FALSE(says(desk.page(profile), "was asked"));
    const std::string before = desk.page(find) + desk.page("/plan") + desk.page("/team");
    const auto asked = [&](const char* name, connections::WorkerAnswer answer) {
      const auto who = desk.house.person(name);
      const auto offers = desk.house.offer(who, {ruth});
      REQUIRE(offers.ok());
      REQUIRE(desk.house.worker_says(offers.value()[0], answer).ok());
      REQUIRE(
          desk.house
              .change([&](auto& tx, const auto& mine) { return connections::withdraw(tx, mine, who.person); })
              .ok());
    };
    asked("Jo", connections::WorkerAnswer::talk);
    CHECK_FALSE(says(desk.page(profile), "was asked"));
    asked("Kim", connections::WorkerAnswer::no);
    CHECK(says(desk.page(profile), "In the last 90 days Ruth was asked about 2 people and said no once."));
    CHECK_EQ(desk.page(find) + desk.page("/plan") + desk.page("/team"), before);
  });
}
