// Instances in JSON, `kith-assign/1` (docs/matching/files.md): people, workers and the pairs that may be
// offered, for `kith engine assign`. Members may stand in any order. The first thing that cannot be used is
// refused with a JSON pointer, what was expected and what was found (refusal.hpp): unknown members, ids
// twice, pairs that name nobody, numbers that are not whole or out of range.
//
// Limits: file 1 GiB, 4,000,000 people, 1,000,000 workers, 20,000,000 pairs, and as many people in all lists
// `prefers` together. Memory: the bytes of the file, up to four more for each of them while it is read, and
// 40 bytes a pair. Two passes over the file: first who there is, then who goes with whom.
#pragma once
#include "matching/engine/instance.hpp"

namespace kith::matching {

inline constexpr std::size_t assign_file_bytes_max = std::size_t{1} << 30;
inline constexpr std::size_t assign_pairs_max = 20'000'000;

struct FixedPair { // kept whatever the method would do
  std::uint32_t person{};
  std::uint32_t worker{};
};

struct GroupMember {
  std::uint32_t person{};
  std::uint32_t group{};
};

struct AssignInstance {
  engine::Instance instance{}; // people and workers in the file's order
  std::vector<std::string> people{};
  std::vector<std::string> workers{};
  std::vector<FixedPair> fixed{};
  std::vector<std::string> groups{};  // that people name, by id
  std::vector<GroupMember> members{}; // people in the file's order, each group of a person once
};

// Failures: assign.expected, assign.too_large, and those of engine::validate. After it,
// validate(instance).ok() holds, and every fixed pair is listed, is its person's only one and has a place.
Result<AssignInstance> read_assign_file(std::string bytes);

} // namespace kith::matching
