// How many events a second the simulated waiting list takes, on one thread: 200 workers with five places
// each, eight kinds of people in two classes, declines, people who give up, leave, five years, 1,000 runs.
// CPU time; making the model is not in it, the quantiles of each run are.
#include <cstdio>
#include <cstdlib>
#include <ctime>

#include "matching/simulation/simulation.hpp"
#include "matching/simulation/statistics.hpp"

namespace {

using namespace kith::matching::simulation;

constexpr Ticks length = 120 * ticks_of_day;

Model service(std::uint32_t workers) {
  Model model;
  model.order = Order::promise;
  model.end = 5 * ticks_of_year;
  model.live_length = {Shape::exponential, length, {}};
  for (std::uint16_t k = 0; k < 8; ++k)
    model.kinds.push_back({k < 2 ? 1U : 3U,
                           k < 2 ? std::uint16_t{1} : std::uint16_t{0},
                           28 * ticks_of_day,
                           model.live_length,
                           {Shape::exponential, 180 * ticks_of_day, {}},
                           150});
  for (std::uint32_t j = 0; j < workers; ++j) model.workers.push_back({j, 5, 5, 0, {}, 5 * ticks_of_week});
  for (std::uint32_t k = 0; k < 8; ++k) // each kind has seven in ten of the workers
    for (std::uint32_t j = 0; j < workers; ++j)
      model.fits.push_back((j * 7 + k * 3) % 10 < 7 ? static_cast<std::int32_t>((j * 31 + k * 17) % 100)
                                                    : not_possible);
  model.rates = {{0, length * 10 / (workers * 5 * 11)}}; // a tenth more than there are places for
  return model;
}

} // namespace

int main(int count, char** words) {
  const int runs = count > 1 ? std::atoi(words[1]) : 1'000;
  if (runs < 10) return std::fputs("./x bench simulation [RUNS], at least 10\n", stderr), 2;
  const Model model = service(200);
  Simulation simulation(model);
  std::int64_t events = 0;
  std::vector<std::int64_t> medians, waits;
  const std::clock_t start = std::clock();
  for (int run = 0; run < runs; ++run) {
    const Figures& figures = simulation.run(1, static_cast<std::uint32_t>(run));
    events += figures.events;
    waits.assign(figures.waits.begin(), figures.waits.end());
    medians.push_back(nearest_rank(waits, 50));
  }
  const double seconds = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
  const Estimate median = estimate_of(medians).value();
  const auto days = [](std::int64_t hundredths) {
    return static_cast<double>(hundredths) / 100 / ticks_of_day;
  };
  std::printf(
      "%d runs, %.1f million events, %.2f s, %.1f million events/s; median wait %.2f days (%.2f to %.2f)\n",
      runs, static_cast<double>(events) / 1e6, seconds, static_cast<double>(events) / 1e6 / seconds,
      days(median.mean), days(median.low), days(median.high));
  return 0;
}
