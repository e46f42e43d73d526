#include <algorithm>

#include "base/random.hpp"
#include "matching/engine/all_pairs.hpp"
#include "matching/engine/optimum.hpp"
#include "support/test.hpp"

namespace kith::matching::engine {
namespace {

// Every pair there is, in a table: -1 where there is none.
class Table final : public PairSource {
public:
  Table(SeededRandom& random, const Packed& of) : workers_(of.workers()) {
    const std::uint64_t most = random.below(3) == 0 ? 3 : 8'000, share = 2 + random.below(4);
    for (std::uint64_t k = 0; k < std::uint64_t{of.people()} * workers_; ++k) {
      const bool some = random.below(share) == 0 && of.places[k % workers_] > 0;
      fits_.push_back(some ? static_cast<std::int32_t>(random.below(most)) : -1);
    }
  }
  std::int32_t fit(std::uint32_t person, std::uint32_t worker) const {
    return fits_[std::size_t{person} * workers_ + worker];
  }
  std::int32_t greatest() const { return std::max(0, *std::max_element(fits_.begin(), fits_.end())); }

  void best(std::uint32_t person, std::size_t most, std::vector<PackedPair>& out) const override {
    std::vector<PackedPair> all;
    for (std::uint32_t j = 0; j < workers_; ++j)
      if (fit(person, j) >= 0) all.push_back({j, fit(person, j)});
    std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.fit > b.fit; });
    all.resize(std::min({most, all.size(), begin_with}));
    out.insert(out.end(), all.begin(), all.end());
  }
  void worth_more(std::uint32_t person, const std::vector<std::int64_t>& prices, std::int64_t limit,
                  std::vector<PackedPair>& out) const override {
    for (std::uint32_t j = 0; j < workers_; ++j)
      if (fit(person, j) >= 0 && fit(person, j) - prices[j] > limit) out.push_back({j, fit(person, j)});
  }

  std::size_t begin_with{2}; // far too few

private:
  std::uint32_t workers_{};
  std::vector<std::int32_t> fits_{};
};

Packed list_of(SeededRandom& random) {
  Packed out;
  const auto workers = static_cast<std::uint32_t>(5 + random.below(25));
  const auto people = static_cast<std::uint32_t>(10 + random.below(90));
  for (std::uint32_t j = 0; j < workers; ++j)
    out.places.push_back(static_cast<std::uint16_t>(random.below(5)));
  const bool strict = random.below(2) == 0;
  for (std::uint32_t i = 0; i < people; ++i) {
    out.order.push_back(i);
    out.bonus.push_back(static_cast<std::int64_t>(strict ? 1 + random.below(5) : random.below(4'000)));
    if (strict) out.rank.push_back(static_cast<std::uint16_t>(out.bonus.back()));
  }
  return out;
}

void set_worth_of_ranks(Packed& problem, std::int32_t greatest_fit) {
  problem.greatest_fit = greatest_fit;
  if (problem.rank.empty()) return;
  problem.rank_value = (std::int64_t{problem.workers()} + 1) * greatest_fit + 1;
  for (std::uint32_t i = 0; i < problem.people(); ++i)
    problem.bonus[i] = problem.rank[i] * problem.rank_value;
}

Packed with_every_pair(Packed problem, const Table& table) {
  problem.pairs = PackedPairs(problem.workers());
  for (std::uint32_t i = 0; i < problem.people(); ++i) {
    for (std::uint32_t j = 0; j < problem.workers(); ++j)
      if (table.fit(i, j) >= 0) problem.pairs.push_back({j, table.fit(i, j)});
    problem.first.push_back(problem.pairs.size());
  }
  return problem;
}

std::int64_t bound(const Packed& problem, const std::vector<std::int64_t>& gains,
                   const std::vector<std::int64_t>& prices) {
  std::int64_t out = 0;
  for (const std::int64_t gain : gains) out += gain;
  for (std::uint32_t j = 0; j < problem.workers(); ++j) out += prices[j] * problem.places[j];
  return out;
}

} // namespace

TEST_CASE("from the two best of each person to the optimum over all pairs, proved over all") {
  SeededRandom random(1960);
  std::uint64_t held = 0, all = 0;
  int most_rounds = 0;
  for (int round = 0; round < 200; ++round) {
    INFO(round);
    Packed problem = list_of(random);
    const Table table(random, problem);
    set_worth_of_ranks(problem, table.greatest());
    const AllPairsOptimum found = solve_all_pairs(problem, table);
    const Packed every = with_every_pair(problem, table);
    const Repaired right = solve_packed(every);
    REQUIRE_EQ(bound(problem, found.gains, found.prices), bound(problem, right.gains, right.prices));

    std::int64_t value = 0;
    std::vector<int> taken(problem.workers(), 0);
    for (std::uint32_t i = 0; i < problem.people(); ++i) {
      REQUIRE_GE(found.gains[i], 0);
      for (std::uint32_t j = 0; j < problem.workers(); ++j)
        if (table.fit(i, j) >= 0)
          REQUIRE_GE(found.gains[i] + found.prices[j], problem.bonus[i] + table.fit(i, j));
      if (found.worker_of[i] == nobody) continue;
      REQUIRE_GE(table.fit(i, found.worker_of[i]), 0);
      value += problem.bonus[i] + table.fit(i, found.worker_of[i]);
      REQUIRE_LE(++taken[found.worker_of[i]], problem.places[found.worker_of[i]]);
    }
    REQUIRE_EQ(value, bound(problem, found.gains, found.prices));
    held += found.pairs_held;
    all += every.pairs.size();
    most_rounds = std::max(most_rounds, found.rounds);
  }
  CHECK_LT(held, all);
  CHECK_GT(most_rounds, 2); // two pairs a person were not enough
}

} // namespace kith::matching::engine
