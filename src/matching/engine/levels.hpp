// The strict order without the fit: who can be placed when the highest classes come first, and how far down
// the classes each worker's places reach. Sets of people who can be placed together form a transversal
// matroid, so taking people class by class, each by an alternating path, serves the classes lexicographically
// and as many people as can be served (matching.md 1.3). Where no path is found, everything the search
// reached is full and closed for good: every later, lower person who could only go there stays out. Such a
// worker's level is the rank of the person who found it closed; a worker with a level of 0 has a free place
// within reach.
//
// The levels times D, with the gains that follow, are optimal prices of that first problem. The fit only
// decides among the plans that keep them: a worker with a level is full, and whoever ranks above it is
// placed. Cost: each closed region is searched once; O(pairs) for those, and for the others the length of
// their search.
#pragma once
#include "matching/engine/packed.hpp"

namespace kith::matching::engine {

// By worker. REQUIRES packed.rank of everybody (the strict order).
std::vector<std::uint16_t> levels_of(const Packed& problem);

} // namespace kith::matching::engine
