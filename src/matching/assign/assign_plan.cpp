#include "matching/assign/assign_plan.hpp"

#include "matching/engine/choices.hpp"
#include "matching/engine/optimum.hpp"
#include "matching/engine/stable.hpp"

namespace kith::matching {
namespace {

using engine::Instance;
using engine::Method;
using engine::nobody;

// What is left to plan. Its people keep the bonuses they have in the whole instance, so that its value and
// its prices mean the same; whoever is fixed is not in it.
struct Rest {
  Instance instance{};
  std::vector<std::uint32_t> people{}; // their positions in the whole
};

Rest rest_of(const Instance& whole, const std::vector<std::uint32_t>& fixed) {
  const std::vector<std::int64_t> bonus = engine::bonuses(whole);
  Rest out;
  out.instance.objective = engine::Objective::weighted;
  out.instance.seed = whole.seed;
  out.instance.workers = whole.workers;
  std::vector<std::uint32_t> at(whole.people.size(), nobody);
  for (std::uint32_t i = 0; i < whole.people.size(); ++i) {
    if (fixed[i] != nobody) {
      --out.instance.workers[fixed[i]].places;
      continue;
    }
    at[i] = static_cast<std::uint32_t>(out.people.size());
    out.people.push_back(i);
    out.instance.people.push_back(whole.people[i]);
    out.instance.people.back().bonus = bonus[i];
  }
  for (engine::InstancePair pair : whole.pairs) {
    if (at[pair.person] == nobody) continue;
    pair.person = at[pair.person];
    out.instance.pairs.push_back(pair);
  }
  return out;
}

// The plan of the rest among the fixed pairs.
std::vector<std::uint32_t> around(const std::vector<std::uint32_t>& fixed, const Rest& rest,
                                  const std::vector<std::uint32_t>& worker_of) {
  std::vector<std::uint32_t> out = fixed;
  for (std::size_t k = 0; k < worker_of.size(); ++k) out[rest.people[k]] = worker_of[k];
  return out;
}

} // namespace

std::vector<std::uint32_t> fixed_workers(const AssignInstance& file) {
  std::vector<std::uint32_t> out(file.people.size(), nobody);
  for (const FixedPair& pair : file.fixed) out[pair.person] = pair.worker;
  return out;
}

AssignPlan make_assign_plan(const AssignInstance& file, Method method) {
  const Instance& whole = file.instance;
  const std::vector<std::uint32_t> fixed = fixed_workers(file);
  const Rest rest = file.fixed.empty() ? Rest() : rest_of(whole, fixed);
  const Instance& open = file.fixed.empty() ? whole : rest.instance;
  const auto complete = [&](const std::vector<std::uint32_t>& worker_of) {
    return file.fixed.empty() ? worker_of : around(fixed, rest, worker_of);
  };
  AssignPlan out;
  out.method = method;
  engine::Optimum best = engine::solve_optimum(open);
  out.bound = best.bound + engine::totals_of(whole, fixed).value;
  out.prices = std::move(best.prices);
  std::vector<std::uint32_t> chosen =
      method == Method::optimum ? std::move(best.worker_of) : engine::solve(open, method);
  if (method != Method::optimum) out.blocking_pairs = engine::count_blocking_pairs(open, chosen);
  out.worker_of = complete(chosen);
  out.totals = engine::totals_of(whole, out.worker_of);
  CHECK(method == Method::optimum ? out.totals.value == out.bound : out.totals.value <= out.bound);
  return out;
}

} // namespace kith::matching
