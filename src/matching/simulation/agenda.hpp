// What is still to happen, earliest first. An event is one number: its instant, then its kind, then whom it
// is about. So events of one instant have a fixed order, whatever was planned first: places are given back
// before anybody arrives, and only then does patience run out. What lies ahead is thrown into one of some
// hundred equal spans of the run; a heap of four children a node holds only the span that is open. O(1) to
// plan, and O(log of a span's events) to take. Ranges: instants below 2^35 seconds (1,088 years), 2^25 people
// or workers.
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

class Agenda {
public:
  // Nothing planned, of a run that ends before `end`; nothing is planned before the event taken last.
  void clear(Ticks end) {
    for (shift_ = 28; (end >> (shift_ - 28)) >= spans_most; ++shift_) {
    }
    spans_.resize(spans_most);
    for (std::vector<EventKey>& span : spans_) span.clear();
    heap_.clear();
    open_ = 0;
  }
  void plan(EventKey key) {
    const std::size_t span = key >> shift_;
    if (span > open_) spans_[span].push_back(key);
    else push(key);
  }
  EventKey first() { // no_event when there is none
    while (heap_.empty() && open_ + 1 < spans_.size())
      for (const EventKey key : spans_[++open_]) push(key);
    return heap_.empty() ? no_event : heap_[0];
  }
  void take() { // REQUIRES that first() was an event
    const EventKey key = heap_.back();
    heap_.pop_back();
    const std::size_t size = heap_.size();
    if (size == 0) return;
    EventKey* const keys = heap_.data();
    std::size_t at = 0;
    for (std::size_t child = 1; child < size; child = 4 * at + 1) {
      const std::size_t least = least_of(child, size);
      if (keys[least] >= key) break;
      keys[at] = keys[least];
      at = least;
    }
    keys[at] = key;
  }

private:
  static constexpr Ticks spans_most = 512;
  void push(EventKey key) {
    std::size_t at = heap_.size();
    heap_.push_back(key);
    EventKey* const keys = heap_.data();
    for (std::size_t above = (at - 1) / 4; at > 0 && keys[above] > key; above = (at - 1) / 4) {
      keys[at] = keys[above];
      at = above;
    }
    keys[at] = key;
  }
  std::size_t least_of(std::size_t child, std::size_t size) const {
    const EventKey* const keys = heap_.data();
    if (child + 4 <= size) {
      const std::size_t a = child + (keys[child + 1] < keys[child]);
      const std::size_t b = child + 2 + (keys[child + 3] < keys[child + 2]);
      return keys[b] < keys[a] ? b : a;
    }
    std::size_t least = child;
    for (std::size_t next = child + 1; next < size; ++next)
      if (keys[next] < keys[least]) least = next;
    return least;
  }

  std::vector<std::vector<EventKey>> spans_{};
  std::vector<EventKey> heap_{}; // of the open span
  std::size_t open_{};
  int shift_{};
};

} // namespace kith::matching::simulation
