// Runs and their rows in the database, within one organisation.
#pragma once
#include <vector>

#include "auth/actor.hpp"
#include "connections/run.hpp"
#include "storage/database.hpp"

namespace kith::connections {

Done insert_run(storage::Transaction& tx, const auth::Scope& scope, const MatchingRun& run);
Done insert_row(storage::Transaction& tx, const auth::Scope& scope, const RunRow& row);
Result<MatchingRun> load_run(storage::Transaction& tx, const auth::Scope& scope, Id<MatchingRun> id);
// Of the last fourteen days and not taken back: those whose moment is to come first, then the newest.
Result<std::vector<MatchingRun>> recent_runs(storage::Transaction& tx, const auth::Scope& scope);
struct RowsPage {
  int offset{};
  int limit{200};
};
Result<std::vector<RunRow>> rows_of_run(storage::Transaction& tx, const auth::Scope& scope,
                                        Id<MatchingRun> run, RowsPage page); // in the order of the run

// How far a run has come, in people.
struct RunCounts {
  std::int64_t rows{};
  std::int64_t offered{};  // all whose offers were ever made
  std::int64_t standing{}; // an offer is open
  std::int64_t asked{};
  std::int64_t dropped{};
  std::int64_t taken_back{};
};
Result<RunCounts> counts_of_run(storage::Transaction& tx, const auth::Scope& scope, Id<MatchingRun> run);

// Takes the run's row lock: what carries it on and what takes it back come one after the other.
Done lock_run(storage::Transaction& tx, const auth::Scope& scope, Id<MatchingRun> id);
// Failures: run.not_possible (conflict) when it was confirmed, or taken back, already.
Done set_send_at(storage::Transaction& tx, const auth::Scope& scope, const MatchingRun& run);
Done set_undone(storage::Transaction& tx, const auth::Scope& scope, Id<MatchingRun> id);
Done set_put_together(storage::Transaction& tx, const auth::Scope& scope, Id<MatchingRun> id);
Done set_done(storage::Transaction& tx, const auth::Scope& scope, Id<MatchingRun> id);

// What a run still has to do, row by row.
enum class RunStep {
  offer,       // make the offers of a row that has none
  after_offer, // tell those who are asked first, once the moment has come; or take them back
};
struct NextRows {
  RunStep step{};
  int most{};
  int behind{}; // this place in the run
};
Result<std::vector<RunRow>> next_rows(storage::Transaction& tx, const auth::Scope& scope, Id<MatchingRun> run,
                                      const NextRows& which);
// Its offers are made: by what they are known. Each mark is made once; again, it changes nothing.
Done mark_offered(storage::Transaction& tx, const auth::Scope& scope, Id<RunRow> row,
                  const std::string& choice);
enum class RowMark { asked, dropped, taken_back };
Done mark(storage::Transaction& tx, const auth::Scope& scope, Id<RunRow> row, RowMark how);
// Those whose rows are still to be put in; and those with something to do now. The oldest first.
Result<std::vector<MatchingRun>> runs_to_put_together(storage::Transaction& tx, const auth::Scope& scope);
// The run whose offers to this referral wait for their moment.
Result<std::optional<Id<MatchingRun>>> run_of_unasked(storage::Transaction& tx, const auth::Scope& scope,
                                                      Id<Referral> referral);
Result<std::vector<Id<MatchingRun>>> runs_to_carry_on(storage::Transaction& tx, const auth::Scope& scope);

} // namespace kith::connections
