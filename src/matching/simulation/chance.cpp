#include "matching/simulation/chance.hpp"

#include "base/check.hpp"

namespace kith::matching::simulation {
namespace {

// A listed length met at a random moment: each weighs as much as it lasts.
Ticks listed_by_length(const std::vector<Ticks>& listed, std::uint64_t hash) {
  Ticks all = 0;
  for (const Ticks length : listed) all += length;
  if (all == 0) return 0;
  auto at = static_cast<Ticks>(hash % static_cast<std::uint64_t>(all));
  for (const Ticks length : listed) {
    if (at < length) return length;
    at -= length;
  }
  return listed.back();
}

} // namespace

Ticks draw_remaining(const Lengths& lengths, std::uint64_t hash) {
  const double share = unit_uniform(mix(hash, 1));
  switch (lengths.shape) {
  case Shape::never_over:
  case Shape::exponential: // forgets how long it has lasted
    return draw(lengths, hash);
  case Shape::fixed:
    return rounded(static_cast<double>(lengths.mean) * share);
  case Shape::listed:
    return rounded(static_cast<double>(listed_by_length(lengths.listed, hash)) * share);
  }
  FATAL("an unknown shape of lengths");
}

} // namespace kith::matching::simulation
