// kith-verify FOLDER PLAN.json: what the program reads, does and prints, without the program around it, so
// that tests can run it; what it says about itself is in manual.hpp. Exit codes: 0 nothing found, 1
// violations, 2 usage or unreadable input.
#pragma once
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "verify/checks.hpp"

namespace kith::verify {

struct Verified {
  std::vector<Violation> violations{};
  Seen seen{};
};

inline constexpr std::int64_t people_most = 100'000; // beyond it a sample is looked at, unless told otherwise

// The folder must have been read with `options_of` the plan. Failure: verify.other_settings, with the setting
// that folder and plan differ in as argument.
Result<Verified> verify(const matching::Folder& folder, const PlanFile& plan, std::int64_t people);

// A plan states under which settings it was made; criteria.json may be overruled by the command line.
// Failure: plan.form, when there is no such method, dial position or number of choices.
Result<matching::FolderOptions> options_of(const PlanFile& plan);

struct Answer {
  int code{};
  std::string out{};
  std::string error{};
};
Answer run(const std::vector<std::string>& arguments, const Clock& clock);

} // namespace kith::verify
