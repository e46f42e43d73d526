#include "matching/engine/seats.hpp"

#include <algorithm>

namespace kith::matching::engine {

void Seats::set_places(std::uint32_t worker, std::uint16_t places) {
  CHECK(taken_[worker] <= places);
  places_[worker] = places;
  if (places <= room_[worker]) return;
  const std::uint64_t moved = people_.size(); // with room for as many again
  room_[worker] = static_cast<std::uint16_t>(std::min(2 * places, 65'535));
  people_.resize(moved + room_[worker], nobody);
  std::copy_n(people_.begin() + static_cast<std::ptrdiff_t>(first_[worker]), taken_[worker],
              people_.begin() + static_cast<std::ptrdiff_t>(moved));
  first_[worker] = moved;
}

} // namespace kith::matching::engine
