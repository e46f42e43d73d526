#include <algorithm>
#include <array>
#include <ctime>
#include <map>
#include <string>

#include "base/random.hpp"
#include "matching/engine/arrival.hpp"
#include "matching/engine/certificate.hpp"
#include "matching/engine/choices.hpp"
#include "matching/engine/instance.hpp"
#include "matching/engine/levels.hpp"
#include "matching/engine/optimum.hpp"
#include "matching/engine/stable.hpp"

#include "support/test.hpp"

using namespace kith;
using namespace kith::matching::engine;

namespace {

struct Shape {
  std::size_t people{};
  std::size_t workers{};
  int share_of_ten{6};     // pairs that exist
  std::uint64_t parts{20}; // distinct part values: few make many ties
  std::uint64_t classes{3};
  std::uint64_t places{3}; // 0 .. places-1
};

Instance random_instance(Random& random, Shape shape) {
  Instance out;
  out.seed = random.next();
  for (std::size_t i = 0; i < shape.people; ++i)
    out.people.push_back({random.next(), static_cast<std::uint16_t>(random.below(shape.classes) * 7),
                          static_cast<std::int64_t>(random.below(4)), 0, 0});
  for (std::size_t j = 0; j < shape.workers; ++j)
    out.workers.push_back({random.next(), static_cast<std::uint16_t>(random.below(shape.places))});
  for (std::uint32_t i = 0; i < shape.people; ++i)
    for (std::uint32_t j = 0; j < shape.workers; ++j)
      if (random.below(10) < static_cast<std::uint64_t>(shape.share_of_ten))
        out.pairs.push_back({i, j, static_cast<std::int32_t>(random.below(shape.parts)),
                             static_cast<std::int32_t>(random.below(shape.parts)),
                             static_cast<std::int32_t>(random.below(2))});
  return out;
}

Shape random_shape(Random& random) {
  Shape shape;
  shape.people = random.below(8);
  shape.workers = random.below(8);
  shape.share_of_ten = static_cast<int>(2 + random.below(9));
  shape.parts = random.below(2) ? 3 : 5'000;
  shape.classes = 1 + random.below(4);
  return shape;
}

// The three levels by exhaustive recursion over people and remaining places.
using Levels = std::vector<std::int64_t>; // per class highest first, then people, then fit
class BruteForce {
public:
  explicit BruteForce(const Instance& instance) : instance_(instance) {
    for (const auto& count :
         totals_of(instance, std::vector<std::uint32_t>(instance.people.size(), nobody)).by_class)
      classes_.push_back(count.klass);
  }
  Levels best() {
    std::vector<int> places;
    for (const auto& worker : instance_.workers) places.push_back(worker.places);
    return from(0, places);
  }

private:
  Levels from(std::size_t person, const std::vector<int>& places) {
    if (person == instance_.people.size()) return Levels(classes_.size() + 2, 0);
    const auto found = seen_.find({person, places});
    if (found != seen_.end()) return found->second;
    Levels best = from(person + 1, places);
    for (const InstancePair& pair : instance_.pairs) {
      if (pair.person != person || places[pair.worker] == 0) continue;
      std::vector<int> left = places;
      --left[pair.worker];
      Levels with = from(person + 1, left);
      const auto klass = std::find(classes_.begin(), classes_.end(), instance_.people[person].klass);
      ++with[static_cast<std::size_t>(klass - classes_.begin())];
      ++with[classes_.size()];
      with[classes_.size() + 1] += fit_of(pair);
      best = std::max(best, with);
    }
    return seen_[{person, places}] = best;
  }
  const Instance& instance_;
  std::vector<std::uint16_t> classes_;
  std::map<std::pair<std::size_t, std::vector<int>>, Levels> seen_;
};

Levels levels_of(const Totals& totals) {
  Levels out;
  for (const auto& count : totals.by_class) out.push_back(count.people);
  out.push_back(totals.people);
  out.push_back(totals.fit);
  return out;
}

// Every way to place people, one after the other.
template <class Body> void each_plan(const Instance& instance, const Body& body) {
  std::vector<std::uint32_t> worker_of(instance.people.size(), nobody);
  std::vector<int> places;
  places.reserve(instance.workers.size());
  for (const auto& worker : instance.workers) places.push_back(worker.places);
  const auto from = [&](auto&& self, std::uint32_t person) -> void {
    if (person == worker_of.size()) return body(worker_of);
    self(self, person + 1);
    for (const InstancePair& pair : instance.pairs) {
      if (pair.person != person || places[pair.worker] == 0) continue;
      --places[pair.worker];
      worker_of[person] = pair.worker;
      self(self, person + 1);
      worker_of[person] = nobody;
      ++places[pair.worker];
    }
  };
  from(from, 0);
}

// The same problem in another input order.
Instance shuffled(const Instance& instance, Random& random) {
  std::vector<std::uint32_t> people(instance.people.size()), workers(instance.workers.size());
  const auto shuffle = [&](auto& items) {
    for (std::size_t i = items.size(); i > 1; --i) std::swap(items[i - 1], items[random.below(i)]);
  };
  for (std::uint32_t i = 0; i < people.size(); ++i) people[i] = i;
  for (std::uint32_t j = 0; j < workers.size(); ++j) workers[j] = j;
  shuffle(people);
  shuffle(workers);
  Instance out = instance;
  for (std::uint32_t i = 0; i < people.size(); ++i) out.people[people[i]] = instance.people[i];
  for (std::uint32_t j = 0; j < workers.size(); ++j) out.workers[workers[j]] = instance.workers[j];
  for (InstancePair& pair : out.pairs) {
    pair.person = people[pair.person];
    pair.worker = workers[pair.worker];
  }
  shuffle(out.pairs);
  return out;
}

std::string written(const Instance& instance, const std::vector<std::vector<std::uint32_t>>& plan) {
  std::map<std::uint64_t, std::string> lines;
  for (std::size_t i = 0; i < plan.size(); ++i)
    for (const std::uint32_t worker : plan[i])
      lines[instance.people[i].id] += " " + std::to_string(instance.workers[worker].id);
  std::string out;
  for (const auto& [id, line] : lines) out += std::to_string(id) + line + "\n";
  return out;
}

// Every stable plan of a small instance, by exhaustion: worker of each person.
std::vector<std::vector<std::uint32_t>> all_stable_plans(const Instance& instance) {
  std::vector<std::vector<std::uint32_t>> out;
  each_plan(instance, [&](const std::vector<std::uint32_t>& plan) {
    if (count_blocking_pairs(instance, plan) == 0) out.push_back(plan);
  });
  return out;
}

// rank of a worker in the person's strict order; large when none
std::size_t rank_for(const Instance& instance, std::uint32_t person, std::uint32_t worker) {
  const auto order = canonical_workers(instance);
  std::vector<std::pair<std::int32_t, std::size_t>> list;
  std::size_t mine = list.max_size();
  for (const InstancePair& pair : instance.pairs) {
    if (pair.person != person) continue;
    const auto at =
        static_cast<std::size_t>(std::find(order.begin(), order.end(), pair.worker) - order.begin());
    list.emplace_back(-pair.person_part, at);
  }
  std::sort(list.begin(), list.end());
  for (std::size_t r = 0; r < list.size(); ++r)
    if (order[list[r].second] == worker) mine = r;
  return mine;
}

} // namespace

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

