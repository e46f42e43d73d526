// Matching problems made up from a seed, of every kind the engine may meet, and the same problem written in
// another order. For tests and nothing else.
#pragma once
#include <array>
#include <cstddef>

#include "base/random.hpp"
#include "matching/engine/instance.hpp"

namespace kith::test {

enum class Kind {
  strict,
  weighted,
  ties,     // three different parts, two days of waiting
  equal,    // all fits the same
  no_pairs, // nobody may be offered to anybody
  surplus,  // more places than people, at every worker
  scarce,   // at most one place at every third worker
  closed,   // half the workers without a place
  single,   // no place or one
  crowds,   // no place, one, five or thousands
  named     // workers name people, in an order of their own
};
inline constexpr std::array every_kind{Kind::strict,   Kind::weighted, Kind::ties,   Kind::equal,
                                       Kind::no_pairs, Kind::surplus,  Kind::scarce, Kind::closed,
                                       Kind::single,   Kind::crowds,   Kind::named};

struct Size {
  std::size_t people{};
  std::size_t workers{};
  std::uint64_t pairs_of_hundred{}; // the share of all pairs that exist
};

matching::engine::Instance made_up_problem(Random& random, Kind kind, Size size);
Size small_size(Random& random); // 0 to 8 people and workers, few pairs or all
// The kinds in turn: small problems that go through all of them.
matching::engine::Instance small_problem(Random& random, std::size_t turn);

// The same problem with people, workers and pairs in another order. `people` and `workers`: where each went.
struct Shuffled {
  matching::engine::Instance instance{};
  std::vector<std::uint32_t> people{};
  std::vector<std::uint32_t> workers{};
};
Shuffled shuffled(Random& random, const matching::engine::Instance& instance);

// How many problems a test makes up: `usual`, or what the variable KITH_PROBLEMS says, for a longer look.
std::size_t problems(std::size_t usual);

} // namespace kith::test
