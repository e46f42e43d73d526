// kith engine assign: the engine over one file, without a database.
#include <sys/resource.h>

#include <CLI/CLI.hpp>
#include <cstdio>

#include "app/service.hpp"
#include "base/clock.hpp"
#include "base/file.hpp"
#include "base/words.hpp"
#include "cli/commands.hpp"
#include "matching/assign/parity_plan.hpp"
#include "matching/assign/plan_file.hpp"
#include "matching/ladder.hpp"

namespace kith::cli {
namespace {

// What this command took so far: processor time and memory of the whole program, time since `began`.
matching::Effort effort_since(std::int64_t began) {
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  const auto ms = [](const timeval& time) {
    return std::int64_t{time.tv_sec} * 1'000 + time.tv_usec / 1'000;
  };
  return {ms(used.ru_utime) + ms(used.ru_stime), SystemClock().monotonic_ms() - began,
          std::int64_t{used.ru_maxrss} * 1'024};
}

void put(const std::string& text) { std::fwrite(text.data(), 1, text.size(), stdout); }

// 1 where the problem has no solution, 2 where it cannot be read.
int refuse(const Failure& failure) {
  return complain(failure.fault == Fault::conflict ? 1 : 2, app::sentence(failure));
}

int assign_network(const EngineAssign& options, const std::string& bytes, std::int64_t began) {
  if (options.method != "optimum") return complain(2, app::sentence(invalid("assign.flow_method")));
  if (options.parity) return complain(2, app::sentence(invalid("assign.flow_parity")));
  const auto file = matching::read_min_file(bytes);
  if (!file.ok()) return complain(2, app::sentence(file.failure()));
  const auto plan = matching::make_flow_plan(*file);
  if (!plan.ok()) return refuse(plan.failure());
  if (options.json) put(matching::flow_plan_json(*file, *plan, effort_since(began)) + "\n");
  else put(matching::flow_plan_table(*file, *plan, Words::load("en")));
  return 0;
}

Result<matching::AssignPlan> make_plan(const EngineAssign& options, const matching::AssignInstance& file) {
  const auto method = matching::method_named(options.method).value_or(matching::Method::optimum);
  if (!options.parity) return matching::make_assign_plan(file, method);
  if (method != matching::Method::optimum) return invalid("assign.parity_method");
  return matching::make_parity_plan(file, {*options.parity, options.band});
}

int assign_people(const EngineAssign& options, std::string bytes, std::int64_t began) {
  auto file = matching::read_assign_file(std::move(bytes));
  if (!file.ok()) return complain(2, app::sentence(file.failure()));
  file->instance.seed = static_cast<std::uint64_t>(options.seed);
  const auto plan = make_plan(options, *file);
  if (!plan.ok()) return refuse(plan.failure());
  if (options.json) put(matching::assign_plan_json(*file, *plan, effort_since(began)) + "\n");
  else put(matching::assign_plan_table(*file, *plan, Words::load("en")));
  return 0;
}

} // namespace

void add_engine(CLI::App& app, EngineAssign& options) {
  auto* command = app.add_subcommand("engine", "The mathematics of matching over files, without a database");
  command->require_subcommand(1);
  auto* part = command->add_subcommand("assign", "Who goes with whom, proved the best there is");
  part->add_option("file", options.file, "FILE.json (kith-assign/1) or FILE.min (DIMACS network)")
      ->required();
  part->add_option("--method", options.method, "optimum, stable or arrival")
      ->check(CLI::IsMember({"optimum", "stable", "arrival"}))
      ->capture_default_str();
  auto* parity = part->add_option("--parity", options.parity,
                                  "Groups with commas between, or all: each gets about the same share of "
                                  "offers. See docs/matching/parity.md");
  part->add_option("--band", options.band,
                   "With --parity: how far apart, in hundredths of a percentage point")
      ->check(CLI::Range(0, 10'000))
      ->needs(parity)
      ->capture_default_str();
  add_seed(*part, options.seed, "Random seed of ties; 0 unless set");
  part->add_flag("--json", options.json, "kith-plan/1 instead of a table");
}

int engine_assign(const EngineAssign& options) {
  const std::int64_t began = SystemClock().monotonic_ms();
  const bool network = options.file.ends_with(".min");
  if (!network && !options.file.ends_with(".json")) {
    Failure failure = invalid("assign.kind");
    failure.arguments = {options.file};
    return complain(2, app::sentence(failure));
  }
  auto bytes = read_file(options.file, matching::assign_file_bytes_max);
  if (!bytes.ok()) return complain(2, app::sentence(bytes.failure()));
  if (network) return assign_network(options, bytes.value(), began);
  return assign_people(options, std::move(bytes).value(), began);
}

} // namespace kith::cli
