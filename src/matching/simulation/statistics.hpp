// What many runs come to. Each run gives one whole number (a median wait, a count); the runs are independent,
// so their mean has Student's interval: with 99 % confidence the mean of endlessly many runs lies in it. It
// says nothing about how a single year may turn out, and nothing about whether the model is right.
// Differences of two scenarios are taken run by run (common random numbers), which makes them narrower.
// Units: hundredths of the unit of the values, rounded to nearest. Pure; any thread.
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace kith::matching::simulation {

struct Estimate { // in hundredths
  std::int64_t mean{};
  std::int64_t low{};
  std::int64_t high{};
  std::int64_t runs{};
  bool operator==(const Estimate&) const = default;
};

inline constexpr std::size_t least_runs = 10;
std::optional<Estimate> estimate_of(std::span<const std::int64_t> values); // nothing below `least_runs`

// The smallest value with at least so many of a hundred at or below it (nearest rank). Moves the values
// about. REQUIRES values.
std::int64_t nearest_rank(std::span<std::int64_t> values, int percent);

double student_995(std::int64_t degrees); // the 99.5 % point of Student's distribution, from 9 degrees on

} // namespace kith::matching::simulation
