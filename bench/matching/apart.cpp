#include "matching/apart.hpp"

#include <malloc.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <ctime>
#include <fstream>
#include <string>

namespace kith::bench {
namespace {

std::int64_t status_kib(const std::string& name) {
  std::ifstream status("/proc/self/status");
  for (std::string word; status >> word;) {
    std::int64_t kib = 0;
    if (word == name && status >> kib) return kib;
  }
  return 0;
}

} // namespace

double cpu_seconds() {
  timespec at{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &at);
  return static_cast<double>(at.tv_sec) + static_cast<double>(at.tv_nsec) * 1e-9;
}

void forget_peak() {
  malloc_trim(0);
  std::ofstream("/proc/self/clear_refs") << 5;
}
std::int64_t peak_kib() { return status_kib("VmHWM:"); }
std::int64_t held_kib() { return status_kib("VmRSS:"); }

Run apart(const std::function<Run()>& run) {
  int ends[2];
  if (pipe(ends) != 0) return {};
  const pid_t child = fork();
  if (child == 0) {
    forget_peak();
    const std::int64_t before = held_kib();
    Run done = run();
    done.kib = peak_kib() - before;
    _exit(write(ends[1], &done, sizeof done) == sizeof done ? 0 : 1);
  }
  close(ends[1]);
  Run done;
  const bool whole = child > 0 && read(ends[0], &done, sizeof done) == sizeof done;
  close(ends[0]);
  if (child > 0) waitpid(child, nullptr, 0);
  return whole ? done : Run{};
}

} // namespace kith::bench
