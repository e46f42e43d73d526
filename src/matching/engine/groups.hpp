// Groups of people for group parity (parity.hpp). Any two are apart, or one lies inside the other, so they
// form a tree; groups that only overlap are refused. Up to 64, of which 0 is one like any other. Nobody has
// to be in one.
//
// Shapes. parents: by group, the smallest group around it. group_of: by person, the smallest group the person
// is in; they are in those around it too. A person may be in a group that has others inside and in none of
// these. Threads: plain values; concurrent reading is safe.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "base/result.hpp"

namespace kith::matching::engine {

inline constexpr std::uint8_t no_group = 0xff;
inline constexpr std::size_t groups_most = 64;

struct Groups {
  std::vector<std::uint8_t> parents{};  // by group; no_group: nothing around it
  std::vector<std::uint8_t> group_of{}; // by person; no_group: in none
};

// Failures, Fault::invalid: engine.groups_too_many; with the index engine.group_unknown (of a person) and
// engine.group_parent (of a group whose parents name no group, or lead back to it).
Done validate(const Groups& groups);

// The tree of who is in which: bit g of `memberships`, by person, says that they are in group g < count. Of
// groups with the same people the one with the smaller number is around the other. Cost: the square of the
// groups a person is in, added up. Failures, Fault::invalid: engine.groups_too_many, and
// engine.groups_overlap with two groups that share people while each has others too; of all such the two
// smallest numbers.
Result<Groups> nest(const std::vector<std::uint64_t>& memberships, std::size_t count);

// How many people of `marked` each group has, those of the groups inside it with them.
// REQUIRES validate(groups).ok() and a mark for each person.
std::vector<std::int64_t> count_by_group(const Groups& groups, const std::vector<bool>& marked);

} // namespace kith::matching::engine
