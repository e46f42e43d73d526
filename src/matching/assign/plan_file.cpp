#include "matching/assign/plan_file.hpp"

#include <algorithm>

#include "matching/assign/parity_file.hpp"
#include "matching/engine/flow_by_list.hpp"
#include "matching/ladder.hpp"

namespace kith::matching {
namespace {

using engine::nobody;
using record::JsonWriter;

std::vector<std::uint32_t> by_id(const std::vector<std::string>& ids) {
  std::vector<std::uint32_t> order(ids.size());
  for (std::uint32_t k = 0; k < order.size(); ++k) order[k] = k;
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) { return ids[a] < ids[b]; });
  return order;
}

// By person: whether anybody is listed with them.
std::vector<bool> with_candidate(const AssignInstance& file) {
  std::vector<bool> out(file.people.size(), false);
  for (const engine::InstancePair& pair : file.instance.pairs) out[pair.person] = true;
  return out;
}

std::string_view reason(bool has_candidate) { return has_candidate ? "places_taken" : "no_candidate"; }

void begin(JsonWriter& json, Method method) {
  json.begin_object().member("format", "kith-plan/1");
  json.member("method", name_of(method));
  json.member("engine", engine_version);
}

std::string end(JsonWriter& json, const Effort& effort) {
  json.member("cpu_ms", effort.cpu_ms);
  json.member("wall_ms", effort.wall_ms);
  json.member("peak_memory_bytes", effort.peak_memory_bytes);
  json.end_object();
  return json.take();
}

void write_people(JsonWriter& json, const AssignInstance& file, const AssignPlan& plan) {
  const std::vector<std::uint32_t> order = by_id(file.people);
  json.key("pairs").begin_array();
  for (const std::uint32_t i : order)
    if (plan.worker_of[i] != nobody)
      json.begin_array().text(file.people[i]).text(file.workers[plan.worker_of[i]]).end_array();
  json.end_array();
  const std::vector<bool> candidate = with_candidate(file);
  json.key("unplaced").begin_array();
  for (const std::uint32_t i : order)
    if (plan.worker_of[i] == nobody)
      json.begin_object()
          .member("person", file.people[i])
          .member("reason", reason(candidate[i]))
          .end_object();
  json.end_array();
}

std::string heading(const Words& words, std::string_view key) {
  std::string out = "\n" + words(key);
  return out.append("\n");
}

std::string line_of(const Words& words, std::string_view key, std::initializer_list<WordArgument> arguments) {
  std::string out = words(key, arguments);
  return out.append("\n");
}

std::string unplaced(const AssignInstance& file, const AssignPlan& plan, const Words& words) {
  const std::vector<bool> candidate = with_candidate(file);
  const std::string taken = words("match.assign.places_taken"), none = words("match.assign.no_candidate");
  std::string out;
  for (const std::uint32_t i : by_id(file.people))
    if (plan.worker_of[i] == nobody)
      out.append("  ").append(file.people[i]).append(": ").append(candidate[i] ? taken : none).append("\n");
  return out;
}

std::int64_t sent(const MinFile& file, const FlowPlan& plan, std::size_t arc) {
  return file.low[arc] + plan.flow.units[arc];
}

} // namespace

void write_totals(JsonWriter& json, std::string_view name, const engine::Totals& totals) {
  json.key(name).begin_object();
  json.key("by_class").begin_object();
  for (const engine::ClassCount& count : totals.by_class)
    json.member(std::to_string(count.klass), count.people);
  json.end_object();
  json.member("people", totals.people);
  json.member("fit", totals.fit);
  json.member("value", totals.value);
  json.end_object();
}

std::string assign_plan_json(const AssignInstance& file, const AssignPlan& plan, const Effort& effort) {
  JsonWriter json;
  begin(json, plan.method);
  json.member("seed", static_cast<std::int64_t>(file.instance.seed));
  write_people(json, file, plan);
  write_totals(json, "objective", plan.totals);
  json.member("bound", plan.bound);
  json.member("gap", plan.bound - plan.totals.value);
  if (plan.blocking_pairs) json.member("blocking_pairs", *plan.blocking_pairs);
  if (plan.parity) write_parity(json, file, plan);
  json.member("proved_over", "listed_pairs");
  json.key("prices").begin_object();
  for (const std::uint32_t j : by_id(file.workers)) json.member(file.workers[j], plan.prices[j]);
  json.end_object();
  return end(json, effort);
}

