// What is still to happen, earliest first. An event is one number: its instant, then its kind, then whom it
// is about. So events of one instant have a fixed order, whatever was planned first: places are given back
// before anybody arrives, and only then does patience run out. A heap of four children a node; O(log n) each.
// Ranges: instants below 2^35 seconds (1,088 years), 2^25 people or workers.
#pragma once
#include <cstdint>
#include <vector>

#include "matching/simulation/chance.hpp"

namespace kith::matching::simulation {

enum class Happens : std::uint8_t {
  ending,
  begins_work, // joins, or is back from leave
  begins_leave,
  known_arrival,
  arrival,
  patience_over
};

using EventKey = std::uint64_t;
inline constexpr EventKey no_event = UINT64_MAX;
inline constexpr Ticks event_limit = Ticks{1} << 35;
inline constexpr std::uint32_t about_limit = std::uint32_t{1} << 25;

// REQUIRES 0 <= at < event_limit, about < about_limit.
constexpr EventKey event_key(Ticks at, Happens what, std::uint32_t about) {
  return static_cast<EventKey>(at) << 28 | static_cast<EventKey>(what) << 25 | about;
}
constexpr Ticks at_of(EventKey key) { return static_cast<Ticks>(key >> 28); }
constexpr Happens what_of(EventKey key) { return static_cast<Happens>(key >> 25 & 7); }
constexpr std::uint32_t about_of(EventKey key) { return static_cast<std::uint32_t>(key & (about_limit - 1)); }

class EventHeap {
public:
  void clear() { keys_.clear(); }
  EventKey first() const { return keys_.empty() ? no_event : keys_[0]; }
  void push(EventKey key) {
    std::size_t at = keys_.size();
    keys_.push_back(key);
    for (std::size_t above = (at - 1) / 4; at > 0 && keys_[above] > key; above = (at - 1) / 4) {
      keys_[at] = keys_[above];
      at = above;
    }
    keys_[at] = key;
  }
  void pop() { // REQUIRES an event
    const EventKey key = keys_.back();
    keys_.pop_back();
    const std::size_t size = keys_.size();
    if (size == 0) return;
    std::size_t at = 0;
    for (std::size_t child = 1; child < size; child = 4 * at + 1) {
      const std::size_t end = child + 4 < size ? child + 4 : size;
      std::size_t least = child;
      for (std::size_t next = child + 1; next < end; ++next)
        if (keys_[next] < keys_[least]) least = next;
      if (keys_[least] >= key) break;
      keys_[at] = keys_[least];
      at = least;
    }
    keys_[at] = key;
  }

private:
  std::vector<EventKey> keys_{};
};

} // namespace kith::matching::simulation
