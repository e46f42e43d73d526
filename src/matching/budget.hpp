// How much each stated view counts: a side's strengths shared out over a fixed budget (1,000 points for the
// person, 500 for the worker) by largest remainder, ties to the smaller criterion. Nobody gains influence by
// marking everything. With no view at all the budget stays unspent and is credited in full elsewhere.
#pragma once
#include <cstdint>
#include <vector>

#include "matching/profile.hpp"
#include "matching/settings.hpp"

namespace kith::matching {

inline constexpr std::int32_t person_budget = 1'000;
inline constexpr std::int32_t worker_budget = 500;

struct BudgetShare {
  Wish wish{};
  std::int32_t points{};
};
struct Budget {
  std::vector<BudgetShare> shares{}; // by criterion
  std::int32_t unspent{};            // all or nothing
};

Budget budget_of(const Wishes& wishes, std::int32_t points, const Weights& weights);

} // namespace kith::matching
