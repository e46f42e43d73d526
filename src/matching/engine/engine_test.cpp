// The engine's parts one by one, and what it refuses. Whole plans are held against brute force in
// brute_force_test.cpp, and against the same problem changed in metamorphic_test.cpp.
#include <algorithm>
#include <ctime>
#include <string>

#include "base/random.hpp"
#include "matching/engine/arrival.hpp"
#include "matching/engine/certificate.hpp"
#include "matching/engine/instance.hpp"
#include "matching/engine/levels.hpp"
#include "matching/engine/optimum.hpp"
#include "matching/engine/stable.hpp"
#include "support/made_up_problems.hpp"

#include "support/test.hpp"

using namespace kith;
using namespace kith::matching::engine;
using kith::test::Kind;
using kith::test::made_up_problem;

TEST_CASE("the worked example of the design comes out to the unit") {
  Instance instance;
  instance.people = {{1, 0, 1, 0, 0}, {2, 0, 2, 0, 0}, {3, 0, 3, 0, 0}};
  instance.workers = {{1, 1}, {2, 2}};
  instance.pairs = {{0, 0, 600, 0, 0}, {0, 1, 550, 0, 0}, {1, 0, 500, 0, 0}, {2, 1, 300, 0, 0}};
  const Optimum optimum = solve_optimum(instance);
  CHECK_EQ(optimum.worker_of, std::vector<std::uint32_t>{1, 0, 1});
  CHECK_EQ(optimum.totals.fit, 1'350);
  CHECK_EQ(optimum.totals.value, 6'753);
  CHECK_EQ(optimum.prices, std::vector<std::int64_t>{50, 0});
  const ArrivalPlan arrival = solve_arrival(instance);
  CHECK_EQ(arrival.totals.people, 2);
  CHECK_EQ(arrival.totals.fit, 900);
}

TEST_CASE("the levels say how far down the classes each worker's places reach") {
  SeededRandom random(7);
  for (int round = 0; round < 500; ++round) {
    const Packed problem =
        pack(canonical(made_up_problem(random, round % 2 ? Kind::strict : Kind::ties,
                                       {random.below(25), random.below(9), 20 + random.below(81)})));
    const auto levels = levels_of(problem);
    const Repaired best = solve_packed(problem);
    std::vector<int> taken(problem.workers(), 0);
    for (std::uint32_t i = 0; i < problem.people(); ++i) {
      const std::uint32_t worker = best.worker_of[i];
      if (worker != nobody) {
        ++taken[worker];
        REQUIRE_GE(problem.rank[i], levels[worker]);
      } else {
        problem.each_pair(i,
                          [&](const PackedPair& pair) { REQUIRE_GE(levels[pair.worker], problem.rank[i]); });
      }
    }
    for (std::uint32_t j = 0; j < problem.workers(); ++j)
      if (levels[j] > 0) REQUIRE_EQ(taken[j], problem.places[j]);
  }
}

TEST_CASE("repair is exact from any prices, however wrong the auction was") {
  SeededRandom random(77);
  for (int round = 0; round < 150; ++round) {
    INFO(round);
    const Instance instance =
        made_up_problem(random, round % 2 ? Kind::strict : Kind::ties,
                        {20 + random.below(80), 5 + random.below(25), 20 + random.below(81)});
    const Packed problem = pack(canonical(instance));
    const Repaired right = solve_packed(problem);
    Auctioned start{.prices = std::vector<std::int64_t>(problem.workers(), 0),
                    .worker_of = std::vector<std::uint32_t>(problem.people(), nobody),
                    .epsilon = 1 + static_cast<std::int64_t>(random.below(2'000))};
    if (round % 3 > 0)
      for (std::int64_t& price : start.prices)
        price = static_cast<std::int64_t>(random.below(round % 3 == 1 ? 6'000 : 2'000'000));
    const Repaired repaired = repair(problem, start);
    REQUIRE_EQ(repaired.prices, right.prices);
    REQUIRE_EQ(repaired.gains, right.gains);
    for (std::uint32_t i = 0; i < problem.people(); ++i)
      REQUIRE_EQ(repaired.worker_of[i] == nobody, right.worker_of[i] == nobody);
  }
}

TEST_CASE("one too many, all with a bonus far above the fits, do not outbid each other for ever") {
  Instance instance; // from nothing to the bonus in steps of half a fit would be 200,000,000,000 bids
  instance.objective = Objective::weighted;
  constexpr std::int64_t bonus = std::int64_t{1} << 40;
  instance.people = {{1, 0, 1, bonus, 0}, {2, 0, 2, bonus, 0}, {3, 0, 3, bonus, 0}};
  instance.workers = {{1, 1}, {2, 1}};
  instance.pairs = {{0, 0, 10, 0, 0}, {0, 1, 9, 0, 0}, {1, 0, 9, 0, 0},
                    {1, 1, 9, 0, 0},  {2, 0, 8, 0, 0}, {2, 1, 10, 0, 0}};
  const Optimum optimum = solve_optimum(instance);
  CHECK_EQ(optimum.worker_of, std::vector<std::uint32_t>{0, nobody, 1});
  CHECK_EQ(optimum.prices, std::vector<std::int64_t>{bonus + 9, bonus + 9});
}

TEST_CASE("planted defects break the certificate") {
  SeededRandom random(11);
  Instance instance = made_up_problem(random, Kind::strict, {6, 4, 100});
  for (InstanceWorker& worker : instance.workers) worker.places = 1;
  const Optimum optimum = solve_optimum(instance);
  REQUIRE_GT(optimum.totals.people, 1);
  const Certificate good{optimum.worker_of, optimum.gains, optimum.prices};
  CHECK(prove(instance, good) == Proof::proved);
  Certificate dearer = good;
  for (std::size_t j = 0; j < dearer.prices.size(); ++j)
    if (instance.workers[j].places > 0) ++dearer.prices[j];
  CHECK(prove(instance, dearer) == Proof::gap);
  Certificate dropped = good;
  *std::find_if(dropped.worker_of.begin(), dropped.worker_of.end(), [](auto w) { return w != nobody; }) =
      nobody;
  CHECK(prove(instance, dropped) == Proof::gap);
  Certificate crowded = good;
  for (std::uint32_t& worker : crowded.worker_of) worker = 0;
  CHECK(prove(instance, crowded) != Proof::proved);
  Certificate cheap = good;
  for (std::int64_t& gain : cheap.gains) gain = 0;
  CHECK(prove(instance, cheap) == Proof::pair_underpriced);
}

TEST_CASE("what is out of range is refused with its code") {
  SeededRandom random(1);
  const Instance good = made_up_problem(random, Kind::strict, {3, 3, 100});
  const auto code = [&](auto&& change) {
    Instance instance = good;
    change(instance);
    const Done done = validate(instance);
    return done.ok() ? std::string("ok") : done.failure().code;
  };
  CHECK_EQ(code([](Instance&) {}), "ok");
  CHECK_EQ(code([](Instance& i) { i.people[1].id = i.people[0].id; }), "engine.id_twice");
  CHECK_EQ(code([](Instance& i) { i.people[1].klass = 1'024; }), "engine.class_out_of_range");
  CHECK_EQ(code([](Instance& i) { i.workers[1].places = 4'096; }), "engine.places_out_of_range");
  CHECK_EQ(code([](Instance& i) { i.pairs[0].worker = 3; }), "engine.pair_unknown");
  CHECK_EQ(code([](Instance& i) { i.pairs[1] = i.pairs[0]; }), "engine.pair_twice");
  CHECK_EQ(code([](Instance& i) { i.pairs[0].person_part = 70'000; }), "engine.fit_out_of_range");
  CHECK_EQ(code([](Instance& i) { i.pairs[0].person_part = -1; }), "engine.fit_out_of_range");
  CHECK_EQ(code([](Instance& i) {
             i.objective = Objective::weighted;
             i.people[0].bonus = -1;
           }),
           "engine.bonus_out_of_range");
}

TEST_CASE("a thousand people and two hundred workers are solved exactly") {
  SeededRandom random(42);
  const Instance instance = made_up_problem(random, Kind::strict, {1'000, 200, 60});
  const std::clock_t start = std::clock();
  const Optimum optimum = solve_optimum(instance);
  const std::clock_t optimum_at = std::clock();
  const StablePlan stable = solve_stable(instance);
  const std::clock_t stable_at = std::clock();
  MESSAGE("1,000 x 200: optimum " << (optimum_at - start) * 1000 / CLOCKS_PER_SEC << " ms, stable "
                                  << (stable_at - optimum_at) * 1000 / CLOCKS_PER_SEC << " ms CPU");
  CHECK_EQ(optimum.bound, optimum.totals.value);
  CHECK_LE(stable.totals.value, optimum.totals.value);
}
