#include "base/clock.hpp"

#include <ctime>

namespace kith {
namespace {

std::int64_t read_ms(clockid_t which) {
  timespec ts{};
  clock_gettime(which, &ts);
  return static_cast<std::int64_t>(ts.tv_sec) * 1000 + ts.tv_nsec / 1'000'000;
}

} // namespace

Instant SystemClock::now() const { return {read_ms(CLOCK_REALTIME)}; }
std::int64_t SystemClock::monotonic_ms() const { return read_ms(CLOCK_MONOTONIC); }

} // namespace kith
