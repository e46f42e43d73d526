// A run over the whole waiting list: rows of a suggested plan that a coordinator accepted, offered together.
// First it is kept and can be looked at; then it is confirmed with the moment at which its messages go out.
// From that minute on its offers are made row by row, each held against every constraint again, and each
// holds its places; until the moment nobody is asked, and the whole run can be taken back as if it had never
// been. Used by the pages of the plan and by the job that carries a run on.
#pragma once
#include <string>
#include <vector>

#include "base/id.hpp"
#include "base/time.hpp"
#include "connections/referral.hpp"
#include "record/field.hpp"

namespace kith {

struct MatchingRun {
  Id<MatchingRun> id{};
  Id<Account> made_by{}; // the coordinator
  Instant made_at{};
  std::string method{}; // of the suggested plan: "stable", "optimum", "arrival"
  std::string dial{};
  int choices{};
  std::int64_t seed{};
  Date as_of{};
  std::string engine{};
  std::string weights{};
  bool whole{};                     // the whole suggested plan, whose rows are still to be put in
  std::vector<std::string> keeps{}; // of a whole one: what was kept by hand, "person.worker"
  std::optional<Instant> send_at{}; // once it is confirmed
  std::optional<Instant> undone_at{};
  std::optional<Instant> done_at{}; // nothing is left to do of it
};
const record::Description& matching_run_description();

// One person of a run and the workers they are to be offered together.
struct RunRow {
  Id<RunRow> id{};
  Id<MatchingRun> run{};
  Id<Referral> referral{};
  Id<Person> person{};
  std::vector<std::string> workers{}; // ids, one to seven
  int place{};                        // in the run, from 1
  std::string choice{};               // of the offers it made; "" before
  std::optional<Instant> offered_at{};
  std::optional<Instant> asked_at{};
  std::optional<Instant> dropped_at{}; // no longer possible, or somebody was quicker
  std::optional<Instant> taken_back_at{};
};
const record::Description& run_row_description();

enum class RunStage {
  planned,  // its rows are being put in
  kept,     // looked at, and nothing follows from it yet
  going_on, // offers are being made, or messages wait for their moment
  due,      // the moment has come: each offer is taken back for itself
  undone,
};
std::span<const std::string_view> codes_of(RunStage);
RunStage stage_of(const MatchingRun& run, Instant now);

} // namespace kith
