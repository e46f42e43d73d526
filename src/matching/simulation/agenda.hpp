// What is still to happen, earliest first. An event is one number: its instant, then its kind, then whom it
// is about. So events of one instant have a fixed order, whatever was planned first: places are given back
// before anybody arrives.
//
// What lies ahead is thrown into equal spans of the run, a few events each: a list a span, in no order, all
// lists in one pool. The span that is open is sorted, the latest first, and taken from its end. O(1) to plan,
// and to take O(log of a span's events). Ranges: instants below 2^35 seconds (1,088 years), 2^25 people or
// workers.
#pragma once
#include <cstdint>
#include <utility>
#include <vector>

#include "matching/simulation/chance.hpp"

namespace kith::matching::simulation {

enum class Happens : std::uint8_t {
  ending,
  answer,      // to an offer
  begins_work, // joins, or is back from leave
  begins_leave,
  floor_lifts, // for those of a kind who came on one day
  known_arrival,
  arrival
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
  // Nothing planned, of a run that ends before `end`, in which about so many events will be; nothing is
  // planned before the event taken last.
  void clear(Ticks end, std::size_t events);
  void plan(EventKey key) {
    const std::size_t span = key >> shift_;
    if (span <= open_) return insert(key);
    std::uint32_t& first = first_.data()[span];
    const std::uint32_t at = unused_;
    if (at == nothing) {
      entries_.push_back({key, first});
      first = static_cast<std::uint32_t>(entries_.size() - 1);
      return;
    }
    Entry& entry = entries_.data()[at];
    unused_ = entry.after;
    entry = {key, first};
    first = at;
  }
  EventKey first() { // no_event when there is none
    while (left_ == 0 && open_ + 1 < first_.size()) open(++open_);
    return left_ == 0 ? no_event : sorted_.data()[left_ - 1];
  }
  void take() { --left_; } // REQUIRES that first() was an event

private:
  static constexpr std::uint32_t nothing = UINT32_MAX;
  struct Entry {
    EventKey key{};
    std::uint32_t after{};
  };

  void open(std::size_t span);
  void insert(EventKey key) {
    make_room();
    sorted_.data()[left_] = key;
    settle(left_++);
  }
  void settle(std::size_t at) { // among those before it, which are sorted
    EventKey* const keys = sorted_.data();
    const EventKey key = keys[at];
    for (; at > 0 && keys[at - 1] < key; --at) keys[at] = keys[at - 1];
    keys[at] = key;
  }
  void make_room() {
    if (left_ == sorted_.size()) sorted_.resize(2 * left_ + 16);
  }

  std::vector<std::uint32_t> first_{}; // by span, in entries_
  std::vector<Entry> entries_{};
  std::uint32_t unused_{};         // a list of them
  std::vector<EventKey> sorted_{}; // of the open span, the latest first; `left_` of them
  std::size_t left_{};
  std::size_t open_{};
  int shift_{};
};

} // namespace kith::matching::simulation