TEST_CASE("the optimum equals brute force on all three levels, with smallest prices") {
  SeededRandom random(20261124);
  for (int round = 0; round < 4'000; ++round) {
    const Instance instance = random_instance(random, random_shape(random));
    REQUIRE(validate(instance).ok());
    const Optimum optimum = solve_optimum(instance);
    REQUIRE_EQ(levels_of(optimum.totals), BruteForce(instance).best());
    REQUIRE_EQ(optimum.bound, optimum.totals.value);
    if (round % 8 != 0) continue;
    for (std::size_t j = 0; j < instance.workers.size(); ++j) { // price = gain from one more place, same D
      Instance more = instance;
      ++more.workers[j].places;
      REQUIRE_EQ(optimum.prices[j], solve_optimum(more).totals.value - optimum.totals.value);
    }
  }
}

TEST_CASE("the levels say how far down the classes each worker's places reach") {
  SeededRandom random(7);
  for (int round = 0; round < 500; ++round) {
    Shape shape = random_shape(random);
    shape.people *= 3;
    const Packed problem = pack(canonical(random_instance(random, shape)));
    const auto levels = levels_of(problem);
    const Repaired best = solve_packed(problem);
    std::vector<int> taken(problem.workers(), 0);
    for (std::uint32_t i = 0; i < problem.people(); ++i) {
      const std::uint32_t worker = best.worker_of[i];
      if (worker != nobody) {
        ++taken[worker];
        REQUIRE_GE(problem.rank[i], levels[worker]);
      } else {
        for (const PackedPair& pair : problem.pairs_of(i)) REQUIRE_GE(levels[pair.worker], problem.rank[i]);
      }
    }
    for (std::uint32_t j = 0; j < problem.workers(); ++j)
      if (levels[j] > 0) REQUIRE_EQ(taken[j], problem.places[j]);
  }
}

