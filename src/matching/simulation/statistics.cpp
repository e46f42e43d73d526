#include "matching/simulation/statistics.hpp"

#include <algorithm>
#include <cmath>

#include "base/check.hpp"

namespace kith::matching::simulation {

// Cornish and Fisher's expansion about the normal point; off by less than 0.001 from 9 degrees on.
double student_995(std::int64_t degrees) {
  CHECK(degrees >= 9);
  constexpr double z = 2.575829303548901;
  constexpr double z2 = z * z;
  const double n = 1.0 / static_cast<double>(degrees);
  const double first = z * (z2 + 1) / 4;
  const double second = z * ((5 * z2 + 16) * z2 + 3) / 96;
  const double third = z * (((3 * z2 + 19) * z2 + 17) * z2 - 15) / 384;
  const double fourth = z * ((((79 * z2 + 776) * z2 + 1'482) * z2 - 1'920) * z2 - 945) / 92'160;
  return z + n * (first + n * (second + n * (third + n * fourth)));
}

std::optional<Estimate> estimate_of(std::span<const std::int64_t> values) {
  if (values.size() < least_runs) return std::nullopt;
  const auto count = static_cast<double>(values.size());
  double sum = 0;
  for (const std::int64_t value : values) sum += static_cast<double>(value);
  const double mean = sum / count;
  double squares = 0;
  for (const std::int64_t value : values) {
    const double off = static_cast<double>(value) - mean;
    squares += off * off;
  }
  const auto runs = static_cast<std::int64_t>(values.size());
  const double half = student_995(runs - 1) * std::sqrt(squares / (count - 1) / count);
  const auto hundredths = [](double value) {
    return static_cast<std::int64_t>(std::floor(value * 100 + 0.5));
  };
  return Estimate{hundredths(mean), hundredths(mean - half), hundredths(mean + half), runs};
}

std::int64_t nearest_rank(std::span<std::int64_t> values, int percent) {
  CHECK(!values.empty() && percent > 0 && percent <= 100);
  const std::size_t rank = (values.size() * static_cast<std::size_t>(percent) + 99) / 100 - 1;
  std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(rank), values.end());
  return values[rank];
}

} // namespace kith::matching::simulation
