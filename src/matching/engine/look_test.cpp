#include <algorithm>

#include "base/random.hpp"
#include "matching/engine/optimum.hpp"
#include "support/test.hpp"

namespace kith::matching::engine {
namespace {

constexpr InstructionSet sets[] = {InstructionSet::plain, InstructionSet::avx2, InstructionSet::avx512};

// What look.hpp promises, by sorting: the most first, of equals the first in the row.
template <class Word> Look by_sorting(const std::vector<Word>& row, const std::vector<std::int64_t>& prices) {
  std::vector<std::pair<std::int64_t, std::uint32_t>> worths; // less the worth, place
  for (std::uint32_t k = 0; k < row.size(); ++k)
    worths.emplace_back(prices[worker_in(row[k])] - fit_in(row[k]), k);
  std::sort(worths.begin(), worths.end());
  Look out;
  if (!worths.empty()) out = {worths[0].second, -worths[0].first, Look::none};
  if (worths.size() > 1) out.second = -worths[1].first;
  return out;
}

template <class Word> void looks_agree(SeededRandom& random) {
  const std::uint64_t most_fit = 1 + random.below(random.below(2) == 0 ? 3 : 65'535);
  std::vector<std::int64_t> prices(1 + random.below(40));
  for (std::int64_t& price : prices)
    price = static_cast<std::int64_t>(random.below(random.below(4) == 0 ? std::uint64_t{1} << 61 : most_fit));
  std::vector<Word> row(random.below(65));
  for (Word& pair : row)
    pair = static_cast<Word>(random.below(prices.size()) | static_cast<Word>(random.below(most_fit + 1))
                                                               << half<Word>);
  const Look right = by_sorting(row, prices);
  const bool one_is_second = row.size() > 1 && random.below(2) == 0;
  const std::int64_t limit = one_is_second ? right.second - 1 : right.best;
  for (const InstructionSet set : sets) {
    if (!has(set)) continue;
    INFO(static_cast<int>(set));
    const Look look = looks<Word>(set).best(row, prices.data());
    REQUIRE_EQ(look.at, right.at);
    REQUIRE_EQ(look.best, right.best);
    REQUIRE_EQ(look.second, right.second);
    const std::uint64_t bits = looks<Word>(set).at_least(row, prices.data(), limit);
    for (std::uint32_t k = 0; k < 64; ++k) {
      const bool wanted = k < row.size() && fit_in(row[k]) - prices[worker_in(row[k])] >= limit;
      REQUIRE_EQ((bits >> k & 1) != 0, wanted);
    }
  }
}

Instance instance_of(SeededRandom& random, std::uint32_t workers) {
  Instance instance;
  instance.seed = random.next();
  instance.objective = random.below(2) == 0 ? Objective::strict : Objective::weighted;
  for (std::uint32_t j = 0; j < workers; ++j)
    instance.workers.push_back({.id = j + 1, .places = static_cast<std::uint16_t>(random.below(3))});
  for (std::uint32_t i = 0; i < 120; ++i) {
    instance.people.push_back({.id = i + 1,
                               .klass = static_cast<std::uint16_t>(random.below(4)),
                               .order = static_cast<std::int64_t>(random.below(30)),
                               .bonus = static_cast<std::int64_t>(random.below(5'000))});
    std::uint32_t worker = 0;
    while ((worker += 1 + static_cast<std::uint32_t>(random.below(2 * workers / 30))) < workers)
      instance.pairs.push_back(
          {.person = i, .worker = worker, .person_part = static_cast<std::int32_t>(random.below(9'000))});
  }
  return instance;
}

} // namespace

TEST_CASE("every way to look finds the same pairs") {
  SeededRandom random(512);
  for (int round = 0; round < 5'000; ++round) {
    INFO(round);
    looks_agree<std::uint32_t>(random);
    looks_agree<std::uint64_t>(random);
  }
}

TEST_CASE("with every way to look the optimum is the same to the byte, in short pairs and in long ones") {
  SeededRandom random(31);
  for (const std::uint32_t workers : {40U, 70'000U}) {
    for (int round = 0; round < 3; ++round) {
      const Canonical problem = canonical(instance_of(random, workers));
      const Repaired right = solve_packed(pack(problem, Keep::pairs_with_places, InstructionSet::plain));
      for (const InstructionSet set : sets) {
        if (!has(set)) continue;
        INFO(static_cast<int>(set));
        const Repaired found = solve_packed(pack(problem, Keep::pairs_with_places, set));
        REQUIRE(found.worker_of == right.worker_of);
        REQUIRE(found.gains == right.gains);
        REQUIRE(found.prices == right.prices);
      }
    }
  }
}

TEST_CASE("65,536 workers and more are told apart") {
  Instance instance;
  instance.objective = Objective::weighted;
  for (std::uint32_t j = 0; j < 65'537; ++j) instance.workers.push_back({.id = j + 1, .places = 1});
  instance.people = {{.id = 1}, {.id = 2}};
  instance.pairs = {{.person = 0, .worker = 0, .person_part = 5},
                    {.person = 0, .worker = 65'536, .person_part = 65'535},
                    {.person = 1, .worker = 65'536, .person_part = 65'534}};
  const Optimum optimum = solve_optimum(instance);
  CHECK(optimum.worker_of == std::vector<std::uint32_t>{0, 65'536});
  CHECK_EQ(optimum.prices[65'536], 65'530); // what a second place there would bring
}

} // namespace kith::matching::engine
