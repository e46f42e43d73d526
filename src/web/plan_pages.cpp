// Plan for today vs suggested plan: the whole waiting list, one row per person; who would wait longer first,
// and nothing ticked. The ticked rows, or all of the suggested plan, become a run (run_pages.cpp).
#include <algorithm>

#include "base/text.hpp"
#include "connections/groups.hpp"
#include "connections/run_actions.hpp"
#include "matching/plan_table.hpp"
#include "web/loaders.hpp"
#include "web/paging.hpp"
#include "web/site.hpp"
#include "web/ui/content.hpp"
#include "web/ui/plan_rows.hpp"
#include "web/ui/tables.hpp"

namespace kith::web {
namespace {

using auth::Call;
using matching::ComparedPerson;
using matching::PersonPlan;
using NoObject = auth::Authorised<auth::NoObject>;

constexpr int rows_on_page = 50; // a form carries a hundred values
constexpr std::size_t kept_most = 20;

Html line(const std::string& words) { return el("p", {cls("govuk-body")}, text(words)); }
Html heading(const std::string& words) { return el("h2", {cls("govuk-heading-m")}, text(words)); }

// "person.worker", with further workers after more dots: ids and nothing else, so it may stand in an address.
bool is_choice(std::string_view value) {
  const auto parts = split(value, '.');
  return parts.size() >= 2 && parts.size() <= 8 &&
         std::all_of(parts.begin(), parts.end(),
                     [](const auto& id) { return Id<Person>::parse(id).has_value(); });
}

// What an address or a form asks to be kept.
std::vector<std::string> keeps_in(const std::vector<http::Parameter>& parameters) {
  std::vector<std::string> out;
  for (const http::Parameter& parameter : parameters)
    if (parameter.name == "keep" && out.size() < kept_most && is_choice(parameter.value))
      out.push_back(parameter.value);
  return out;
}

std::string address_with(const std::vector<std::string>& keeps) {
  std::string out = "/plan";
  for (const std::string& each : keeps) out += (out == "/plan" ? "?keep=" : "&keep=") + each;
  return out;
}

struct Shown {
  connections::PlanSnapshot taken{};
  matching::TwoPlans plans{};
  matching::IdNames people{};
  matching::IdNames workers{};
  std::vector<std::string> keeps{}; // of people and workers who are here
};

// person.worker.worker: all that is to be offered, or kept.
std::string choice_text(const PersonPlan& person) {
  if (person.offers.empty()) return {};
  std::string out = to_text(person.person);
  for (const auto& offer : person.offers) out += "." + to_text(offer.worker);
  return out;
}

bool is_of(const std::string& kept, RawId person) { return kept.starts_with(to_text(person) + "."); }

Result<Shown> both_plans(Call& call, const std::vector<std::string>& wanted) {
  Shown shown;
  TRY_ASSIGN(const matching::Settings settings, connections::default_settings(call.tx, call.scope));
  TRY_ASSIGN(shown.taken, connections::take_plan_snapshot(call.tx, call.scope, settings));
  const connections::Names& names = shown.taken.snapshot.names;
  shown.people = connections::id_names(names.people);
  shown.workers = connections::id_names(names.workers);
  const auto kept = connections::kept_rows(wanted, names);
  for (const std::string& each : wanted) {
    const bool here = std::any_of(kept.begin(), kept.end(),
                                  [&](const matching::HandRow& row) { return is_of(each, row.person); });
    if (here) shown.keeps.push_back(each);
  }
  TRY_ASSIGN(shown.plans, matching::today_and_suggested(shown.taken.snapshot.input, kept));
  return shown;
}

std::vector<std::string> without(std::vector<std::string> keeps, RawId person) {
  std::erase_if(keeps, [&](const std::string& each) { return is_of(each, person); });
  return keeps;
}

// ---- one row ----

std::string why_they_differ(const Site& site, Call& call, const Shown& shown, const ComparedPerson& person) {
  if (person.further_differs) return site.say("plan.change.further");
  if (!person.change) return {};
  std::string change = site.say("plan.change." + std::string(matching::name_of(*person.change)));
  if (person.instead.empty()) return change;
  std::vector<std::string> names;
  for (const RawId other : person.instead) {
    call.shows({other});
    names.push_back(shown.people.text(other));
  }
  const std::string who = matching::Wording(site.words()).list(names);
  const std::string worker = shown.workers.text(person.today.offers[0].worker);
  return change + ". " + site.say("plan.instead", {{"worker", worker}, {"who", who}});
}

// Plan the rest around what today has for them, or around what is suggested where today has nobody.
std::optional<ChoiceLink> keep_link(const Site& site, const Shown& shown, const ComparedPerson& person) {
  const RawId id = person.today.person;
  const std::string name = shown.people.text(id);
  std::vector<std::string> keeps = without(shown.keeps, id);
  if (keeps.size() < shown.keeps.size())
    return ChoiceLink{site.say("plan.free", {{"name", name}}), Url(address_with(keeps))};
  const PersonPlan& kept = person.today.offers.empty() ? person.suggested : person.today;
  if (kept.offers.empty() || keeps.size() == kept_most) return {};
  std::vector<std::string> workers;
  workers.reserve(kept.offers.size());
  for (const auto& offer : kept.offers) workers.push_back(shown.workers.text(offer.worker));
  keeps.push_back(choice_text(kept));
  const std::string who = matching::Wording(site.words()).list(workers);
  return ChoiceLink{site.say("plan.keep", {{"name", name}, {"workers", who}}), Url(address_with(keeps))};
}

PlanRow row_of(const Site& site, Call& call, const Shown& shown, const ComparedPerson& person) {
  const matching::Wording wording(site.words());
  const PersonPlan &today = person.today, &suggested = person.suggested;
  const Date as_of = shown.plans.settings.as_of;
  PlanRow row;
  row.name = shown.people.text(today.person);
  row.href = Url("/people/" + to_text(today.person) + "/find");
  row.late = as_of > today.promise_on;
  row.wait = site.say(row.late ? "waiting.late" : "waiting.day",
                      {{"day", std::to_string(today.waiting_days)},
                       {"promise", std::to_string(today.waiting_days + (today.promise_on - as_of))}});
  row.today = matching::offers_in_words(today, wording, shown.workers);
  row.suggested = matching::offers_in_words(suggested, wording, shown.workers);
  if (!person.open.empty()) {
    std::vector<std::string> workers;
    workers.reserve(person.open.size());
    for (const RawId worker : person.open) workers.push_back(shown.workers.text(worker));
    row.today = row.suggested = site.say("plan.offered_already", {{"workers", wording.list(workers)}});
  }
  row.change = why_they_differ(site, call, shown, person);
  row.tick = choice_text(suggested);
  row.kept = person.fixed;
  row.keep = keep_link(site, shown, person);
  return row;
}

// ---- how groups fare ----

Html fare_table(const Site& site, const matching::FaresBy& fares) {
  if (fares.groups.size() < 2) return {}; // nothing to compare
  const auto word = [&](const char* key) { return Cell{.content = text(site.say(key))}; };
  const auto number = [&](const char* key) {
    return Cell{.content = text(site.say(key)), .format = "numeric"};
  };
  const auto count = [&](const std::optional<std::int64_t>& value) {
    return Cell{.content = text(value ? std::to_string(*value) : site.say("plan.group.few")),
                .format = "numeric"};
  };
  const matching::Wording wording(site.words());
  Table part;
  part.caption = site.say("plan.by." + std::string(fares.what));
  part.first_cell_is_header = true;
  part.head = {word("plan.group.name"), number("plan.group.waiting"), number("plan.group.today"),
               number("plan.group.suggested"), number("plan.group.days")};
  for (const auto& fare : fares.groups)
    part.rows.push_back({{.content = text(matching::group_in_words(fares.what, fare.group, wording))},
                         {.content = text(std::to_string(fare.waiting)), .format = "numeric"},
                         count(fare.today),
                         count(fare.suggested),
                         {.content = text(std::to_string(fare.median_days)), .format = "numeric"}});
  return el(
      "div",
      {cls("kith-scroll"), attr("tabindex", "0"), attr("role", "region"), attr("aria-label", part.caption)},
      table(part));
}

Html fairness(const Site& site, const Shown& shown) {
  Html tables;
  for (const auto& by : connections::fares_by_group(shown.plans, shown.taken.snapshot))
    tables += fare_table(site, by);
  if (tables.empty()) return line(site.say("plan.no_groups"));
  return details(
      {.summary = text(site.say("plan.groups")), .content = line(site.say("plan.groups_about")) + tables});
}

// ---- the page ----

Result<Html> recent_runs(const Site& site, Call& call) {
  TRY_ASSIGN(const auto runs, connections::recent_runs(call.tx, call.scope));
  TRY_ASSIGN(const Organisation organisation, teams::load_organisation(call.tx));
  std::vector<ChoiceLink> links;
  for (const MatchingRun& run : runs) {
    TRY_ASSIGN(const auto counts, connections::counts_of_run(call.tx, call.scope, run.id));
    const RunStage stage = stage_of(run, call.scope.now());
    const std::string when = moment_words(site.words(), run.send_at.value_or(run.made_at), organisation.zone);
    const std::int64_t people = stage == RunStage::due ? counts.asked : counts.rows;
    links.push_back({.words = site.say("plan.run." + std::string(record::code_of(stage)),
                                       {{"count", std::to_string(people)}, {"when", when}}),
                     .href = Url("/plan/runs/" + run.id.text())});
  }
  if (links.empty()) return Html();
  return heading(site.say("plan.runs")) + choice_links(links);
}

// Each kept row that can no longer be offered: what is open of why, and the way to leave it out.
Html not_kept(const Site& site, Call& call, const Shown& shown) {
  const matching::Wording wording(site.words());
  Html items;
  for (const matching::JudgedRow& row : shown.plans.fixed) {
    call.shows({row.row.person}); // on whichever page their own row is
    if (row.verdict == matching::Verdict::stands) continue;
    std::vector<std::string> why;
    why.reserve(row.reasons.size());
    for (const auto& reason : row.reasons) why.push_back(wording.reason(reason));
    const std::string words = site.say(why.empty() ? "plan.not_in_it" : "plan.not_kept",
                                       {{"name", shown.people.text(row.row.person)},
                                        {"worker", shown.workers.text(row.row.worker)},
                                        {"why", wording.list(why)}});
    const Url free(address_with(without(shown.keeps, row.row.person)));
    items += el("li", {}, text(words + " "), el("a", {href(free)}, text(site.say("plan.leave_out"))));
  }
  if (items.empty()) return {};
  return inset_text({.content = el("ul", {cls("govuk-list govuk-list--bullet")}, items)});
}

Html summary(const Site& site, Call& call, const Shown& shown) {
  const auto& plans = shown.plans;
  Html content = el("p", {cls("govuk-body-l")},
                    text(site.say("plan.summary", {{"later", std::to_string(plans.later)},
                                                   {"sooner", std::to_string(plans.sooner)},
                                                   {"another", std::to_string(plans.another)}})));
  content += line(site.say("plan.about"));
  if (shown.taken.asked_later > 0)
    content += line(site.say("plan.asked_later", {{"count", std::to_string(shown.taken.asked_later)}}));
  return content + not_kept(site, call, shown);
}

Html rows_form(const Site& site, Call& call, const Shown& shown, const Paging& paging) {
  PlanRows part{.tick_name = "row"};
  for (auto i = static_cast<std::size_t>(paging.offset()); i < static_cast<std::size_t>(paging.last()); ++i) {
    const ComparedPerson& person = shown.plans.people[i];
    call.shows({person.today.person});
    part.rows.push_back(row_of(site, call, shown, person));
  }
  Html rows = plan_rows(part, site.words());
  const bool any = std::any_of(shown.plans.people.begin(), shown.plans.people.end(),
                               [](const ComparedPerson& person) { return !person.suggested.offers.empty(); });
  if (!any) return rows; // nothing to tick, nothing to send
  Html form = site.form_fields(call);
  for (const std::string& each : shown.keeps) form += hidden_field("keep", each);
  form += rows;
  form += action_bar(button({.content = text(site.say("plan.use"))}) +
                         button({.content = text(site.say("plan.use_all")),
                                 .name = "all",
                                 .value = "1",
                                 .classes = "govuk-button--secondary"}),
                     text(site.say(paging.pages() > 1 ? "plan.use_hint_pages" : "plan.use_hint")));
  return el("form", {attr("method", "post"), action(Url("/plan")), flag("novalidate")}, form);
}

Result<http::Response> plan_page(const Site& site, Call& call) {
  TRY_ASSIGN(const Html runs, recent_runs(site, call)); // asked before the long work, not after it
  TRY_ASSIGN(const Shown shown, both_plans(call, keeps_in(call.request.query)));
  const Paging paging =
      paging_of(call.request, {static_cast<std::int64_t>(shown.plans.people.size()), rows_on_page});
  Html content;
  if (call.request.query_value("none") == "1")
    content += error_summary_for(site.words(), {{"row", "problem.plan.row.required"}});
  content += el("h1", {cls("govuk-heading-l")}, text(site.say("plan.title")));
  if (shown.plans.people.empty()) {
    content += inset_text({.content = text(site.say("waiting.nobody"))}) + runs;
  } else {
    content += summary(site, call, shown) + fairness(site, shown) + runs;
    content += rows_form(site, call, shown, paging);
    const std::string address = address_with(shown.keeps);
    content += paging_links(site, paging, address + (shown.keeps.empty() ? "?page=" : "&page="));
    content += details({.summary = text(site.say("find.how")), .content = line(site.say("plan.how"))}) +
               choice_links({{.words = site.say("what_if.link"), .href = Url("/what-if")}});
  }
  return site.staff_page(call, {.title = site.say("plan.title"),
                                .because = "because.coordinator",
                                .current = "/people/waiting",
                                .content = std::move(content)});
}

// ---- from the page to a run ----

std::optional<connections::RunChoice> choice_in(std::string_view value, const connections::Names& here) {
  if (!is_choice(value)) return {};
  connections::RunChoice choice;
  const auto parts = split(value, '.');
  choice.person = *Id<Person>::parse(parts[0]);
  for (std::size_t i = 1; i < parts.size(); ++i) {
    const Id<Worker> worker = *Id<Worker>::parse(parts[i]);
    const auto& before = choice.workers;
    const bool again = std::find(before.begin(), before.end(), worker) != before.end();
    if (again || here.of_worker(worker.raw).empty()) return {};
    choice.workers.push_back(worker);
  }
  return choice;
}

// Each person once. Who left the list since the page was made is left out.
Result<std::vector<connections::RunChoice>> choices_of(Call& call, const connections::Snapshot& snapshot) {
  std::vector<connections::RunChoice> out;
  for (const std::string& value : call.form.values("row")) {
    auto choice = choice_in(value, snapshot.names);
    if (!choice) return invalid("plan.row");
    const auto& referrals = snapshot.referrals;
    const auto at = std::find_if(referrals.begin(), referrals.end(),
                                 [&](const auto& entry) { return entry.first == choice->person.raw; });
    if (at == referrals.end()) continue;
    const bool again = std::any_of(out.begin(), out.end(),
                                   [&](const auto& other) { return other.person == choice->person; });
    if (again) return invalid("plan.row");
    choice->referral = at->second;
    out.push_back(std::move(*choice));
  }
  return out;
}

// Nothing is planned here, where a change keeps everybody else's waiting: a whole plan is put in by a job.
Result<http::Response> post_plan(Call& call) {
  TRY_ASSIGN(const matching::Settings settings, connections::default_settings(call.tx, call.scope));
  std::vector<std::string> keeps = keeps_in(call.form.parameters);
  if (call.form.has("all")) {
    MatchingRun run = connections::run_of(settings);
    run.keeps = std::move(keeps);
    TRY_ASSIGN(const Id<MatchingRun> kept, connections::keep_whole_run(call.tx, call.scope, run));
    return http::redirect("/plan/runs/" + kept.text());
  }
  const auto ticked = call.form.values("row");
  if (ticked.empty()) return http::redirect(address_with(keeps) + (keeps.empty() ? "?none=1" : "&none=1"));
  TRY_ASSIGN(const auto snapshot, connections::take_snapshot(call.tx, call.scope, settings));
  TRY_ASSIGN(const auto choices, choices_of(call, snapshot));
  if (choices.empty()) return conflict("referral.not_possible");
  TRY_ASSIGN(const Id<MatchingRun> kept,
             connections::keep_run(call.tx, call.scope, connections::run_of(settings), choices));
  for (const auto& choice : choices) call.shows(choice.person);
  const std::size_t gone = ticked.size() - choices.size();
  return http::redirect("/plan/runs/" + kept.text() + (gone > 0 ? "?gone=" + std::to_string(gone) : ""));
}

} // namespace

void add_plan_routes(auth::RouteTable& table, const Site& site) {
  using auth::AuditClass;
  using auth::Idempotency;
  using http::Method;
  const auth::RelationshipRule coordinators{{{auth::Role::coordinator, auth::By::organisation}}};
  table.add<auth::NoObject>({Method::get, "/plan", permission::offer_make, coordinators, AuditClass::c4,
                             Idempotency::safe, "Plan for today beside the suggested plan"},
                            auth::no_object(),
                            [&site](const NoObject&, Call& call) { return plan_page(site, call); });
  table.add<auth::NoObject>({Method::post, "/plan", permission::offer_make, coordinators, AuditClass::change,
                             Idempotency::keyed, "Keep rows of the suggested plan as a run"},
                            auth::no_object(), [](const NoObject&, Call& call) { return post_plan(call); });
}

} // namespace kith::web
