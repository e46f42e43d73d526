// A fixed number of places (connections) lent in the order of asking, with a time limit. Thread-safe.
#pragma once
#include <memory>

#include "base/result.hpp"

namespace kith::storage {

class Turnstile {
public:
  explicit Turnstile(int places);
  ~Turnstile();
  Turnstile(const Turnstile&) = delete;
  Turnstile& operator=(const Turnstile&) = delete;
  Result<int> take(int wait_ms); // the number of the place; failure storage.unavailable after wait_ms
  void give(int place);

private:
  struct State;
  std::unique_ptr<State> state_{};
};

} // namespace kith::storage
