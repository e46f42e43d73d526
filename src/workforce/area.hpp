// The areas the organisation's records already place on the map: what somebody may choose from when they say
// where they live, so that nearness is known without an address. The place is the middle of the records.
#pragma once
#include <string>
#include <vector>

#include "auth/actor.hpp"
#include "storage/database.hpp"

namespace kith::workforce {

struct Area {
  std::string name{};
  int east_m{};
  int north_m{};
  std::int64_t record_count{}; // people and workers who gave it
};
// By name. One that few gave tells where somebody lives: areas_of_several leaves those out for whoever may
// not see everybody's.
Result<std::vector<Area>> known_areas(storage::Transaction& tx, const auth::Scope& scope);
inline constexpr std::int64_t several_records = 3;
std::vector<Area> areas_of_several(std::vector<Area> areas);

} // namespace kith::workforce
