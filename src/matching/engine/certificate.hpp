// The proof that a plan is optimal: prices p of workers and gains u of people with u_i + p_j >= bonus_i +
// fit_ij for every pair, u, p >= 0, and sum of u + sum of places x p equal to the plan's value. Weak duality
// makes any such plan optimal. `prove` recomputes everything from the instance in plain loops and shares no
// code with the solvers. Cost: one pass over the pairs.
#pragma once
#include <string_view>

#include "matching/engine/instance.hpp"

namespace kith::matching::engine {

struct Certificate {
  std::vector<std::uint32_t> worker_of{}; // by person; `nobody` when unplaced
  std::vector<std::int64_t> gains{};      // u, by person
  std::vector<std::int64_t> prices{};     // p, by worker
};

enum class Proof {
  proved,
  wrong_shape,
  place_taken_twice,
  pair_unknown,
  negative_price,
  pair_underpriced,
  gap,
};

Proof prove(const Instance& instance, const Certificate& certificate);

} // namespace kith::matching::engine
