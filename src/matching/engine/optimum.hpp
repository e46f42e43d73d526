// The whole-list optimum. Maximise sum (bonus_i + fit_ij) x_ij, each person at most once, each worker at most
// `places` times. With strict bonuses (r x D, D = (m + 1) x F + 1) one solve orders the goals of matching.md
// 1.3: people by class lexicographically, then people, then fit.
//
// Method: under the strict order, the classes first without the fit (levels.hpp); then an auction towards
// nearly right prices (auction.hpp); then exact repair, the componentwise smallest optimal prices (unique:
// p_j is what one more place of worker j would bring) and the ties (repair.hpp).
//
// Cost: bench/matching measures it. No floating point. The certificate is checked before returning; a gap is
// a Defect. Ties: of plans equal in all three goals, people who waited longer have the places, then canonical
// order; which of equally good workers they get is fixed by instance, seed and engine version alone.
//
// Example (7 of the design): ada-ruth 600, ada-mina 550, ben-ruth 500, cy-mina 300, Ruth 1 place, Mina 2:
// D = 1,801, ada-mina, ben-ruth, cy-mina, fit 1,350, value 6,753, prices Ruth 50, Mina 0.
#pragma once
#include "matching/engine/instance.hpp"
#include "matching/engine/packed.hpp"
#include "matching/engine/repair.hpp"

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
// The same of an instance already packed, without the report and the check of the certificate.
Repaired solve_packed(const Packed& problem);

} // namespace kith::matching::engine
