// Signing in and out, and the quick exit. Staff: password, then a code. People: a link. Every failure reads
// the same.
#include <algorithm>

#include "base/log.hpp"
#include "http/origin.hpp"
#include "web/site.hpp"
#include "web/spent_link.hpp"
#include "web/ui/content.hpp"
#include "web/ui/field.hpp"
#include "web/ui/inputs.hpp"

namespace kith::web {
namespace {

http::Header session_cookie(const Site& site, const std::string& value, std::int64_t seconds) {
  http::Cookie cookie;
  cookie.name = auth::session_cookie;
  cookie.value = value;
  cookie.seconds_max = seconds;
  cookie.secure = site.parts().secure_cookies;
  return http::set_cookie(cookie);
}

http::Response go(const Site& site, const std::string& path, const std::string& cookie) {
  http::Response response = http::redirect(path);
  response.headers.push_back(session_cookie(site, cookie, -1));
  response.headers.push_back({"Cache-Control", "no-store"});
  return response;
}

// What went wrong, if anything; only what the words know, so that no failure reads differently by accident.
Html problem_line(const Site& site, const std::optional<Failure>& problem) {
  if (!problem) return {};
  const std::string key = site.words().has(problem->code) ? problem->code : "sign_in.refused";
  const std::string minutes = problem->arguments.empty() ? "1" : problem->arguments.front();
  return error_summary({.title = text(site.say("ui.error_summary")),
                        .errors = {{.content = text(site.say(key, {{"minutes", minutes}}))}}});
}

int status_of(const std::optional<Failure>& problem) {
  if (!problem) return 200;
  return problem->fault == Fault::too_much ? 429 : 422;
}

http::Response sign_in_page(const Site& site, auth::PublicCall& call,
                            const std::optional<Failure>& problem = {}) {
  std::vector<SelectItem> items;
  auto tx = call.database.begin({}, storage::Access::read);
  if (tx.ok())
    if (const auto all = teams::organisations(*tx); all.ok())
      for (const auto& organisation : all.value())
        items.push_back({organisation.name, organisation.id.text()});
  Html form = el("form", {attr("method", "post"), action(Url("/sign-in"))},
                 site.public_form_fields() +
                     select({.name = "organisation",
                             .items = items,
                             .label = {.content = text(site.say("sign_in.organisation"))}}) +
                     input({.name = "name",
                            .label = {.content = text(site.say("sign_in.name"))},
                            .autocomplete = "username"}) +
                     input({.name = "password",
                            .type = "password",
                            .label = {.content = text(site.say("sign_in.password"))},
                            .autocomplete = "current-password"}) +
                     button({.content = text(site.say("sign_in.go"))}));
  return site.public_page(
      status_of(problem),
      {.title = site.say("sign_in.title"),
       .content = problem_line(site, problem) +
                  el("h1", {cls("govuk-heading-l")}, text(site.say("sign_in.title"))) + form +
                  el("p", {cls("govuk-body")}, text(site.say("sign_in.by_link"))) +
                  el("p", {cls("govuk-body")}, el("a", {href(Url("/ask"))}, text(site.say("sign_in.ask"))))});
}

http::Response code_page(const Site& site, const std::optional<Failure>& problem = {}) {
  Html form = el("form", {attr("method", "post"), action(Url("/sign-in/code"))},
                 site.public_form_fields() +
                     input({.name = "code",
                            .label = {.content = text(site.say("sign_in.code"))},
                            .hint = Hint{.content = text(site.say("sign_in.code_hint"))},
                            .autocomplete = "one-time-code",
                            .inputmode = "numeric"}) +
                     button({.content = text(site.say("sign_in.go"))}));
  return site.public_page(
      status_of(problem),
      {.title = site.say("sign_in.code_title"),
       .content = problem_line(site, problem) +
                  el("h1", {cls("govuk-heading-l")}, text(site.say("sign_in.code_title"))) + form});
}

Result<bool> is_here(const auth::PublicCall& call, OrganisationId id) {
  TRY_ASSIGN(auto tx, call.database.begin({}, storage::Access::read));
  TRY_ASSIGN(const auto all, teams::organisations(tx));
  return std::any_of(all.begin(), all.end(), [&](const auto& one) { return one.id == id; });
}

Result<http::Response> post_password(const Site& site, auth::PublicCall& call) {
  const auto organisation = OrganisationId::parse(call.form.value("organisation"));
  if (!organisation) return sign_in_page(site, call, invalid("sign_in.refused"));
  // Attempts are counted within an organisation: for one that is not here they would be kept for ever.
  TRY_ASSIGN(const bool here, is_here(call, *organisation));
  if (!here) return sign_in_page(site, call, invalid("sign_in.refused"));
  const std::string visitor = http::visitor_of(call.request.peer);
  const std::string before = auth::session_cookie_of(call.request, site.parts().secure_cookies);
  const auto session = site.parts().sign_in->begin_sign_in({.organisation = *organisation,
                                                            .name = call.form.value("name"),
                                                            .password = call.form.value("password"),
                                                            .visitor = visitor,
                                                            .replaces = before});
  if (!session.ok()) return sign_in_page(site, call, session.failure());
  return go(site, "/sign-in/code", session->cookie);
}

Result<http::Response> post_code(const Site& site, auth::PublicCall& call) {
  const std::string cookie = auth::session_cookie_of(call.request, site.parts().secure_cookies);
  const std::string visitor = http::visitor_of(call.request.peer);
  const auto session = site.parts().sign_in->confirm_totp({cookie, call.form.value("code"), visitor});
  if (!session.ok()) return code_page(site, session.failure());
  return go(site, "/today", session->cookie);
}

// The link only shows a button: fetching it ahead of the reader spends nothing.
Result<http::Response> link_page(const Site& site, auth::PublicCall& call) {
  const auto reference = auth::parse_reference(call.parameter("token"));
  if (!reference) return not_found(); // what stands in an address is anybody's
  TRY_ASSIGN(const bool works, link_works(site, call, *reference));
  if (!works) return spent_link_page(site, *reference);
  Html form = el("form", {attr("method", "post"), action(Url("/in/" + reference->text()))},
                 site.public_form_fields() + button({.content = text(site.say("sign_in.open"))}));
  return site.public_page(
      200, {.title = site.say("sign_in.link_title"),
            .content = el("h1", {cls("govuk-heading-l")}, text(site.say("sign_in.link_title"))) + form});
}

Result<http::Response> post_link(const Site& site, auth::PublicCall& call) {
  const std::string before = auth::session_cookie_of(call.request, site.parts().secure_cookies);
  const auto used =
      site.parts().sign_in->use_link({call.parameter("token"), call.form.value("code"), before});
  if (!used.ok()) return refused_link(site, call, used.failure());
  return go(site, used->target, used->session.cookie);
}

http::Response gone(const Site& site, const std::string& to) {
  http::Response response = http::redirect(to);
  response.headers.push_back(session_cookie(site, "", 0));
  response.headers.push_back({"Clear-Site-Data", "\"cache\", \"cookies\""});
  response.headers.push_back({"Cache-Control", "no-store"});
  response.headers.push_back({"Referrer-Policy", "no-referrer"});
  return response;
}

Result<http::Response> sign_out(const Site& site, const auth::PublicCall& call) {
  const std::string cookie = auth::session_cookie_of(call.request, site.parts().secure_cookies);
  if (!cookie.empty()) TRY(site.parts().sign_in->sign_out(cookie));
  return gone(site, "/sign-in");
}

// Whose exit it is: of the session, else of the service a public page names, else of the only one here.
Result<OrganisationId> organisation_leaving(const Site& site, const auth::PublicCall& call,
                                            const std::string& cookie) {
  if (!cookie.empty()) {
    TRY_ASSIGN(const auto live, site.parts().sign_in->holder_of(cookie));
    if (live) return live->actor.organisation;
  }
  TRY_ASSIGN(auto tx, call.database.begin({}, storage::Access::read));
  TRY_ASSIGN(const auto all, teams::organisations(tx));
  for (const auto& organisation : all)
    if (all.size() == 1 || organisation.slug == call.request.query_value("service")) return organisation.id;
  return not_found();
}

Result<std::string> own_exit(const Site& site, const auth::PublicCall& call, const std::string& cookie) {
  TRY_ASSIGN(const OrganisationId id, organisation_leaving(site, call, cookie));
  TRY_ASSIGN(auto tx, call.database.begin(id, storage::Access::read));
  TRY_ASSIGN(const Organisation organisation, teams::load_organisation(tx));
  return exit_of(organisation);
}

// Nothing may stand in the way: whatever fails, the browser leaves, without its cookie.
http::Response quick_exit(const Site& site, const auth::PublicCall& call) {
  const std::string cookie = auth::session_cookie_of(call.request, site.parts().secure_cookies);
  const auto to = own_exit(site, call, cookie);
  if (!cookie.empty())
    if (const Done ended = site.parts().sign_in->sign_out(cookie); !ended.ok())
      log(LogLevel::warning, "exit.session_not_ended", {{"request", call.request.id}});
  return gone(site, to.ok() ? to.value() : std::string(safe_exit_url));
}

// Whoever is signed in goes to their own first page, which /today finds for each role of the staff.
Result<http::Response> front_door(const Site& site, const auth::PublicCall& call) {
  const std::string cookie = auth::session_cookie_of(call.request, site.parts().secure_cookies);
  if (cookie.empty()) return http::redirect("/sign-in");
  TRY_ASSIGN(const auto holder, site.parts().sign_in->holder_of(cookie));
  if (!holder || holder->actor.roles.empty()) return http::redirect("/sign-in");
  return http::redirect(holder->actor.has(auth::Role::person) ? "/me" : "/today");
}

} // namespace

void add_sign_in_routes(auth::RouteTable& table, const Site& site) {
  using http::Method;
  const char* why = "nobody is signed in yet";
  table.add_public({Method::get, "/", why, "The front door"},
                   [&site](auth::PublicCall& call) { return front_door(site, call); });
  table.add_public({Method::get, "/sign-in", why, "Sign in"}, [&site](auth::PublicCall& call) {
    return Result<http::Response>(sign_in_page(site, call));
  });
  table.add_public({Method::post, "/sign-in", why, "Sign in with a password"},
                   [&site](auth::PublicCall& call) { return post_password(site, call); });
  table.add_public({Method::get, "/sign-in/code", why, "The second step of signing in"},
                   [&site](auth::PublicCall&) { return Result<http::Response>(code_page(site)); });
  table.add_public({Method::post, "/sign-in/code", why, "Confirm a code"},
                   [&site](auth::PublicCall& call) { return post_code(site, call); });
  table.add_public({Method::get, "/in/{token}", why, "A sign-in link"},
                   [&site](auth::PublicCall& call) { return link_page(site, call); });
  table.add_public({Method::post, "/in/{token}", why, "Use a sign-in link"},
                   [&site](auth::PublicCall& call) { return post_link(site, call); });
  table.add_public({Method::post, "/sign-out", "leaving is always allowed", "Sign out"},
                   [&site](auth::PublicCall& call) { return sign_out(site, call); });
  table.add_public(
      {Method::get, "/exit", "leaving is always allowed", "The quick exit"},
      [&site](auth::PublicCall& call) { return Result<http::Response>(quick_exit(site, call)); });
}

} // namespace kith::web
