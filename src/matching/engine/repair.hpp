// From nearly right prices to exact ones. Gains are set to what the prices allow, whoever does not get
// exactly that stands up, and then two searches restore the proof's two conditions one person and one place
// at a time:
//
// insert    somebody without a place who would gain by one: Dijkstra over workers on reduced costs until the
//           cheapest of a free place, somebody whose giving way costs least, or staying out;
// fill      a free place that still has a price: the mirror image, over the people who could come, until
//           somebody without a place comes, or a worker's price is down to 0 and the place may stay free.
//
// To fill needs a worker's pairs. Only pairs within `reach` of being tight are listed by worker, because the
// searches are short when the auction was good; after each round every pair is looked at again, whoever a
// search has wronged stands up, and the reach grows. With a reach past every pair one round is exact, so it
// ends. Last the ties. Of plans with the same value the prices can be those of all at once, so the smallest
// are taken; and where somebody without a place could as well have the place of somebody who came to wait
// later, they get it. Who has an offer then follows from the problem alone, whichever way the searches went.
// Cost: a pass over the pairs a round, and the searches. No floating point.
#pragma once
#include "matching/engine/auction.hpp"
#include "matching/engine/packed.hpp"

namespace kith::matching::engine {

struct Repaired {
  std::vector<std::uint32_t> worker_of{}; // by person
  std::vector<std::int64_t> gains{};      // by person
  std::vector<std::int64_t> prices{};     // by worker; the smallest optimal ones
};

Repaired repair(const Packed& problem, Auctioned start);

} // namespace kith::matching::engine