TEST_CASE("of plans equal in all goals, people who waited longer have the places") {
  SeededRandom random(20'261'130);
  for (int round = 0; round < 1'000; ++round) {
    Shape shape;
    shape.people = random.below(6);
    shape.workers = 1 + random.below(4);
    shape.parts = 1 + random.below(2);
    shape.classes = 1 + random.below(2);
    const Instance instance = random_instance(random, shape);
    std::vector<std::pair<std::int64_t, std::uint32_t>> waits; // and the place in canonical order
    const std::vector<std::uint32_t> canonical_order = canonical_people(instance);
    for (std::uint32_t k = 0; k < canonical_order.size(); ++k)
      waits.emplace_back(instance.people[canonical_order[k]].order, k);
    std::sort(waits.begin(), waits.end());
    std::vector<std::uint32_t> turns;
    turns.reserve(waits.size());
    for (const auto& [order, k] : waits) turns.push_back(canonical_order[k]);
    const auto who = [&](const std::vector<std::uint32_t>& worker_of) { // the first in turn weighs most
      std::vector<bool> out;
      out.reserve(turns.size());
      for (const std::uint32_t person : turns) out.push_back(worker_of[person] != nobody);
      return out;
    };
    std::pair<Levels, std::vector<bool>> best;
    each_plan(instance, [&](const std::vector<std::uint32_t>& worker_of) {
      best = std::max(best, std::pair(levels_of(totals_of(instance, worker_of)), who(worker_of)));
    });
    const Optimum optimum = solve_optimum(instance);
    REQUIRE_EQ(levels_of(optimum.totals), best.first);
    REQUIRE(who(optimum.worker_of) == best.second);
  }
}

