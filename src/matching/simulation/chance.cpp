#include "matching/simulation/chance.hpp"

#include <bit>
#include <cmath>

#include "base/check.hpp"
#include "base/random.hpp"

namespace kith::matching::simulation {
namespace {

constexpr double ln_2 = 0.693147180559945309417232;

// x > 0 and normal: x = m 2^e with m in [0.7, 1.42), ln m = 2 artanh((m - 1) / (m + 1)). Error below 1e-15.
double natural_log(double x) {
  const auto bits = std::bit_cast<std::uint64_t>(x);
  auto exponent = static_cast<std::int64_t>(bits >> 52) - 1'023;
  double m = std::bit_cast<double>((bits & 0x000f'ffff'ffff'ffffULL) | 0x3ff0'0000'0000'0000ULL);
  if (m > 1.4142135623730951) {
    m *= 0.5;
    ++exponent;
  }
  const double s = (m - 1.0) / (m + 1.0), q = s * s;
  double sum = 1.0 / 17.0;
  for (const double odd : {15.0, 13.0, 11.0, 9.0, 7.0, 5.0, 3.0, 1.0}) sum = sum * q + 1.0 / odd;
  return 2.0 * s * sum + static_cast<double>(exponent) * ln_2;
}

// The same, quicker, for m in [1, 2): the logarithm of the middle of the nearest of 256 steps, and a short
// series for the rest of it.
class Logarithms {
public:
  Logarithms() {
    for (std::size_t step = 0; step < steps; ++step) {
      const double middle = 1.0 + (static_cast<double>(step) + 0.5) / steps;
      inverse_[step] = 1.0 / middle;
      log_[step] = natural_log(middle);
    }
  }
  double of(double x) const {
    const auto bits = std::bit_cast<std::uint64_t>(x);
    const auto exponent = static_cast<std::int64_t>(bits >> 52) - 1'023;
    const std::size_t step = bits >> 44 & (steps - 1);
    const double m = std::bit_cast<double>((bits & 0x000f'ffff'ffff'ffffULL) | 0x3ff0'0000'0000'0000ULL);
    const double r = m * inverse_[step] - 1.0; // below 1 / 512
    const double series = r - r * r * (0.5 - r * (1.0 / 3.0 - r * (0.25 - r * 0.2)));
    return static_cast<double>(exponent) * ln_2 + (log_[step] + series);
  }

private:
  static constexpr std::size_t steps = 256;
  double inverse_[steps]{};
  double log_[steps]{};
};
const Logarithms logarithms;

Ticks rounded(double length) { return std::llround(length); }

// A listed length met at a random moment: each weighs as much as it lasts.
Ticks listed_by_length(const std::vector<Ticks>& listed, std::uint64_t hash) {
  Ticks all = 0;
  for (const Ticks length : listed) all += length;
  if (all == 0) return 0;
  auto at = static_cast<Ticks>(hash % static_cast<std::uint64_t>(all));
  for (const Ticks length : listed) {
    if (at < length) return length;
    at -= length;
  }
  return listed.back();
}

} // namespace

double unit_uniform(std::uint64_t hash) { return static_cast<double>((hash >> 11) + 1) * 0x1p-53; }
double unit_exponential(std::uint64_t hash) { return -logarithms.of(unit_uniform(hash)); }

Ticks draw(const Lengths& lengths, std::uint64_t hash) {
  switch (lengths.shape) {
  case Shape::never_over:
    return forever;
  case Shape::exponential:
    return rounded(static_cast<double>(lengths.mean) * unit_exponential(hash));
  case Shape::fixed:
    return lengths.mean;
  case Shape::listed:
    return lengths.listed[hash % lengths.listed.size()];
  }
  FATAL("an unknown shape of lengths");
}

Ticks draw_remaining(const Lengths& lengths, std::uint64_t hash) {
  const double share = unit_uniform(mix(hash, 1));
  switch (lengths.shape) {
  case Shape::never_over:
  case Shape::exponential: // forgets how long it has lasted
    return draw(lengths, hash);
  case Shape::fixed:
    return rounded(static_cast<double>(lengths.mean) * share);
  case Shape::listed:
    return rounded(static_cast<double>(listed_by_length(lengths.listed, hash)) * share);
  }
  FATAL("an unknown shape of lengths");
}

} // namespace kith::matching::simulation
