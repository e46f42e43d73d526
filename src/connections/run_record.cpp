// What a run and its rows hold, field by field, with their care levels, and how far a run has come.
#include "connections/run.hpp"

namespace kith {

const record::Description& matching_run_description() {
  using record::CareLevel;
  using record::field;
  static const record::Description description{
      "matching_run",
      {
          field<&MatchingRun::id>("id", CareLevel::C1, {.required = true}),
          field<&MatchingRun::made_by>("made_by", CareLevel::C1),
          field<&MatchingRun::made_at>("made_at", CareLevel::C1),
          field<&MatchingRun::method>("method", CareLevel::C1, {.required = true}),
          field<&MatchingRun::dial>("dial", CareLevel::C1, {.required = true}),
          field<&MatchingRun::choices>("choices", CareLevel::C1, {.least = 1, .most = 7}),
          field<&MatchingRun::seed>("seed", CareLevel::C1),
          field<&MatchingRun::as_of>("as_of", CareLevel::C1, {.required = true}),
          field<&MatchingRun::engine>("engine", CareLevel::C1, {.required = true}),
          field<&MatchingRun::weights>("weights", CareLevel::C1, {.required = true}),
          field<&MatchingRun::whole>("whole", CareLevel::C1),
          field<&MatchingRun::keeps>("keeps", CareLevel::C3),
          field<&MatchingRun::send_at>("send_at", CareLevel::C1),
          field<&MatchingRun::undone_at>("undone_at", CareLevel::C1),
          field<&MatchingRun::done_at>("done_at", CareLevel::C1),
      }};
  return description;
}

const record::Description& run_row_description() {
  using record::CareLevel;
  using record::field;
  static const record::Description description{
      "run_row",
      {
          field<&RunRow::id>("id", CareLevel::C3, {.required = true}),
          field<&RunRow::run>("run_id", CareLevel::C3, {.required = true}),
          field<&RunRow::referral>("referral_id", CareLevel::C3, {.required = true}),
          field<&RunRow::person>("person_id", CareLevel::C3, {.required = true}),
          field<&RunRow::workers>("workers", CareLevel::C3, {.required = true}),
          field<&RunRow::place>("place", CareLevel::C1, {.least = 1}),
          field<&RunRow::choice>("choice_id", CareLevel::C3),
          field<&RunRow::offered_at>("offered_at", CareLevel::C3),
          field<&RunRow::asked_at>("asked_at", CareLevel::C3),
          field<&RunRow::dropped_at>("dropped_at", CareLevel::C3),
          field<&RunRow::taken_back_at>("taken_back_at", CareLevel::C3),
      }};
  return description;
}

std::span<const std::string_view> codes_of(RunStage) {
  static constexpr std::string_view codes[] = {"planned", "kept", "going_on", "due", "undone"};
  return codes;
}

RunStage stage_of(const MatchingRun& run, Instant now) {
  if (run.undone_at) return RunStage::undone;
  if (run.whole) return RunStage::planned;
  if (!run.send_at) return RunStage::kept;
  return now < *run.send_at ? RunStage::going_on : RunStage::due;
}

} // namespace kith
