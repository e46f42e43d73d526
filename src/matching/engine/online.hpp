// Places given one by one to people who arrive one by one, with an eye on those who will still come. Giving
// everybody the best that is free spends the scarce places on whoever is early; prices of a run long ago know
// neither who has come since nor what is left. So a list of people like those who are expected stays planned
// on the places that are left (live.hpp). As time passes fewer are still to come, and those who leave it are
// drawn by chance. The prices of that plan say what a place is worth to those to come: whoever is here gets
// the worker who is worth most to them after the price, or waits when nobody is worth it.
//
// With nobody expected any more all prices are 0, and it is the best that is free. What share of a plan made
// in hindsight that comes to, beside the other two ways: bench/online. Cost: an event of live.hpp for
// each who leaves and for each place given. It suggests and never decides: a person and a worker do.
// The more people stand for one who is expected, the less their chance fits sway the prices: `times` of them
// do, each with a share of a place.
// Refs: Agrawal, Wang and Ye 2014 (prices learnt from a sample); Jasin and Kumar 2012 (solving again).
#pragma once
#include "matching/engine/live.hpp"

namespace kith::matching::engine {

class Online {
public:
  // The places there are, and people like those who will arrive, `times` as many as are expected, with every
  // pair. REQUIRES places x times <= 65,535.
  Online(Packed expected, std::uint32_t times, std::uint64_t seed);

  void still_expect(std::uint32_t people); // never more than before
  // nobody: their place is worth more to those who are to come. Of equals the worker earlier in `pairs`.
  std::uint32_t suggest(std::int64_t bonus, std::span<const PackedPair> pairs) const;
  void give(std::uint32_t worker); // REQUIRES a free place
  std::uint16_t free(std::uint32_t worker) const { return places_[worker]; }
  std::int64_t price(std::uint32_t worker) const { return live_.price(worker); }

private:
  std::uint32_t times_{};
  std::vector<std::uint16_t> places_{};
  std::vector<std::uint32_t> to_come_{}; // people of live_; the last leaves it next
  Live live_{Packed{}};
};

} // namespace kith::matching::engine
