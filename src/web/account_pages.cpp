// "Where I am signed in": everybody's own sign-ins that still work, and signing out of any of them, for the
// staff, people and supporters alike (trust.md section 6). Plain forms only.
#include "base/zones.hpp"
#include "web/loaders.hpp"
#include "web/site.hpp"
#include "web/ui/content.hpp"
#include "web/ui/parts.hpp"

namespace kith::web {
namespace {

using auth::Authorised;
using auth::Call;
using NoObject = Authorised<auth::NoObject>;

Html line(const std::string& words) { return el("p", {cls("govuk-body")}, text(words)); }

std::string when(const Site& site, const Organisation& organisation, Instant at) {
  return moment_words(site.words(), at, organisation.zone);
}

Html session_card(const Site& site, const Call& call, const Organisation& organisation,
                  const auth::SessionEntry& entry) {
  const bool here = entry.id == call.scope.actor().session;
  const std::string since = when(site, organisation, entry.made_at);
  Html content = line(site.say("account.used", {{"when", when(site, organisation, entry.seen_at)}}));
  if (entry.strength == auth::Strength::password) content += line(site.say("account.code_due"));
  if (!here)
    content += el("form", {attr("method", "post"), action(Url("/account/end"))},
                  site.form_fields(call) + hidden_field("session", entry.id) +
                      button({.content = text(site.say("account.end")) +
                                         el("span", {cls("govuk-visually-hidden")},
                                            text(" " + site.say("account.since", {{"when", since}}))),
                              .classes = "govuk-button--secondary"}));
  return card({.title = site.say(here ? "account.here" : "account.since", {{"when", since}}),
               .content = std::move(content),
               .classes = here ? "kith-card--tint" : ""});
}

Result<http::Response> page(const Site& site, Call& call) {
  TRY_ASSIGN(const Organisation organisation, teams::load_organisation(call.tx));
  TRY_ASSIGN(const auto sessions, auth::own_sessions(call.tx, call.scope));
  Html content =
      el("h1", {cls("govuk-heading-l")}, text(site.say("account.title"))) + line(site.say("account.about"));
  for (const auth::SessionEntry& entry : sessions) content += session_card(site, call, organisation, entry);
  if (sessions.size() > 1)
    content += el("form", {attr("method", "post"), action(Url("/account/end-others"))},
                  site.form_fields(call) + button({.content = text(site.say("account.end_others"))}));
  else content += line(site.say("account.nowhere_else"));
  if (auth::may_use(call.scope.actor(), permission::own_password).ok())
    content += choice_links({{.words = site.say("password.title"), .href = Url("/account/password")}});
  PageView view{.title = site.say("account.title"),
                .because = "because.person",
                .current = "/account",
                .content = std::move(content)};
  if (call.request.query_value("changed") == "password")
    view.notice = Notice{.words = site.say("password.changed")};
  return site.holders_page(call, std::move(view));
}

Result<http::Response> end_one(Call& call) {
  TRY(auth::end_own_session(call.tx, call.scope, call.form.value("session")));
  call.changed({"ended_at"});
  return http::redirect("/account");
}

Result<http::Response> end_others(Call& call) {
  TRY(auth::end_other_sessions(call.tx, call.scope));
  call.changed({"ended_at"});
  return http::redirect("/account");
}

} // namespace

void add_account_routes(auth::RouteTable& table, const Site& site) {
  using auth::AuditClass;
  using auth::By;
  using auth::Idempotency;
  using auth::Role;
  using http::Method;
  auth::RelationshipRule own;
  for (const Role role : permission::own_account.roles) own.ways.push_back({role, By::self});
  table.add<auth::NoObject>({Method::get, "/account", permission::own_account, own, AuditClass::c3,
                             Idempotency::safe, "Where one is signed in"},
                            auth::no_object(),
                            [&site](const NoObject&, Call& call) { return page(site, call); });
  table.add<auth::NoObject>({Method::post, "/account/end", permission::own_account_change, own,
                             AuditClass::change, Idempotency::keyed, "Sign out elsewhere"},
                            auth::no_object(), [](const NoObject&, Call& call) { return end_one(call); });
  table.add<auth::NoObject>({Method::post, "/account/end-others", permission::own_account_change, own,
                             AuditClass::change, Idempotency::keyed, "Sign out everywhere else"},
                            auth::no_object(), [](const NoObject&, Call& call) { return end_others(call); });
}

} // namespace kith::web
