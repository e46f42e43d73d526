// What would change if: the waiting list and workers of today as the start of a simulation, once as things go
// on and once with a scenario's changes, run side by side with common random numbers (simulation/).
//
// Who can be offered whom, and how well they fit, is what matching itself says (`WaitingList`), with every
// place counted as free and nobody on leave: places and leave are the simulation's. Everybody listed who
// consents is a kind of people; whoever arrives is drawn from them with replacement and wants what they want,
// exclusions included. Past declines and live places are where the run begins; open offers count as not yet
// made. Workers who are not active, or whose "open to new connections" is stale, take nobody in either
// course.
//
// The class of `promise` is the ladder's named triage reason, then the promised day, or with a dial its bands
// of days (ladder.hpp). The floor of a dial holds a pair back as it does in matching, until the same day. No
// further choices: an offer is of one place.
#pragma once
#include <array>
#include <memory>
#include <optional>
#include <vector>

#include "matching/scenario.hpp"
#include "matching/simulation/simulation.hpp"
#include "matching/simulation/statistics.hpp"
#include "matching/waiting_list.hpp"

namespace kith::matching {

struct WhatIf {
  simulation::Model as_it_goes{};
  simulation::Model changed{};
  std::int32_t people{};         // listed who consent
  std::int32_t left_out{};       // listed who do not
  std::int32_t no_worker{};      // of `people`, for whom no worker is possible; counted without exclusions
  std::int32_t no_worker_then{}; // with the changes
};

// Failures: those of WaitingList::prepare; what_if.nobody when nobody listed consents.
Result<WhatIf> what_if(const PlanInput& today, const Scenario& scenario);
// The course with the scenario's changes, but for its dial, at each position of the dial.
inline constexpr int dial_count = 5;
Result<std::vector<simulation::Model>> at_each_dial(const PlanInput& today, const Scenario& scenario);

enum class Measure : std::uint8_t {
  median_wait_days, // from arrival on the list to the beginning of a connection, of those who began one
  ninetieth_wait_days,
  served_people,
  close_people, // of them, with a worker who is close or very close
  gave_up_people,
  left_waiting_people, // at the end
  waiting_people,      // on average
  places_used,         // live connections, on average
  places_reserved,     // kept for somebody who has not answered yet, on average
  places_open          // places of workers who are there and not on leave, on average
};
inline constexpr std::size_t measure_count = 10;
std::string_view name_of(Measure measure);

// What runs of one course come to, run by run, in hundredths.
class Tally {
public:
  explicit Tally(simulation::Ticks end = 1) : end_(end) {}
  void add(const simulation::Figures& figures);
  // Nothing with fewer than ten runs in which there was something to measure.
  std::optional<simulation::Estimate> estimate(Measure measure) const;
  // This less the other, run by run. REQUIRES the same number of runs.
  std::optional<simulation::Estimate> more_than(const Tally& other, Measure measure) const;

private:
  using Row = std::array<std::optional<std::int64_t>, measure_count>;
  simulation::Ticks end_{};
  std::vector<simulation::Ticks> waits_{}; // of one run, while it is added
  std::vector<Row> rows_{};
};

struct Courses {
  Tally as_it_goes{};
  Tally changed{};
};

// Plays both courses, with the same chance in each run. `what_if` outlives it.
class SideBySide {
public:
  SideBySide(const WhatIf& what_if, std::uint64_t seed);
  ~SideBySide();
  SideBySide(const SideBySide&) = delete;
  SideBySide& operator=(const SideBySide&) = delete;
  void play(std::uint32_t run);
  const Courses& courses() const;

private:
  struct Parts;
  std::unique_ptr<Parts> parts_{};
};

// How a measure of days goes from one course to the other. `stays`: nothing tells them apart, and both are
// the same when rounded as days are shown. `unclear`: different, which may be chance.
enum class Goes : std::uint8_t { not_known, stays, unclear, falls, rises };
std::string_view name_of(Goes goes);
struct Turn {
  Goes goes{Goes::not_known};
  simulation::Estimate before{};
  simulation::Estimate after{};
  simulation::Estimate by{}; // how far, run by run: above 0 when it falls, too
};
Turn turn_of(const Courses& courses, Measure days);
// Hundredths of hundredths: a tenth; and as days, whole from ten on, where tenths would only pretend.
std::string in_tenths(std::int64_t value);
std::string in_days(std::int64_t value);

} // namespace kith::matching
