// The stable plan: hospital/residents deferred acceptance with places, people asking (matching.md 2.8; Gale
// and Shapley 1962; Roth 1984). Nobody would rather have a worker who would rather have them.
//
// Orders, both strict by construction. Person: person part, then canonical order of workers. Worker: the
// people they named, in that order (InstancePair::worker_rank); then class, then worker part, then waiting
// date, then canonical order of people; so where nobody is named, priorities hold at each worker. The result
// is the best stable plan for every person at once, and no person gains by misstating a preference. The
// service part (continuity) is in neither order.
//
// Each order is one number a pair, so a comparison is one instruction; people ask from a heap, because few
// ask further than their first few. Cost: O(pairs + asks x log(pairs of a person x places)).
//
// blocking_pairs counts pairs who would both rather have each other: always 0 for `solve_stable`, useful for
// other plans. Mean rank of people's offers = rank_sum / totals.people (rank 1 = first choice).
#pragma once
#include <span>

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

// The same problem in arrays: people and workers in canonical order, the pairs of one person side by side.
struct StablePair {
  std::uint32_t worker{};
  std::uint16_t person_part{};
  std::uint16_t worker_part{};
};
struct StableProblem {
  std::vector<std::uint64_t> first{0}; // people + 1: the pairs of person i are [first[i], first[i + 1])
  std::vector<StablePair> pairs{};
  std::vector<std::uint32_t> named{};      // by pair: worker_rank; empty where no worker named anybody
  std::vector<std::uint64_t> precedence{}; // by person: smaller is earlier at every worker
  std::vector<std::uint16_t> places{};

  std::uint32_t people() const { return static_cast<std::uint32_t>(precedence.size()); }
};
// From each person's class and their turn by waiting date, then canonical order.
std::uint64_t precedence_of(std::uint16_t klass, std::uint32_t turn);
std::vector<std::uint32_t> solve_stable(const StableProblem& problem); // worker by person

} // namespace kith::matching::engine
