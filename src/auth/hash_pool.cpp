#include "auth/hash_pool.hpp"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace kith::auth {
namespace {

struct Task {
  void (*call)(void*){};
  void* state{};
  bool done{};
  std::exception_ptr thrown{};
  std::condition_variable finished{};
};

constexpr int low_priority = 10;

} // namespace

struct HashPool::Parts {
  std::mutex mutex{};
  std::condition_variable wanted{};
  std::deque<Task*> waiting{};
  std::vector<std::thread> threads{};
  int idle{};
  int waiting_max{};
  bool closing{};

  void serve() {
    // Of this thread alone, on Linux; a refusal only costs politeness.
    (void)setpriority(PRIO_PROCESS, static_cast<id_t>(gettid()), low_priority);
    std::unique_lock lock(mutex);
    for (;;) {
      wanted.wait(lock, [&] { return closing || !waiting.empty(); });
      if (waiting.empty()) return;
      Task* task = waiting.front();
      waiting.pop_front();
      --idle;
      lock.unlock();
      try {
        task->call(task->state);
      } catch (...) {
        task->thrown = std::current_exception();
      }
      lock.lock();
      ++idle;
      task->done = true;
      task->finished.notify_one();
    }
  }
};

HashPool::HashPool(HashPoolOptions options) : parts_(std::make_unique<Parts>()) {
  const int cores = static_cast<int>(std::thread::hardware_concurrency());
  parts_->waiting_max = options.waiting_max;
  parts_->idle = options.at_once > 0 ? options.at_once : std::max(1, cores / 2);
  for (int i = parts_->idle; i > 0; --i)
    parts_->threads.emplace_back([parts = parts_.get()] { parts->serve(); });
}

HashPool::~HashPool() {
  {
    const std::lock_guard lock(parts_->mutex);
    parts_->closing = true;
  }
  parts_->wanted.notify_all();
  for (std::thread& thread : parts_->threads) thread.join();
}

Done HashPool::run_plain(void (*call)(void*), void* state) {
  Task task{.call = call, .state = state};
  std::unique_lock lock(parts_->mutex);
  // Tasks that an idle thread is about to take do not count as waiting.
  const int waiting = static_cast<int>(parts_->waiting.size()) - parts_->idle;
  if (waiting >= parts_->waiting_max) return too_much("sign_in.busy");
  parts_->waiting.push_back(&task);
  parts_->wanted.notify_one();
  task.finished.wait(lock, [&] { return task.done; });
  if (task.thrown) std::rethrow_exception(task.thrown);
  return {};
}

} // namespace kith::auth
