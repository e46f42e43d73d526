// A whole action once more when another one came between: both databases may refuse one of two that meet
// (storage.retry: a deadlock, a lock not had in time; storage.duplicate: both made the same row;
// storage.stale: the row changed after it was read), and the action has then done nothing. It opens its own
// transaction, so that it looks again at what now stands. A version that came with the request stays stale.
// Used by every action: requests, public forms, imports. No state; the calling thread runs the action.
#pragma once
#include <string>

#include "base/result.hpp"

namespace kith::storage {

inline constexpr int tries_max = 5;

template <class Action> auto until_alone(const Action& action) {
  auto result = action();
  for (int i = 1; i < tries_max && !result.ok(); ++i) {
    const std::string& code = result.failure().code;
    if (code != "storage.retry" && code != "storage.duplicate" && code != "storage.stale") break;
    result = action();
  }
  return result;
}

} // namespace kith::storage
