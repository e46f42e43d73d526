#include "matching/plan_json.hpp"

#include "matching/explanation_json.hpp"

namespace kith::matching {
namespace {

using record::JsonWriter;

// The explanation names its pair itself, so its two ids may need different names.
IdNames names_of_pair(const Explanation& explanation, const JsonNames& names) {
  return IdNames({{explanation.person, names.people.text(explanation.person)},
                  {explanation.worker, names.workers.text(explanation.worker)}});
}

void write_reason(JsonWriter& json, const OpenReason& reason) {
  json.begin_object().member("reason", name_of(reason.obstacle));
  if (reason.criterion) json.member("criterion", name_of(*reason.criterion));
  if (reason.until) json.member("until", to_text(*reason.until));
  json.end_object();
}

void write_would_change(JsonWriter& json, const std::vector<WouldChange>& changes, const JsonNames& names) {
  json.key("would_change").begin_array();
  for (const WouldChange& change : changes) {
    json.begin_object().member("reason", name_of(change.obstacle));
    if (change.criterion) json.member("criterion", name_of(*change.criterion));
    json.key("workers").begin_array();
    for (const RawId worker : change.workers) json.text(names.workers.text(worker));
    json.end_array().end_object();
  }
  json.end_array();
}

void write_not_known(JsonWriter& json, const std::vector<Obstacle>& missing) {
  json.key("not_known").begin_array();
  for (const Obstacle obstacle : missing) json.text(name_of(obstacle));
  json.end_array();
}

void write_settings(JsonWriter& json, const Settings& settings) {
  json.member("method", name_of(settings.method));
  json.member("dial", name_of(settings.dial));
  json.member("choices", settings.choices);
  json.member("seed", std::to_string(settings.seed)); // a string: beyond 2^53 readers lose digits
  json.member("as_of", to_text(settings.as_of));
  json.member("engine", engine_version);
  json.member("criteria", criteria_version);
  json.member("weights", settings.weights_version);
}

void write_person(JsonWriter& json, const PersonPlan& person, const JsonNames& names) {
  json.begin_object();
  json.member("person", names.people.text(person.person));
  json.member("class", static_cast<std::int64_t>(person.klass));
  json.member("waiting_days", person.waiting_days);
  json.member("promise_on", to_text(person.promise_on));
  json.member("outcome", name_of(person.outcome));
  json.key("offers").begin_array();
  for (const PlannedOffer& offer : person.offers) {
    json.begin_object();
    json.member("worker", names.workers.text(offer.worker));
    json.member("kept", offer.kept);
    write_explanation(json.key("explanation"), offer.explanation, names_of_pair(offer.explanation, names));
    json.end_object();
  }
  json.end_array();
  write_not_known(json, person.not_known);
  write_would_change(json, person.would_change, names);
  if (person.until) json.member("until", to_text(*person.until));
  json.end_object();
}

void write_totals(JsonWriter& json, const MethodTotals& method) {
  json.key("by_class").begin_array();
  for (const engine::ClassCount& count : method.totals.by_class)
    json.begin_array().number(count.klass).number(count.people).end_array();
  json.end_array();
  json.member("people", method.totals.people);
  json.member("fit", method.totals.fit);
  json.member("value", std::to_string(method.totals.value));
  json.member("rank_sum", method.rank_sum);
  json.member("blocking_pairs", method.blocking_pairs);
}

void write_methods(JsonWriter& json, const Plan& plan) {
  json.key("methods").begin_array();
  for (const MethodTotals& method : plan.methods) {
    json.begin_object().member("method", name_of(method.method));
    write_totals(json, method);
    json.end_object();
  }
  json.end_array();
}

void write_dial(JsonWriter& json, const Plan& plan) {
  json.key("dial_positions").begin_array();
  for (const DialTotals& dial : plan.dial) {
    json.begin_object().member("dial", name_of(dial.dial));
    json.member("people", dial.people);
    json.member("median_wait_days", dial.median_wait_days);
    json.member("ninetieth_wait_days", dial.ninetieth_wait_days);
    json.member("fit", dial.fit);
    json.end_object();
  }
  json.end_array();
}

// `gap`: how far the plan's method stays below what any plan of its first round could be worth.
void write_proof(JsonWriter& json, const Plan& plan, const JsonNames& names) {
  std::int64_t value = 0;
  for (const MethodTotals& method : plan.methods)
    if (method.method == plan.settings.method) value = method.totals.value;
  json.key("proof").begin_object();
  json.member("proved_over", "all_pairs");
  json.member("possible_pairs", plan.proof.possible_pairs);
  json.member("exchange_bound", std::to_string(plan.proof.exchange_bound));
  json.member("bound", std::to_string(plan.proof.bound));
  json.member("gap", std::to_string(plan.proof.bound - value));
  json.key("gains").begin_array();
  for (const PersonGain& gain : plan.proof.gains)
    json.begin_array().text(names.people.text(gain.person)).text(std::to_string(gain.gain)).end_array();
  json.end_array().end_object();
}

void write_effects(JsonWriter& json, const Candidate& candidate, const JsonNames& names) {
  json.key("effects");
  if (!candidate.effects_known) {
    json.null();
    return;
  }
  json.begin_array();
  for (const EffectOnOther& effect : candidate.effects) {
    json.begin_object().member("person", names.people.text(effect.person));
    json.member("waiting_days", effect.waiting_days);
    json.member("before", effect.before ? name_of(*effect.before) : "none");
    json.member("after", effect.after ? name_of(*effect.after) : "none");
    json.end_object();
  }
  json.end_array();
}

void write_candidate(JsonWriter& json, const Candidate& candidate, const JsonNames& names) {
  json.begin_object();
  json.member("worker", names.workers.text(candidate.worker));
  json.member("closeness", name_of(candidate.closeness));
  json.key("earliest_on");
  if (candidate.earliest_on) json.text(to_text(*candidate.earliest_on));
  else json.null();
  json.member("free_places", candidate.free_places);
  json.key("cells").begin_array();
  for (const Cell& cell : candidate.cells) {
    json.begin_object().member("criterion", name_of(cell.criterion));
    json.member("strength", name_of(cell.strength));
    json.member("sign", name_of(cell.meets));
    write_justification(json.key("why"), cell.why);
    json.end_object();
  }
  json.end_array();
  write_explanation(json.key("explanation"), candidate.explanation,
                    names_of_pair(candidate.explanation, names));
  write_effects(json, candidate, names);
  json.end_object();
}

// `gap`: how far it stays below what any plan of the first round could be worth.
void write_worth(JsonWriter& json, std::string_view name, const MethodTotals& totals, std::int64_t bound) {
  json.key(name).begin_object();
  write_totals(json, totals);
  json.member("bound", std::to_string(bound)).member("gap", std::to_string(bound - totals.totals.value));
  json.end_object();
}

void write_row(JsonWriter& json, const JudgedRow& row, const JsonNames& names) {
  json.begin_object();
  json.member("person", names.people.text(row.row.person));
  json.member("worker", names.workers.text(row.row.worker));
  json.member("verdict", name_of(row.verdict));
  json.member("kept", row.kept);
  json.member("deciding", row.deciding);
  json.key("reasons").begin_array();
  for (const OpenReason& reason : row.reasons) write_reason(json, reason);
  json.end_array();
  if (row.until) json.member("until", to_text(*row.until));
  if (row.explanation)
    write_explanation(json.key("explanation"), *row.explanation, names_of_pair(*row.explanation, names));
  json.end_object();
}

void write_side(JsonWriter& json, std::string_view name, const std::optional<RawId>& worker,
                const std::optional<Closeness>& closeness, const IdNames& workers) {
  json.key(name);
  if (!worker) {
    json.null();
    return;
  }
  json.begin_object().member("worker", workers.text(*worker)).member("closeness", name_of(*closeness));
  json.end_object();
}

void write_differs(JsonWriter& json, const std::vector<PlanChange>& changes, const JsonNames& names) {
  json.key("differs").begin_array();
  for (const PlanChange& change : changes) {
    json.begin_object().member("person", names.people.text(change.person));
    json.member("change", name_of(change.change));
    write_side(json, "suggested", change.worker_before, change.before, names.workers);
    write_side(json, "with_rest", change.worker_after, change.after, names.workers);
    json.end_object();
  }
  json.end_array();
}

void write_count(JsonWriter& json, std::string_view name, const std::optional<std::int64_t>& count) {
  json.key(name);
  if (count) json.number(*count);
  else json.null();
}

void write_fare(JsonWriter& json, const GroupFare& fare) {
  json.begin_object().member("group", fare.group).member("waiting", fare.waiting);
  write_count(json, "today", fare.today);
  write_count(json, "suggested", fare.suggested);
  json.member("median_days", fare.median_days).end_object();
}

} // namespace

std::string hand_plan_json(const HandPlan& plan, const JsonNames& names) {
  JsonWriter json;
  json.begin_object().member("format", "kith-hand-plan/1");
  write_settings(json, plan.suggested.settings);
  json.key("rows").begin_array();
  for (const JudgedRow& row : plan.rows) write_row(json, row, names);
  json.end_array();
  write_worth(json, "totals", plan.totals, plan.suggested.proof.bound);
  write_worth(json, "with_rest", plan.with_rest, plan.suggested.proof.bound);
  write_methods(json, plan.suggested);
  write_differs(json, plan.differs, names);
  json.key("around").begin_object();
  json.key("people").begin_array();
  for (const PersonPlan& person : plan.around.people) write_person(json, person, names);
  json.end_array().end_object().end_object();
  return json.take();
}

std::string plan_json(const Plan& plan, const JsonNames& names, Proof proof) {
  JsonWriter json;
  json.begin_object().member("format", "kith-match-plan/1");
  write_settings(json, plan.settings);
  json.key("people").begin_array();
  for (const PersonPlan& person : plan.people) write_person(json, person, names);
  json.end_array();
  json.member("with_choice", plan.with_choice);
  json.member("with_one", plan.with_one);
  json.member("with_none", plan.with_none);
  write_methods(json, plan);
  write_dial(json, plan);
  json.key("prices").begin_array();
  for (const WorkerPrice& price : plan.prices)
    json.begin_array().text(names.workers.text(price.worker)).text(std::to_string(price.price)).end_array();
  json.end_array();
  if (proof == Proof::written) write_proof(json, plan, names);
  json.end_object();
  return json.take();
}

std::string two_plans_json(const TwoPlans& plans, std::span<const FaresBy> fares, const JsonNames& names) {
  JsonWriter json;
  json.begin_object().member("format", "kith-two-plans/1");
  write_settings(json, plans.settings);
  json.member("later", plans.later).member("sooner", plans.sooner).member("another", plans.another);
  json.key("people").begin_array();
  for (const ComparedPerson& person : plans.people) {
    json.begin_object().key("change");
    if (person.change) json.text(name_of(*person.change));
    else json.null();
    json.key("offered_already").begin_array();
    for (const RawId worker : person.open) json.text(names.workers.text(worker));
    json.end_array();
    write_person(json.key("today"), person.today, names);
    write_person(json.key("suggested"), person.suggested, names);
    json.end_object();
  }
  json.end_array().key("groups").begin_object();
  for (const FaresBy& by : fares) {
    json.key(by.what).begin_array();
    for (const GroupFare& fare : by.groups) write_fare(json, fare);
    json.end_array();
  }
  json.end_object().end_object();
  return json.take();
}

std::string comparison_json(const ComparisonPage& page, const JsonNames& names) {
  JsonWriter json;
  json.begin_object().member("format", "kith-match-comparison/1");
  json.member("person", names.people.text(page.person));
  write_settings(json, page.settings);
  json.member("waiting_days", page.waiting_days);
  json.member("promise_on", to_text(page.promise_on));
  json.key("candidates").begin_array();
  for (const Candidate& candidate : page.candidates) write_candidate(json, candidate, names);
  json.end_array();
  json.key("not_shown").begin_array();
  for (const NotShown& hidden : page.not_shown) {
    json.begin_object().member("worker", names.workers.text(hidden.worker));
    json.key("reasons").begin_array();
    for (const OpenReason& reason : hidden.reasons) write_reason(json, reason);
    json.end_array().end_object();
  }
  json.end_array();
  write_would_change(json, page.would_change, names);
  write_not_known(json, page.not_known);
  json.member("others", "not_available");
  json.end_object();
  return json.take();
}

} // namespace kith::matching
