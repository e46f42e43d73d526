// The auction that brings prices near the optimum before repair.hpp makes them exact (Bertsekas 1979, with
// many places to a worker). Everybody without a place bids for the worker who is worth most to them after the
// price: what they would lose by the second best, and epsilon more. A worker keeps the highest bids; with all
// places taken the price is the lowest bid kept, before that it stays. Whoever is outbid bids again; whoever
// finds nothing worth its price stays out. At the end each is within epsilon of the best they could have.
//
// A coarse epsilon ends early and far off, a fine one haggles long, so it runs from coarse to fine, and
// begins the coarser the further bonuses are above fits: the next phase keeps whoever is content within its
// epsilon and lowers all prices by the one before. Under the strict order a worker with a level (levels.hpp)
// starts at what the level is worth, less the greatest fit; and where such a worker still has a place at the
// end of a phase, the prices of that level all fall until as many of the level's own class want in as there
// are places, or so few places are left that repair fills them sooner. Cost: bids x pairs of a person; 6 to
// 10 bids a person in the family city measured.
#pragma once
#include "matching/engine/packed.hpp"

namespace kith::matching::engine {

struct Auctioned {
  std::vector<std::int64_t> prices{};     // by worker
  std::vector<std::uint32_t> worker_of{}; // by person
  std::int64_t epsilon{};                 // of the last phase
};

// `levels` is empty unless the order is strict.
Auctioned hold_auction(const Packed& problem, const std::vector<std::uint16_t>& levels);

} // namespace kith::matching::engine
