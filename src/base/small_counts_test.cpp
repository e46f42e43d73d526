#include "base/small_counts.hpp"

#include <algorithm>
#include <numeric>

#include "base/random.hpp"

#include "support/test.hpp"

using namespace kith;

namespace {

using Counts = std::vector<std::int64_t>;

std::int64_t sum_of(const Counts& counts, const std::vector<bool>& visible, bool which) {
  std::int64_t sum = 0;
  for (std::size_t i = 0; i < counts.size(); ++i)
    if (visible[i] == which) sum += counts[i];
  return sum;
}

// Of groups so large that those who are not in a count never matter.
std::vector<bool> as_shown(const Counts& counts) { return shown(counts, Counts(counts.size(), 1'000)); }

} // namespace

TEST_CASE("groups too small to stand alone go together until they are enough") {
  CHECK(put_together(Counts{}).empty());
  CHECK(put_together(Counts{5, 9}).empty());
  CHECK_EQ(put_together(Counts{20, 2, 3}), std::vector<std::size_t>{1, 2});
  CHECK_EQ(put_together(Counts{20, 2, 9}),
           std::vector<std::size_t>{1, 2}); // two alone would still point at them
  CHECK_EQ(put_together(Counts{1, 2}), std::vector<std::size_t>{0, 1});
}

TEST_CASE("a count too small to be shown cannot be worked out from the total of its column") {
  CHECK_EQ(as_shown({7, 9}), std::vector<bool>{true, true});
  CHECK_EQ(as_shown({7, 9, 2}), std::vector<bool>{false, true, false});  // 18 - 9 - 7 would tell
  CHECK_EQ(as_shown({1, 9, 2}), std::vector<bool>{false, false, false}); // three people in two are still few
  CHECK_EQ(as_shown({3, 9, 2}), std::vector<bool>{false, true, false});
  CHECK_EQ(as_shown({0, 9}), std::vector<bool>{true, true});
  CHECK_EQ(as_shown({4, 0}), std::vector<bool>{false, false});
}

TEST_CASE("all but a few of a group would point at those few") {
  CHECK_EQ(shown(Counts{5, 20}, Counts{6, 40}), std::vector<bool>{false, false});
  CHECK_EQ(shown(Counts{6, 20, 9}, Counts{6, 40, 30}), std::vector<bool>{true, true, true});
}

TEST_CASE("whatever the counts, what is hidden in a column is two of them or more, and many people or all") {
  SeededRandom random(26);
  for (int round = 0; round < 20'000; ++round) {
    Counts counts(1 + random.below(6));
    for (std::int64_t& count : counts)
      count = static_cast<std::int64_t>(random.below(random.below(3) == 0 ? 40 : 8));
    Counts sizes = counts;
    for (std::int64_t& size : sizes) size += static_cast<std::int64_t>(random.below(9));
    const auto visible = shown(counts, sizes);
    const auto few = [](std::int64_t people) { return people > 0 && people < least_shown; };
    for (std::size_t i = 0; i < counts.size(); ++i)
      if (few(counts[i]) || few(sizes[i] - counts[i])) REQUIRE_FALSE(visible[i]);
    const auto hidden = std::count(visible.begin(), visible.end(), false);
    if (hidden == 0) continue;
    const bool all = hidden == static_cast<std::ptrdiff_t>(counts.size());
    const std::int64_t in = sum_of(counts, visible, false), all_in = sum_of(sizes, visible, false);
    REQUIRE((all || (hidden >= 2 && !few(in) && !few(all_in - in))));

    const auto together = put_together(counts);
    std::int64_t people = 0;
    for (const std::size_t i : together) people += counts[i];
    for (std::size_t i = 0; i < counts.size(); ++i)
      if (counts[i] < least_shown) REQUIRE(std::binary_search(together.begin(), together.end(), i));
    REQUIRE((together.empty() || people >= least_shown || together.size() == counts.size()));
  }
}
