#include "matching/nearness.hpp"

namespace kith::matching {

std::int64_t metres_between(const Location& a, const Location& b) {
  const std::int64_t east = std::int64_t{a.east_metres} - b.east_metres;
  const std::int64_t north = std::int64_t{a.north_metres} - b.north_metres;
  const auto magnitude = [](std::int64_t value) {
    return static_cast<std::uint64_t>(value < 0 ? -value : value);
  };
  __extension__ using Square = unsigned __int128;
  const Square square =
      Square{magnitude(east)} * magnitude(east) + Square{magnitude(north)} * magnitude(north);
  std::int64_t least = 0, most = std::int64_t{1} << 34; // beyond the diagonal of the int32 plane
  while (least < most) {
    const std::int64_t middle = (least + most) / 2;
    if (Square{magnitude(middle)} * magnitude(middle) >= square) most = middle;
    else least = middle + 1;
  }
  return least;
}

} // namespace kith::matching
