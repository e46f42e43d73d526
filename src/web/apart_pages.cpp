// Never together: a coordinator writes down that a person and a worker are not to be matched, at the wish of
// either or of the service, and lifts what was written down by mistake. No reason is asked or kept. What the
// service itself asked for is listed here; a wish of the person or of a worker is theirs, so no page says
// afterwards that it was written down, and lifting one answers the same whether there was one or not.
#include <algorithm>

#include "connections/offer_actions.hpp"
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

Select workers_to_choose(const Site& site, const std::vector<Worker>& workers) {
  Select who{.items = {{.content = site.say("apart.choose"), .value = std::string()}},
             .label = {.content = text(site.say("apart.worker"))}};
  for (const Worker& worker : workers)
    who.items.push_back({.content = worker.chosen_name, .value = worker.id.text()});
  return who;
}

Choices sides(const Site& site, std::initializer_list<ExclusionSide> which) {
  Choices side{.fieldset = Fieldset{.legend = {.content = text(site.say("apart.side"))}}};
  for (const ExclusionSide each : which) {
    const std::string code(record::code_of(each));
    side.items.push_back({.value = code, .content = text(site.say("apart.side." + code))});
  }
  return side;
}

Html keep_form(const Site& site, const Person& person, const Call& call, const std::vector<Worker>& workers,
               const Problems& problems) {
  Select who = workers_to_choose(site, workers);
  who.name = "worker";
  who.value = call.form.value("worker");
  who.error = error_for(site.words(), problems, "worker");
  Choices side = sides(site, {ExclusionSide::person, ExclusionSide::worker, ExclusionSide::service});
  side.name = "side";
  side.values = {std::string(call.form.value("side"))};
  side.error = error_for(site.words(), problems, "side");
  return el("form", {attr("method", "post"), action(Url(path_of(person))), flag("novalidate")},
            site.form_fields(call) + select(who) + radios(side) +
                button({.content = text(site.say("apart.save")), .prevent_double_click = true}));
}

// What the service itself asked for, each with a way back.
Result<Html> by_the_service(const Site& site, const Person& person, Call& call,
                            const std::vector<Worker>& workers) {
  TRY_ASSIGN(const auto live, workforce::live_exclusions(call.tx, call.scope));
  Html items;
  for (const Worker& worker : workers) {
    const bool apart = std::any_of(live.begin(), live.end(), [&](const Exclusion& each) {
      return each.person == person.id && each.worker == worker.id && each.side == ExclusionSide::service;
    });
    if (!apart) continue;
    const Html words = text(site.say("apart.lift_this")) +
                       el("span", {cls("govuk-visually-hidden")}, text(": " + worker.chosen_name));
    items += el("li", {}, el("p", {cls("govuk-body")}, text(worker.chosen_name)),
                el("form", {attr("method", "post"), action(Url(path_of(person) + "/lift"))},
                   site.form_fields(call) + hidden_field("lift_worker", worker.id.text()) +
                       hidden_field("lift_side", record::code_of(ExclusionSide::service)) +
                       button({.content = words, .classes = "govuk-button--secondary"})));
  }
  if (items.empty()) return Html();
  return el("h2", {cls("govuk-heading-m")}, text(site.say("apart.by_service"))) +
         el("ul", {cls("govuk-list")}, items);
}

Html lift_form(const Site& site, const Person& person, const Call& call, const std::vector<Worker>& workers,
               const Problems& problems) {
  Select who = workers_to_choose(site, workers);
  who.name = "lift_worker";
  who.value = call.form.value("lift_worker");
  who.error = error_for(site.words(), problems, "lift_worker");
  Choices side = sides(site, {ExclusionSide::person, ExclusionSide::worker});
  side.name = "lift_side";
  side.values = {std::string(call.form.value("lift_side"))};
  side.error = error_for(site.words(), problems, "lift_side");
  const Html form =
      el("form", {attr("method", "post"), action(Url(path_of(person) + "/lift")), flag("novalidate")},
         site.form_fields(call) + select(who) + radios(side) +
             button({.content = text(site.say("apart.lift")), .classes = "govuk-button--secondary"}));
  return details({.summary = text(site.say("apart.lift_other")),
                  .content = line(site.say("apart.lift_about")) + form,
                  .open = who.error.has_value() || side.error.has_value()});
}

Result<http::Response> page(const Site& site, const Person& person, Call& call, const Problems& problems) {
  TRY_ASSIGN(const auto workers, workforce::all_workers(call.tx, call.scope));
  TRY_ASSIGN(const Html listed, by_the_service(site, person, call, workers));
  const std::string title = site.say("apart.title", {{"name", person.chosen_name}});
  Html content = error_summary_for(site.words(), problems) + el("h1", {cls("govuk-heading-l")}, text(title)) +
                 line(site.say("apart.about")) + line(site.say("apart.open"));
  content += keep_form(site, person, call, workers, problems) + listed +
             lift_form(site, person, call, workers, problems);
  TRY_ASSIGN(http::Response response, site.staff_page(call, {.title = title,
                                                             .because = "because.coordinator",
                                                             .current = "/people/waiting",
                                                             .content = std::move(content)}));
  if (!problems.empty()) response.status = 422;
  return response;
}

Result<http::Response> back_to(const Person& person, Call& call) {
  TRY_ASSIGN(const auto referral, connections::open_referral_of(call.tx, call.scope, person.id));
  if (!referral) return http::redirect("/today");
  TRY_ASSIGN(const ReferralState state, connections::state_of(call.tx, call.scope, referral->id));
  const bool listed = state == ReferralState::waiting || state == ReferralState::offered;
  return http::redirect(listed ? "/people/" + person.id.text() + "/find" : "/today");
}

Result<http::Response> post(const Site& site, const Authorised<Person>& person, Call& call) {
  Problems problems;
  const auto worker = Id<Worker>::parse(call.form.value("worker"));
  const auto side = record::parse_code<ExclusionSide>(call.form.value("side"));
  if (!worker) problems.push_back({"worker", "required"});
  if (!side) problems.push_back({"side", "required"});
  if (!problems.empty()) return page(site, *person, call, worded(site.words(), "apart", problems));
  TRY(workforce::load_worker(call.tx, call.scope, *worker));
  TRY(connections::keep_apart(call.tx, call.scope,
                              {Id<Exclusion>::make(call.scope.random()), person->id, *worker, *side}));
  call.changed({"exclusion"});
  return back_to(*person, call);
}

// The same answer whether there was one or not.
Result<http::Response> post_lift(const Site& site, const Authorised<Person>& person, Call& call) {
  Problems problems;
  const auto worker = Id<Worker>::parse(call.form.value("lift_worker"));
  const auto side = record::parse_code<ExclusionSide>(call.form.value("lift_side"));
  if (!worker) problems.push_back({"lift_worker", "required"});
  if (!side) problems.push_back({"lift_side", "required"});
  if (!problems.empty()) return page(site, *person, call, worded(site.words(), "apart", problems));
  TRY(workforce::load_worker(call.tx, call.scope, *worker));
  TRY(workforce::lift_exclusion(call.tx, call.scope, {{}, person->id, *worker, *side}));
  call.changed({"exclusion"});
  return back_to(*person, call);
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
  table.add<Person>(
      {Method::post, "/people/{id}/apart/lift", permission::pair_lift, coordinators, AuditClass::change,
       Idempotency::keyed, "Lift that a person and a worker are kept apart"},
      load_person(),
      [&site](const Authorised<Person>& person, Call& call) { return post_lift(site, person, call); });
}

} // namespace kith::web
