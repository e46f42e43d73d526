// How many more workers would be possible if one open clause of a question were not asked ("if online is
// fine: 12 more", matching.md 2.12), all clauses in one pass: per block, who breaks one clause and who breaks
// two; whoever breaks exactly one is what that clause costs. The same numbers as leaving out each clause in
// turn, without the products before and after it. Secret clauses and exclusions play no part, so adding one
// changes no number here; whoever was asked already is in none. Pure.
#pragma once
#include "matching/engine/asking.hpp"

namespace kith::matching::engine {

struct OneLess {
  std::int64_t possible{};             // for whom every open clause holds
  std::vector<std::int64_t> further{}; // by clause: for whom it alone does not; 0 where it is secret
  bool operator==(const OneLess&) const = default;
};
OneLess count_one_less(const Columns& columns, const Question& question,
                       const Kernel& kernel = best_kernel());

// The same as workers: their places, in order. `broken` 0: every open clause holds; 1: all but one do.
std::vector<std::uint32_t> breaking(const Columns& columns, const Question& question, int broken,
                                    const Kernel& kernel = best_kernel());

} // namespace kith::matching::engine
