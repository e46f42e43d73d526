// SCENARIO.json of `kith match simulate`: how a service is expected to go on, and what would be changed.
// Reading never stops at the first mistake; each comes back with its JSON pointer, what was expected and what
// was found. A worker is named by their id in workers.csv. `scenario_members_text` prints every member.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "matching/settings.hpp"
#include "matching/simulation/model.hpp"

namespace kith::matching {

// Somebody who is not like a worker listed: one language, and a place they travel from; by telephone and
// video too. Any time, every setting, no experience and no limits said.
struct NewWorker {
  std::string language{};
  std::optional<Location> location{};
  std::int32_t range_metres{};
};
struct AddWorkers {
  std::int32_t count{};
  std::optional<RawId> like{}; // one of the two
  std::optional<NewWorker> made{};
  std::optional<std::int32_t> places{}; // absent: as many as the worker they are like
  std::int32_t hours_percent{100};      // of those places, rounded down, at least one
};
struct WorkerLeaves { // takes nobody new from then on; connections go on to their end
  RawId worker{};
};
struct WorkerOnLeave {
  RawId worker{};
  std::int32_t until_week{};
};
struct OtherArrivals {
  std::int64_t hundredths_per_week{};
};
struct OtherOrder {
  simulation::Order order{};
};
struct OtherDial {
  Dial dial{};
};
struct ScenarioChange {
  std::int32_t from_week{};
  std::variant<AddWorkers, WorkerLeaves, WorkerOnLeave, OtherArrivals, OtherOrder, OtherDial> what{};
};

struct Scenario {
  std::int32_t weeks{};
  std::int64_t arrivals_hundredths_per_week{};
  simulation::Order order{simulation::Order::promise};
  std::optional<Dial> dial{}; // no bands and no floors unless said
  simulation::Lengths length{};
  simulation::Lengths patience{}; // nobody leaves the list unless said
  std::int32_t declines_permille{};
  simulation::Lengths answer{simulation::Shape::fixed, 0, {}}; // at once unless said
  std::int32_t leave_weeks_a_year{};
  std::vector<ScenarioChange> changes{};
};

struct ScenarioProblem {
  std::string pointer{}; // RFC 6901; "" is the whole file
  std::string expected{};
  std::string found{};
  bool operator==(const ScenarioProblem&) const = default;
};
struct ReadScenario {
  Scenario scenario{};
  std::vector<ScenarioProblem> problems{}; // empty = everything was read
};

ReadScenario read_scenario(std::string_view bytes, const std::vector<WorkerProfile>& workers);
// "2.5" -> 250: not below 0, at most 10,000 and two decimals.
std::optional<std::int64_t> hundredths_of(std::string_view text);
std::string problems_text(const std::vector<ScenarioProblem>& problems); // a line each
std::string scenario_members_text();

} // namespace kith::matching
