#include "http/worker_pool.hpp"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace kith::http {

struct WorkerPool::State {
  std::mutex mutex{};
  std::condition_variable arrived{};
  std::deque<std::unique_ptr<Work>> line{};
  std::size_t waiting_max{};
  bool stopping{};
  std::vector<std::thread> threads{};

  void serve() {
    for (;;) {
      std::unique_ptr<Work> work;
      {
        std::unique_lock lock(mutex);
        arrived.wait(lock, [this] { return stopping || !line.empty(); });
        if (stopping) return;
        work = std::move(line.front());
        line.pop_front();
      }
      work->run();
    }
  }
};

WorkerPool::WorkerPool(const WorkerPoolOptions& options) : state_(std::make_unique<State>()) {
  state_->waiting_max = options.waiting_max;
  for (std::size_t i = 0; i < options.workers; ++i)
    state_->threads.emplace_back([state = state_.get()] { state->serve(); });
}

WorkerPool::~WorkerPool() {
  stop();
  for (std::thread& thread : state_->threads) thread.join();
}

bool WorkerPool::offer(std::unique_ptr<Work> work) {
  {
    const std::lock_guard lock(state_->mutex);
    if (state_->stopping || state_->line.size() >= state_->waiting_max) return false;
    state_->line.push_back(std::move(work));
  }
  state_->arrived.notify_one();
  return true;
}

std::size_t WorkerPool::waiting() const {
  const std::lock_guard lock(state_->mutex);
  return state_->line.size();
}

void WorkerPool::stop() {
  std::deque<std::unique_ptr<Work>> dropped;
  {
    const std::lock_guard lock(state_->mutex);
    state_->stopping = true;
    dropped.swap(state_->line);
  }
  state_->arrived.notify_all();
}

std::size_t default_workers() { return std::max<std::size_t>(4, 2UL * std::thread::hardware_concurrency()); }

} // namespace kith::http
