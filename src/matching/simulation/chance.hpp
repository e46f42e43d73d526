// Chance for simulated runs. Every draw is a hash of what it is about (this run, the n-th to arrive, their
// length), never of whose turn it is to draw. So the n-th to arrive waits as patiently, and is supported as
// long, in every scenario, and two scenarios differ by what was changed and not by luck (common random
// numbers).
//
// Shapes. Times are whole seconds (`Ticks`), counted from the start of the run; `forever` never comes.
// Floating point is allowed in src/matching/simulation only, for distributions and statistics. The logarithm
// is our own, made of additions, multiplications and one division, so that a seed gives the same bytes
// whichever mathematics library is installed. Pure; any thread.
#pragma once
#include <cstdint>
#include <vector>

namespace kith::matching::simulation {

using Ticks = std::int64_t;
inline constexpr Ticks ticks_of_day = 86'400;
inline constexpr Ticks ticks_of_week = 7 * ticks_of_day;
inline constexpr Ticks ticks_of_year = 52 * ticks_of_week;
inline constexpr Ticks forever = INT64_MAX;

// How long something lasts: never over, exponential with this mean, always the same, or one of those listed.
enum class Shape : std::uint8_t { never_over, exponential, fixed, listed };
struct Lengths {
  Shape shape{Shape::never_over};
  Ticks mean{};                // of `exponential`; the length itself of `fixed`
  std::vector<Ticks> listed{}; // not empty when `listed`; each as likely as the others
};

Ticks draw(const Lengths& lengths, std::uint64_t hash);
// What is left of one that is met under way at a random moment: long ones are met more often.
Ticks draw_remaining(const Lengths& lengths, std::uint64_t hash);

double unit_exponential(std::uint64_t hash); // mean 1
double unit_uniform(std::uint64_t hash);     // above 0, at most 1

} // namespace kith::matching::simulation
