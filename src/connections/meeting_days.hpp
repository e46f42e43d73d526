// When the two of a connection could hold their first meeting in the days to come: in hours both have every
// week, with the worker's other first meetings of the day still kept and the way between them. Exact,
// whatever the order of the day (matching/engine/day_tour.hpp). Booking does not depend on it: a coordinator
// may know better, and only a meeting at the same hour is refused (first_meeting.hpp).
//
// The way: a straight line at `way_kmh` between the areas where people live, from the worker's and back to
// it, whole minutes rounded up. It counts as nothing where somebody does not meet in person or where their
// area is not known. A day with more than seven other meetings, or with two that leave no time for the way
// between them, is left out.
//
// Minutes are since midnight of that day in the service's zone; a day on which clocks change counts as any
// other. Functions of one call.
#pragma once
#include <optional>
#include <vector>

#include "auth/actor.hpp"
#include "connections/connection.hpp"
#include "matching/engine/day_tour.hpp"
#include "matching/profile.hpp"
#include "people/person.hpp"
#include "workforce/worker.hpp"

namespace kith::connections {

inline constexpr int way_kmh = 20;
inline constexpr int days_ahead = 14;

struct MeetingDay {
  Date on{};
  std::vector<matching::engine::Starts> starts{}; // when it could begin; never empty
};

struct KeptMeeting { // another one of the worker's
  Date on{};
  int from{};
  int until{};
  std::optional<matching::Location> at{};
};

struct MeetingWish {
  WeekMask week{}; // what both have
  std::optional<matching::Location> worker{};
  std::optional<matching::Location> person{};
  int minutes{60};
  Date first{}; // and `days_ahead` days in all
};
std::vector<MeetingDay> days_that_fit(const MeetingWish& wish, const std::vector<KeptMeeting>& kept);

// From tomorrow on. Without hours of both: nothing.
Result<std::vector<MeetingDay>> meeting_days(storage::Transaction& tx, const auth::Scope& scope,
                                             const Connection& connection, int minutes);

} // namespace kith::connections
