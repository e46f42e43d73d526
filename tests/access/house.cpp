#include "access/house.hpp"

#include <sys/socket.h>
#include <sys/time.h>

#include "app/front_door.hpp"
#include "auth/hash_pool.hpp"
#include "web/openapi.hpp"
#include "web/site.hpp"

namespace kith::access {

// Remembers which request came last: its id stands in the audit.
class Porter final : public http::Dispatcher {
public:
  explicit Porter(http::Dispatcher& door) : door_(door) {}
  http::Response handle(const http::Request& request) override {
    last_ = request.id;
    return door_.handle(request);
  }
  std::string last() const { return last_; }

private:
  http::Dispatcher& door_;
  std::string last_{};
};

struct House::Rooms {
  HouseParts parts{};
  SystemClock server_clock{};
  Words words{Words::load("en")};
  web::Assets assets{web::Assets::embedded()};
  auth::HashPool pool{auth::HashPoolOptions{}};
  auth::Passwords passwords{parts.keys->secrets("pepper"), pool, auth::cheap_password_cost};
  auth::SignIn sign_in{{parts.database, parts.keys, &passwords, parts.clock, parts.random}};
  auth::FormTokens tokens{parts.keys->secret("form")};
  web::Site site{{&words, &assets, &sign_in, &tokens, parts.clock, parts.random, false}};
  auth::RouteTable table{web::all_routes(site)};
  auth::Router router{{&table, parts.database, &sign_in, &tokens, &site, parts.clock, parts.random, false}};
  app::FrontDoor door{{&router, parts.database, &words, web::openapi_json(table, "test")}};
  Porter porter{door};
  http::Server server{http::ServerOptions{}, porter, server_clock, *parts.random};
};

House::House(const HouseParts& parts) : rooms_(std::make_unique<Rooms>(parts)) {
  CHECK(rooms_->table.faults().empty());
  rooms_->door.watch(rooms_->server);
  CHECK(rooms_->server.start().ok());
}

House::~House() { rooms_->server.drain(1000); }

std::vector<auth::Route> House::routes() const {
  std::vector<auth::Route> all = rooms_->table.routes();
  for (const std::string_view address : app::FrontDoor::addresses()) {
    auth::Route route;
    route.pattern = address;
    route.public_reason = "shows nothing of anybody";
    all.push_back(std::move(route));
  }
  return all;
}
std::string House::last_request() const { return rooms_->porter.last(); }
const auth::SignIn& House::sign_in() const { return rooms_->sign_in; }

std::string House::password_hash(const std::string& password) const {
  return rooms_->passwords.hash(password).value();
}

test::RawResponse House::ask(const Question& question) const {
  const std::string host = "127.0.0.1:" + std::to_string(rooms_->server.port());
  const bool form = question.method != http::Method::get;
  std::string path = question.path, body;
  if (!form && !question.sends.empty()) path += "?" + question.sends;
  if (form) {
    const std::string token = rooms_->tokens.make(question.session, rooms_->parts.clock->now());
    body = question.sends + (question.sends.empty() ? "" : "&") +
           "idempotency_key=" + to_text(random_id(*rooms_->parts.random));
    if (question.form != Form::without_token) body += "&csrf=" + http::percent_encode(token);
  }
  std::string bytes =
      std::string(http::to_text(question.method)) + " " + path + " HTTP/1.1\r\nHost: " + host + "\r\n";
  if (!question.cookie.empty())
    bytes += "Cookie: " + std::string(auth::session_cookie) + "=" + question.cookie + "\r\n";
  if (form)
    bytes += "Origin: http://" + (question.form == Form::from_elsewhere ? "elsewhere.example" : host) +
             "\r\nContent-Type: application/x-www-form-urlencoded\r\n" +
             "Content-Length: " + std::to_string(body.size()) + "\r\n";
  test::RawClient client(rooms_->server.port());
  const timeval patience{60, 0}; // a busy machine is no refusal
  setsockopt(client.descriptor(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  return client.ask(bytes + "\r\n" + body);
}

} // namespace kith::access
