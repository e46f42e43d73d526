// A run in a process of its own, so that what it takes at most can be told apart from what was there before.
// Times are CPU seconds of its one thread.
#pragma once
#include <cstdint>
#include <functional>

namespace kith::bench {

struct Run {
  std::int64_t value{-1}; // -1: no answer, or an answer that nothing proves
  double cpu_seconds{};
  std::int64_t kib{}; // the most it held beyond what was there when it began
};

Run apart(const std::function<Run()>& run);

double cpu_seconds(); // of this thread
// Peaks before this are forgotten; the peak since then, and what is held now, in KiB.
void forget_peak();
std::int64_t peak_kib();
std::int64_t held_kib();

} // namespace kith::bench
