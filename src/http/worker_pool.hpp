// A fixed number of threads and a bounded line of work in front of them. The server gives each request to it;
// when the line is full the request is answered 503 instead of waiting. Thread-safe. Work that has not
// started when the pool stops is dropped.
#pragma once
#include <cstdint>
#include <memory>

namespace kith::http {

class Work {
public:
  virtual ~Work() = default;
  virtual void run() = 0; // must not throw
};

struct WorkerPoolOptions {
  std::size_t workers{};
  std::size_t waiting_max{};
};

class WorkerPool {
public:
  explicit WorkerPool(const WorkerPoolOptions& options);
  ~WorkerPool(); // stops and waits for the work that is running
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;

  bool offer(std::unique_ptr<Work> work); // false: the line is full or the pool stops; dropped
  std::size_t waiting() const;
  void stop();

private:
  struct State;
  std::unique_ptr<State> state_{};
};

std::size_t default_workers(); // max(4, 2 x cores)

} // namespace kith::http
