// One run of the suggested plan: what would go out and when, how far it has come, and taking it back.
#include <algorithm>
#include <map>

#include "base/text.hpp"
#include "base/zones.hpp"
#include "connections/run_actions.hpp"
#include "matching/wording.hpp"
#include "web/letters.hpp"
#include "web/loaders.hpp"
#include "web/paging.hpp"
#include "web/times.hpp"
#include "web/ui/content.hpp"
#include "web/ui/inputs.hpp"
#include "web/ui/parts.hpp"
#include "workforce/worker_store.hpp"

namespace kith::web {
namespace {

using auth::Authorised;
using auth::Call;
using Problems = std::vector<FieldProblem>;

constexpr int rows_on_page = 50, letters_most = 1000;

Html line(const std::string& words) { return el("p", {cls("govuk-body")}, text(words)); }

struct RunView {
  MatchingRun run{};
  RunStage stage{};
  connections::RunCounts counts{};
  Organisation organisation{};
  Problems problems{}; // worded
};

std::string moment_of(const Site& site, const RunView& view) {
  return moment_words(site.words(), *view.run.send_at, view.organisation.zone);
}

// ---- who is in it ----

struct Named {
  std::vector<RunRow> rows{};
  std::vector<Person> people{}; // of the rows, in their order
  std::map<std::string, Worker> workers{};
};

Result<Named> rows_of(Call& call, Id<MatchingRun> run, connections::RowsPage page) {
  Named named;
  TRY_ASSIGN(named.rows, connections::rows_of_run(call.tx, call.scope, run, page));
  for (const RunRow& row : named.rows) {
    call.shows(row.person);
    TRY_ASSIGN(Person person, people::load_person(call.tx, call.scope, row.person));
    named.people.push_back(std::move(person));
    for (const std::string& id : row.workers) {
      if (named.workers.contains(id)) continue;
      const auto worker = workforce::load_worker(call.tx, call.scope, *Id<Worker>::parse(id));
      if (worker.ok())
        named.workers.emplace(id, worker.value()); // a foreign id is nobody: the row is dropped
    }
  }
  return named;
}

Result<std::string> state_of_row(const Site& site, Call& call, const RunView& view, const RunRow& row) {
  if (row.dropped_at) return site.say("run.row.dropped");
  if (row.taken_back_at) return site.say("run.row.taken_back");
  if (row.asked_at) return site.say("run.row.asked");
  if (!row.offered_at) {
    const bool next = view.stage == RunStage::going_on || view.stage == RunStage::due;
    return site.say(next                             ? "run.row.next"
                    : view.stage == RunStage::undone ? "run.row.never"
                                                     : "run.row.kept");
  }
  TRY_ASSIGN(const bool open,
             connections::has_unasked_offers(call.tx, call.scope, {row.referral, row.choice}));
  return site.say(open ? "run.row.offered" : "run.row.taken_back"); // by hand, for now only its offers say so
}

Result<Html> row_list(const Site& site, Call& call, const RunView& view, const Named& named) {
  const matching::Wording wording(site.words());
  Html items;
  for (std::size_t i = 0; i < named.rows.size(); ++i) {
    const RunRow& row = named.rows[i];
    std::vector<std::string> workers;
    for (const std::string& id : row.workers)
      if (const auto at = named.workers.find(id); at != named.workers.end())
        workers.push_back(at->second.chosen_name);
    TRY_ASSIGN(const std::string state, state_of_row(site, call, view, row));
    const Url find("/people/" + row.person.text() + "/find");
    items +=
        el("li", {cls("kith-row")},
           el("div", {},
              el("p", {cls("kith-row__name")}, el("a", {href(find)}, text(named.people[i].chosen_name)))),
           el("div", {}, el("p", {}, text(wording.list(workers)))), el("div", {}, el("p", {}, text(state))));
  }
  return el("ol", {cls("kith-rows")}, items);
}

// ---- before it is confirmed: every message, and when ----

// Everybody who gets a message, by name, also of rows on other pages; a worker once, with how many questions.
Result<Html> letters_of(const Site& site, Call& call, const RunView& view) {
  TRY_ASSIGN(const Named named, rows_of(call, view.run.id, {0, letters_most}));
  std::map<std::string, int> questions;
  for (const RunRow& row : named.rows)
    for (const std::string& id : row.workers) ++questions[id];
  std::vector<Letter> workers, people;
  for (const auto& [id, worker] : named.workers) {
    workers.push_back(letter_to(site, call, worker));
    if (const int count = questions[id]; count > 1)
      workers.back().name =
          site.say("run.questions", {{"name", workers.back().name}, {"count", std::to_string(count)}});
  }
  for (const Person& person : named.people) people.push_back(letter_to(site, call, person));
  for (auto* letters : {&workers, &people})
    std::sort(letters->begin(), letters->end(),
              [](const Letter& a, const Letter& b) { return a.name < b.name; });
  const bool workers_first = view.organisation.first_asked == FirstAsked::worker;
  const Html to_workers =
      letters_card(site, site.say(workers_first ? "run.to_workers" : "run.to_workers_later"), workers);
  const Html to_people =
      letters_card(site, site.say(workers_first ? "run.to_people_later" : "run.to_people"), people);
  Html content =
      line(site.say("run.answer_days", {{"count", std::to_string(view.organisation.answer_days)}}));
  content += workers_first ? to_workers + to_people : to_people + to_workers;
  if (view.counts.rows > letters_most)
    content += line(site.say("run.letters_more", {{"count", std::to_string(letters_most)}}));
  return content;
}

struct SendAt {
  DateValues boxes{};
  std::string time{};
};

SendAt usual(const Site& site, const Call& call, const RunView& view) {
  const LocalTime at =
      local_time(connections::usual_send_at(call.scope.now(), view.organisation), view.organisation.zone);
  return {boxes_of(at.on), clock_words(site.words(), at.minutes)};
}

SendAt typed(const Call& call) {
  return {{std::string(call.form.value("on-day")), std::string(call.form.value("on-month")),
           std::string(call.form.value("on-year"))},
          std::string(call.form.value("time"))};
}

Html confirm_form(const Site& site, const Call& call, const RunView& view) {
  const SendAt shown = call.form.has("on-day") ? typed(call) : usual(site, call, view);
  DateInput day = date_input_for(site.words(), "on", shown.boxes);
  day.fieldset = Fieldset{.legend = {.content = text(site.say("run.send_on"))}};
  day.hint = Hint{.content = text(site.say("run.send_on_hint"))};
  day.error = error_for(site.words(), view.problems, "on-day");
  Html fields = site.form_fields(call) + date_input(day);
  fields += input({.name = "time",
                   .value = shown.time,
                   .label = {.content = text(site.say("run.time"))},
                   .error = error_for(site.words(), view.problems, "time"),
                   .classes = "govuk-input--width-5"});
  fields += button({.content = text(site.say("run.confirm", {{"count", std::to_string(view.counts.rows)}}))});
  return el("form",
            {attr("method", "post"), action(Url("/plan/runs/" + view.run.id.text() + "/confirm")),
             flag("novalidate")},
            fields);
}

Html undo_form(const Site& site, const Call& call, const RunView& view, const char* key) {
  return el("form", {attr("method", "post"), action(Url("/plan/runs/" + view.run.id.text() + "/undo"))},
            site.form_fields(call) +
                button({.content = text(site.say(key)), .classes = "govuk-button--secondary"}));
}

// ---- the page ----

std::string how_far(const Site& site, const RunView& view) {
  const connections::RunCounts& counts = view.counts;
  const auto number = [](std::int64_t value) { return std::to_string(value); };
  switch (view.stage) {
  case RunStage::planned:
    return site.say("run.planned_about");
  case RunStage::kept:
    return site.say("run.kept_about");
  case RunStage::going_on: {
    const std::int64_t left = counts.rows - counts.offered - counts.dropped;
    return site.say(left > 0 ? "run.being_made" : "run.made", {{"standing", number(counts.standing)},
                                                               {"done", number(counts.rows - left)},
                                                               {"count", number(counts.rows)},
                                                               {"when", moment_of(site, view)}});
  }
  case RunStage::due:
    return site.say(view.run.done_at ? "run.sent_about" : "run.being_sent",
                    {{"count", number(counts.asked)}, {"when", moment_of(site, view)}});
  case RunStage::undone:
    if (!view.run.send_at) return site.say("run.discarded_about");
    return site.say(view.run.done_at ? "run.undone_about" : "run.being_undone");
  }
  return {};
}

// Whether a job has something before it, so that the page will soon say something else.
bool moves_on(const RunView& view) {
  const connections::RunCounts& counts = view.counts;
  switch (view.stage) {
  case RunStage::planned:
    return true;
  case RunStage::kept:
    return false;
  case RunStage::going_on:
    return counts.rows > counts.offered + counts.dropped;
  case RunStage::due:
  case RunStage::undone:
    return view.run.send_at && !view.run.done_at;
  }
  return false;
}

Html what_to_do(const Site& site, const Call& call, const RunView& view) {
  switch (view.stage) {
  case RunStage::planned:
    return undo_form(site, call, view, "run.leave");
  case RunStage::kept:
    if (view.counts.rows == 0) return line(site.say("run.nobody"));
    return confirm_form(site, call, view) + undo_form(site, call, view, "run.leave");
  case RunStage::going_on:
    return line(site.say("run.undo_about")) + undo_form(site, call, view, "run.undo");
  case RunStage::due:
    return line(site.say("run.after"));
  case RunStage::undone:
    break;
  }
  return {};
}

std::string title_of(const Site& site, const RunView& view) {
  return site.say("run.title." + std::string(record::code_of(view.stage)),
                  {{"count", std::to_string(view.counts.rows)}});
}

Result<http::Response> run_page(const Site& site, Call& call, const MatchingRun& run,
                                const Problems& problems) {
  RunView view{.run = run,
               .stage = stage_of(run, call.scope.now()),
               .problems = worded(site.words(), "run", problems)};
  TRY_ASSIGN(view.counts, connections::counts_of_run(call.tx, call.scope, run.id));
  TRY_ASSIGN(view.organisation, teams::load_organisation(call.tx));
  const Paging paging = paging_of(call.request, {view.counts.rows, rows_on_page});
  TRY_ASSIGN(const Named named, rows_of(call, run.id, {paging.offset(), rows_on_page}));
  const std::string title = title_of(site, view);
  Html content = error_summary_for(site.words(), view.problems) +
                 el("p", {}, el("a", {href(Url("/plan"))}, text(site.say("run.back")))) +
                 el("h1", {cls("govuk-heading-l")}, text(title)) +
                 el("p", {cls("govuk-body-l")}, text(how_far(site, view)));
  const Url here("/plan/runs/" + run.id.text());
  if (moves_on(view)) content += el("p", {}, el("a", {href(here)}, text(site.say("run.look_again"))));
  if (const auto gone = parse_integer(call.request.query_value("gone")); gone && *gone > 0)
    content += inset_text({.content = text(site.say("run.gone", {{"count", std::to_string(*gone)}}))});
  if (view.counts.dropped > 0)
    content += inset_text(
        {.content = text(site.say("run.dropped", {{"count", std::to_string(view.counts.dropped)}}))});
  content += what_to_do(site, call, view);
  if (view.stage == RunStage::kept && view.counts.rows > 0) {
    TRY_ASSIGN(const Html letters, letters_of(site, call, view));
    content += letters;
  }
  if (view.counts.rows > 0) {
    TRY_ASSIGN(const Html rows, row_list(site, call, view, named));
    content += el("h2", {cls("govuk-heading-m")}, text(site.say("run.rows"))) + rows;
  }
  content += paging_links(site, paging, here.address() + "?page=");
  TRY_ASSIGN(http::Response response, site.staff_page(call, {.title = title,
                                                             .because = "because.coordinator",
                                                             .current = "/people/waiting",
                                                             .content = std::move(content)}));
  if (!problems.empty()) response.status = 422;
  return response;
}

Result<http::Response> post_confirm(const Site& site, const Authorised<MatchingRun>& run, Call& call) {
  TRY_ASSIGN(const Organisation organisation, teams::load_organisation(call.tx));
  const SendAt when = typed(call);
  const auto on = read_day(when.boxes);
  const auto minutes = read_clock(when.time);
  Problems problems;
  if (!on) problems.push_back({"on-day", "not_a_date"});
  if (!minutes) problems.push_back({"time", "not_a_time"});
  if (!problems.empty()) return run_page(site, call, *run, problems);
  const auto at = resolve({*on, *minutes}, organisation.zone);
  if (!at.ok()) return run_page(site, call, *run, {{"time", "gap"}});
  const Done done = connections::confirm_run(call.tx, call.scope, run->id, at.value());
  if (!done.ok() && done.failure().code == "run.send_at") {
    const bool quiet = done.failure().fields.front().code == "quiet_hours";
    return run_page(site, call, *run,
                    {quiet ? FieldProblem{"time", "quiet_hours"} : FieldProblem{"on-day", "out_of_range"}});
  }
  if (!done.ok()) return done.failure();
  return http::redirect("/plan/runs/" + run->id.text());
}

} // namespace

void add_run_routes(auth::RouteTable& table, const Site& site) {
  using auth::AuditClass;
  using auth::Idempotency;
  using http::Method;
  const auth::RelationshipRule coordinators{{{auth::Role::coordinator, auth::By::organisation}}};
  table.add<MatchingRun>({Method::get, "/plan/runs/{id}", permission::offer_make, coordinators,
                          AuditClass::c4, Idempotency::safe, "One run: what goes out, and how far it is"},
                         load_run(), [&site](const Authorised<MatchingRun>& run, Call& call) {
                           return run_page(site, call, *run, {});
                         });
  table.add<MatchingRun>({Method::post, "/plan/runs/{id}/confirm", permission::offer_make, coordinators,
                          AuditClass::change, Idempotency::keyed, "Make the offers of a run"},
                         load_run(), [&site](const Authorised<MatchingRun>& run, Call& call) {
                           return post_confirm(site, run, call);
                         });
  table.add<MatchingRun>({Method::post, "/plan/runs/{id}/undo", permission::offer_make, coordinators,
                          AuditClass::change, Idempotency::keyed, "Take a whole run back"},
                         load_run(),
                         [](const Authorised<MatchingRun>& run, Call& call) -> Result<http::Response> {
                           TRY(connections::undo_run(call.tx, call.scope, run->id));
                           return http::redirect("/plan/runs/" + run->id.text());
                         });
}

} // namespace kith::web
