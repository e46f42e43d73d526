// A waiting list to simulate, as plain values: who comes, who works, who can be offered whom, and who is
// next. It knows no names, calendars or criteria; matching/what_if.hpp makes it from a folder and a scenario.
//
// Shapes. kinds: people of one kind want the same and count the same; share: how many in all shares arrive as
// this kind; class: highest first, read by `promise` only. fits: one number per (kind, worker), row by row;
// `not_possible` or 0..65,535. places and live: 0..4,095, live <= places. known: people with their instant of
// arrival, before 0 for those who wait when the run begins, sorted by it. rates: how many
// arrive in a span of time on average, from an instant on, sorted; each arrival's kind is drawn by share.
// live_length: of the connections under way when the run begins. Threads: plain values; concurrent reading is
// safe.
#pragma once
#include <cstdint>
#include <vector>

#include "matching/simulation/chance.hpp"

namespace kith::matching::simulation {

inline constexpr std::int32_t not_possible = -1;
inline constexpr Ticks past_limit = Ticks{1} << 36; // 2,177 years

// Who is offered a place that becomes free, of those for whom it is possible:
enum class Order : std::uint8_t {
  arrival, // who has waited longest
  promise, // the highest class, then the nearest promised day
  closest  // whom the worker fits best, then who has waited longest
};

struct Kind {
  std::uint32_t share{1};
  std::uint16_t klass{};
  Ticks promise{}; // after arrival
  Lengths length{};
  Lengths patience{}; // how long they wait before they leave the list
  std::int32_t declines_permille{};
  Lengths answer{Shape::fixed, 0, {}}; // how long they take to answer an offer
  bool answers_at_once() const { return answer.shape == Shape::fixed && answer.mean == 0; }
};

struct Period {
  Ticks from{};
  Ticks until{}; // forever = does not come back
};

struct Worker {
  std::uint64_t id{}; // chance follows it, not the position
  std::int32_t places{};
  std::int32_t live{}; // at the start of the run
  Ticks joins_at{};
  std::vector<Period> leave{};
  Ticks yearly_leave{}; // and this long once a year, at an instant drawn per run; below a year
};

struct KnownArrival {
  Ticks at{};
  std::uint32_t kind{};
  std::vector<std::uint32_t> declined{}; // workers not to be asked about again
};

struct Rate {
  Ticks from{};
  Ticks span{}; // above 0
  std::int64_t people{1};
};

struct Model {
  Order order{Order::arrival};
  Ticks end{};
  Ticks counted_from{-forever}; // people who arrived before are simulated and not counted
  std::vector<Kind> kinds{};
  std::vector<Worker> workers{};
  Lengths live_length{};
  std::vector<std::int32_t> fits{};
  std::vector<KnownArrival> known{};
  std::vector<Rate> rates{};

  std::int32_t fit(std::uint32_t kind, std::uint32_t worker) const {
    return fits.data()[kind * workers.size() + worker];
  }
};

void check(const Model& model); // that all of it is in its range: a breach is a Defect

} // namespace kith::matching::simulation
