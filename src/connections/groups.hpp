// How groups of those waiting fare under two plans. Matching never sees a group; this is for reports, and for
// nothing else. Codes, worded where they are shown. Values only; any thread.
#pragma once
#include <vector>

#include "connections/snapshot.hpp"
#include "matching/two_plans.hpp"

namespace kith::connections {

// By language ("en" for whoever speaks English, otherwise their first), area (as it was written) and age (a
// band, "30-45"); whoever has none known is left out.
std::vector<matching::FaresBy> fares_by_group(const matching::TwoPlans& plans, const Snapshot& snapshot);

} // namespace kith::connections
