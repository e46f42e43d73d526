// What kith match simulate says: for people and as JSON. Figures come in hundredths from
// matching/what_if.hpp.
#pragma once
#include <string>
#include <vector>

#include "matching/id_names.hpp"
#include "matching/what_if.hpp"

namespace kith::cli {

struct Simulated {
  const matching::WhatIf& what_if;
  const matching::Scenario& scenario;
  const matching::Courses& courses;
  std::int64_t replications{};
  std::uint64_t seed{};
  Date as_of{};
  std::vector<matching::Tally> dials{}; // at each position, where that was asked for
};

std::string simulated_text(const Simulated& simulated, const matching::IdNames& worker_names);
std::string simulated_json(const Simulated& simulated);

} // namespace kith::cli
