// Counts so small that they could point at somebody, in a table whose totals may be known. Whoever prints
// counts of people by group asks here, and nowhere else. Two steps: groups too small to stand alone are put
// together, then counts within the groups are hidden, with as many others as it takes that no difference
// gives a hidden one away. Pure; any thread.
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace kith {

inline constexpr std::int64_t least_shown = 5;

// Which groups, by their sizes, go together into one: all below `least`, and the smallest of the others until
// those together are `least` or more. Empty when every group stands alone; every group when they are fewer
// than `least` in all. Indexes, ascending.
std::vector<std::size_t> put_together(std::span<const std::int64_t> sizes, std::int64_t least = least_shown);

// Which counts of a column, each of a group of that size, may be shown beside the sizes and both totals: none
// of which 1 to least - 1 are in it, or are not. When one is hidden alone, or those that are hidden add up to
// so few, in it or not, the smallest shown one is hidden too, zeros last.
std::vector<bool> shown(std::span<const std::int64_t> counts, std::span<const std::int64_t> sizes,
                        std::int64_t least = least_shown);

} // namespace kith