std::string assign_plan_table(const AssignInstance& file, const AssignPlan& plan, const Words& words) {
  const engine::Totals& totals = plan.totals;
  std::string out = line_of(words, "match.assign.title",
                            {{"method", words("match.method." + std::string(name_of(plan.method)))},
                             {"people", std::to_string(totals.people)},
                             {"all", std::to_string(file.people.size())}});
  for (const engine::ClassCount& count : totals.by_class)
    out += line_of(words, "match.assign.class",
                   {{"class", std::to_string(count.klass)}, {"people", std::to_string(count.people)}});
  out += line_of(words, "match.assign.worth",
                 {{"fit", std::to_string(totals.fit)},
                  {"value", std::to_string(totals.value)},
                  {"bound", std::to_string(plan.bound)},
                  {"gap", std::to_string(plan.bound - totals.value)}});
  if (plan.blocking_pairs)
    out += line_of(words, "match.assign.blocking", {{"pairs", std::to_string(*plan.blocking_pairs)}});
  if (plan.parity) out += parity_shares_table(file, plan, words);
  out += heading(words, "match.assign.pairs");
  for (const std::uint32_t i : by_id(file.people))
    if (plan.worker_of[i] != nobody)
      out.append("  ")
          .append(file.people[i])
          .append(": ")
          .append(file.workers[plan.worker_of[i]])
          .append("\n");
  const std::string without = unplaced(file, plan, words);
  if (!without.empty()) out += heading(words, "match.assign.unplaced") + without;
  if (plan.parity) out += parity_changes_table(file, plan, words);
  return out;
}

Result<FlowPlan> make_flow_plan(const MinFile& file) {
  FlowPlan out;
  if (const auto list = engine::as_list(file.network)) {
    out.as_list = true;
    TRY_ASSIGN(out.flow, engine::solve_flow_as_list(file.network, *list));
  } else {
    TRY_ASSIGN(out.flow, engine::solve_flow(file.network));
  }
  if (__builtin_add_overflow(out.flow.cost, file.low_cost, &out.flow.cost))
    return too_much("engine.flow_too_large");
  return out;
}

std::string flow_plan_json(const MinFile& file, const FlowPlan& plan, const Effort& effort) {
  JsonWriter json;
  begin(json, Method::optimum);
  json.member("solver", plan.as_list ? "waiting_list" : "flow");
  json.key("flow").begin_array();
  for (std::size_t a = 0; a < file.network.arcs.size(); ++a) {
    if (sent(file, plan, a) == 0) continue;
    const engine::FlowArc& arc = file.network.arcs[a];
    json.begin_array().number(std::int64_t{arc.from} + 1).number(std::int64_t{arc.to} + 1);
    json.number(sent(file, plan, a)).end_array();
  }
  json.end_array();
  json.member("flow_cost", plan.flow.cost);
  json.member("bound", plan.flow.cost);
  json.member("gap", 0);
  json.member("proved_over", "listed_arcs");
  json.key("potentials").begin_array();
  for (const std::int64_t potential : plan.flow.potentials) json.number(potential);
  json.end_array();
  return end(json, effort);
}

std::string flow_plan_table(const MinFile& file, const FlowPlan& plan, const Words& words) {
  std::string out = line_of(words, "match.assign.flow",
                            {{"nodes", std::to_string(file.network.supplies.size())},
                             {"arcs", std::to_string(file.network.arcs.size())},
                             {"cost", std::to_string(plan.flow.cost)}});
  out += heading(words, "match.assign.carried");
  for (std::size_t a = 0; a < file.network.arcs.size(); ++a) {
    if (sent(file, plan, a) == 0) continue;
    const engine::FlowArc& arc = file.network.arcs[a];
    out.append("  ").append(std::to_string(arc.from + 1)).append(" ").append(std::to_string(arc.to + 1));
    out.append(" ").append(std::to_string(sent(file, plan, a))).append("\n");
  }
  return out;
}

} // namespace kith::matching
