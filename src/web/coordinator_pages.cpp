// Today, the waiting list, a new referral, and accepting it.
#include <algorithm>

#include "base/zones.hpp"
#include "connections/referral_actions.hpp"
#include "connections/task.hpp"
#include "people/person_store.hpp"
#include "web/loaders.hpp"
#include "web/site.hpp"
#include "web/ui/choices.hpp"
#include "web/ui/content.hpp"
#include "web/ui/field.hpp"
#include "web/ui/inputs.hpp"
#include "web/ui/parts.hpp"
#include "workforce/worker_store.hpp"

namespace kith::web {
namespace {

using auth::By;
using auth::Call;
using auth::Role;
using NoObject = auth::Authorised<auth::NoObject>;

Html heading(const std::string& words) { return el("h1", {cls("govuk-heading-l")}, text(words)); }

PersonRow waiting_row(const Site& site, const connections::WaitingRow& row, Date today) {
  const int waited = today - row.referral.waiting_on,
            promise = row.referral.promise_on - row.referral.waiting_on;
  PersonRow out;
  out.name = row.person_name;
  out.href = Url("/people/" + row.referral.person.text() + "/find");
  out.late = waited > promise;
  out.wait = site.say(out.late ? "waiting.late" : "waiting.day",
                      {{"day", std::to_string(waited)}, {"promise", std::to_string(promise)}});
  out.own_words = row.referral.own_words;
  out.why = site.say("waiting.asked", {{"date", long_date(site.words(), row.referral.waiting_on)}});
  out.next = site.say(row.state == ReferralState::offered ? "waiting.next_answers" : "waiting.next_find");
  return out;
}

bool to_plan(const Task& task) { return task.kind == "book_first_meeting"; }

// "Amara and Ruth": the two of a connection that a task is about.
Result<std::string> names_of(const Site& site, Call& call, const Task& task) {
  const auto id = Id<Connection>::parse(task.about);
  if (!id) return not_found();
  TRY_ASSIGN(const Connection connection, connections::load_connection(call.tx, call.scope, *id));
  TRY_ASSIGN(const Person person, people::load_person(call.tx, call.scope, connection.person));
  TRY_ASSIGN(const Worker worker, workforce::load_worker(call.tx, call.scope, connection.worker));
  return site.say("connection.names", {{"person", person.chosen_name}, {"worker", worker.chosen_name}});
}

// Those who left the list because both said yes, until their first meeting has a date.
Result<Html> first_meetings_to_plan(const Site& site, Call& call) {
  TRY_ASSIGN(const auto tasks, connections::open_tasks(call.tx, call.scope, "coordinator"));
  std::vector<ChoiceLink> links;
  for (const Task& task : tasks) {
    if (!to_plan(task)) continue;
    TRY_ASSIGN(const std::string names, names_of(site, call, task));
    links.push_back({.words = names, .href = Url("/connections/" + task.about)});
  }
  if (links.empty()) return Html();
  return el("h2", {cls("govuk-heading-m")}, text(site.say("waiting.to_plan"))) + choice_links(links);
}

Result<http::Response> waiting_page(const Site& site, Call& call) {
  TRY_ASSIGN(const Organisation organisation, teams::load_organisation(call.tx));
  TRY_ASSIGN(auto rows, connections::open_referrals(call.tx, call.scope, {0, 200}));
  const Date today = local_date(call.scope.now(), organisation.zone);
  std::erase_if(rows, [](const auto& row) {
    return row.state != ReferralState::waiting && row.state != ReferralState::offered;
  });
  std::vector<PersonRow> people;
  people.reserve(rows.size());
  for (const auto& row : rows) people.push_back(waiting_row(site, row, today));
  const auto late =
      std::count_if(people.begin(), people.end(), [](const PersonRow& row) { return row.late; });
  Html content = heading(site.say("waiting.title"));
  content += el("p", {cls("govuk-body-l")},
                text(site.say("waiting.late_count", {{"count", std::to_string(late)},
                                                     {"days", std::to_string(organisation.promise_days)}})));
  TRY_ASSIGN(const Html to_plan, first_meetings_to_plan(site, call));
  content += to_plan;
  content += people.empty() ? inset_text({.content = text(site.say("waiting.nobody"))}) : person_rows(people);
  return site.staff_page(call, {.title = site.say("waiting.title"),
                                .because = "because.coordinator",
                                .current = "/people/waiting",
                                .content = std::move(content)});
}

Html accept_form(const Site& site, const Call& call, const connections::WaitingRow& row) {
  return el("form", {attr("method", "post"), action(Url("/referrals/" + row.referral.id.text() + "/accept"))},
            site.form_fields(call) +
                button({.content = text(site.say("triage.accept")), .classes = "govuk-button--secondary"}));
}

Result<Html> task_list(const Site& site, Call& call, const std::vector<Task>& tasks) {
  Html items;
  for (const Task& task : tasks) {
    if (task.kind == "triage") continue;
    std::string words = site.say("task." + task.kind);
    if (to_plan(task)) {
      TRY_ASSIGN(const std::string names, names_of(site, call, task));
      words = site.say("task.about_pair", {{"task", words}, {"names", names}});
    }
    const Html title = task.about_kind == "connection"
                           ? el("a", {href(Url("/connections/" + task.about))}, text(words))
                           : text(words);
    items += el("li", {},
                el("strong", {}, title) + void_el("br", {}) +
                    text(site.say("task.by", {{"date", long_date(site.words(), task.due_on)}})));
  }
  return items.empty() ? Html() : el("ul", {cls("govuk-list govuk-list--spaced")}, items);
}

Result<http::Response> coordinator_today(const Site& site, Call& call) {
  TRY_ASSIGN(const auto tasks, connections::open_tasks(call.tx, call.scope, "coordinator"));
  TRY_ASSIGN(const auto rows, connections::open_referrals(call.tx, call.scope, {0, 200}));
  Html content = heading(site.say("today.title"));
  content += el("h2", {cls("govuk-heading-m")}, text(site.say("today.new_referrals")));
  bool any = false;
  for (const auto& row : rows) {
    if (row.state != ReferralState::referred) continue;
    any = true;
    content += card({.title = row.person_name,
                     .content = quote({.words = row.referral.own_words}) + accept_form(site, call, row)});
  }
  if (!any) content += el("p", {cls("govuk-body")}, text(site.say("today.no_referrals")));
  content += el("h2", {cls("govuk-heading-m")}, text(site.say("today.tasks")));
  TRY_ASSIGN(const Html list, task_list(site, call, tasks));
  content += list.empty() ? el("p", {cls("govuk-body")}, text(site.say("today.no_tasks"))) : list;
  return site.staff_page(call, {.title = site.say("today.title"),
                                .because = "because.coordinator",
                                .current = "/today",
                                .content = std::move(content)});
}

Result<http::Response> clinician_today(const Site& site, Call& call) {
  TRY_ASSIGN(const auto rows, connections::referrals_by(call.tx, call.scope, call.scope.actor().account));
  Html content = heading(site.say("today.title"));
  content += button({.content = text(site.say("refer.title")), .href = Url("/refer")});
  for (const auto& row : rows)
    content +=
        card({.title = row.person_name,
              .content = el("p", {cls("govuk-body")},
                            text(site.say("referral_state." + std::string(record::code_of(row.state)))))});
  if (rows.empty()) content += el("p", {cls("govuk-body")}, text(site.say("today.no_own_referrals")));
  return site.staff_page(call, {.title = site.say("today.title"),
                                .because = "because.staff",
                                .current = "/today",
                                .content = std::move(content)});
}

Result<http::Response> today_page(const Site& site, Call& call) {
  if (call.scope.actor().has(Role::coordinator)) return coordinator_today(site, call);
  if (call.scope.actor().has(Role::peer_worker)) return http::redirect("/w");
  return clinician_today(site, call);
}

// ---- a referral in eight fields ----

std::string kept(const Call& call, std::string_view name) { return std::string(call.form.value(name)); }

Html refer_form(const Site& site, const Call& call, const std::vector<FieldProblem>& problems) {
  const Words& words = site.words();
  const auto error = [&](const char* field) { return error_for(words, problems, field); };
  const auto label_of = [&](const char* key) { return Label{.content = text(site.say(key))}; };
  Html fields = site.form_fields(call);
  fields += input({.name = "chosen_name",
                   .value = kept(call, "chosen_name"),
                   .label = label_of("refer.name"),
                   .error = error("chosen_name")});
  fields += radios({.name = "contact_way",
                    .values = {kept(call, "contact_way")},
                    .items = {{.value = "email", .content = text(site.say("refer.email"))},
                              {.value = "text", .content = text(site.say("refer.text"))},
                              {.value = "phone", .content = text(site.say("refer.phone"))}},
                    .fieldset = Fieldset{.legend = {.content = text(site.say("refer.way"))}}});
  fields += input({.name = "contact",
                   .value = kept(call, "contact"),
                   .label = label_of("refer.contact"),
                   .error = error("contact")});
  fields += textarea({.name = "own_words",
                      .value = kept(call, "own_words"),
                      .label = label_of("refer.own_words"),
                      .error = error("own_words")});
  fields += input({.name = "languages",
                   .value = kept(call, "languages"),
                   .label = label_of("refer.languages"),
                   .hint = Hint{.content = text(site.say("refer.languages_hint"))},
                   .error = error("languages")});
  fields += input({.name = "access_needs",
                   .value = kept(call, "access_needs"),
                   .label = label_of("refer.access"),
                   .error = error("access_needs")});
  fields += textarea({.name = "must_know",
                      .value = kept(call, "must_know"),
                      .label = label_of("refer.must_know"),
                      .error = error("must_know")});
  fields += checkboxes({.name = "agreed",
                        .id_prefix = "asked_and_agreed",
                        .items = {{.value = "contact", .content = text(site.say("refer.agreed"))},
                                  {.value = "matching", .content = text(site.say("refer.agreed_matching"))}},
                        .fieldset = Fieldset{.legend = {.content = text(site.say("refer.agreed_title"))}},
                        .error = error("asked_and_agreed")});
  fields += button({.content = text(site.say("refer.send"))});
  return el("form", {attr("method", "post"), action(Url("/refer"))}, fields);
}

Result<http::Response> refer_page(const Site& site, Call& call, int status,
                                  const std::vector<FieldProblem>& problems) {
  Html content = error_summary_for(site.words(), problems) + heading(site.say("refer.title")) +
                 refer_form(site, call, problems);
  TRY_ASSIGN(http::Response response, site.staff_page(call, {.title = site.say("refer.title"),
                                                             .because = "because.staff",
                                                             .current = "/refer",
                                                             .content = std::move(content)}));
  response.status = status;
  return response;
}

Result<http::Response> post_referral(const Site& site, Call& call) {
  connections::ReferralRequest request;
  request.chosen_name = kept(call, "chosen_name");
  request.contact_way =
      record::parse_code<ContactWay>(call.form.value("contact_way")).value_or(ContactWay::none);
  request.contact = kept(call, "contact");
  request.own_words = kept(call, "own_words");
  request.languages = {kept(call, "languages")};
  request.access_needs = kept(call, "access_needs");
  request.must_know = kept(call, "must_know");
  const auto agreed = call.form.values("agreed");
  const auto has = [&](const char* what) {
    return std::find(agreed.begin(), agreed.end(), what) != agreed.end();
  };
  request.asked_and_agreed = has("contact");
  request.agrees_to_matching = has("matching");
  request.source = ReferralSource::clinician;
  const auto made = connections::refer(call.tx, call.scope, request);
  if (!made.ok() && made.failure().fault == Fault::invalid)
    return refer_page(site, call, 422, made.failure().fields);
  if (!made.ok()) return made.failure();
  return http::redirect("/today");
}

} // namespace

void add_coordinator_routes(auth::RouteTable& table, const Site& site) {
  using auth::AuditClass;
  using auth::Idempotency;
  using http::Method;
  const auth::RelationshipRule staff{{{Role::coordinator, By::organisation},
                                      {Role::clinician, By::organisation},
                                      {Role::peer_worker, By::organisation},
                                      {Role::administrator, By::organisation}}};
  const auth::RelationshipRule coordinators{{{Role::coordinator, By::organisation}}};
  const auth::RelationshipRule referrers{
      {{Role::coordinator, By::organisation}, {Role::clinician, By::organisation}}};
  table.add<auth::NoObject>({Method::get, "/today", permission::staff_home, staff, AuditClass::c3,
                             Idempotency::safe, "What needs doing today"},
                            auth::no_object(),
                            [&site](const NoObject&, Call& call) { return today_page(site, call); });
  table.add<auth::NoObject>({Method::get, "/people/waiting", permission::waiting_list, coordinators,
                             AuditClass::c4, Idempotency::safe, "The waiting list, soonest promise first"},
                            auth::no_object(),
                            [&site](const NoObject&, Call& call) { return waiting_page(site, call); });
  table.add<auth::NoObject>({Method::get, "/refer", permission::referral_make, referrers, AuditClass::c1,
                             Idempotency::safe, "The referral form"},
                            auth::no_object(),
                            [&site](const NoObject&, Call& call) { return refer_page(site, call, 200, {}); });
  table.add<auth::NoObject>({Method::post, "/refer", permission::referral_make, referrers, AuditClass::change,
                             Idempotency::keyed, "Make a referral"},
                            auth::no_object(),
                            [&site](const NoObject&, Call& call) { return post_referral(site, call); });
  table.add<Referral>({Method::post, "/referrals/{id}/accept", permission::referral_triage, coordinators,
                       AuditClass::change, Idempotency::keyed, "Accept a referral onto the waiting list"},
                      load_referral(),
                      [](const auth::Authorised<Referral>& referral, Call& call) -> Result<http::Response> {
                        TRY(connections::accept(call.tx, call.scope, referral->id));
                        return http::redirect("/people/waiting");
                      });
}

} // namespace kith::web
