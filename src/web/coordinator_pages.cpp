// Today, the waiting list, and accepting a referral onto it.
#include "connections/referral_actions.hpp"
#include "connections/snapshot.hpp"
#include "connections/task.hpp"
#include "matching/wording.hpp"
#include "people/person_store.hpp"
#include "web/loaders.hpp"
#include "web/site.hpp"
#include "web/ui/content.hpp"
#include "web/ui/parts.hpp"
#include "web/waiting_list.hpp"
#include "workforce/worker_store.hpp"

namespace kith::web {
namespace {

using auth::By;
using auth::Call;
using auth::Role;
using NoObject = auth::Authorised<auth::NoObject>;

Html heading(const std::string& words) { return el("h1", {cls("govuk-heading-l")}, text(words)); }

// Those whom nobody can be offered yet, with what is missing and where it is filled in.
Result<std::vector<std::pair<Id<Person>, ChoiceLink>>> missing_links(const Site& site, Call& call) {
  TRY_ASSIGN(const auto waiting, connections::people_waiting_incomplete(call.tx, call.scope));
  const matching::Wording wording(site.words());
  std::vector<std::pair<Id<Person>, ChoiceLink>> out;
  for (const Person& person : waiting)
    if (const auto missing = connections::missing_for_matching(person); !missing.empty())
      out.emplace_back(person.id,
                       ChoiceLink{site.say("profile.not_known", {{"missing", wording.missing(missing)}}),
                                  Url("/people/" + person.id.text() + "/profile")});
  return out;
}

PersonRow waiting_row(const Site& site, const WaitingView& view, const connections::WaitingRow& row) {
  const int waited = view.today - row.referral.waiting_on,
            promise = row.referral.promise_on - row.referral.waiting_on;
  PersonRow out;
  out.name = row.person_name;
  out.href = Url("/people/" + row.referral.person.text() + "/find" + show_query(view.show));
  out.late = late(row, view.today);
  out.wait = site.say(out.late ? "waiting.late" : "waiting.day",
                      {{"day", std::to_string(waited)}, {"promise", std::to_string(promise)}});
  out.own_words = row.referral.own_words;
  out.why = site.say("waiting.asked", {{"date", long_date(site.words(), row.referral.waiting_on)}});
  out.next = site.say(row.state == ReferralState::offered ? "waiting.next_answers" : "waiting.next_find");
  return out;
}

Html filters(const Site& site, const WaitingView& view) {
  Html items;
  for (std::size_t i = 0; i < std::size(view.counts); ++i) {
    const auto show = static_cast<Waiting>(i);
    const std::string words = site.say("waiting.show." + std::string(record::code_of(show)),
                                       {{"count", std::to_string(view.counts[i])}});
    items += el("li", {},
                el("a",
                   {href(Url("/people/waiting" + show_query(show))),
                    when(show == view.show, attr("aria-current", "true"))},
                   text(words)));
  }
  return el("nav", {attr("aria-label", site.say("waiting.filters"))},
            el("ul", {cls("kith-foot__links kith-place")}, items));
}

bool to_plan(const Task& task) { return task.kind == "book_first_meeting"; }

// "Amara and Ruth": the two of a connection that a task is about.
Result<std::string> names_of(const Site& site, Call& call, const Task& task) {
  const auto id = Id<Connection>::parse(task.about);
  if (!id) return not_found();
  TRY_ASSIGN(const Connection connection, connections::load_connection(call.tx, call.scope, *id));
  TRY_ASSIGN(const Person person, people::load_person(call.tx, call.scope, connection.person));
  call.shows(person.id);
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
  TRY_ASSIGN(const WaitingView view, waiting_list(call));
  std::vector<PersonRow> people;
  people.reserve(view.rows.size());
  TRY_ASSIGN(const auto missing, missing_links(site, call));
  for (const auto& row : view.rows) {
    call.shows(row.referral.person);
    people.push_back(waiting_row(site, view, row));
    for (const auto& [person, link] : missing)
      if (person == row.referral.person && row.state == ReferralState::waiting) people.back().missing = link;
  }
  const auto count_of = [&](Waiting show) {
    return std::to_string(view.counts[static_cast<std::size_t>(show)]);
  };
  Html content = heading(site.say("waiting.title"));
  content += el("p", {cls("govuk-body-l")},
                text(site.say("waiting.late_count", {{"count", count_of(Waiting::late)},
                                                     {"days", std::to_string(view.promise_days)}})));
  TRY_ASSIGN(const Html to_plan, first_meetings_to_plan(site, call));
  content += to_plan;
  if (view.counts[0] > 0) content += filters(site, view);
  if (view.show != Waiting::all)
    content += el("p", {cls("kith-soft")},
                  text(site.say("waiting.showing", {{"shown", std::to_string(view.rows.size())},
                                                    {"count", count_of(Waiting::all)}})));
  if (view.cut)
    content += el("p", {cls("govuk-body")},
                  text(site.say("waiting.cut", {{"count", std::to_string(waiting_rows_max)}})));
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
    items += el("li", {}, el("strong", {}, title),
                el("span", {}, text(site.say("task.by", {{"date", long_date(site.words(), task.due_on)}}))));
  }
  return items.empty() ? Html() : el("ul", {cls("kith-todo")}, items);
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
    call.shows(row.referral.person);
    content += card(
        {.title = row.person_name,
         .content = el("p", {cls("govuk-body")},
                       text(site.say("today.source." + std::string(record::code_of(row.referral.source))))) +
                    when(!row.referral.own_words.empty(), quote({.words = row.referral.own_words})) +
                    accept_form(site, call, row)});
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
  for (const auto& row : rows) {
    call.shows(row.referral.person);
    content +=
        card({.title = row.person_name,
              .content = el("p", {cls("govuk-body")},
                            text(site.say("referral_state." + std::string(record::code_of(row.state)))))});
  }
  if (rows.empty()) content += el("p", {cls("govuk-body")}, text(site.say("today.no_own_referrals")));
  return site.staff_page(call, {.title = site.say("today.title"),
                                .because = "because.staff",
                                .current = "/today",
                                .content = std::move(content)});
}

Result<http::Response> today_page(const Site& site, Call& call) {
  if (call.scope.actor().has(Role::coordinator)) return coordinator_today(site, call);
  if (call.scope.actor().has(Role::peer_worker)) return http::redirect("/w");
  if (!call.scope.actor().has(Role::clinician)) return http::redirect("/admin");
  return clinician_today(site, call);
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
  table.add<auth::NoObject>({Method::get, "/today", permission::staff_home, staff, AuditClass::c3,
                             Idempotency::safe, "What needs doing today"},
                            auth::no_object(),
                            [&site](const NoObject&, Call& call) { return today_page(site, call); });
  table.add<auth::NoObject>({Method::get, "/people/waiting", permission::waiting_list, coordinators,
                             AuditClass::c4, Idempotency::safe, "The waiting list, soonest promise first"},
                            auth::no_object(),
                            [&site](const NoObject&, Call& call) { return waiting_page(site, call); });
  table.add<Referral>({Method::post, "/referrals/{id}/accept", permission::referral_triage, coordinators,
                       AuditClass::change, Idempotency::keyed, "Accept a referral onto the waiting list"},
                      load_referral(),
                      [](const auth::Authorised<Referral>& referral, Call& call) -> Result<http::Response> {
                        TRY(connections::accept(call.tx, call.scope, referral->id));
                        return http::redirect("/people/waiting");
                      });
}

} // namespace kith::web
