#include "matching/budget.hpp"

#include <algorithm>

namespace kith::matching {
namespace {

std::int64_t weight_of(Strength strength, const Weights& weights) {
  switch (strength) {
  case Strength::matters:
  case Strength::avoid:
    return weights.matters;
  case Strength::a_little:
    return weights.a_little;
  case Strength::must:
  case Strength::no_view:
    return 0;
  }
  FATAL("unknown strength");
}

} // namespace

Budget budget_of(const Wishes& wishes, std::int32_t points, const Weights& weights) {
  Budget out;
  std::int64_t sum = 0;
  for (const Wish& wish : wishes) {
    const std::int64_t weight = weight_of(wish.strength, weights);
    if (weight <= 0) continue;
    out.shares.push_back({wish, 0});
    sum += weight;
  }
  if (sum == 0) {
    out.unspent = points;
    return out;
  }
  std::sort(out.shares.begin(), out.shares.end(),
            [](const BudgetShare& a, const BudgetShare& b) { return a.wish.criterion < b.wish.criterion; });
  std::vector<std::pair<std::int64_t, std::size_t>> remainders; // greatest first, then smaller criterion
  std::int32_t left = points;
  for (std::size_t i = 0; i < out.shares.size(); ++i) {
    const std::int64_t exact = points * weight_of(out.shares[i].wish.strength, weights);
    out.shares[i].points = static_cast<std::int32_t>(exact / sum);
    left -= out.shares[i].points;
    remainders.emplace_back(-(exact % sum), i);
  }
  std::sort(remainders.begin(), remainders.end());
  for (std::int32_t i = 0; i < left; ++i) ++out.shares[remainders[static_cast<std::size_t>(i)].second].points;
  return out;
}

} // namespace kith::matching
