// Calling off a first meeting: by the coordinator or the worker of the connection, and by the person, who is
// asked for no reason. Each sees the meeting once more before; the post names the meeting that was shown, so
// that another one planned meanwhile stays.
#include "connections/first_meeting.hpp"
#include "web/loaders.hpp"
#include "web/meeting_view.hpp"
#include "web/site.hpp"
#include "web/ui/content.hpp"
#include "web/ui/parts.hpp"

namespace kith::web {
namespace {

using auth::Authorised;
using auth::Call;
using NoObject = Authorised<auth::NoObject>;

Html line(const std::string& words) { return el("p", {cls("govuk-body")}, text(words)); }

Html line_link(const Url& to, const std::string& words) {
  return el("p", {cls("govuk-body")}, el("a", {href(to)}, text(words)));
}

// Which meeting was on the page.
Html seen(const FirstMeeting& meeting) { return hidden_field("meeting", meeting.id.text()); }

Done call_off(Call& call, Id<Connection> connection) {
  const auto meeting = Id<FirstMeeting>::parse(call.form.value("meeting"));
  if (!meeting) return not_found();
  TRY(connections::cancel_first_meeting(call.tx, call.scope, {connection, *meeting}));
  call.changed({"first_meeting"});
  return {};
}

// ---- coordinator and worker ----

Result<http::Response> cancel_page(const Site& site, const Connection& connection, Call& call) {
  if (!may_plan(connection, call)) return not_found();
  TRY_ASSIGN(const Pair pair, pair_of(call, connection));
  if (!pair.meeting) return http::redirect(after_planning(connection, call));
  Html content = el("h1", {cls("govuk-heading-l")}, text(site.say("meeting.cancel_title"))) +
                 el("p", {cls("govuk-body-l")}, text(names_of(site, pair))) +
                 inset_text({.content = el("p", {cls("govuk-body")}, meeting_words(site, *pair.meeting))}) +
                 line(site.say("meeting.cancel_about"));
  content +=
      el("form", {attr("method", "post"), action(Url(connection_path(connection) + "/meeting/cancel"))},
         site.form_fields(call) + seen(*pair.meeting) +
             button({.content = text(site.say("meeting.cancel_go")), .prevent_double_click = true}));
  content += line_link(Url(after_planning(connection, call)), site.say("meeting.keep"));
  return site.staff_page(call, {.title = site.say("meeting.cancel_title"),
                                .because = coordinates(call) ? "because.coordinator" : "because.worker",
                                .current = "/today",
                                .content = std::move(content)});
}

Result<http::Response> post_cancel(const Connection& connection, Call& call) {
  if (!may_plan(connection, call)) return not_found();
  TRY(call_off(call, connection.id));
  return http::redirect(after_planning(connection, call));
}

// ---- the person ----

struct Own {
  std::optional<Connection> connection{};
  std::optional<FirstMeeting> meeting{};
};
Result<Own> own_meeting(Call& call) {
  Own own;
  TRY_ASSIGN(own.connection, connections::live_connection_of(call.tx, call.scope, call.scope.actor().person));
  if (!own.connection) return own;
  TRY_ASSIGN(own.meeting, connections::first_meeting_of(call.tx, call.scope, own.connection->id));
  return own;
}

Result<http::Response> own_cancel_page(const Site& site, Call& call) {
  TRY_ASSIGN(const Own own, own_meeting(call));
  if (!own.meeting || own.meeting->starts_at <= call.scope.now()) return http::redirect("/me");
  Html content = el("h1", {cls("govuk-heading-l")}, text(site.say("me.cannot_come")));
  content += card({.title = site.say("me.meeting"),
                   .content = el("p", {cls("kith-when")}, text(moment_of(site, *own.meeting))) +
                              line(own.meeting->location)});
  content += line(site.say("me.cannot_come_about"));
  content += el("form", {attr("method", "post"), action(Url("/me/meeting/cancel"))},
                site.form_fields(call) + seen(*own.meeting) +
                    button({.content = text(site.say("me.cannot_come_go"))}));
  content += line_link(Url("/me"), site.say("me.can_come"));
  return site.person_page(
      call,
      {.title = site.say("me.cannot_come"), .because = "because.person", .content = std::move(content)});
}

Result<http::Response> post_own_cancel(Call& call) {
  call.shows(call.scope.actor().person);
  TRY_ASSIGN(const Own own, own_meeting(call));
  if (!own.connection) return not_found();
  TRY(call_off(call, own.connection->id));
  return http::redirect("/me");
}

} // namespace

void add_meeting_cancel_routes(auth::RouteTable& table, const Site& site) {
  using auth::AuditClass;
  using auth::By;
  using auth::Idempotency;
  using auth::Role;
  using http::Method;
  const auth::RelationshipRule planners{
      {{Role::coordinator, By::organisation}, {Role::peer_worker, By::matched_worker}}};
  const auth::RelationshipRule own{{{Role::person, By::self}}};
  table.add<Connection>({Method::get, "/connections/{id}/meeting/cancel", permission::meeting_book, planners,
                         AuditClass::c4, Idempotency::safe, "Call off the first meeting: what it means"},
                        load_connection(), [&site](const Authorised<Connection>& connection, Call& call) {
                          return cancel_page(site, *connection, call);
                        });
  table.add<Connection>({Method::post, "/connections/{id}/meeting/cancel", permission::meeting_book, planners,
                         AuditClass::change, Idempotency::keyed, "Call off the first meeting"},
                        load_connection(), [](const Authorised<Connection>& connection, Call& call) {
                          return post_cancel(*connection, call);
                        });
  table.add<auth::NoObject>({Method::get, "/me/meeting/cancel", permission::own_page, own, AuditClass::c4,
                             Idempotency::safe, "Not coming to the first meeting: what it means"},
                            auth::no_object(),
                            [&site](const NoObject&, Call& call) { return own_cancel_page(site, call); });
  table.add<auth::NoObject>({Method::post, "/me/meeting/cancel", permission::own_meeting, own,
                             AuditClass::change, Idempotency::keyed, "Not coming to the first meeting"},
                            auth::no_object(),
                            [](const NoObject&, Call& call) { return post_own_cancel(call); });
}

} // namespace kith::web
