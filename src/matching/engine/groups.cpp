#include "matching/engine/groups.hpp"

#include <array>
#include <bit>
#include <string>

namespace kith::matching::engine {
namespace {

Failure refused(std::string code, std::initializer_list<std::size_t> at) {
  Failure failure = invalid(std::move(code));
  for (const std::size_t index : at) failure.arguments.push_back(std::to_string(index));
  return failure;
}

// Whether the way up from a group ends.
bool ends(const std::vector<std::uint8_t>& parents, std::uint8_t group) {
  for (std::size_t steps = 0; steps <= parents.size(); ++steps) {
    if (group == no_group) return true;
    if (group >= parents.size()) return false;
    group = parents[group];
  }
  return false;
}

// How many people are in both of two groups, and so in one where they are the same.
using Shared = std::array<std::array<std::int64_t, groups_most>, groups_most>;

template <class Body> void each_group(std::uint64_t membership, const Body& body) {
  for (; membership != 0; membership &= membership - 1) body(std::countr_zero(membership));
}

Shared shared_people(const std::vector<std::uint64_t>& memberships) {
  Shared out{};
  for (const std::uint64_t membership : memberships)
    each_group(membership, [&](int a) { each_group(membership, [&](int b) { ++out[a][b]; }); });
  return out;
}

// Whether `outer` lies around `inner`: has all its people, and more or the smaller number.
bool around(const Shared& shared, std::size_t outer, std::size_t inner) {
  if (outer == inner || shared[inner][inner] == 0 || shared[inner][outer] < shared[inner][inner])
    return false;
  return shared[outer][outer] > shared[inner][inner] || outer < inner;
}

// The smallest of the groups that `wanted` holds for.
template <class Wanted> std::uint8_t smallest(const Shared& shared, std::size_t count, const Wanted& wanted) {
  std::uint8_t best = no_group;
  for (std::size_t g = 0; g < count; ++g)
    if (wanted(g) && (best == no_group || around(shared, best, g))) best = static_cast<std::uint8_t>(g);
  return best;
}

} // namespace

Done validate(const Groups& groups) {
  if (groups.parents.size() > groups_most) return refused("engine.groups_too_many", {});
  for (std::size_t g = 0; g < groups.parents.size(); ++g)
    if (!ends(groups.parents, static_cast<std::uint8_t>(g))) return refused("engine.group_parent", {g});
  for (std::size_t i = 0; i < groups.group_of.size(); ++i)
    if (groups.group_of[i] != no_group && groups.group_of[i] >= groups.parents.size())
      return refused("engine.group_unknown", {i});
  return {};
}

Result<Groups> nest(const std::vector<std::uint64_t>& memberships, std::size_t count) {
  if (count > groups_most) return refused("engine.groups_too_many", {});
  const Shared shared = shared_people(memberships);
  for (std::size_t a = 0; a < count; ++a)
    for (std::size_t b = a + 1; b < count; ++b)
      if (shared[a][b] != 0 && !around(shared, a, b) && !around(shared, b, a))
        return refused("engine.groups_overlap", {a, b});
  Groups out;
  for (std::size_t inner = 0; inner < count; ++inner)
    out.parents.push_back(
        smallest(shared, count, [&](std::size_t outer) { return around(shared, outer, inner); }));
  out.group_of.reserve(memberships.size());
  for (const std::uint64_t membership : memberships)
    out.group_of.push_back(
        smallest(shared, count, [&](std::size_t g) { return (membership >> g & 1) != 0; }));
  return out;
}

std::vector<std::int64_t> count_by_group(const Groups& groups, const std::vector<bool>& marked) {
  std::vector<std::int64_t> out(groups.parents.size(), 0);
  for (std::size_t i = 0; i < marked.size(); ++i)
    if (marked[i])
      for (std::uint8_t g = groups.group_of[i]; g != no_group; g = groups.parents[g]) ++out[g];
  return out;
}

} // namespace kith::matching::engine
