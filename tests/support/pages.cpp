#include "support/pages.hpp"

#include "auth/account_store.hpp"
#include "http/form.hpp"
#include "web/site.hpp"

#include "support/test.hpp"

namespace kith::test {

struct Pages::Parts {
  app::Service& service;
  PagesAt at{};
  Words words{Words::load("en")};
  web::Assets assets{web::Assets::embedded()};
  auth::HashPool pool{};
  auth::Passwords passwords{service.keys->secrets("pepper"), pool};
  auth::SignIn sign_in{
      {service.database.get(), service.keys.get(), &passwords, &service.clock, &service.random}};
  auth::FormTokens tokens{service.keys->secret("form")};
  web::Site site{
      {&words, &assets, &sign_in, &tokens, &service.clock, &service.random, false, at.public_address}};
  auth::RouteTable table{web::all_routes(site)};
  auth::Router router{
      {&table, service.database.get(), &sign_in, &tokens, &site, &service.clock, &service.random, false}};

  http::Request to(http::Method method, const std::string& path, const Sender& sender) const {
    http::Request request;
    request.method = method;
    request.target = path;
    const auto query = path.find('?');
    request.path = path.substr(0, query);
    if (query != std::string::npos) request.query = http::parse_form(path.substr(query + 1))->parameters;
    request.peer = sender.peer;
    request.headers.push_back({"host", at.origin.substr(at.origin.find("//") + 2)});
    if (!sender.cookie.empty()) request.headers.push_back({"cookie", sender.cookie});
    request.id = "test";
    return request;
  }
};

Sender signed_in(app::Service& service, const SignedIn& who) {
  auto tx = service.database->begin(who.organisation, storage::Access::write).value();
  const Holder holder = auth::account_of_id(tx, who.account)->holder;
  const Instant now = service.clock.now();
  const auto session =
      auth::Sessions(service.keys->secret("session"))
          .begin(tx,
                 {.account = who.account,
                  .holder = holder,
                  .strength = holder == Holder::staff ? auth::Strength::full : auth::Strength::link,
                  .now = now,
                  .made_at = now},
                 service.random)
          .value();
  REQUIRE(tx.commit().ok());
  return {.cookie = std::string(auth::session_cookie) + "=" + session.cookie, .session = session.id};
}

Pages::Pages(app::Service& service, PagesAt at) : parts_(std::make_unique<Parts>(service, std::move(at))) {
  REQUIRE(parts_->table.faults().empty());
}
Pages::~Pages() = default;

http::Response Pages::get(const std::string& path, const std::string& cookie) {
  return parts_->router.handle(parts_->to(http::Method::get, path, {.cookie = cookie}));
}

http::Response Pages::post(const std::string& path, const std::string& fields, const Sender& sender) {
  http::Request request = parts_->to(http::Method::post, path, sender);
  request.headers.push_back({"content-type", "application/x-www-form-urlencoded"});
  request.headers.push_back({"origin", parts_->at.origin});
  request.body = "csrf=" + parts_->tokens.make(sender.session, parts_->service.clock.now()) + "&" + fields;
  return parts_->router.handle(request);
}

} // namespace kith::test
