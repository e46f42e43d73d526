// kith's optimum beside LEMON's, on the same instances, one thread, alternating, the least CPU time of the
// repeats; the memory is that of a run in a process of its own. Every answer of ours is checked here in plain
// loops against its own certificate; a gap, a broken limit or another value than LEMON's ends it with 1.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <string>
#include <utility>

#include "matching/engine/optimum.hpp"

#include "matching/families.hpp"
#include "matching/lemon.hpp"
#include "matching/scipy.hpp"
#include "matching/table.hpp"

namespace {

using kith::matching::engine::nobody;
using kith::matching::engine::Packed;
using kith::matching::engine::PackedPair;
using kith::matching::engine::Repaired;

constexpr const char* help =
    "./x bench matching [--people N] [--family NAME] [--weighted] [--seeds N] [--repeats N] [--alone]\n"
    "                   [--large] [--csv FILE]\n"
    "  --people N     1,000 and its tenfolds up to this (default 10,000; LEMON takes a minute an instance "
    "at\n"
    "                 100,000)\n"
    "  --family NAME  only this one\n"
    "  --weighted     a plain sum instead of the strict order\n"
    "  --seeds N      different instances of each (default 1)\n"
    "  --repeats N    runs of each, of which the fastest counts (default 3; once where it takes over 10 s)\n"
    "  --alone        without the comparators\n"
    "  --large        with the comparators beyond 100,000 people too (SciPy, run once each: beyond 10,000):\n"
    "                 many minutes and 3 GB at 1,000,000\n"
    "  --csv FILE     the figures as a file too (picture.mjs draws them)\n";

struct Options {
  std::uint32_t people{10'000};
  std::string family{};
  std::string csv{};
  bool weighted{};
  bool alone{};
  bool large{};
  int seeds{1};
  int repeats{3};
};

bool number(const char* text, std::int64_t& out) {
  char* end = nullptr;
  out = std::strtoll(text, &end, 10);
  return end != text && *end == 0 && out > 0 && out <= 4'000'000;
}

bool read_options(int count, char** words, Options& out) {
  for (int i = 1; i < count; ++i) {
    const std::string word = words[i];
    std::int64_t value = 0;
    if (word == "--weighted") out.weighted = true;
    else if (word == "--alone") out.alone = true;
    else if (word == "--large") out.large = true;
    else if (i + 1 == count) return false;
    else if (word == "--family") out.family = words[++i];
    else if (word == "--csv") out.csv = words[++i];
    else if (!number(words[++i], value)) return false;
    else if (word == "--people") out.people = static_cast<std::uint32_t>(value);
    else if (word == "--seeds") out.seeds = static_cast<int>(value);
    else if (word == "--repeats") out.repeats = static_cast<int>(value);
    else return false;
  }
  return true;
}

// The value, or -1 where the certificate does not prove it.
std::int64_t proved_value(const Packed& problem, const Repaired& plan) {
  std::int64_t value = 0, bound = 0;
  std::vector<std::int64_t> taken(problem.workers(), 0);
  for (std::uint32_t i = 0; i < problem.people(); ++i) {
    if (plan.gains[i] < 0) return -1;
    bound += plan.gains[i];
    bool beaten = false, known = plan.worker_of[i] == nobody;
    problem.each_pair(i, [&](const PackedPair& pair) {
      const std::int64_t worth = problem.bonus[i] + pair.fit;
      beaten |= plan.gains[i] + plan.prices[pair.worker] < worth;
      if (pair.worker != plan.worker_of[i]) return;
      value += worth;
      ++taken[pair.worker];
      known = true;
    });
    if (beaten || !known) return -1;
  }
  for (std::uint32_t j = 0; j < problem.workers(); ++j) {
    if (plan.prices[j] < 0 || taken[j] > problem.places[j]) return -1;
    bound += plan.prices[j] * problem.places[j];
  }
  return value == bound ? value : -1;
}

// Everybody sends one unit to a worker or past all workers to the one sink.
kith::bench::FlowProblem as_flow(const Packed& problem) {
  const int people = static_cast<int>(problem.people()), workers = static_cast<int>(problem.workers());
  const int sink = people + workers;
  kith::bench::FlowProblem out;
  const auto arc = [&](int from, int to, std::int64_t cost, std::int64_t most) {
    out.arcs.emplace_back(from, to);
    out.costs.push_back(cost);
    out.most.push_back(most);
  };
  for (int i = 0; i < people; ++i) {
    const auto person = static_cast<std::uint32_t>(i);
    problem.each_pair(person, [&](const PackedPair& pair) {
      arc(i, people + static_cast<int>(pair.worker), -problem.bonus[person] - pair.fit, 1);
    });
    arc(i, sink, 0, 1);
  }
  for (int j = 0; j < workers; ++j) arc(people + j, sink, 0, problem.places[static_cast<std::size_t>(j)]);
  out.supplies.assign(static_cast<std::size_t>(sink) + 1, 0);
  std::fill_n(out.supplies.begin(), people, 1);
  out.supplies.back() = -people;
  return out;
}

kith::bench::Run solve_with_kith(const Packed& problem) {
  const double began = kith::bench::cpu_seconds();
  const Repaired plan = kith::matching::engine::solve_packed(problem);
  const double took = kith::bench::cpu_seconds() - began;
  return {proved_value(problem, plan), took};
}

// First in a process of its own, for its memory; then here, as often as is wanted and worth it.
class Solver {
public:
  explicit Solver(std::function<kith::bench::Run()> solve) : solve_(std::move(solve)) {
    best = kith::bench::apart(solve_);
    worth_it_ = best.value >= 0 && best.cpu_seconds < 10;
    if (worth_it_) best.cpu_seconds = 1e9;
  }
  void again() {
    if (!worth_it_) return;
    const kith::bench::Run run = solve_();
    best.value = run.value == best.value ? run.value : -1;
    best.cpu_seconds = std::min(best.cpu_seconds, run.cpu_seconds);
  }
  kith::bench::Run best{};

private:
  std::function<kith::bench::Run()> solve_;
  bool worth_it_{};
};

kith::bench::Row compare(const Options& options, const kith::bench::Wanted& wanted) {
  using kith::bench::Lemon;
  const Packed problem = kith::bench::make_instance(wanted);
  const bool beside =
      kith::bench::have_lemon && !options.alone && (options.large || wanted.size.people <= 100'000);
  const auto lemon = [&](Lemon how) {
    return beside ? Solver([&, how] { return kith::bench::solve_with_lemon(as_flow(problem), how); })
                  : Solver([] { return kith::bench::Run{}; });
  };
  Solver ours([&] { return solve_with_kith(problem); });
  Solver simplex = lemon(Lemon::network_simplex), scaling = lemon(Lemon::cost_scaling);
  for (int i = 0; i < options.repeats; ++i) {
    ours.again();
    simplex.again();
    scaling.again();
  }
  const bool scipy = kith::bench::have_scipy() && !options.alone &&
                     (options.large ? wanted.size.people <= 100'000 : wanted.size.people <= 10'000);
  return {wanted,       problem.pairs.size(),
          ours.best,    simplex.best,
          scaling.best, scipy ? kith::bench::solve_with_scipy(problem) : kith::bench::Run{}};
}

} // namespace

int main(int count, char** words) {
  Options options;
  if (count > 1 && (std::strcmp(words[1], "--help") == 0 || std::strcmp(words[1], "-h") == 0)) {
    std::fputs(help, stdout);
    return 0;
  }
  if (!read_options(count, words, options)) {
    std::fputs(help, stderr);
    return 2;
  }
  if (!kith::bench::have_lemon) std::puts("Built without liblemon-dev: there is no LEMON to compare with.\n");
  if (!options.alone && !kith::bench::have_scipy())
    std::puts("python3-scipy is not here: there is no SciPy to compare with.\n");
  std::printf("%s order, one thread, CPU seconds, least of %d\n\n", options.weighted ? "Weighted" : "Strict",
              options.repeats);
  kith::bench::Table table(options.csv);
  if (!table.good()) {
    std::fprintf(stderr, "bench: cannot write %s\n", options.csv.c_str());
    return 2;
  }
  bool proved = true, any = false;
  for (std::uint32_t people = 1'000; people <= options.people; people *= 10)
    for (const auto& family : kith::bench::families()) {
      if (!options.family.empty() && options.family != family.name) continue;
      any = true;
      const std::uint32_t workers = people >= 100'000 ? people / 20 : people / 10;
      for (int seed = 1; seed <= options.seeds; ++seed)
        proved =
            table.add(compare(
                options,
                {family.name, {people, workers, 26}, !options.weighted, static_cast<std::uint64_t>(seed)})) &&
            proved;
    }
  if (!any) {
    std::fprintf(stderr, "bench: no family is called \"%s\", or fewer than 1,000 people\n",
                 options.family.c_str());
    return 2;
  }
  return proved && table.good() ? 0 : 1;
}
