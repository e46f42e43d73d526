// Carrying runs on, piece by piece. Each piece is a transaction of its own whose rows it marks, so that a run
// whose process died goes on where it was, and several instances take turns; every constraint is checked
// again for every row.
#pragma once
#include <atomic>

#include "base/clock.hpp"
#include "connections/run_actions.hpp"

namespace kith::connections {

// Up to which place the rows of a run are passed over for now, step by step.
struct PassedOver {
  int to_offer{};
  int after_offer{};
};
// One piece of what the run still has to do, of at most so many rows; how many it settled, 0 when there is
// nothing to do now. A row that can no longer be offered is dropped; nobody is asked in quiet hours.
// Failures: storage's; any conflict means that one of the rows met something else in the same moment.
Result<int> carry_on(storage::Transaction& tx, const auth::Scope& scope, Id<MatchingRun> run, int most,
                     const PassedOver& passed = {});

struct RunJob { // all outlive the call
  storage::Database* database{};
  const Clock* clock{};
  Random* random{};
};
// Everything that the runs of an organisation have to do now. Failures: storage's; it can be called again.
Result<int> carry_on_runs(const RunJob& job, OrganisationId organisation, const std::atomic<bool>& stopping);

} // namespace kith::connections
