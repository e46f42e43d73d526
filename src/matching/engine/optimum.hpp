// The whole-list optimum. Maximise sum (bonus_i + fit_ij) x_ij, each person at most once, each worker at most
// `places` times. With strict bonuses (r x D, D = (m + 1) x F + 1) one solve orders the goals of matching.md
// 1.3: people by class lexicographically, then people, then fit.
//
// Method: people are inserted one at a time (waiting longest first, then canonical order). Each insertion is
// a Dijkstra search over workers on reduced costs until the cheapest of: a free place, somebody whose giving
// way costs least, or staying unplaced; then the duals move. Free workers keep price 0 throughout, so no
// backward phase is needed. Afterwards a second search lowers the prices to the componentwise smallest
// optimal ones (unique): p_j is what one more place of worker j would bring.
//
// Cost: n searches, each at most O(pairs reached x log m). 1,000 people x 200 workers, dense: well under a
// second. No floating point. The certificate is checked before returning; a gap is a Defect.
// Ties: the person inserted earlier keeps the place; among workers the canonical order decides.
//
// Example (7 of the design): ada-ruth 600, ada-mina 550, ben-ruth 500, cy-mina 300, Ruth 1 place, Mina 2:
// D = 1,801, ada-mina, ben-ruth, cy-mina, fit 1,350, value 6,753, prices Ruth 50, Mina 0.
#pragma once
#include "matching/engine/instance.hpp"

namespace kith::matching::engine {

struct Optimum {
  std::vector<std::uint32_t> worker_of{}; // by position in instance.people
  std::vector<std::int64_t> gains{};      // u, by position in instance.people
  std::vector<std::int64_t> prices{};     // smallest optimal, by position in instance.workers
  Totals totals{};
  std::int64_t bound{}; // the dual value: equal to totals.value, proved
};

// REQUIRES validate(instance).ok().
Optimum solve_optimum(const Instance& instance);

} // namespace kith::matching::engine
