#include "app/front_door.hpp"

#include <algorithm>

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
    for (const bool https : {true, false}) {
      app::FrontDoor door({&router, &database, "{}", https});
      for (const char* path : {"/livez", "/readyz", "/openapi.json", "/anything"}) {
        http::Request request;
        request.method = http::Method::get;
        request.path = path;
        CHECK(keeps_to_https(door.handle(request)) == https);
      }
    }
  });
}

TEST_CASE("whoever is told that the service is away is told when to come again") {
  for_each_database([](storage::Database& database) {
    struct Away final : http::Dispatcher {
      http::Response handle(const http::Request&) override { return http::text(503, "away"); }
    } router;
    app::FrontDoor door({&router, &database, "{}", false});
    http::Request request;
    request.path = "/today";
    const http::Response response = door.handle(request);
    CHECK(std::any_of(response.headers.begin(), response.headers.end(),
                      [](const http::Header& header) { return header.name == "Retry-After"; }));
  });
}

} // namespace
