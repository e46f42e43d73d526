// What would change if: the waiting list of today as the start of many simulated runs, as things go on and
// with one change. Nothing is written: the question is in the address.
#include <algorithm>

#include "connections/snapshot.hpp"
#include "matching/what_if.hpp"
#include "web/loaders.hpp"
#include "web/site.hpp"
#include "web/ui/choices.hpp"
#include "web/ui/content.hpp"
#include "web/ui/inputs.hpp"
#include "web/ui/tables.hpp"
#include "web/what_if_form.hpp"

namespace kith::web {
namespace {

using auth::Call;
using matching::Measure;
using NoObject = auth::Authorised<auth::NoObject>;
using MaybeEstimate = std::optional<matching::simulation::Estimate>;

Html line(const std::string& words) { return el("p", {cls("govuk-body")}, text(words)); }

// ---- the question ----

struct Asking {
  const Site& site;
  const WhatIfKnown& known;
  const WhatIfQuestion& question;
  const std::vector<FieldProblem>& problems; // worded

  Html words(std::string_view key) const { return text(site.say(key)); }

  Html number(const char* name, const std::string& value, const char* suffix = "") const {
    const std::string key = std::string("what_if.") + name, hint_key = key + "_hint";
    Input part{.name = name,
               .value = value,
               .label = {.content = words(key)},
               .error = error_for(site.words(), problems, name),
               .classes = "govuk-input--width-4",
               .inputmode = "decimal"};
    if (site.words().has(hint_key))
      part.hint =
          Hint{.content = text(site.say(hint_key, {{"people", std::to_string(known.lately.people)},
                                                   {"weeks", std::to_string((known.lately.days + 6) / 7)}}))};
    if (*suffix) part.suffix = Affix{.content = words(suffix)};
    return input(part);
  }

  Html worker(const char* name, const std::string& value) const {
    Select part{.name = name,
                .value = value,
                .items = {{.content = site.say("what_if.choose"), .value = ""}},
                .label = {.content = words(std::string("what_if.") + name)},
                .error = error_for(site.words(), problems, name)};
    for (const Worker& each : known.workers)
      part.items.push_back({.content = each.chosen_name, .value = each.id.text()});
    return select(part);
  }

  Html area() const {
    Select part{.name = "area",
                .value = question.area,
                .items = {{.content = site.say("what_if.anywhere"), .value = ""}},
                .label = {.content = words("what_if.area")},
                .error = error_for(site.words(), problems, "area")};
    for (const workforce::Area& each : known.areas)
      part.items.push_back({.content = each.name, .value = each.name});
    return select(part);
  }

  Html somebody_made() const {
    return number("made_count", question.made_count) +
           input({.name = "language",
                  .value = question.language,
                  .label = {.content = words("what_if.language")},
                  .error = error_for(site.words(), problems, "language"),
                  .classes = "govuk-input--width-10"}) +
           area() + number("travel", question.travel, "profile.kilometres") +
           number("places", question.places);
  }

  Html one_change() const {
    const auto item = [&](WhatIfChange change, Html conditional) {
      const std::string code(code_of(change));
      return ChoiceItem{
          .value = code, .content = words("what_if.change." + code), .conditional = std::move(conditional)};
    };
    Choices part{.name = "change",
                 .values = {std::string(code_of(question.change))},
                 .fieldset = Fieldset{.legend = {.content = words("what_if.change")}}};
    part.items = {item(WhatIfChange::none, {}),
                  item(WhatIfChange::like, number("count", question.count) + worker("like", question.like) +
                                               number("hours", question.hours, "what_if.percent")),
                  item(WhatIfChange::made, somebody_made()),
                  item(WhatIfChange::stops, worker("stops", question.stops)),
                  item(WhatIfChange::arrivals, number("then", question.then))};
    return radios(part);
  }

