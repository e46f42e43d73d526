// The same problem changed, and what must follow for the plan: no reference needed, so large problems too.
// 200 problems in each test, the kinds in turn, four of them of 2,000 people and 200 workers. D differs
// between most of these problems, so goals are compared and not values.
#include <algorithm>
#include <array>

#include "base/random.hpp"
#include "matching/engine/choices.hpp"
#include "matching/engine/optimum.hpp"
#include "support/brute_force.hpp"
#include "support/made_up_problems.hpp"

#include "support/test.hpp"

using namespace kith;
using namespace kith::matching::engine;
using namespace kith::test;

namespace {

constexpr std::size_t turns = 200;
constexpr std::array every_method{Method::stable, Method::optimum, Method::arrival};

Instance problem(Random& random, std::size_t turn) {
  const Kind kind = every_kind.at(turn % every_kind.size());
  if (turn % 50 == 49) return made_up_problem(random, kind, {2'000, 200, 5});
  return made_up_problem(random, kind, {random.below(40), random.below(20), 5 + random.below(96)});
}

Goals best(const Instance& instance) { return goals_of(instance, solve_optimum(instance).totals); }

std::uint32_t any_of(Random& random, std::size_t size) {
  return static_cast<std::uint32_t>(random.below(size));
}

// Parts and bonuses, each `by` times a third of what it was.
Instance scaled(const Instance& instance, std::int32_t by) {
  Instance out = instance;
  for (InstancePerson& person : out.people) person.bonus = person.bonus / 3 * by;
  for (InstancePair& pair : out.pairs) {
    pair.person_part = pair.person_part / 3 * by;
    pair.worker_part = pair.worker_part / 3 * by;
    pair.service_part = pair.service_part / 3 * by;
  }
  return out;
}

Instance and_a_copy(const Instance& instance) {
  Instance out = instance;
  for (const InstancePerson& person : instance.people) {
    out.people.push_back(person);
    out.people.back().id ^= 1;
  }
  for (const InstanceWorker& worker : instance.workers) out.workers.push_back({worker.id ^ 1, worker.places});
  for (InstancePair pair : instance.pairs) {
    pair.person += static_cast<std::uint32_t>(instance.people.size());
    pair.worker += static_cast<std::uint32_t>(instance.workers.size());
    out.pairs.push_back(pair);
  }
  return out;
}

// The worker's places divided between them and somebody just like them.
Instance split(Random& random, const Instance& instance, std::uint32_t worker) {
  Instance out = instance;
  const auto twin = static_cast<std::uint32_t>(out.workers.size());
  const auto places = static_cast<std::uint16_t>(random.below(std::size_t{1} + out.workers[worker].places));
  out.workers.push_back({out.workers[worker].id ^ 1, places});
  out.workers[worker].places = static_cast<std::uint16_t>(out.workers[worker].places - places);
  for (InstancePair pair : instance.pairs) {
    if (pair.worker != worker) continue;
    pair.worker = twin;
    out.pairs.push_back(pair);
  }
  return out;
}

// Somebody for everybody whose workers all have room for all who could come to them; worse than any of those
// in every part, and with as much room.
Instance with_somebody_worse(const Instance& instance) {
  Instance out = instance;
  std::vector<std::size_t> could_come(instance.workers.size(), 0);
  for (InstancePair& pair : out.pairs) {
    ++pair.person_part, ++pair.worker_part;
    ++could_come[pair.worker];
  }
  std::vector<bool> has_room(instance.people.size(), false), never(instance.people.size(), false);
  for (const InstancePair& pair : instance.pairs) {
    has_room[pair.person] = true;
    if (instance.workers[pair.worker].places <= could_come[pair.worker]) never[pair.person] = true;
  }
  const auto worse = static_cast<std::uint32_t>(out.workers.size());
  out.workers.push_back({7, 4'095});
  for (std::uint32_t i = 0; i < instance.people.size(); ++i)
    if (has_room[i] && !never[i]) out.pairs.push_back({i, worse, 0, 0, 0});
  return out;
}

} // namespace

TEST_CASE("any input order gives the same bytes, by every method, and other ids reach the same goals") {
  SeededRandom random(3);
  for (std::size_t turn = 0; turn < turns; ++turn) {
    INFO(turn);
    Instance instance = problem(random, turn);
    for (InstancePerson& person : instance.people)
      person.already_offered = static_cast<std::uint8_t>(random.below(8) == 0);
    const Shuffled other = shuffled(random, instance);
    for (const Method method : every_method) {
      const Choices a = give_choices(instance, {method, 3, 2});
      const Choices b = give_choices(other.instance, {method, 3, 2});
      REQUIRE_EQ(a.kept, b.kept);
      for (std::size_t i = 0; i < a.workers_of.size(); ++i) {
        std::vector<std::uint32_t> there;
        for (const std::uint32_t worker : a.workers_of[i]) there.push_back(other.workers[worker]);
        REQUIRE_EQ(there, b.workers_of[other.people[i]]);
      }
      for (std::size_t j = 0; j < a.prices.size(); ++j) REQUIRE_EQ(a.prices[j], b.prices[other.workers[j]]);
    }
    const Goals before = best(instance);
    instance.seed = random.next();
    for (InstancePerson& person : instance.people) person.id = random.next();
    for (InstanceWorker& worker : instance.workers) worker.id = random.next();
    REQUIRE_EQ(best(instance), before);
  }
}

TEST_CASE("all fits three times as great make the fit three times as great") {
  SeededRandom random(9);
  for (std::size_t turn = 0; turn < turns; ++turn) {
    INFO(turn);
    const Instance instance = problem(random, turn);
    const Optimum once = solve_optimum(scaled(instance, 1)), thrice = solve_optimum(scaled(instance, 3));
    Goals expected = goals_of(instance, once.totals);
    expected.back() *= 3;
    REQUIRE_EQ(goals_of(instance, thrice.totals), expected);
    if (instance.objective == Objective::strict) continue; // the prices of classes go by D
    for (std::size_t j = 0; j < once.prices.size(); ++j) REQUIRE_EQ(thrice.prices[j], 3 * once.prices[j]);
  }
}

TEST_CASE("a place or a pair more never lowers the goals, one less never raises them") {
  SeededRandom random(10);
  std::size_t raised = 0, lowered = 0;
  for (std::size_t turn = 0; turn < turns; ++turn) {
    INFO(turn);
    const Instance instance = problem(random, turn);
    if (instance.people.empty() || instance.workers.empty()) continue;
    const Goals before = best(instance);
    const std::uint32_t person = any_of(random, instance.people.size());
    const std::uint32_t worker = any_of(random, instance.workers.size());
    Instance changed = instance;
    ++changed.workers[worker].places;
    REQUIRE_GE(best(changed), before);
    raised += best(changed) > before;
    changed.workers[worker].places = instance.workers[worker].places / 2;
    REQUIRE_LE(best(changed), before);
    lowered += best(changed) < before;
    changed = instance;
    std::erase_if(changed.pairs,
                  [&](const InstancePair& pair) { return pair.person == person && pair.worker == worker; });
    REQUIRE_LE(best(changed), before);
    if (changed.pairs.size() < instance.pairs.size()) continue;
    changed.pairs.push_back({person, worker, 5, 5, 5});
    REQUIRE_GE(best(changed), before);
  }
  CHECK_GT(raised, 10);
  CHECK_GT(lowered, 10);
}

TEST_CASE("somebody worse for everybody changes nothing while all who are better have places free") {
  SeededRandom random(11);
  std::size_t asked = 0;
  for (std::size_t turn = 0; turn < turns; ++turn) {
    INFO(turn);
    const Instance more = with_somebody_worse(problem(random, turn));
    Instance instance = more;
    const auto worse = static_cast<std::uint32_t>(more.workers.size() - 1);
    instance.workers.pop_back();
    std::erase_if(instance.pairs, [&](const InstancePair& pair) { return pair.worker == worse; });
    asked += instance.pairs.size() < more.pairs.size();
    REQUIRE_EQ(best(more), best(instance));
    const std::vector<std::uint32_t> optimum = solve(more, Method::optimum);
    REQUIRE_EQ(std::count(optimum.begin(), optimum.end(), worse), 0);
    for (const Method method : {Method::stable, Method::arrival})
      REQUIRE_EQ(solve(more, method), solve(instance, method));
  }
  CHECK_GT(asked, 20);
}

TEST_CASE("two workers in the place of one, alike and with the places divided, change no goal") {
  SeededRandom random(12);
  for (std::size_t turn = 0; turn < turns; ++turn) {
    INFO(turn);
    const Instance instance = problem(random, turn);
    if (instance.workers.empty()) continue;
    const std::uint32_t worker = any_of(random, instance.workers.size());
    const Optimum one = solve_optimum(instance);
    const Optimum two = solve_optimum(split(random, instance, worker));
    REQUIRE_EQ(goals_of(instance, two.totals), goals_of(instance, one.totals));
    if (instance.objective == Objective::strict) continue; // the prices of classes go by D
    REQUIRE_EQ(two.prices[worker], one.prices[worker]);
    REQUIRE_EQ(two.prices.back(), one.prices[worker]);
  }
}

TEST_CASE("two copies that know nothing of each other come to twice as much") {
  SeededRandom random(13);
  for (std::size_t turn = 0; turn < turns; ++turn) {
    INFO(turn);
    const Instance instance = problem(random, turn), twice = and_a_copy(instance);
    Goals doubled = best(instance);
    for (std::int64_t& goal : doubled) goal *= 2;
    REQUIRE_EQ(best(twice), doubled);
  }
}

TEST_CASE("the smallest price of a worker is what one place more of theirs would bring") {
  SeededRandom random(14);
  std::size_t priced = 0;
  for (std::size_t turn = 0; turn < turns; ++turn) {
    INFO(turn);
    const Instance instance = problem(random, turn);
    const Optimum optimum = solve_optimum(instance);
    for (std::size_t k = 0; k < std::min<std::size_t>(instance.workers.size(), 6); ++k) {
      const std::uint32_t worker = any_of(random, instance.workers.size());
      Instance more = instance;
      ++more.workers[worker].places; // D stays what it was
      REQUIRE_EQ(optimum.prices[worker], solve_optimum(more).totals.value - optimum.totals.value);
      priced += optimum.prices[worker] > 0;
    }
  }
  CHECK_GT(priced, 100);
}
