// The stable plan: hospital/residents deferred acceptance with places, people asking (matching.md 2.8; Gale
// and Shapley 1962; Roth 1984). Nobody would rather have a worker who would rather have them.
//
// Orders, both strict by construction. Person: person part, then canonical order of workers. Worker: the
// people they named, in that order (InstancePair::worker_rank); then class, then worker part, then waiting
// date, then canonical order of people; so where nobody is named, priorities hold at each worker. The result
// is the best stable plan for every person at once, and no person gains by misstating a preference. The
// service part (continuity) is in neither order. Cost: O(pairs x log places).
//
// blocking_pairs counts pairs who would both rather have each other: always 0 for `solve_stable`, useful for
// other plans. Mean rank of people's offers = rank_sum / totals.people (rank 1 = first choice).
#pragma once
#include "matching/engine/instance.hpp"

namespace kith::matching::engine {

struct StablePlan {
  std::vector<std::uint32_t> worker_of{};
  Totals totals{};
  std::int64_t rank_sum{};
  std::int64_t blocking_pairs{};
};

// REQUIRES validate(instance).ok(), as do the two below.
StablePlan solve_stable(const Instance& instance);
std::int64_t count_blocking_pairs(const Instance& instance, const std::vector<std::uint32_t>& worker_of);
std::int64_t sum_of_ranks(const Instance& instance, const std::vector<std::uint32_t>& worker_of);

} // namespace kith::matching::engine
