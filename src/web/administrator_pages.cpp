// The administrator's page: what the organisation has, in figures and without anybody's name, the addresses
// it can give away, who is asked first when an offer is made, and where its quick exit leads.
#include "base/zones.hpp"
#include "connections/connection_store.hpp"
#include "people/person_store.hpp"
#include "storage/trail.hpp"
#include "web/loaders.hpp"
#include "web/site.hpp"
#include "web/ui/choices.hpp"
#include "web/ui/content.hpp"
#include "web/ui/inputs.hpp"
#include "web/ui/tables.hpp"
#include "workforce/worker_store.hpp"

namespace kith::web {
namespace {

using auth::Call;
using NoObject = auth::Authorised<auth::NoObject>;
using Problems = std::vector<FieldProblem>;

std::string number(std::int64_t count) { return std::to_string(count); }

Html heading(const std::string& words) { return el("h2", {cls("govuk-heading-m")}, text(words)); }

SummaryRow row(const Site& site, const char* key, const std::string& value) {
  return {.key = text(site.say(key)), .value = text(value)};
}

std::string workers_in_words(const Site& site, const std::vector<Worker>& workers) {
  std::int64_t active = 0, open = 0;
  for (const Worker& worker : workers) {
    if (!worker.active) continue;
    ++active;
    if (worker.open_to_new) ++open;
  }
  return site.say("admin.workers_are", {{"count", number(active)}, {"open", number(open)}});
}

std::string places_in_words(const Site& site, const std::vector<Places>& all) {
  Places sum;
  for (const Places& places : all) {
    sum.agreed += places.agreed;
    sum.live += places.live;
    sum.reserved += places.reserved;
  }
  return site.say("admin.places_are", {{"agreed", number(sum.agreed)},
                                       {"live", number(sum.live)},
                                       {"reserved", number(sum.reserved)},
                                       {"free", number(sum.free())}});
}

Result<Html> figures(const Site& site, Call& call, const Organisation& organisation) {
  const Date today = local_date(call.scope.now(), organisation.zone);
  TRY_ASSIGN(const std::int64_t people, people::count_people(call.tx, call.scope));
  TRY_ASSIGN(const auto workers, workforce::all_workers(call.tx, call.scope));
  TRY_ASSIGN(const auto places, workforce::all_places(call.tx, call.scope));
  TRY_ASSIGN(const auto open, connections::count_open_referrals(call.tx, call.scope, today));
  TRY_ASSIGN(const auto live, connections::live_connections(call.tx, call.scope));
  TRY_ASSIGN(const auto messages, storage::count_waiting_messages(call.tx, call.scope.now()));
  SummaryList list;
  list.rows = {
      row(site, "admin.people", number(people)),
      row(site, "admin.workers", workers_in_words(site, workers)),
      row(site, "admin.places", places_in_words(site, places)),
      row(site, "admin.asked", number(open.asked)),
      row(site, "admin.waiting",
          site.say("admin.waiting_are", {{"count", number(open.waiting)}, {"late", number(open.late)}})),
      row(site, "admin.connections", number(static_cast<std::int64_t>(live.size()))),
      row(site, "admin.messages",
          site.say("admin.messages_are",
                   {{"count", number(messages.waiting)}, {"overdue", number(messages.overdue)}}))};
  return summary_list(list);
}

Html links(const Site& site, const Organisation& organisation) {
  const auto item = [&](const std::string& address, const char* key) {
    return el("li", {}, el("a", {href(Url(address))}, text(address)), text(" – " + site.say(key)));
  };
  return heading(site.say("admin.links")) +
         el("ul", {cls("govuk-list govuk-list--bullet")}, item("/ask/" + organisation.slug, "admin.link_ask"),
            item("/sign-in", "admin.link_sign_in"), item("/openapi.json", "admin.link_api"));
}

Html first_asked_form(const Site& site, const Call& call, const Organisation& organisation,
                      const Problems& problems) {
  Choices choices{.name = "first_asked",
                  .values = {std::string(record::code_of(organisation.first_asked))},
                  .fieldset = Fieldset{.legend = {.content = text(site.say("admin.first_asked"))}},
                  .error = error_for(site.words(), problems, "first_asked")};
  for (const std::string_view code : codes_of(FirstAsked{}))
    choices.items.push_back(
        {.value = std::string(code), .content = text(site.say("admin.first_asked." + std::string(code)))});
  return el("form", {attr("method", "post"), action(Url("/admin/first-asked")), flag("novalidate")},
            site.form_fields(call) + radios(choices) +
                button({.content = text(site.say("admin.first_asked_save")),
                        .classes = "govuk-button--secondary"}));
}

Html exit_form(const Site& site, const Call& call, const Organisation& organisation,
               const Problems& problems) {
  Html fields = site.form_fields(call);
  fields += input(
      {.name = "exit_url",
       .type = "url",
       .value = call.form.has("exit_url") ? std::string(call.form.value("exit_url")) : exit_of(organisation),
       .label = {.content = text(site.say("admin.exit_label"))},
       .hint = Hint{.content = text(site.say("admin.exit_hint"))},
       .error = error_for(site.words(), problems, "exit_url"),
       .classes = "govuk-input--width-30",
       .spellcheck = false});
  fields += button({.content = text(site.say("admin.exit_save")), .classes = "govuk-button--secondary"});
  return heading(site.say("admin.exit")) +
         el("form", {attr("method", "post"), action(Url("/admin/exit")), flag("novalidate")}, fields);
}

Result<http::Response> admin_page(const Site& site, Call& call, int status, const Problems& problems) {
  TRY_ASSIGN(const Organisation organisation, teams::load_organisation(call.tx));
  TRY_ASSIGN(const Html counts, figures(site, call, organisation));
  Html content = error_summary_for(site.words(), problems);
  content += el("h1", {cls("govuk-heading-l")}, text(organisation.name));
  content += counts + links(site, organisation) + first_asked_form(site, call, organisation, problems) +
             exit_form(site, call, organisation, problems);
  TRY_ASSIGN(http::Response response, site.staff_page(call, {.title = site.say("admin.title"),
                                                             .because = "because.administrator",
                                                             .current = "/admin",
                                                             .content = std::move(content)}));
  response.status = status;
  return response;
}

Result<http::Response> post_exit(const Site& site, Call& call) {
  const Done changed = teams::set_exit_url(call.tx, call.scope, std::string(call.form.value("exit_url")));
  if (!changed.ok() && changed.failure().fault == Fault::invalid)
    return admin_page(site, call, 422, worded(site.words(), "admin", changed.failure().fields));
  TRY(changed);
  return http::redirect("/admin");
}

Result<http::Response> post_first_asked(const Site& site, Call& call) {
  const auto first = record::parse_code<FirstAsked>(call.form.value("first_asked"));
  if (!first)
    return admin_page(site, call, 422, worded(site.words(), "admin", {{"first_asked", "required"}}));
  TRY(teams::set_first_asked(call.tx, call.scope, *first));
  call.changed({"first_asked"});
  return http::redirect("/admin");
}

} // namespace

void add_administrator_routes(auth::RouteTable& table, const Site& site) {
  using auth::AuditClass;
  using auth::Idempotency;
  using http::Method;
  const auth::RelationshipRule administrators{{{auth::Role::administrator, auth::By::organisation}}};
  table.add<auth::NoObject>({Method::get, "/admin", permission::organisation_read, administrators,
                             AuditClass::c1, Idempotency::safe, "What the organisation has, in figures"},
                            auth::no_object(),
                            [&site](const NoObject&, Call& call) { return admin_page(site, call, 200, {}); });
  table.add<auth::NoObject>({Method::post, "/admin/exit", permission::organisation_change, administrators,
                             AuditClass::change, Idempotency::keyed, "Where the quick exit leads"},
                            auth::no_object(),
                            [&site](const NoObject&, Call& call) { return post_exit(site, call); });
  table.add<auth::NoObject>(
      {Method::post, "/admin/first-asked", permission::organisation_change, administrators,
       AuditClass::change, Idempotency::keyed, "Who is asked first when an offer is made"},
      auth::no_object(), [&site](const NoObject&, Call& call) { return post_first_asked(site, call); });
}

} // namespace kith::web