TEST_CASE("repair is exact from any prices, however wrong the auction was") {
  SeededRandom random(77);
  for (int round = 0; round < 150; ++round) {
    INFO(round);
    Shape shape = random_shape(random);
    shape.people = 20 + random.below(80);
    shape.workers = 5 + random.below(25);
    shape.places = 2 + random.below(8);
    const Instance instance = random_instance(random, shape);
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

TEST_CASE("the weighted objective is the plain sum") {
  SeededRandom random(5);
  for (int round = 0; round < 300; ++round) {
    Instance instance = random_instance(random, random_shape(random));
    instance.objective = Objective::weighted;
    for (InstancePerson& person : instance.people) person.bonus = static_cast<std::int64_t>(random.below(50));
    const Optimum optimum = solve_optimum(instance);
    std::int64_t best = 0;
    std::vector<int> places;
    for (const auto& worker : instance.workers) places.push_back(worker.places);
    std::map<std::pair<std::size_t, std::vector<int>>, std::int64_t> seen;
    const auto visit = [&](auto&& self, std::size_t person) -> std::int64_t {
      if (person == instance.people.size()) return 0;
      if (const auto found = seen.find({person, places}); found != seen.end()) return found->second;
      std::int64_t most = self(self, person + 1);
      for (const InstancePair& pair : instance.pairs) {
        if (pair.person != person || places[pair.worker] == 0) continue;
        --places[pair.worker];
        most = std::max(most, instance.people[person].bonus + fit_of(pair) + self(self, person + 1));
        ++places[pair.worker];
      }
      return seen[{person, places}] = most;
    };
    best = visit(visit, 0);
    REQUIRE_EQ(optimum.totals.value, best);
  }
}

TEST_CASE("planted defects break the certificate") {
  SeededRandom random(11);
  Shape shape;
  shape.people = 6;
  shape.workers = 4;
  shape.share_of_ten = 10;
  Instance instance = random_instance(random, shape);
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

TEST_CASE(
    "the stable plan has no blocking pair, is best for people, and fills the same places as any other") {
  SeededRandom random(77);
  for (int round = 0; round < 600; ++round) {
    Shape shape = random_shape(random);
    shape.people = std::min<std::size_t>(shape.people, 5);
    shape.workers = std::min<std::size_t>(shape.workers, 4);
    const Instance instance = random_instance(random, shape);
    const StablePlan stable = solve_stable(instance);
    REQUIRE_EQ(stable.blocking_pairs, 0);
    std::vector<int> filled(instance.workers.size(), 0);
    for (const std::uint32_t worker : stable.worker_of)
      if (worker != nobody) ++filled[worker];
    const auto others = all_stable_plans(instance);
    REQUIRE_FALSE(others.empty());
    for (const auto& other : others) {
      std::vector<int> filled_there(instance.workers.size(), 0);
      for (std::uint32_t i = 0; i < other.size(); ++i) {
        REQUIRE_EQ(other[i] == nobody, stable.worker_of[i] == nobody);
        if (other[i] == nobody) continue;
        ++filled_there[other[i]];
        REQUIRE_LE(rank_for(instance, i, stable.worker_of[i]), rank_for(instance, i, other[i]));
      }
      REQUIRE_EQ(filled_there, filled);
    }
  }
}

TEST_CASE("nobody gets a better worker from the stable plan by misstating what they want") {
  SeededRandom random(78);
  for (int round = 0; round < 1'000; ++round) {
    Shape shape = random_shape(random);
    shape.people = 1 + random.below(6);
    const Instance instance = random_instance(random, shape);
    const StablePlan honest = solve_stable(instance);
    const auto liar = static_cast<std::uint32_t>(random.below(shape.people));
    Instance lie = instance;
    for (InstancePair& pair : lie.pairs)
      if (pair.person == liar) pair.person_part = static_cast<std::int32_t>(random.below(50));
    std::erase_if(lie.pairs,
                  [&](const InstancePair& pair) { return pair.person == liar && random.below(4) == 0; });
    const StablePlan told = solve_stable(lie);
    if (told.worker_of[liar] == nobody) continue;
    REQUIRE_NE(honest.worker_of[liar], nobody);
    REQUIRE_GE(rank_for(instance, liar, told.worker_of[liar]),
               rank_for(instance, liar, honest.worker_of[liar]));
  }
}

TEST_CASE("any input order gives the same bytes, by every method") {
  SeededRandom random(3);
  for (int round = 0; round < 300; ++round) {
    const Instance instance = random_instance(random, random_shape(random));
    const Instance other = shuffled(instance, random);
    for (const Method method : {Method::stable, Method::optimum, Method::arrival}) {
      const Choices a = give_choices(instance, {method, 3, 1});
      const Choices b = give_choices(other, {method, 3, 1});
      REQUIRE_EQ(written(instance, a.workers_of), written(other, b.workers_of));
      REQUIRE_EQ(a.kept, b.kept);
    }
  }
}

TEST_CASE("further choices take only places that nobody keeps, second choices before third ones") {
  SeededRandom random(4);
  for (int round = 0; round < 500; ++round) {
    Instance instance = random_instance(random, random_shape(random));
    for (InstancePerson& person : instance.people)
      person.already_offered = static_cast<std::uint8_t>(random.below(4) == 0);
    for (const Method method : {Method::stable, Method::optimum, Method::arrival}) {
      const Choices one = give_choices(instance, {method, 1, 1});
      const Choices three = give_choices(instance, {method, 3, 1});
      std::vector<int> used(instance.workers.size(), 0);
      for (std::uint32_t i = 0; i < instance.people.size(); ++i) {
        const auto& given = three.workers_of[i];
        if (instance.people[i].already_offered == 0) {
          REQUIRE_EQ(one.workers_of[i].empty(), given.empty());
          if (!given.empty()) REQUIRE_EQ(one.workers_of[i][0], given[0]);
        } else {
          REQUIRE(one.workers_of[i].empty());
        }
        REQUIRE_LE(given.size(), 3u - instance.people[i].already_offered);
        for (std::size_t c = 0; c < given.size(); ++c) {
          ++used[given[c]];
          REQUIRE_EQ(std::count(given.begin(), given.end(), given[c]), 1);
        }
      }
      for (std::size_t j = 0; j < used.size(); ++j) REQUIRE_LE(used[j], int{instance.workers[j].places});
    }
  }
}

TEST_CASE("metamorphic: scaling, copies, splitting a worker, one place more, one pair less") {
  SeededRandom random(9);
  for (int round = 0; round < 300; ++round) {
    const Instance instance = random_instance(random, random_shape(random));
    const Levels before = levels_of(solve_optimum(instance).totals);

    Instance scaled = instance;
    for (InstancePair& pair : scaled.pairs) {
      pair.person_part *= 3;
      pair.worker_part *= 3;
      pair.service_part *= 3;
    }
    Levels expected = before;
    expected.back() *= 3;
    REQUIRE_EQ(levels_of(solve_optimum(scaled).totals), expected);

    Instance twice = instance;
    for (const InstancePerson& person : instance.people) {
      twice.people.push_back(person);
      twice.people.back().id ^= 1;
    }
    for (const InstanceWorker& worker : instance.workers)
      twice.workers.push_back({worker.id ^ 1, worker.places});
    for (InstancePair pair : instance.pairs) {
      pair.person += static_cast<std::uint32_t>(instance.people.size());
      pair.worker += static_cast<std::uint32_t>(instance.workers.size());
      twice.pairs.push_back(pair);
    }
    Levels doubled = before;
    for (std::int64_t& level : doubled) level *= 2;
    REQUIRE_EQ(levels_of(solve_optimum(twice).totals), doubled);

    if (instance.workers.empty() || instance.pairs.empty()) continue;
    Instance split = instance;
    const auto last = static_cast<std::uint32_t>(split.workers.size());
    split.workers.push_back(
        {instance.workers[0].id ^ 2, static_cast<std::uint16_t>(instance.workers[0].places / 2)});
    split.workers[0].places =
        static_cast<std::uint16_t>(split.workers[0].places - split.workers[last].places);
    for (InstancePair pair : instance.pairs)
      if (pair.worker == 0) {
        pair.worker = last;
        split.pairs.push_back(pair);
      }
    REQUIRE_EQ(levels_of(solve_optimum(split).totals), before);

    Instance fewer = instance;
    fewer.pairs.pop_back();
    REQUIRE_LE(levels_of(solve_optimum(fewer).totals), before);
    Instance roomier = instance;
    ++roomier.workers[random.below(last)].places;
    REQUIRE_GE(levels_of(solve_optimum(roomier).totals), before);
  }
}

TEST_CASE("what is out of range is refused with its code") {
  SeededRandom random(1);
  Shape shape;
  shape.people = 3;
  shape.workers = 3;
  shape.share_of_ten = 10;
  const Instance good = random_instance(random, shape);
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
  Shape shape;
  shape.people = 1'000;
  shape.workers = 200;
  shape.parts = 5'000;
  shape.classes = 12;
  shape.places = 9;
  const Instance instance = random_instance(random, shape);
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
