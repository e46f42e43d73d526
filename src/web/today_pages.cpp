// Today: new referrals to accept or decline, those who may be here already beside them, and what there is to
// do, each with whom it is about and a way to say it is done.
#include "base/zones.hpp"
#include "connections/referral_actions.hpp"
#include "people/person_store.hpp"
#include "web/loaders.hpp"
#include "web/paging.hpp"
#include "web/site.hpp"
#include "web/task_subject.hpp"
#include "web/ui/choices.hpp"
#include "web/ui/content.hpp"
#include "web/ui/parts.hpp"

namespace kith::web {
namespace {

using auth::Authorised;
using auth::By;
using auth::Call;
using auth::Role;
using connections::WaitingRow;
using NoObject = Authorised<auth::NoObject>;
using Problems = std::vector<FieldProblem>;

constexpr int referrals_on_page = 50;
constexpr const char* accept_form_id = "accept-several";

Html heading(const std::string& words) { return el("h1", {cls("govuk-heading-l")}, text(words)); }
Html subheading(const std::string& words) { return el("h2", {cls("govuk-heading-m")}, text(words)); }
Html line(const std::string& words) { return el("p", {cls("govuk-body")}, text(words)); }

std::string path_of(const Referral& referral, const char* what) {
  return "/referrals/" + referral.id.text() + "/" + what;
}

// What a post was refused for, when the page is shown again.
struct Refused {
  Id<Referral> declined{}; // without a reason
  Problems problems{};     // worded
};

// ---- new referrals ----

Html accept_form(const Site& site, const Call& call, const WaitingRow& row) {
  return el("form", {attr("method", "post"), action(Url(path_of(row.referral, "accept")))},
            site.form_fields(call) +
                button({.content = text(site.say("triage.accept")), .classes = "govuk-button--secondary"}));
}

Html decline_form(const Site& site, const Call& call, const WaitingRow& row, const Refused& refused) {
  const bool again = refused.declined == row.referral.id;
  Choices reasons{.name = "reason",
                  .id_prefix = "reason-" + row.referral.id.text(),
                  .fieldset = Fieldset{.legend = {.content = text(site.say("triage.reason"))}},
                  .error = again
                               ? error_for(site.words(), refused.problems, "reason-" + row.referral.id.text())
                               : std::nullopt,
                  .classes = "govuk-radios--small"};
  for (const std::string_view code : codes_of(connections::DeclineReason{}))
    reasons.items.push_back(
        {.value = std::string(code), .content = text(site.say("triage.reason." + std::string(code)))});
  Html fields = site.form_fields(call) + radios(reasons) +
                line(site.say("triage.told", {{"name", row.person_name}})) +
                button({.content = text(site.say("triage.decline", {{"name", row.person_name}})),
                        .classes = "govuk-button--secondary"});
  return details({.summary = text(site.say("triage.not_accept")),
                  .content = el("form",
                                {attr("method", "post"), action(Url(path_of(row.referral, "decline"))),
                                 flag("novalidate")},
                                fields),
                  .open = again});
}

Result<Html> alike_part(const Site& site, Call& call, const WaitingRow& row) {
  TRY_ASSIGN(const Person person, people::load_person(call.tx, call.scope, row.referral.person));
  TRY_ASSIGN(const auto others, people::people_like(call.tx, call.scope, person));
  if (others.empty()) return Html();
  Html items;
  for (const people::PersonAlike& other : others) {
    call.shows(other.id);
    items += el("li", {},
                el("a", {href(Url("/people/" + other.id.text() + "/profile"))},
                   text(site.say("today.alike." + std::string(record::code_of(other.how)),
                                 {{"name", other.chosen_name}}))));
  }
  return inset_text(
      {.content = line(site.say("today.alike")) + el("ul", {cls("govuk-list govuk-list--bullet")}, items)});
}

// A box of the form below the cards, which takes all that are ticked.
Html tick_box(const Site& site, const WaitingRow& row) {
  const std::string id = row.referral.id.text();
  return checkboxes({.name = "referral",
                     .id_prefix = "accept-" + id,
                     .items = {{.value = id,
                                .content = text(site.say("today.accept_one", {{"name", row.person_name}})),
                                .attributes = {attr("form", accept_form_id)}}},
                     .classes = "govuk-checkboxes--small"});
}

struct NewReferral {
  const WaitingRow& row;
  const Refused& refused;
  bool several{}; // are new: this one may be accepted with others
};

Result<Html> referral_card(const Site& site, Call& call, const NewReferral& shown) {
  const auto& [row, refused, several] = shown;
  const std::string source = site.say("today.source." + std::string(record::code_of(row.referral.source)));
  TRY_ASSIGN(const Html alike, alike_part(site, call, row));
  return card({.title = row.person_name,
               .content = line(site.say("today.asked_on",
                                        {{"source", source},
                                         {"date", long_date(site.words(), row.referral.waiting_on)}})) +
                          when(!row.referral.own_words.empty(), quote({.words = row.referral.own_words})) +
                          alike + accept_form(site, call, row) + when(several, tick_box(site, row)) +
                          decline_form(site, call, row, refused)});
}

Result<Html> new_referrals(const Site& site, Call& call, Date today, const Refused& refused) {
  TRY_ASSIGN(const auto open, connections::count_open_referrals(call.tx, call.scope, today));
  const Paging paging = paging_of(call.request, {open.asked, referrals_on_page});
  TRY_ASSIGN(const auto rows,
             connections::new_referrals(call.tx, call.scope, {paging.offset(), paging.on_page}));
  Html content = subheading(site.say("today.new_referrals"));
  if (rows.empty()) return content + line(site.say("today.no_referrals"));
  content += line(site.say("today.new_count", {{"count", std::to_string(paging.count)}}));
  for (const WaitingRow& row : rows) {
    call.shows(row.referral.person);
    TRY_ASSIGN(const Html part, referral_card(site, call, {row, refused, rows.size() > 1}));
    content += part;
  }
  if (rows.size() > 1)
    content +=
        el("form", {attr("method", "post"), action(Url("/referrals/accept")), attr("id", accept_form_id)},
           site.form_fields(call) + line(site.say("today.accept_ticked_about")) +
               button({.content = text(site.say("today.accept_ticked"))}));
  return content + paging_links(site, paging, "/today?page=");
}

// ---- tasks ----

struct TaskButton {
  const char* post{};  // done, reopen
  std::string words{}; // of the button
  std::string about{}; // the task, for whoever hears the button without its row
};

Html task_form(const Site& site, const Call& call, const Task& task, const TaskButton& part) {
  Html words = text(part.words) + el("span", {cls("govuk-visually-hidden")}, text(": " + part.about));
  return el("form", {attr("method", "post"), action(Url("/tasks/" + task.id.text() + "/" + part.post))},
            site.form_fields(call) +
                button({.content = std::move(words), .classes = "govuk-button--secondary"}));
}

Result<Html> task_item(const Site& site, Call& call, const Task& task, Date today) {
  TRY_ASSIGN(const TaskSubject subject, subject_of(site, call, task));
  const std::string words = task_words(site, task, subject);
  const Html title = subject.href ? el("a", {href(*subject.href)}, text(words)) : text(words);
  const std::string when = task.due_on < today
                               ? site.say("task.overdue", {{"days", std::to_string(today - task.due_on)}})
                               : site.say("task.by", {{"date", long_date(site.words(), task.due_on)}});
  Html item = el("div", {}, el("strong", {}, title), el("span", {}, text(when)));
  if (finished_by_hand(task.kind))
    item += task_form(site, call, task, {"done", site.say("task.done"), words});
  return el("li", {}, item);
}

Result<Html> task_list(const Site& site, Call& call, Date today) {
  TRY_ASSIGN(const auto tasks, connections::open_tasks(call.tx, call.scope, "coordinator"));
  TRY_ASSIGN(const std::int64_t count, connections::count_open_tasks(call.tx, call.scope, "coordinator"));
  Html content = subheading(site.say("today.tasks"));
  if (tasks.empty()) return content + line(site.say("today.no_tasks"));
  content += line(site.say("task.count", {{"count", std::to_string(count)}}));
  if (count > static_cast<std::int64_t>(tasks.size()))
    content += line(
        site.say("task.cut", {{"shown", std::to_string(tasks.size())}, {"count", std::to_string(count)}}));
  Html items;
  for (const Task& task : tasks) {
    TRY_ASSIGN(const Html item, task_item(site, call, task, today));
    items += item;
  }
  return content + el("ul", {cls("kith-todo")}, items);
}

// What somebody said is done a moment ago, and the way back.
Result<Html> done_notice(const Site& site, Call& call) {
  const auto id = Id<Task>::parse(call.request.query_value("done"));
  if (!id) return Html();
  TRY_ASSIGN(const bool mine, connections::may_reopen(call.tx, call.scope, *id));
  if (!mine) return Html();
  TRY_ASSIGN(const Task task, connections::load_task(call.tx, call.scope, *id));
  TRY_ASSIGN(const TaskSubject subject, subject_of(site, call, task));
  const std::string words = task_words(site, task, subject);
  return el("div", {cls("kith-notice"), attr("role", "status")},
            el("p", {}, text(site.say("task.done_what", {{"task", words}}))),
            task_form(site, call, task, {"reopen", site.say("task.not_done"), words}));
}

// ---- pages ----

Result<http::Response> coordinator_today(const Site& site, Call& call, const Refused& refused) {
  TRY_ASSIGN(const Organisation organisation, teams::load_organisation(call.tx));
  const Date today = local_date(call.scope.now(), organisation.zone);
  Html content = error_summary_for(site.words(), refused.problems);
  TRY_ASSIGN(const Html done, done_notice(site, call));
  TRY_ASSIGN(const Html referrals, new_referrals(site, call, today, refused));
  TRY_ASSIGN(const Html tasks, task_list(site, call, today));
  content += done + heading(site.say("today.title")) + referrals + tasks;
  TRY_ASSIGN(http::Response response, site.staff_page(call, {.title = site.say("today.title"),
                                                             .because = "because.coordinator",
                                                             .current = "/today",
                                                             .content = std::move(content)}));
  if (!refused.problems.empty()) response.status = 422;
  return response;
}

Result<http::Response> clinician_today(const Site& site, Call& call) {
  TRY_ASSIGN(const auto rows, connections::referrals_by(call.tx, call.scope, call.scope.actor().account));
  Html content = heading(site.say("today.title"));
  content += button({.content = text(site.say("refer.title")), .href = Url("/refer")});
  for (const auto& row : rows) {
    call.shows(row.referral.person);
    content += card({.title = row.person_name,
                     .content = line(site.say("referral_state." + std::string(record::code_of(row.state))))});
  }
  if (rows.empty()) content += line(site.say("today.no_own_referrals"));
  return site.staff_page(call, {.title = site.say("today.title"),
                                .because = "because.staff",
                                .current = "/today",
                                .content = std::move(content)});
}

Result<http::Response> today_page(const Site& site, Call& call) {
  if (call.scope.actor().has(Role::coordinator)) return coordinator_today(site, call, {});
  if (call.scope.actor().has(Role::peer_worker)) return http::redirect("/w");
  if (!call.scope.actor().has(Role::clinician)) return http::redirect("/admin");
  return clinician_today(site, call);
}

// ---- posts ----

Result<http::Response> post_accept(const Authorised<Referral>& referral, Call& call) {
  TRY(connections::accept(call.tx, call.scope, referral->id));
  return http::redirect("/people/waiting");
}

// All that are ticked; one that somebody else accepted or declined in between stays as it is.
Result<http::Response> post_accept_several(const Site& site, Call& call) {
  const auto ticked = call.form.values("referral");
  if (ticked.empty()) return coordinator_today(site, call, {{}, {{"", "problem.no_referral_ticked"}}});
  for (const std::string& text : ticked) {
    const auto id = Id<Referral>::parse(text);
    if (!id) return not_found();
    TRY_ASSIGN(const Referral referral, connections::load_referral(call.tx, call.scope, *id));
    call.shows(referral.person);
    TRY_ASSIGN(const ReferralState state, connections::state_of(call.tx, call.scope, *id));
    if (state == ReferralState::referred) TRY(connections::accept(call.tx, call.scope, *id));
  }
  return http::redirect("/today");
}

Result<http::Response> post_decline(const Site& site, const Authorised<Referral>& referral, Call& call) {
  const auto reason = record::parse_code<connections::DeclineReason>(call.form.value("reason"));
  if (!reason)
    return coordinator_today(
        site, call, {referral->id, {{"reason-" + referral->id.text(), "problem.decline.reason.required"}}});
  TRY(connections::decline(call.tx, call.scope, referral->id, *reason));
  return http::redirect("/today");
}

Result<http::Response> post_done(const Authorised<Task>& task, Call& call) {
  TRY(connections::finish_task(call.tx, call.scope, *task));
  return http::redirect("/today?done=" + task->id.text());
}

Result<http::Response> post_reopen(const Authorised<Task>& task, Call& call) {
  TRY(connections::reopen_task(call.tx, call.scope, *task));
  return http::redirect("/today");
}

} // namespace

void add_today_routes(auth::RouteTable& table, const Site& site) {
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
  table.add<Referral>({Method::post, "/referrals/{id}/accept", permission::referral_triage, coordinators,
                       AuditClass::change, Idempotency::keyed, "Accept a referral onto the waiting list"},
                      load_referral(), post_accept);
  table.add<Referral>({Method::post, "/referrals/{id}/decline", permission::referral_triage, coordinators,
                       AuditClass::change, Idempotency::keyed, "Decline a referral"},
                      load_referral(), [&site](const Authorised<Referral>& referral, Call& call) {
                        return post_decline(site, referral, call);
                      });
  table.add<auth::NoObject>({Method::post, "/referrals/accept", permission::referral_triage, coordinators,
                             AuditClass::change, Idempotency::keyed, "Accept several referrals"},
                            auth::no_object(),
                            [&site](const NoObject&, Call& call) { return post_accept_several(site, call); });
  table.add<Task>({Method::post, "/tasks/{id}/done", permission::task_finish, coordinators,
                   AuditClass::change, Idempotency::keyed, "Say that a task is done"},
                  load_task(), post_done);
  table.add<Task>({Method::post, "/tasks/{id}/reopen", permission::task_finish, coordinators,
                   AuditClass::change, Idempotency::keyed, "Say that a task is not done after all"},
                  load_task(), post_reopen);
}

} // namespace kith::web
