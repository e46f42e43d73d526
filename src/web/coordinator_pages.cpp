// The waiting list.
#include "connections/snapshot.hpp"
#include "connections/task.hpp"
#include "matching/wording.hpp"
#include "web/loaders.hpp"
#include "web/site.hpp"
#include "web/task_subject.hpp"
#include "web/ui/content.hpp"
#include "web/ui/parts.hpp"
#include "web/waiting_list.hpp"

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
  out.next = site.say(row.state != ReferralState::offered ? "waiting.next_find"
                      : row.asked                         ? "waiting.next_answers"
                                                          : "waiting.next_messages");
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

// Those who left the list because both said yes, until their first meeting has a date.
Result<Html> first_meetings_to_plan(const Site& site, Call& call) {
  TRY_ASSIGN(const auto tasks, connections::open_tasks(call.tx, call.scope, TaskKind::book_first_meeting));
  std::vector<ChoiceLink> links;
  for (const Task& task : tasks) {
    TRY_ASSIGN(const TaskSubject subject, subject_of(site, call, task));
    if (subject.href) links.push_back({.words = subject.names, .href = *subject.href});
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
                  text(site.say("waiting.showing",
                                {{"shown", count_of(view.show)}, {"count", count_of(Waiting::all)}})));
  content += people.empty() ? inset_text({.content = text(site.say("waiting.nobody"))}) : person_rows(people);
  if (view.counts[0] > 0) content += choice_links({{.words = site.say("plan.link"), .href = Url("/plan")}});
  const std::string query = show_query(view.show);
  content +=
      paging_links(site, view.paging, "/people/waiting" + query + (query.empty() ? "?page=" : "&page="));
  return site.staff_page(call, {.title = site.say("waiting.title"),
                                .because = "because.coordinator",
                                .current = "/people/waiting",
                                .content = std::move(content)});
}

} // namespace

void add_coordinator_routes(auth::RouteTable& table, const Site& site) {
  using auth::AuditClass;
  using auth::Idempotency;
  using http::Method;
  const auth::RelationshipRule coordinators{{{Role::coordinator, By::organisation}}};
  table.add<auth::NoObject>({Method::get, "/people/waiting", permission::waiting_list, coordinators,
                             AuditClass::c4, Idempotency::safe, "The waiting list, soonest promise first"},
                            auth::no_object(),
                            [&site](const NoObject&, Call& call) { return waiting_page(site, call); });
}

} // namespace kith::web
