// A waiting list to simulate, as plain values: who comes, who works, who can be offered whom, and who is
// next. It knows no names, calendars or criteria; matching/what_if.hpp makes it from a folder and a scenario.
//
// Shapes. kinds: people of one kind want the same and count the same; share: how many in all shares arrive as
// this kind; class: highest first, read by `promise` only. fits: one number per (kind, worker), row by row;
// `not_possible` or 0..65,535. places and live: 0..4,095, live <= places. known: people with their instant of
// arrival, before 0 for those who wait when the run begins, sorted by it. rates: how many
// arrive in a span of time on average, from an instant on, sorted; each arrival's kind is drawn by share.
// band_days: under `promise` people of the lowest class who are due within one band come by fit, and so does
// everybody of another class; `one_band` divides the overdue from the others only. Days are counted as in
// matching/ladder.hpp: from midnight of the first day.
// live_length: of the connections under way when the run begins. Threads: plain values; concurrent reading is
// safe.
#pragma once
#include <cstdint>
#include <optional>
#include <vector>

#include "matching/simulation/chance.hpp"

namespace kith::matching::simulation {

inline constexpr std::int32_t not_possible = -1;
inline constexpr std::int32_t one_band = INT32_MAX;
inline constexpr std::size_t closeness_count = 4;
constexpr Ticks day_of(Ticks at) { // whole days since the run began, rounded down
  return (at >= 0 ? at : at - ticks_of_day + 1) / ticks_of_day;
}
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
  Ticks held_back{}; // so long from the beginning of the day of arrival nobody below the floor is offered
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
  std::int32_t band_days{};              // 0: no bands
  std::vector<std::uint8_t> closeness{}; // by (kind, worker) as fits, 0 the closest; empty: nobody asks
  std::optional<std::uint8_t> floor{};   // further than this is below it
  std::vector<KnownArrival> known{};
  std::vector<Rate> rates{};

  bool is_below_floor(std::uint32_t kind, std::uint32_t worker) const {
    return floor && closeness.data()[kind * workers.size() + worker] > *floor;
  }
  // Until when the floor holds for somebody of this kind who came at this instant.
  Ticks held_until(std::uint32_t kind, Ticks arrived) const {
    return day_of(arrived) * ticks_of_day + kinds.data()[kind].held_back;
  }

  std::int32_t fit(std::uint32_t kind, std::uint32_t worker) const {
    return fits.data()[kind * workers.size() + worker];
  }
};

void check(const Model& model); // that all of it is in its range: a breach is a Defect

} // namespace kith::matching::simulation
