#include "matching/engine/online.hpp"

#include "base/check.hpp"
#include "base/random.hpp"

namespace kith::matching::engine {

namespace {

Packed with_shares(Packed expected, std::uint32_t times) {
  for (std::uint16_t& places : expected.places) {
    CHECK(places * times <= 65'535);
    places = static_cast<std::uint16_t>(places * times);
  }
  return expected;
}

} // namespace

Online::Online(Packed expected, std::uint32_t times, std::uint64_t seed)
    : times_(times), places_(expected.places), to_come_(expected.people()),
      live_(with_shares(std::move(expected), times)) {
  SeededRandom random(seed);
  for (std::uint32_t i = 0; i < to_come_.size(); ++i) {
    const auto at = static_cast<std::size_t>(random.below(i + 1));
    to_come_[i] = to_come_[at];
    to_come_[at] = i;
  }
}

void Online::still_expect(std::uint32_t people) {
  while (to_come_.size() > std::size_t{people} * times_) {
    live_.leave(to_come_.back());
    to_come_.pop_back();
  }
}

std::uint32_t Online::suggest(std::int64_t bonus, std::span<const PackedPair> pairs) const {
  std::uint32_t out = nobody;
  std::int64_t most = -bonus; // what going without is worth
  for (const PackedPair& pair : pairs) {
    if (places_[pair.worker] == 0) continue;
    const std::int64_t worth = pair.fit - live_.price(pair.worker);
    if (worth <= most) continue;
    most = worth;
    out = pair.worker;
  }
  return out;
}

void Online::give(std::uint32_t worker) {
  CHECK(places_[worker] > 0);
  --places_[worker];
  live_.set_places(worker, static_cast<std::uint16_t>(places_[worker] * times_));
}

} // namespace kith::matching::engine
