// The best workers for one person, exactly, of all there are: by fit, or by fit less the worker's price when
// prices are given (matching.md 2.4: whom to suggest). Ties: canonical order. Nothing is sorted but what is
// kept: every block is asked who is possible and weighed for the person, and only whoever could still reach
// the worst one kept is looked at singly. Cost for 50,000 workers: docs/matching/candidates.md. Pure.
#pragma once
#include "matching/engine/asking.hpp"
#include "matching/engine/prices.hpp"

namespace kith::matching::engine {

inline constexpr std::size_t shortlist_length = 32;

struct Listed {
  std::uint32_t worker{}; // their place in the columns
  std::int32_t person_part{};
  std::int32_t worker_part{};
  std::int32_t service_part{};
  std::int64_t worth{}; // the fit, less the price
  bool operator==(const Listed&) const = default;
};

struct Ranking {                      // the same for many questions
  std::vector<std::uint32_t> order{}; // by place: the canonical order, each number once
  Prices prices{};                    // empty: by fit alone
};

// Best first; fewer than `most` when fewer are possible. REQUIRES an order of all workers, and prices of all
// or none, each within 2^61 of 0.
std::vector<Listed> shortlist(const Columns& columns, const Question& question, const Ranking& ranking,
                              std::size_t most = shortlist_length, const Kernel& kernel = best_kernel());

} // namespace kith::matching::engine
