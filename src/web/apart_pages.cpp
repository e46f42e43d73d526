// Never together: a coordinator writes down that a person and a worker are not to be matched, at the wish of
// either or of the service. No reason is asked or kept, and no page says afterwards that it was done: only
// who is offered changes.
#include <algorithm>

#include "web/loaders.hpp"
#include "web/site.hpp"
#include "web/ui/choices.hpp"
#include "web/ui/content.hpp"
#include "web/ui/inputs.hpp"

namespace kith::web {
namespace {

using auth::Authorised;
using auth::Call;
using Problems = std::vector<FieldProblem>;

Html line(const std::string& words) { return el("p", {cls("govuk-body")}, text(words)); }

std::string path_of(const Person& person) { return "/people/" + person.id.text() + "/apart"; }

Result<http::Response> page(const Site& site, const Person& person, Call& call, const Problems& problems) {
  TRY_ASSIGN(const auto workers, workforce::all_workers(call.tx, call.scope));
  Select who{.name = "worker",
             .value = std::string(call.form.value("worker")),
             .items = {{.content = site.say("apart.choose"), .value = std::string()}},
             .label = {.content = text(site.say("apart.worker"))},
             .error = error_for(site.words(), problems, "worker")};
  for (const Worker& worker : workers)
    who.items.push_back({.content = worker.chosen_name, .value = worker.id.text()});
  Choices side{.name = "side",
               .values = {std::string(call.form.value("side"))},
               .fieldset = Fieldset{.legend = {.content = text(site.say("apart.side"))}},
               .error = error_for(site.words(), problems, "side")};
  for (const std::string_view code : codes_of(ExclusionSide{}))
    side.items.push_back(
        {.value = std::string(code), .content = text(site.say("apart.side." + std::string(code)))});
  const std::string title = site.say("apart.title", {{"name", person.chosen_name}});
  Html content = error_summary_for(site.words(), problems) + el("h1", {cls("govuk-heading-l")}, text(title)) +
                 line(site.say("apart.about")) + line(site.say("apart.open"));
  content += el("form", {attr("method", "post"), action(Url(path_of(person))), flag("novalidate")},
                site.form_fields(call) + select(who) + radios(side) +
                    button({.content = text(site.say("apart.save")), .prevent_double_click = true}));
  TRY_ASSIGN(http::Response response, site.staff_page(call, {.title = title,
                                                             .because = "because.coordinator",
                                                             .current = "/people/waiting",
                                                             .content = std::move(content)}));
  if (!problems.empty()) response.status = 422;
  return response;
}

Done keep_apart(Call& call, const Exclusion& wanted) {
  TRY(workforce::touch_places(call.tx, call.scope, wanted.worker)); // two presses come one after the other
  TRY_ASSIGN(const auto live, workforce::live_exclusions(call.tx, call.scope));
  const bool already = std::any_of(live.begin(), live.end(), [&](const Exclusion& each) {
    return each.person == wanted.person && each.worker == wanted.worker && each.side == wanted.side;
  });
  if (already) return {};
  return workforce::add_exclusion(call.tx, call.scope, wanted);
}

Result<http::Response> post(const Site& site, const Authorised<Person>& person, Call& call) {
  Problems problems;
  const auto worker = Id<Worker>::parse(call.form.value("worker"));
  const auto side = record::parse_code<ExclusionSide>(call.form.value("side"));
  if (!worker) problems.push_back({"worker", "required"});
  if (!side) problems.push_back({"side", "required"});
  if (!problems.empty()) return page(site, *person, call, worded(site.words(), "apart", problems));
  TRY(workforce::load_worker(call.tx, call.scope, *worker));
  TRY(keep_apart(call, {Id<Exclusion>::make(call.scope.random()), person->id, *worker, *side}));
  TRY_ASSIGN(const auto referral, connections::open_referral_of(call.tx, call.scope, person->id));
  if (!referral) return http::redirect("/today");
  TRY_ASSIGN(const ReferralState state, connections::state_of(call.tx, call.scope, referral->id));
  const bool listed = state == ReferralState::waiting || state == ReferralState::offered;
  return http::redirect(listed ? "/people/" + person->id.text() + "/find" : "/today");
}

} // namespace

void add_apart_routes(auth::RouteTable& table, const Site& site) {
  using auth::AuditClass;
  using auth::Idempotency;
  using http::Method;
  const auth::RelationshipRule coordinators{{{auth::Role::coordinator, auth::By::organisation}}};
  table.add<Person>({Method::get, "/people/{id}/apart", permission::pair_exclude, coordinators,
                     AuditClass::c3, Idempotency::safe, "The form to keep a person and a worker apart"},
                    load_person(), [&site](const Authorised<Person>& person, Call& call) {
                      return page(site, *person, call, {});
                    });
  table.add<Person>({Method::post, "/people/{id}/apart", permission::pair_exclude, coordinators,
                     AuditClass::change, Idempotency::keyed, "Keep a person and a worker apart"},
                    load_person(), [&site](const Authorised<Person>& person, Call& call) {
                      return post(site, person, call);
                    });
}

} // namespace kith::web
