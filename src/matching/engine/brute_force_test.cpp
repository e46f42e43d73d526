// The engine against definitions tried out by exhaustion (tests/support/brute_force.hpp), on 10,000 problems
// of every kind in each test, up to 8 people and 8 workers; on 1,000 where each is solved some thirty times.
// KITH_PROBLEMS=N makes up N in each instead.
#include <algorithm>
#include <bit>

#include "base/random.hpp"
#include "matching/engine/arrival.hpp"
#include "matching/engine/choices.hpp"
#include "matching/engine/optimum.hpp"
#include "matching/engine/stable.hpp"
#include "support/brute_force.hpp"
#include "support/made_up_problems.hpp"

#include "support/test.hpp"

using namespace kith;
using namespace kith::matching::engine;
using namespace kith::test;

namespace {

People placed_by(const WorkerOf& plan) {
  People out = 0;
  for (std::size_t i = 0; i < plan.size(); ++i) out |= static_cast<People>(plan[i] != nobody) << i;
  return out;
}

std::vector<std::size_t> places_filled(const Instance& instance, const WorkerOf& plan) {
  std::vector<std::size_t> out(instance.workers.size(), 0);
  for (const std::uint32_t worker : plan)
    if (worker != nobody) ++out[worker];
  return out;
}

// The person wants these workers and no others, best first.
Instance with_list(const Instance& instance, std::uint32_t person, const std::vector<std::uint32_t>& list) {
  Instance out = instance;
  std::erase_if(out.pairs, [&](const InstancePair& pair) {
    return pair.person == person && std::find(list.begin(), list.end(), pair.worker) == list.end();
  });
  for (InstancePair& pair : out.pairs)
    if (pair.person == person)
      pair.person_part =
          static_cast<std::int32_t>(list.end() - std::find(list.begin(), list.end(), pair.worker));
  return out;
}

// Every list somebody could hand in who may be offered four workers or fewer; else forty at random, and each
// worker alone.
std::vector<std::vector<std::uint32_t>> lists_of(Random& random, std::vector<std::uint32_t> workers) {
  std::vector<std::vector<std::uint32_t>> out;
  std::sort(workers.begin(), workers.end());
  const auto begun_by = [&](auto&& self, std::vector<std::uint32_t>& list) -> void {
    out.push_back(list);
    for (const std::uint32_t worker : workers) {
      if (std::find(list.begin(), list.end(), worker) != list.end()) continue;
      list.push_back(worker);
      self(self, list);
      list.pop_back();
    }
  };
  std::vector<std::uint32_t> list;
  if (workers.size() <= 4) begun_by(begun_by, list);
  else
    for (int k = 0; k < 40; ++k) {
      for (std::size_t i = workers.size(); i > 1; --i) std::swap(workers[i - 1], workers[random.below(i)]);
      out.emplace_back(workers.begin(),
                       workers.begin() + static_cast<std::ptrdiff_t>(1 + random.below(workers.size())));
    }
  for (const std::uint32_t worker : workers) out.push_back({worker});
  return out;
}

// The plan of one round, exactly: who has a place and how good it is all told, or the very plan where the
// definition leaves one.
void check_round(const Instance& round, Method method, const WorkerOf& given) {
  if (method == Method::optimum) {
    const Best best = best_plan(round);
    REQUIRE_EQ(goals_of(round, totals_of(round, given)), best.goals);
    REQUIRE_EQ(placed_by(given), best.placed);
  } else if (method == Method::stable) {
    const Orders orders = orders_of(round);
    REQUIRE_EQ(given, best_for_people(stable_plans(round, orders), orders).value());
  } else {
    REQUIRE_EQ(given, arrival_plan(round));
  }
}

} // namespace

