#include "storage/turnstile.hpp"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <vector>

namespace kith::storage {

struct Turnstile::State {
  std::mutex mutex;
  std::condition_variable changed;
  std::vector<int> free;
  std::deque<const void*> waiting;
};

Turnstile::Turnstile(int places) : state_(std::make_unique<State>()) {
  for (int place = places - 1; place >= 0; --place) state_->free.push_back(place);
}

Turnstile::~Turnstile() = default;

Result<int> Turnstile::take(int wait_ms) {
  std::unique_lock lock(state_->mutex);
  const int mine = 0;
  auto& waiting = state_->waiting;
  waiting.push_back(&mine);
  const bool got = state_->changed.wait_for(lock, std::chrono::milliseconds(wait_ms), [&] {
    return !state_->free.empty() && waiting.front() == &mine;
  });
  waiting.erase(std::find(waiting.begin(), waiting.end(), static_cast<const void*>(&mine)));
  if (!got) {
    state_->changed.notify_all();
    return unavailable("storage.unavailable");
  }
  const int place = state_->free.back();
  state_->free.pop_back();
  if (!state_->free.empty()) state_->changed.notify_all();
  return place;
}

void Turnstile::give(int place) {
  const std::lock_guard lock(state_->mutex);
  state_->free.push_back(place);
  state_->changed.notify_all();
}

} // namespace kith::storage
