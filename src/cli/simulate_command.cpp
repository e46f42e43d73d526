// kith match simulate: what would change if, over files, without a database.
#include <unistd.h>

#include <cstdio>

#include "app/service.hpp"
#include "base/clock.hpp"
#include "base/file.hpp"
#include "cli/commands.hpp"
#include "cli/simulate_text.hpp"
#include "matching/folder.hpp"

namespace kith::cli {
namespace {

constexpr std::uintmax_t scenario_bytes_most = std::uintmax_t{1} << 20;

// How far it is, on a terminal, once it has taken a second.
class Progress {
public:
  Progress(const Clock& clock, std::int64_t runs)
      : clock_(clock), runs_(runs), next_ms_(clock.monotonic_ms() + 1'000),
        shown_(isatty(STDERR_FILENO) != 0) {}
  ~Progress() {
    if (began_) std::fputs("\r\033[K", stderr);
  }
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  void done(std::int64_t run) {
    if (!shown_ || clock_.monotonic_ms() < next_ms_) return;
    std::fprintf(stderr, "\r%lld of %lld runs", static_cast<long long>(run), static_cast<long long>(runs_));
    std::fflush(stderr);
    next_ms_ += 200;
    began_ = true;
  }

private:
  const Clock& clock_;
  std::int64_t runs_{};
  std::int64_t next_ms_{};
  bool shown_{};
  bool began_{};
};

std::vector<matching::Tally> run_each_dial(const std::vector<matching::simulation::Model>& models,
                                           std::int64_t replications, std::uint64_t seed) {
  const SystemClock clock;
  std::vector<matching::Tally> out;
  out.reserve(models.size());
  Progress progress(clock, replications * static_cast<std::int64_t>(models.size()));
  std::int64_t done = 0;
  for (const matching::simulation::Model& model : models) {
    matching::simulation::Simulation simulation(model);
    matching::Tally& tally = out.emplace_back(model.end);
    for (std::uint32_t run = 0; run < replications; ++run) {
      tally.add(simulation.run(seed, run));
      progress.done(++done);
    }
  }
  return out;
}
matching::Courses run_courses(const matching::WhatIf& what_if, std::int64_t runs, std::uint64_t seed) {
  const SystemClock clock;
  Progress progress(clock, runs);
  matching::SideBySide both(what_if, seed);
  for (std::uint32_t run = 0; run < runs; ++run) {
    both.play(run);
    progress.done(run + 1);
  }
  return both.courses();
}

} // namespace

int match_simulate(const MatchSimulate& options) {
  matching::FolderOptions how;
  how.as_of = utc_date(SystemClock().now());
  if (!options.as_of.empty()) {
    const auto on = parse_date(options.as_of);
    if (!on) return complain(2, "--as-of takes a date like 2026-11-24");
    how.as_of = *on;
  }
  if (options.seed >= 0) how.seed = static_cast<std::uint64_t>(options.seed);
  const auto files = matching::read_folder(options.folder);
  if (!files.ok()) return complain(2, app::sentence(files.failure()));
  const matching::Folder folder = matching::parse_folder(files.value(), how);
  if (!folder.problems.empty()) return complain(2, matching::problems_text(folder.problems));
  const auto bytes = read_file(options.scenario, scenario_bytes_most);
  if (!bytes.ok()) return complain(2, app::sentence(bytes.failure()));
  const matching::ReadScenario read = matching::read_scenario(bytes.value(), folder.input.workers);
  if (!read.problems.empty())
    return complain(2, options.scenario + "\n" + matching::problems_text(read.problems));
  const auto what_if = matching::what_if(folder.input, read.scenario);
  if (!what_if.ok()) return complain(2, app::sentence(what_if.failure()));
  const std::uint64_t seed = folder.input.settings.seed;
  const matching::Courses courses = run_courses(*what_if, options.replications, seed);
  std::vector<matching::Tally> dials;
  if (options.every_dial) {
    const auto models = matching::at_each_dial(folder.input, read.scenario);
    if (!models.ok()) return complain(2, app::sentence(models.failure()));
    dials = run_each_dial(*models, options.replications, seed);
  }
  const Simulated simulated{
      *what_if,        read.scenario, courses, options.replications, seed, folder.input.settings.as_of,
      std::move(dials)};
  const std::string said =
      options.json ? simulated_json(simulated) + "\n" : simulated_text(simulated, folder.worker_names);
  std::fwrite(said.data(), 1, said.size(), stdout);
  return 0;
}

} // namespace kith::cli
