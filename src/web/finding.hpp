// One person and the workers who could be asked, as the page and the offer see them: taken anew for each
// request. Values only; any thread.
#pragma once
#include <string>
#include <utility>
#include <vector>

#include "auth/route.hpp"
#include "connections/snapshot.hpp"
#include "matching/compare.hpp"

namespace kith::web {

struct Found {
  connections::Snapshot snapshot{};
  matching::ComparisonPage page{};
  Id<Referral> referral{};
};
// As the wishes of the address (w_times=must, …) have it, which are tried and never stored, or as they stand.
enum class Wished { tried, stored };
// Failure: not_found when the person is not waiting.
Result<Found> find_workers(auth::Call& call, Id<Person> person, Wished wished);

// The tried wishes of the address, as parameters for the next page: name and answer.
std::vector<std::pair<std::string, std::string>> tried_in(const http::Request& request);
std::string tried_query(const http::Request& request); // "?w_times=must&…", or "" when nothing is tried

} // namespace kith::web
