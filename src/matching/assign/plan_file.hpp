// A plan as `kith-plan/1` (docs/matching/files.md) and as a table. The order of everything follows from the
// ids, so that files which differ in order only give the same bytes; what differs from run to run is
// `effort`.
#pragma once
#include "base/words.hpp"
#include "matching/assign/assign_plan.hpp"
#include "matching/assign/min_file.hpp"
#include "record/json.hpp"

namespace kith::matching {

struct Effort {
  std::int64_t cpu_ms{};
  std::int64_t wall_ms{};
  std::int64_t peak_memory_bytes{};
};

std::string assign_plan_json(const AssignInstance& file, const AssignPlan& plan, const Effort& effort);
void write_totals(record::JsonWriter& json, std::string_view name, const engine::Totals& totals);
std::string assign_plan_table(const AssignInstance& file, const AssignPlan& plan, const Words& words);

// Nodes are numbered from 1, as in the file. `units` and `cost` are of the whole file, lower bounds included.
struct FlowPlan {
  engine::Flow flow{};
  bool as_list{}; // solved by the engine of waiting lists
};
// Failures: those of engine::solve_flow.
Result<FlowPlan> make_flow_plan(const MinFile& file);
std::string flow_plan_json(const MinFile& file, const FlowPlan& plan, const Effort& effort);
std::string flow_plan_table(const MinFile& file, const FlowPlan& plan, const Words& words);

} // namespace kith::matching
