// Instances of one kind in every size, from a seed: people who each see some of the workers, and places for a
// share of the people. What each family is for stands beside its name.
#pragma once
#include <span>
#include <string_view>

#include "matching/engine/packed.hpp"

namespace kith::bench {

struct Family {
  std::string_view name{};
  std::string_view about{};
};
std::span<const Family> families();

struct Size {
  std::uint32_t people{};
  std::uint32_t workers{};
  std::uint32_t pairs{}; // about how many each person has; one in twenty has none
};
struct Wanted {
  std::string_view family{};
  Size size{};
  bool strict{};
  std::uint64_t seed{};
};
matching::engine::Packed make_instance(const Wanted& wanted);

} // namespace kith::bench
