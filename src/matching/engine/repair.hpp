// From nearly right prices to exact ones. Gains are set to what the prices allow, whoever does not get
// exactly that stands up, and then two searches restore the proof's two conditions: nobody without a place
// gains anything (insertion.hpp), and no free place has a price (filling.hpp).
//
// Last the ties. Of plans with the same value the prices can be those of all at once, so the smallest are
// taken; and where somebody without a place could as well have the place of somebody who came to wait later,
// they get it. Who has an offer then follows from the problem alone, whichever way the searches went.
// Cost: a few passes over the pairs, and the searches. No floating point.
#pragma once
#include "matching/engine/auction.hpp"
#include "matching/engine/packed.hpp"

namespace kith::matching::engine {

struct Repaired {
  std::vector<std::uint32_t> worker_of{}; // by person
  std::vector<std::int64_t> gains{};      // by person
  std::vector<std::int64_t> prices{};     // by worker; the smallest optimal ones
};

Repaired repair(const Packed& problem, const Auctioned& start);
// The same without the ties: a plan and prices that prove it, not the smallest.
Repaired settle(const Packed& problem, const Auctioned& start);

} // namespace kith::matching::engine
