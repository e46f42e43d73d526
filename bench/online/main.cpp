// What share of a plan made in hindsight three ways of giving places one by one come to, as people arrive:
// the best that is free, prices learnt once and kept (static), and prices that follow (src/matching/engine/
// online.hpp). In value (fit and what having somebody at all is worth) and in people placed. Means over the
// random seeds, in hundredths of a per cent of hindsight's.
//   ./x bench online [--people N] [--seeds N]
// A town of people and workers with places, languages and three interests each. Half of the expected come
// from last year's town: in the second half of the real year one quarter of the town asks twice as often
// (drift). One offer in eight is declined and not made again. `off by a fifth`: a fifth more people are
// expected than come.
#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "base/random.hpp"
#include "matching/engine/online.hpp"
#include "matching/engine/optimum.hpp"

namespace {

using namespace kith::matching::engine;

constexpr std::int64_t worth_of_somebody = 4'000;
constexpr std::uint32_t stand_for_one = 4;

struct Person {
  std::int64_t bonus{};
  std::vector<PackedPair> pairs{}; // of those they would not decline
  std::vector<PackedPair> declined{};
};

class Town {
public:
  Town(std::uint64_t seed, std::uint32_t people, int places_percent);
  Person somebody(bool drifted);
  const std::vector<std::uint16_t>& places() const { return places_; }

private:
  struct Being {
    std::int32_t east{}, north{};
    std::uint32_t languages{}, interests{};
  };
  Being being();

