// Runs: keeping what a coordinator accepted, confirming it with the moment of its messages, and taking it
// back. What follows from that is carried on by a job (run_job.hpp). Nobody hears of an offer before the
// moment.
#pragma once
#include "connections/run_store.hpp"
#include "connections/snapshot.hpp"
#include "matching/two_plans.hpp"
#include "teams/organisation.hpp"

namespace kith::connections {

struct RunChoice {
  Id<Referral> referral{};
  Id<Person> person{};
  std::vector<Id<Worker>> workers{};
};
MatchingRun run_of(const matching::Settings& settings); // how its plan was made
// Puts rows into a run, in this order.
Done put_in(storage::Transaction& tx, const auth::Scope& scope, Id<MatchingRun> run,
            const std::vector<RunChoice>& choices);
// The id, the maker and the moment are set here. Failures: run.nothing (invalid).
Result<Id<MatchingRun>> keep_run(storage::Transaction& tx, const auth::Scope& scope, MatchingRun run,
                                 const std::vector<RunChoice>& choices);

// The whole suggested plan: a job puts its rows in, around what is kept by hand ("person.worker", with
// further workers after more dots).
Result<Id<MatchingRun>> keep_whole_run(storage::Transaction& tx, const auth::Scope& scope, MatchingRun run);
// What such texts keep: of people and workers who are here, each person once.
std::vector<matching::HandRow> kept_rows(const std::vector<std::string>& texts, const Names& here);
std::vector<RunChoice> suggested_choices(const matching::TwoPlans& plans, const Snapshot& snapshot);

inline constexpr int send_within_days = 14;
// Whether messages of a run may go out at this moment: from eight until twenty o'clock there.
bool is_awake(Instant at, const Organisation& organisation);
// Failures: run.send_at (invalid; out_of_range: in the past, or later than in fourteen days; quiet_hours),
// run.not_possible (conflict).
Done confirm_run(storage::Transaction& tx, const auth::Scope& scope, Id<MatchingRun> run, Instant send_at);
// Until the moment of its messages, or before the first is asked. Failure: run.not_possible (conflict).
Done undo_run(storage::Transaction& tx, const auth::Scope& scope, Id<MatchingRun> run);
// The next working day at ten, in the organisation's zone.
Instant usual_send_at(Instant now, const Organisation& organisation);

} // namespace kith::connections
