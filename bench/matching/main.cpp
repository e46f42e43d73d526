// kith's optimum beside LEMON's, on the same instances, one thread, alternating, the least CPU time of the
// repeats. Every answer of ours is checked here in plain loops against its own certificate; a gap, a broken
// limit or another value than LEMON's ends it with 1.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

#include "matching/engine/optimum.hpp"

#include "matching/families.hpp"
#include "matching/lemon.hpp"

namespace {

using kith::matching::engine::nobody;
using kith::matching::engine::Packed;
using kith::matching::engine::PackedPair;
using kith::matching::engine::Repaired;

constexpr const char* help =
    "./x bench matching [--people N] [--family NAME] [--weighted] [--seeds N] [--repeats N] [--alone]\n"
    "  --people N     at most so many, from 1,000 up in tens (default 10,000; LEMON takes a minute at "
    "100,000)\n"
    "  --family NAME  only this one\n"
    "  --weighted     a plain sum instead of the strict order\n"
    "  --seeds N      different instances of each (default 1)\n"
    "  --repeats N    runs of each, of which the fastest counts (default 3)\n"
    "  --alone        without the comparator\n";

struct Options {
  std::uint32_t people{10'000};
  std::string family{};
  bool weighted{};
  int seeds{1};
  int repeats{3};
  bool alone{};
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
    else if (i + 1 == count) return false;
    else if (word == "--family") out.family = words[++i];
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

bool compare(const Options& options, const kith::bench::Wanted& wanted) {
  const Packed problem = kith::bench::make_instance(wanted);
  double ours = 1e9, theirs = 1e9;
  std::int64_t value = 0, lemon = 0;
  const bool beside = kith::bench::have_lemon && !options.alone;
  for (int i = 0; i < options.repeats; ++i) {
    const double began = kith::bench::cpu_seconds();
    const Repaired plan = kith::matching::engine::solve_packed(problem);
    ours = std::min(ours, kith::bench::cpu_seconds() - began);
    value = proved_value(problem, plan);
    if (!beside || (i > 0 && theirs > 10)) continue;
    const auto answer = kith::bench::solve_with_lemon(problem);
    theirs = std::min(theirs, answer.cpu_seconds);
    lemon = answer.value;
  }
  const bool good = value >= 0 && (!beside || value == lemon);
  std::printf("| %s | %u x %u | %zu | %llu | %.4f | ", std::string(wanted.family).c_str(), wanted.size.people,
              wanted.size.workers, problem.pairs.size(), static_cast<unsigned long long>(wanted.seed), ours);
  if (beside) std::printf("%.4f | %.1f | ", theirs, theirs / ours);
  else std::printf("- | - | ");
  std::printf("%s |\n", value < 0 ? "NOT PROVED" : good ? "proved" : "DIFFERENT");
  std::fflush(stdout);
  return good;
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
  if (!kith::bench::have_lemon) std::puts("Built without liblemon-dev: there is nothing to compare with.\n");
  std::printf("%s order, one thread, CPU seconds, least of %d\n\n", options.weighted ? "Weighted" : "Strict",
              options.repeats);
  std::puts("| family | people x workers | pairs | seed | kith | LEMON | ratio | "
            "|\n|---|---|---|---|---|---|---|---|");
  bool good = true, any = false;
  for (std::uint32_t people = 1'000; people <= options.people; people *= 10)
    for (const auto& family : kith::bench::families()) {
      if (!options.family.empty() && options.family != family.name) continue;
      any = true;
      const std::uint32_t workers = people >= 100'000 ? people / 20 : people / 10;
      for (int seed = 1; seed <= options.seeds; ++seed)
        good =
            compare(
                options,
                {family.name, {people, workers, 26}, !options.weighted, static_cast<std::uint64_t>(seed)}) &&
            good;
    }
  if (!any) {
    std::fprintf(stderr, "bench: no family is called \"%s\", or fewer than 1,000 people\n",
                 options.family.c_str());
    return 2;
  }
  return good ? 0 : 1;
}
