// The few threads that hash passwords. Argon2id is meant to be slow, so one hash for each core would starve
// every other request: the pool runs max(1, cores / 2) at once at low priority, keeps 64 callers waiting in
// order of arrival and turns the next one away. Used by Passwords only. run() blocks; safe from any thread.
#pragma once
#include <memory>

#include "base/result.hpp"

namespace kith::auth {

struct HashPoolOptions {
  int at_once{}; // 0: half the cores, at least one
  int waiting_max{64};
};

class HashPool {
public:
  explicit HashPool(HashPoolOptions options = {});
  ~HashPool(); // finishes what waits
  HashPool(const HashPool&) = delete;
  HashPool& operator=(const HashPool&) = delete;

  // Runs `work()` on a thread of the pool and returns when it is done; what it throws is thrown here.
  // Failure: sign_in.busy (too_much), and `work` has not run.
  template <class Work> Done run(Work&& work) {
    using Plain = std::remove_reference_t<Work>;
    return run_plain([](void* state) { (*static_cast<Plain*>(state))(); }, &work);
  }

private:
  Done run_plain(void (*call)(void*), void* state);
  struct Parts;
  std::unique_ptr<Parts> parts_{};
};

} // namespace kith::auth
