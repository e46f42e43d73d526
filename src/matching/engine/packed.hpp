// An instance in arrays that the solvers stream: people and workers in canonical order, the pairs of one
// person side by side. Pairs with workers who have no places are left out, because nobody can be placed
// there. Cost: one pass over the pairs; 8 bytes a pair. Plain values; concurrent reading is safe.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "matching/engine/instance.hpp"

namespace kith::matching::engine {

struct PackedPair {
  std::uint32_t worker{};
  std::int32_t fit{};
};

struct Packed {
  std::vector<std::uint64_t> first{0}; // people + 1: the pairs of person i are [first[i], first[i + 1])
  std::vector<PackedPair> pairs{};
  std::vector<std::int64_t> bonus{};  // by person
  std::vector<std::uint32_t> order{}; // people, who waited longest first
  std::vector<std::uint16_t> places{};
  std::vector<std::uint16_t> rank{}; // by person, 1 for the lowest class present; empty unless strict
  std::int64_t rank_value{};         // D: what one rank is worth; 0 unless strict
  std::int32_t greatest_fit{};

  std::uint32_t people() const { return static_cast<std::uint32_t>(bonus.size()); }
  std::uint32_t workers() const { return static_cast<std::uint32_t>(places.size()); }
  std::span<const PackedPair> pairs_of(std::uint32_t person) const {
    return {pairs.data() + first[person], pairs.data() + first[person + 1]};
  }
};

Packed pack(const Canonical& problem);

} // namespace kith::matching::engine
