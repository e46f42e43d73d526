// What a plan is made from, as its owner fills it in: the stores of a service, or the reader of a folder.
// Nothing in it has been worked out yet. Threads: plain values.
#pragma once
#include <vector>

#include "matching/profile.hpp"
#include "matching/settings.hpp"

namespace kith::matching {

struct PlanInput {
  std::vector<PersonProfile> people{}; // referrals in `waiting` or `offered`
  std::vector<WorkerProfile> workers{};
  std::vector<Exclusion> exclusions{};
  Settings settings{};
};

struct HandRow { // of a plan that somebody made by hand
  RawId person{};
  RawId worker{};
  auto operator<=>(const HandRow&) const = default;
};

} // namespace kith::matching
