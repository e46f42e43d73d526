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

#include "base/random.hpp"

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

// Where a chance comes from: the first hash of everything drawn in a run.
enum Source : std::uint64_t { gaps, drawn_people, known_people, live, leave };

Ticks draw(const Lengths& lengths, std::uint64_t hash);
// What is left of one that is met under way at a random moment: long ones are met more often.
Ticks draw_remaining(const Lengths& lengths, std::uint64_t hash);

double unit_exponential(std::uint64_t hash); // mean 1
double unit_uniform(std::uint64_t hash);     // above 0, at most 1
Ticks rounded(double length);                // to nearest, halves up. REQUIRES 0 <= length < 2^62

// The rest is here, and not in chance.cpp, because a run draws two lengths for everybody who comes.

// The logarithm of a double with 1 <= its mantissa < 2: that of the middle of the nearest of 256 steps, and a
// short series for the rest of it.
class Logarithms {
public:
  constexpr Logarithms() {
    for (std::size_t step = 0; step < steps; ++step) {
      const double middle = 1.0 + (static_cast<double>(step) + 0.5) / steps;
      inverse_[step] = 1.0 / middle;
      log_[step] = natural_log(middle);
    }
  }
  double of(double x) const {
    const auto bits = __builtin_bit_cast(std::uint64_t, x);
    const auto exponent = static_cast<std::int64_t>(bits >> 52) - 1'023;
    const std::size_t step = bits >> 44 & (steps - 1);
    const double m = __builtin_bit_cast(double, (bits & mantissa) | one);
    const double r = m * inverse_[step] - 1.0; // below 1 / 512
    const double series = r - r * r * (0.5 - r * (1.0 / 3.0 - r * (0.25 - r * 0.2)));
    return static_cast<double>(exponent) * ln_2 + (log_[step] + series);
  }

private:
  static constexpr double ln_2 = 0.693147180559945309417232;
  static constexpr std::uint64_t mantissa = 0x000f'ffff'ffff'ffffULL, one = 0x3ff0'0000'0000'0000ULL;
  static constexpr std::size_t steps = 256;
  // x > 0 and normal: x = m 2^e with m in [0.7, 1.42), ln m = 2 artanh((m - 1) / (m + 1)). Error below 1e-15.
  static constexpr double natural_log(double x) {
    const auto bits = __builtin_bit_cast(std::uint64_t, x);
    auto exponent = static_cast<std::int64_t>(bits >> 52) - 1'023;
    double m = __builtin_bit_cast(double, (bits & mantissa) | one);
    if (m > 1.4142135623730951) {
      m *= 0.5;
      ++exponent;
    }
    const double s = (m - 1.0) / (m + 1.0), q = s * s;
    double sum = 1.0 / 17.0;
    for (const double odd : {15.0, 13.0, 11.0, 9.0, 7.0, 5.0, 3.0, 1.0}) sum = sum * q + 1.0 / odd;
    return 2.0 * s * sum + static_cast<double>(exponent) * ln_2;
  }
  double inverse_[steps]{};
  double log_[steps]{};
};
inline constexpr Logarithms logarithms;

inline double unit_uniform(std::uint64_t hash) {
  return static_cast<double>(static_cast<Ticks>(hash >> 11) + 1) * 0x1p-53;
}
inline double unit_exponential(std::uint64_t hash) { return -logarithms.of(unit_uniform(hash)); }

inline Ticks rounded(double length) { // without a branch: half of the time it would go the other way
  const auto whole = static_cast<Ticks>(length);
  return whole + static_cast<Ticks>((length - static_cast<double>(whole)) * 2.0);
}

inline Ticks draw(const Lengths& lengths, std::uint64_t hash) {
  switch (lengths.shape) {
  case Shape::never_over:
    break;
  case Shape::exponential:
    return rounded(static_cast<double>(lengths.mean) * unit_exponential(hash));
  case Shape::fixed:
    return lengths.mean;
  case Shape::listed:
    return lengths.listed[hash % lengths.listed.size()];
  }
  return forever;
}

} // namespace kith::matching::simulation
