#include "app/front_door.hpp"

#include <algorithm>

#include "base/clock.hpp"
#include "base/random.hpp"
#include "support/databases.hpp"
#include "support/test.hpp"

using namespace kith;

namespace {

struct Nobody final : http::Dispatcher {
  http::Response handle(const http::Request&) override { return http::text(404, "not found"); }
};

bool keeps_to_https(const http::Response& response) {
  return std::any_of(response.headers.begin(), response.headers.end(),
                     [](const http::Header& header) { return header.name == "Strict-Transport-Security"; });
}

TEST_CASE("every answer over https tells the browser to stay with https, and none without it does") {
  for_each_database([](storage::Database& database) {
    Nobody router;
    const Words words = Words::load("en");
    for (const bool https : {true, false}) {
      app::FrontDoor door({&router, &database, &words, "{}", https});
      for (const char* path : {"/livez", "/readyz", "/openapi.json", "/anything"}) {
        http::Request request;
        request.method = http::Method::get;
        request.path = path;
        CHECK(keeps_to_https(door.handle(request)) == https);
      }
    }
  });
}

http::Request asking(const std::string& path, const std::string& host) {
  http::Request request;
  request.path = path;
  request.peer = "127.0.0.1";
  request.headers.push_back({"host", host});
  return request;
}

TEST_CASE("whoever is told that the service is away is told when to come again") {
  for_each_database([](storage::Database& database) {
    struct Away final : http::Dispatcher {
      http::Response handle(const http::Request&) override { return http::text(503, "away"); }
    } router;
    const Words words = Words::load("en");
    app::FrontDoor door({&router, &database, &words, "{}", false});
    const http::Response response = door.handle(asking("/today", "127.0.0.1"));
    CHECK(std::any_of(response.headers.begin(), response.headers.end(),
                      [](const http::Header& header) { return header.name == "Retry-After"; }));
  });
}

TEST_CASE("a request for another name is told so with 421, but health and metrics answer to any") {
  for_each_database([](storage::Database& database) {
    Nobody router;
    const Words words = Words::load("en");
    app::FrontDoor door({&router, &database, &words, "{}", true, {"https://kith.example.org", "127.0.0.1"}});
    const SystemClock clock;
    SystemRandom random;
    const http::Server server({}, router, clock, random);
    door.watch(server);
    for (const char* path : {"/livez", "/readyz"})
      CHECK_EQ(door.handle(asking(path, "10.0.0.1:8420")).status, 200);
    CHECK_EQ(door.handle(asking("/metrics", "10.0.0.1:8420")).status, 403); // not 421: a token would open it
    for (const char* path : {"/openapi.json", "/", "/sign-in", "/assets/x", "/livez/"}) {
      const auto answer = door.handle(asking(path, "evil.example"));
      CHECK_EQ(answer.status, 421);
      CHECK_EQ(answer.body, "This service answers at https://kith.example.org only.\n");
    }
    http::Request posted = asking("/livez", "evil.example");
    posted.method = http::Method::post;
    CHECK_EQ(door.handle(posted).status, 421);
    CHECK_EQ(door.handle(asking("/", "kith.example.org")).status, 404);
    app::FrontDoor here({&router, &database, &words, "{}"});
    CHECK_EQ(here.handle(asking("/", "rebound.example")).status, 421);
    CHECK_EQ(here.handle(asking("/", "localhost:8420")).status, 404);
  });
}

TEST_CASE("metrics are for this machine, or for whoever has the token") {
  for_each_database([](storage::Database& database) {
    Nobody router;
    const Words words = Words::load("en");
    const SystemClock clock;
    SystemRandom random;
    const http::Server server({}, router, clock, random);
    app::FrontDoor open({&router, &database, &words, "{}"});
    open.watch(server);
    CHECK_EQ(open.handle(asking("/metrics", "localhost")).status, 200);
    http::Request far = asking("/metrics", "localhost");
    far.peer = "192.0.2.1";
    CHECK_EQ(open.handle(far).status, 403);
    for (const char* name : {"x-forwarded-for", "forwarded", "via"}) {
      http::Request proxied = asking("/metrics", "localhost");
      proxied.headers.push_back({name, "127.0.0.1"});
      CHECK_EQ(open.handle(proxied).status, 403);
    }
    app::FrontDoor announced({.router = &router,
                              .database = &database,
                              .words = &words,
                              .served_at = {"https://kith.example.org", "127.0.0.1"}});
    announced.watch(server);
    CHECK_EQ(announced.handle(asking("/metrics", "127.0.0.1:8420")).status, 403); // a proxy may add nothing
    app::FrontDoor closed({.router = &router,
                           .database = &database,
                           .words = &words,
                           .metrics_token = "a token of some length"});
    closed.watch(server);
    CHECK_EQ(closed.handle(asking("/metrics", "localhost")).status, 401);
    far.headers.push_back({"authorization", "Bearer a token of some lengthy"});
    CHECK_EQ(closed.handle(far).status, 401);
    far.headers.back().value = "Bearer a token of some length";
    CHECK_EQ(closed.handle(far).status, 200);
  });
}

} // namespace