TEST_CASE("the optimum equals brute force on all three levels and in value, with smallest prices") {
  SeededRandom random(20'261'124);
  for (std::size_t turn = 0; turn < problems(10'000); ++turn) {
    INFO(turn);
    const Instance instance = small_problem(random, turn);
    REQUIRE(validate(instance).ok());
    const Optimum optimum = solve_optimum(instance);
    const Best best = best_plan(instance);
    REQUIRE_EQ(optimum.totals.value, best.value);
    REQUIRE_EQ(optimum.bound, best.value);
    REQUIRE_EQ(goals_of(instance, optimum.totals), best.goals);
    const std::vector<std::int64_t> bonus = bonus_by_definition(instance);
    for (std::size_t j = 0; j < instance.workers.size(); ++j) { // what one place more would bring
      Instance more = instance;
      ++more.workers[j].places;
      REQUIRE_EQ(optimum.prices[j], best_value(more, bonus) - best.value);
    }
  }
}

TEST_CASE("of plans equal in all goals, people who waited longer have the places") {
  SeededRandom random(20'261'130);
  for (std::size_t turn = 0; turn < problems(10'000); ++turn) {
    INFO(turn);
    const Instance instance = small_problem(random, turn);
    const Best best = best_plan(instance);
    REQUIRE_EQ(placed_by(solve_optimum(instance).worker_of), best.placed);
  }
}

TEST_CASE("the stable plan is the best one for everybody, and all of them fill the same places") {
  SeededRandom random(77);
  std::size_t several = 0;
  for (std::size_t turn = 0; turn < problems(10'000); ++turn) {
    INFO(turn);
    const Instance instance = small_problem(random, turn);
    const Orders orders = orders_of(instance);
    const StablePlan stable = solve_stable(instance);
    const std::vector<WorkerOf> plans = stable_plans(instance, orders);
    REQUIRE_FALSE(plans.empty());
    several += plans.size() > 1;
    REQUIRE_EQ(stable.worker_of, best_for_people(plans, orders).value());
    REQUIRE_EQ(stable.blocking_pairs, 0);
    const std::vector<std::size_t> filled = places_filled(instance, stable.worker_of);
    for (const WorkerOf& plan : plans) {
      REQUIRE_FALSE(blocked(instance, orders, plan));
      REQUIRE_EQ(placed_by(plan), placed_by(stable.worker_of));
      REQUIRE_EQ(places_filled(instance, plan), filled);
      for (std::size_t i = 0; i < plan.size(); ++i) // where a place stays free, nobody else could come
        if (plan[i] != nobody && filled[plan[i]] < instance.workers[plan[i]].places)
          REQUIRE_EQ(plan[i], stable.worker_of[i]);
    }
  }
  CHECK_GE(several, problems(10'000) / 1'000);
}

TEST_CASE("nobody gets a better worker from the stable plan by misstating what they want (1,000 problems)") {
  SeededRandom random(78);
  std::size_t lies = 0;
  for (std::size_t turn = 0; turn < problems(1'000); ++turn) {
    INFO(turn);
    const Instance instance = small_problem(random, turn);
    if (instance.people.empty()) continue;
    const Orders orders = orders_of(instance);
    const WorkerOf honest = solve_stable(instance).worker_of;
    const auto liar = static_cast<std::uint32_t>(random.below(instance.people.size()));
    for (const auto& list : lists_of(random, orders.workers_of[liar])) {
      ++lies;
      const std::uint32_t got = solve_stable(with_list(instance, liar, list)).worker_of[liar];
      if (got == nobody) continue;
      REQUIRE_NE(honest[liar], nobody);
      REQUIRE_GE(orders.rank_of[liar][got], orders.rank_of[liar][honest[liar]]);
    }
  }
  CHECK_GE(lies, problems(1'000));
}

TEST_CASE("arrival order is what it is defined to be") {
  SeededRandom random(79);
  for (std::size_t turn = 0; turn < problems(10'000); ++turn) {
    INFO(turn);
    const Instance instance = small_problem(random, turn);
    REQUIRE_EQ(solve_arrival(instance).worker_of, arrival_plan(instance));
  }
}

TEST_CASE("each round of choices is exact on what the rounds before it left") {
  SeededRandom random(4);
  std::size_t further = 0;
  for (std::size_t turn = 0; turn < problems(10'000); ++turn) {
    INFO(turn);
    Instance instance = small_problem(random, turn);
    for (InstancePerson& person : instance.people)
      person.already_offered = static_cast<std::uint8_t>(random.below(4) == 0 ? random.below(3) : 0);
    ChoiceSettings settings;
    settings.method = std::array{Method::stable, Method::optimum, Method::arrival}.at(random.below(3));
    settings.choices = static_cast<int>(1 + random.below(7));
    settings.offers_per_place = static_cast<int>(1 + random.below(3));
    const Choices choices = give_choices(instance, settings);
    const RoundsSoFar given{choices.workers_of, settings.offers_per_place};
    for (std::size_t i = 0; i < instance.people.size(); ++i)
      REQUIRE_LE(
          choices.workers_of[i].size() + instance.people[i].already_offered,
          static_cast<std::size_t>(std::max<int>(settings.choices, instance.people[i].already_offered)));
    for (int number = 1; number <= settings.choices; ++number) {
      const Instance round = round_of(instance, given, number);
      const WorkerOf plan = given_in(instance, given, number);
      check_round(round, settings.method, plan);
      if (number > 1) further += static_cast<std::size_t>(std::popcount(placed_by(plan)));
      if (number > 1) continue;
      REQUIRE_EQ(choices.kept, totals_of(round, plan));
      if (settings.method == Method::optimum) REQUIRE_EQ(choices.prices, solve_optimum(round).prices);
    }
  }
  CHECK_GE(further, problems(10'000) / 4);
}

TEST_CASE("the stable plans that brute force tells are all there are") {
  SeededRandom random(80);
  for (std::size_t turn = 0; turn < 1'000; ++turn) {
    const Instance instance = made_up_problem(random, every_kind.at(turn % every_kind.size()),
                                              {random.below(6), random.below(5), 20 + random.below(81)});
    const Orders orders = orders_of(instance);
    std::vector<WorkerOf> all; // of every way to place people, one after the other
    WorkerOf plan(instance.people.size(), nobody);
    const auto from = [&](auto&& self, std::uint32_t person) -> void {
      if (person == plan.size()) {
        if (!blocked(instance, orders, plan)) all.push_back(plan);
        return;
      }
      self(self, person + 1);
      for (const std::uint32_t worker : orders.workers_of[person]) {
        if (std::count(plan.begin(), plan.end(), worker) == instance.workers[worker].places) continue;
        plan[person] = worker;
        self(self, person + 1);
        plan[person] = nobody;
      }
    };
    from(from, 0);
    std::vector<WorkerOf> told = stable_plans(instance, orders);
    std::sort(told.begin(), told.end());
    std::sort(all.begin(), all.end());
    REQUIRE_EQ(told, all);
  }
}
