// One person and the workers who could be asked, as the page and the offer see them: taken anew for each
// request. Values only; any thread.
#pragma once
#include "auth/route.hpp"
#include "connections/snapshot.hpp"
#include "matching/compare.hpp"

namespace kith::web {

struct Found {
  connections::Snapshot snapshot{};
  matching::ComparisonPage page{};
  Id<Referral> referral{};
};
// Failure: not_found when the person is not waiting.
Result<Found> find_workers(auth::Call& call, Id<Person> person);

} // namespace kith::web