  kith::SeededRandom random_;
  std::vector<Being> workers_{};
  std::vector<std::uint16_t> places_;
};

Town::Town(std::uint64_t seed, std::uint32_t people, int places_percent)
    : random_(seed), places_(std::max(people / 10, 1U), 0) {
  for (std::size_t j = 0; j < places_.size(); ++j) workers_.push_back(being());
  for (std::uint64_t k = 0; k < std::uint64_t{people} * static_cast<std::uint64_t>(places_percent) / 100; ++k)
    ++places_[random_.below(places_.size())];
}

Town::Being Town::being() {
  Being out{static_cast<std::int32_t>(random_.below(1'000)), static_cast<std::int32_t>(random_.below(1'000)),
            1, 0};
  if (random_.below(4) == 0) out.languages |= 2U << random_.below(4);
  if (random_.below(12) == 0) out.languages &= ~1U;
  if (out.languages == 0) out.languages = 2;
  for (int k = 0; k < 3; ++k) out.interests |= 1U << random_.below(12);
  return out;
}

Person Town::somebody(bool drifted) {
  Being who = being();
  if (drifted && random_.below(2) == 0) {
    who.east /= 2;
    who.north /= 2;
  }
  Person out{.bonus = worth_of_somebody + static_cast<std::int64_t>(random_.below(2'000))};
  for (std::uint32_t j = 0; j < workers_.size(); ++j) {
    const Being& worker = workers_[j];
    const std::int32_t far = std::abs(who.east - worker.east) + std::abs(who.north - worker.north);
    if ((who.languages & worker.languages) == 0 || far > 400) continue;
    const int shared = __builtin_popcount(who.interests & worker.interests);
    const PackedPair pair{j, (400 - far) * 8 + shared * 1'600};
    (random_.below(8) == 0 ? out.declined : out.pairs).push_back(pair);
  }
  return out;
}

Packed list_of(const std::vector<Person>& people, const std::vector<std::uint16_t>& places) {
  Packed out;
  out.places = places;
  out.pairs = PackedPairs(out.workers());
  for (const Person& person : people) {
    for (const PackedPair& pair : person.pairs) {
      out.pairs.push_back(pair);
      out.greatest_fit = std::max(out.greatest_fit, pair.fit);
    }
    out.first.push_back(out.pairs.size());
    out.order.push_back(static_cast<std::uint32_t>(out.bonus.size()));
    out.bonus.push_back(person.bonus);
  }
  return out;
}

struct Outcome {
  std::int64_t value{};
  std::int64_t people{};
};

// The person is offered one after the other until somebody is not declined.
template <class Suggest, class Give>
void place(const Person& person, Outcome& out, const Suggest& suggest, const Give& give) {
  std::vector<PackedPair> open = person.pairs;
  open.insert(open.end(), person.declined.begin(), person.declined.end());
  while (true) {
    const std::uint32_t worker = suggest(person.bonus, open);
    if (worker == nobody) return;
    const auto is = [&](const PackedPair& pair) { return pair.worker == worker; };
    const auto at = std::find_if(open.begin(), open.end(), is);
    const std::int32_t fit = at->fit;
    open.erase(at);
    if (std::any_of(person.declined.begin(), person.declined.end(), is)) continue;
    give(worker);
    out.value += person.bonus + fit;
    ++out.people;
    return;
  }
}

Outcome with_prices_that_follow(const std::vector<Person>& people, Packed expected) {
  const std::uint64_t expected_in_all = expected.people() / stand_for_one;
  Online online(std::move(expected), stand_for_one, 7);
  Outcome out;
  std::uint64_t left = people.size(); // of the year, which is known, other than how many will come
  for (const Person& person : people) {
    --left;
    online.still_expect(static_cast<std::uint32_t>(expected_in_all * left / people.size()));
    place(
        person, out, [&](std::int64_t bonus, const auto& open) { return online.suggest(bonus, open); },
        [&](std::uint32_t worker) { online.give(worker); });
  }
  return out;
}

Outcome with_fixed_prices(const std::vector<Person>& people, std::vector<std::uint16_t> places,
                          const std::vector<std::int64_t>& prices) {
  Outcome out;
  for (const Person& person : people)
    place(
        person, out,
        [&](std::int64_t bonus, const auto& open) {
          std::uint32_t best = nobody;
          std::int64_t most = -bonus;
          for (const PackedPair& pair : open)
            if (places[pair.worker] > 0 && pair.fit - prices[pair.worker] > most) {
              most = pair.fit - prices[pair.worker];
              best = pair.worker;
            }
          return best;
        },
        [&](std::uint32_t worker) { --places[worker]; });
  return out;
}

Outcome in_hindsight(const std::vector<Person>& people, const std::vector<std::uint16_t>& places) {
  const Packed problem = list_of(people, places);
  const Repaired best = solve_packed(problem);
  Outcome out;
  for (std::uint32_t i = 0; i < problem.people(); ++i) {
    if (best.worker_of[i] == nobody) continue;
    ++out.people;
    problem.each_pair(i, [&](const PackedPair& pair) {
      if (pair.worker == best.worker_of[i]) out.value += problem.bonus[i] + pair.fit;
    });
  }
  return out;
}

constexpr std::array<const char*, 4> ways{"best that is free", "static prices", "prices that follow",
                                          "the same, off by a fifth"};

// One year of one town: each way's share of hindsight, in value and people.
void year(std::uint64_t seed, std::uint32_t count, int places_percent,
          std::array<std::array<double, 2>, ways.size()>& sums) {
  Town town(seed, count, places_percent);
  std::vector<Person> people, expected;
  for (std::uint32_t i = 0; i < count; ++i) people.push_back(town.somebody(2 * i >= count));
  for (std::uint32_t i = 0; i < stand_for_one * count * 6 / 5; ++i)
    expected.push_back(town.somebody(i % 4 == 0)); // as many of each kind as come
  const std::vector<Person> as_many(expected.begin(), expected.begin() + stand_for_one * count);
  const Outcome best = in_hindsight(people, town.places());
  std::vector<std::uint16_t> shares = town.places();
  for (std::uint16_t& places : shares) places = static_cast<std::uint16_t>(places * stand_for_one);
  const auto prices = solve_packed(list_of(as_many, shares)).prices;
  const std::array<Outcome, ways.size()> found{
      with_fixed_prices(people, town.places(), std::vector<std::int64_t>(town.places().size(), 0)),
      with_fixed_prices(people, town.places(), prices),
      with_prices_that_follow(people, list_of(as_many, town.places())),
      with_prices_that_follow(people, list_of(expected, town.places()))};
  for (std::size_t way = 0; way < ways.size(); ++way) {
    sums[way][0] += static_cast<double>(found[way].value) / static_cast<double>(best.value);
    sums[way][1] += static_cast<double>(found[way].people) / static_cast<double>(best.people);
  }
}

} // namespace

int main(int count, char** words) {
  std::uint32_t people = 1'000;
  int seeds = 20;
  for (int i = 1; i + 1 < count; i += 2) {
    if (std::string(words[i]) == "--people") people = static_cast<std::uint32_t>(std::atoi(words[i + 1]));
    if (std::string(words[i]) == "--seeds") seeds = std::atoi(words[i + 1]);
  }
  if (count % 2 == 0 || people < 100 || people > 20'000 || seeds < 1) {
    std::fputs("./x bench online [--people 100..20000] [--seeds N]\n", stderr);
    return 2;
  }
  std::printf(
      "%u people, %u workers, %d towns\n\n| places per person | way | value | people |\n|---|---|---|---|\n",
      people, people / 10, seeds);
  for (const int places : {35, 70, 104}) {
    std::array<std::array<double, 2>, ways.size()> sums{};
    for (int seed = 1; seed <= seeds; ++seed) year(static_cast<std::uint64_t>(seed), people, places, sums);
    for (std::size_t way = 0; way < ways.size(); ++way)
      std::printf("| %.2f | %s | %.2f %% | %.2f %% |\n", places / 100.0, ways[way],
                  100 * sums[way][0] / seeds, 100 * sums[way][1] / seeds);
  }
}