  Html form() const {
    const Html fields = number("arrivals", question.arrivals) +
                        number("length", question.length, "what_if.weeks_unit") +
                        number("declines", question.declines, "what_if.percent") +
                        number("weeks", question.weeks, "what_if.weeks_unit") + one_change() +
                        button({.content = words("what_if.go")});
    return el("form", {attr("method", "get"), action(Url("/what-if")), flag("novalidate")}, fields);
  }
};

// ---- the answer ----

// Fewer runs for a service that is larger: some four million events on the whole.
std::int64_t runs_for(const matching::WhatIf& what_if, const matching::Scenario& scenario) {
  const std::int64_t come = scenario.arrivals_hundredths_per_week * scenario.weeks / 100;
  const std::int64_t events = 4 * (come + what_if.people) + 1;
  return std::clamp<std::int64_t>(2'000'000 / events, 20, 200);
}

std::string change_in_words(const Asking& asking, const matching::Scenario& scenario) {
  const Site& site = asking.site;
  const auto name_of = [&](RawId id) {
    const auto& workers = asking.known.workers;
    const auto at =
        std::find_if(workers.begin(), workers.end(), [&](const Worker& each) { return each.id.raw == id; });
    return at == workers.end() ? to_text(id) : at->chosen_name;
  };
  const auto& what = scenario.changes.front().what;
  if (const auto* added = std::get_if<matching::AddWorkers>(&what)) {
    const std::string count = std::to_string(added->count);
    if (added->like)
      return site.say(added->hours_percent == 100 ? "what_if.with.like" : "what_if.with.like_hours",
                      {{"count", count},
                       {"name", name_of(*added->like)},
                       {"hours", std::to_string(added->hours_percent)}});
    const std::string& area = asking.question.area;
    return site.say(area.empty() ? "what_if.with.made" : "what_if.with.made_in",
                    {{"count", count},
                     {"language", site.say("match.language." + added->made->language)},
                     {"area", area}});
  }
  if (const auto* leaves = std::get_if<matching::WorkerLeaves>(&what))
    return site.say("what_if.with.stops", {{"name", name_of(leaves->worker)}});
  const auto& arrivals = std::get<matching::OtherArrivals>(what);
  return site.say("what_if.with.arrivals", {{"number", per_week(arrivals.hundredths_per_week)}});
}

// The median wait; that of nine in ten where half of them wait less than a day in either course.
Measure told(const matching::Courses& courses) {
  constexpr std::int64_t a_day = 10'000; // in hundredths of hundredths
  const auto now = courses.as_it_goes.estimate(Measure::median_wait_days),
             then = courses.changed.estimate(Measure::median_wait_days);
  const bool at_once = now && then && now->mean < a_day && then->mean < a_day;
  return at_once ? Measure::ninetieth_wait_days : Measure::median_wait_days;
}

// "With two more workers like Ruth, the median wait falls from 41 to 23 days (…)."
std::string headline(const Asking& asking, const matching::Scenario& scenario,
                     const matching::Courses& courses) {
  using matching::in_days;
  const Site& site = asking.site;
  const Measure measure = told(courses);
  const std::string words = site.say("what_if.wait." + std::string(matching::name_of(measure)));
  if (scenario.changes.empty()) {
    const auto wait = courses.as_it_goes.estimate(measure);
    if (!wait) return site.say("what_if.not_known");
    return site.say("what_if.as_it_goes", {{"wait", words},
                                           {"after", in_days(wait->mean)},
                                           {"low", in_days(wait->low)},
                                           {"high", in_days(wait->high)}});
  }
  const matching::Turn turn = matching::turn_of(courses, measure);
  return site.say("what_if." + std::string(name_of(turn.goes)),
                  {{"change", change_in_words(asking, scenario)},
                   {"wait", words},
                   {"before", in_days(turn.before.mean)},
                   {"after", in_days(turn.after.mean)},
                   {"low", in_days(turn.after.low)},
                   {"high", in_days(turn.after.high)}});
}

Table figures(const Site& site, const matching::Scenario& scenario, const matching::Courses& courses) {
  using matching::in_tenths;
  constexpr Measure measures[]{Measure::median_wait_days, Measure::ninetieth_wait_days,
                               Measure::served_people,    Measure::left_waiting_people,
                               Measure::waiting_people,   Measure::places_used,
                               Measure::places_open};
  const bool both = !scenario.changes.empty();
  const auto cell = [&](const MaybeEstimate& estimate) {
    const std::string said = estimate ? site.say("what_if.range", {{"mean", in_tenths(estimate->mean)},
                                                                   {"low", in_tenths(estimate->low)},
                                                                   {"high", in_tenths(estimate->high)}})
                                      : site.say("what_if.unknown");
    return Cell{.content = text(said), .format = "numeric"};
  };
  Table out{.caption = site.say("what_if.figures"), .first_cell_is_header = true};
  const auto column = [&](const char* key) {
    out.head.push_back({.content = text(site.say(key)), .format = "numeric"});
  };
  out.head.push_back({.content = text(site.say("what_if.measure"))});
  column("what_if.column.now");
  if (both) column("what_if.column.then");
  if (both) column("what_if.column.difference");
  for (const Measure measure : measures) {
    std::vector<Cell> row{
        {.content = text(site.say("what_if.measure." + std::string(matching::name_of(measure))))},
        cell(courses.as_it_goes.estimate(measure))};
    if (both) row.push_back(cell(courses.changed.estimate(measure)));
    if (both) row.push_back(cell(courses.changed.more_than(courses.as_it_goes, measure)));
    out.rows.push_back(std::move(row));
  }
  return out;
}

// Who can be helped by nobody, now and with the change; counted without exclusions.
Html nobody_possible(const Site& site, const matching::WhatIf& what_if) {
  if (what_if.no_worker == 0 && what_if.no_worker_then == 0) return {};
  const bool same = what_if.no_worker == what_if.no_worker_then;
  return line(site.say(
      same ? "what_if.nobody_possible" : "what_if.nobody_possible_then",
      {{"count", std::to_string(what_if.no_worker)}, {"then", std::to_string(what_if.no_worker_then)}}));
}

Result<Html> answer(const Asking& asking, Call& call, const matching::Scenario& scenario) {
  const Site& site = asking.site;
  TRY_ASSIGN(const matching::Settings settings, connections::default_settings(call.tx, call.scope));
  TRY_ASSIGN(const auto snapshot, connections::take_snapshot(call.tx, call.scope, settings));
  if (snapshot.input.people.empty()) return inset_text({.content = text(site.say("waiting.nobody"))});
  const auto what_if = matching::what_if(snapshot.input, scenario);
  if (!what_if.ok() && what_if.failure().code == "what_if.nobody")
    return inset_text({.content = text(site.say("command.what_if.nobody"))});
  if (!what_if.ok()) return what_if.failure();
  const std::int64_t runs = runs_for(*what_if, scenario);
  matching::SideBySide both(*what_if, settings.seed);
  for (std::uint32_t run = 0; run < runs; ++run) both.play(run);
  const matching::Courses& courses = both.courses();
  const Table table_part = figures(site, scenario, courses);
  return el("h2", {cls("govuk-heading-m"), id("answer")}, text(headline(asking, scenario, courses))) +
         line(site.say("what_if.started", {{"people", std::to_string(what_if->people)},
                                           {"out", std::to_string(what_if->left_out)},
                                           {"runs", std::to_string(runs)},
                                           {"weeks", std::to_string(scenario.weeks)}})) +
         nobody_possible(site, *what_if) +
         el("div",
            {cls("kith-scroll"), attr("tabindex", "0"), attr("role", "region"),
             attr("aria-label", table_part.caption)},
            table(table_part)) +
         details({.summary = text(site.say("what_if.how")),
                  .content = line(site.say("what_if.how_body")) + line(site.say("what_if.claims"))});
}

// ---- the page ----

Result<http::Response> what_if_page(const Site& site, Call& call) {
  WhatIfKnown known;
  TRY_ASSIGN(known.workers, workforce::all_workers(call.tx, call.scope));
  TRY_ASSIGN(known.areas, workforce::known_areas(call.tx, call.scope));
  TRY_ASSIGN(const Organisation organisation, teams::load_organisation(call.tx));
  TRY_ASSIGN(known.lately,
             connections::came_lately(call.tx, call.scope, local_date(call.scope.now(), organisation.zone)));
  const WhatIfQuestion question = question_in(call.request, known);
  const ReadWhatIf read = read_what_if(question, known, site.words());
  const auto problems = worded(site.words(), "what_if", read.problems);
  const Asking asking{site, known, question, problems};
  Html content = error_summary_for(site.words(), problems) +
                 el("p", {}, el("a", {href(Url("/plan"))}, text(site.say("what_if.back")))) +
                 el("h1", {cls("govuk-heading-l")}, text(site.say("what_if.title"))) +
                 el("p", {cls("govuk-body-l")}, text(site.say("what_if.about")));
  if (problems.empty()) {
    TRY_ASSIGN(const Html answered, answer(asking, call, read.scenario));
    content += answered;
  }
  content += asking.form();
  TRY_ASSIGN(http::Response response, site.staff_page(call, {.title = site.say("what_if.title"),
                                                             .because = "because.coordinator",
                                                             .current = "/people/waiting",
                                                             .content = std::move(content)}));
  if (!problems.empty()) response.status = 422;
  return response;
}

} // namespace

void add_what_if_routes(auth::RouteTable& table, const Site& site) {
  using auth::AuditClass;
  const auth::RelationshipRule coordinators{{{auth::Role::coordinator, auth::By::organisation}}};
  table.add<auth::NoObject>(
      {http::Method::get, "/what-if", permission::offer_make, coordinators, AuditClass::c3,
       auth::Idempotency::safe, "What would change if: the waiting list, simulated"},
      auth::no_object(), [&site](const NoObject&, Call& call) { return what_if_page(site, call); });
}

} // namespace kith::web
