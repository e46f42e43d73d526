#include <algorithm>

#include "base/random.hpp"
#include "matching/engine/online.hpp"
#include "matching/engine/optimum.hpp"
#include "support/test.hpp"

namespace kith::matching::engine {
namespace {

struct Arrival {
  std::int64_t bonus{};
  std::vector<PackedPair> pairs{};
};

Packed list_of(const std::vector<Arrival>& people, std::vector<std::uint16_t> places) {
  Packed out;
  out.places = std::move(places);
  out.pairs = PackedPairs(out.workers());
  for (const Arrival& person : people) {
    for (const PackedPair& pair : person.pairs) out.pairs.push_back(pair);
    out.first.push_back(out.pairs.size());
    out.order.push_back(static_cast<std::uint32_t>(out.bonus.size()));
    out.bonus.push_back(person.bonus);
  }
  out.greatest_fit = 1'000;
  return out;
}

// Six kinds of people, who each see a third of the workers; a kind is often suited by few.
Arrival somebody(SeededRandom& random, std::uint32_t workers) {
  const auto kind = static_cast<std::uint32_t>(random.below(6));
  Arrival out{.bonus = static_cast<std::int64_t>(random.below(200))};
  for (std::uint32_t j = 0; j < workers; ++j)
    if ((j + kind) % 3 == 0)
      out.pairs.push_back(
          {j, static_cast<std::int32_t>(j % 6 == kind ? 500 + random.below(500) : random.below(300))});
  return out;
}

std::int64_t worth_of(const Arrival& person, std::uint32_t worker) {
  const auto at = std::find_if(person.pairs.begin(), person.pairs.end(),
                               [&](const PackedPair& pair) { return pair.worker == worker; });
  return person.bonus + at->fit;
}

std::int64_t value_online(const std::vector<Arrival>& people, const Packed& expected,
                          std::uint32_t times = 1) {
  Online online(expected, times, 5);
  std::int64_t value = 0;
  auto to_come = static_cast<std::uint32_t>(people.size());
  for (const Arrival& person : people) {
    online.still_expect(--to_come);
    const std::uint32_t worker = online.suggest(person.bonus, person.pairs);
    if (worker == nobody) continue;
    online.give(worker);
    value += worth_of(person, worker);
  }
  return value;
}

std::int64_t value_in_hindsight(const Packed& problem) {
  const Repaired best = solve_packed(problem);
  std::int64_t value = 0;
  for (const std::int64_t gain : best.gains) value += gain;
  for (std::uint32_t j = 0; j < problem.workers(); ++j) value += best.prices[j] * problem.places[j];
  return value;
}

} // namespace

TEST_CASE("a place is kept for somebody to whom it is worth more, until nobody is expected any more") {
  Online online(list_of({{.bonus = 0, .pairs = {{0, 9}}}, {.bonus = 0, .pairs = {{0, 8}}}}, {1, 1}), 1, 1);
  const std::vector<PackedPair> pairs{{0, 3}, {1, 2}};
  CHECK_EQ(online.suggest(0, pairs), 1); // the other worker, of whom nobody to come can make use
  online.still_expect(1);
  CHECK_EQ(online.suggest(0, pairs), 1);
  online.still_expect(0);
  CHECK_EQ(online.suggest(0, pairs), 0);
  online.give(0);
  CHECK_EQ(online.suggest(0, pairs), 1);
  online.give(1);
  CHECK_EQ(online.suggest(0, pairs), nobody);
}

TEST_CASE("prices that follow what is left come nearer to hindsight than the best that is free") {
  constexpr int times = 4;
  SeededRandom random(20);
  std::int64_t online = 0, greedy = 0, hindsight = 0;
  for (int round = 0; round < 20; ++round) {
    std::vector<Arrival> people, expected;
    for (int i = 0; i < 200; ++i) people.push_back(somebody(random, 24));
    for (int i = 0; i < 200 * times; ++i) expected.push_back(somebody(random, 24));
    const std::vector<std::uint16_t> places(24, 5);
    const Packed problem = list_of(people, places);
    online += value_online(people, list_of(expected, places), times);
    greedy += value_online(people, list_of({}, places));
    hindsight += value_in_hindsight(problem);
    REQUIRE_LE(value_online(people, list_of(people, places)), value_in_hindsight(problem));
  }
  CHECK_GT(online * 100, hindsight * 95);
  CHECK_LT(greedy * 100, hindsight * 92);
}

} // namespace kith::matching::engine
