// The clock as a dependency. SystemClock is the only code that reads it; tests pass FixedClock. Time-outs use
// monotonic time, records use wall time.
#pragma once
#include "base/time.hpp"

namespace kith {

class Clock {
public:
  virtual ~Clock() = default;
  virtual Instant now() const = 0;               // wall, UTC
  virtual std::int64_t monotonic_ms() const = 0; // for durations only
};

class SystemClock final : public Clock {
public:
  Instant now() const override;
  std::int64_t monotonic_ms() const override;
};

class FixedClock final : public Clock {
public:
  explicit FixedClock(Instant at) : at_(at) {}
  Instant now() const override { return at_; }
  std::int64_t monotonic_ms() const override { return at_.ms; }
  void advance(std::int64_t ms) { at_.ms += ms; }
  void set(Instant at) { at_ = at; }

private:
  Instant at_{};
};

} // namespace kith
