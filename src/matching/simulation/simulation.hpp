// One run of a waiting list, event by event: somebody arrives, a place becomes free, an offer is declined,
// patience runs out, a worker joins, goes on leave and comes back. Whoever arrives is offered the free place
// that fits best (ties: the earlier worker); a place that becomes free is offered in the model's order;
// nobody is asked about one worker twice. So nobody waits while a place that they could have and have not
// declined is free, unless it is below the model's floor; it may be offered to them from the day on which the
// floor no longer holds. An offer is answered at once, or keeps the place and the person until it is: they
// wait, and no other place is offered to them. Whoever declines is where they were in their line. A worker on
// leave takes nobody new; what was offered before stands, connections go on. Those who wait when the run
// begins are offered what is free then, one by one; their patience begins with the run.
//
// The same model, seed and run give the same figures, on any machine. Cost: the agenda's an event,
// and for an arrival the workers with a free place, for a free place the kinds the worker can support.
// bench/simulation measures it. Patience that runs out is no entry of the agenda: whoever left the list is
// noticed when it would be their turn, or at the end, and counted from the instant at which they left.
//
// Parts: arrivals.hpp who comes, lines.hpp who waits, turns.hpp who is next, agenda.hpp what happens when.
//
// Little's law holds in every run, exactly: the number waiting, summed over time, is the time waited, summed
// over people; and so for connections and places, and for offers and places kept. Both sides are counted
// apart and compared (CHECK).
//
// Oracles in the test: Erlang B, C and A, the fixed-length line with one place, Pollaczek and
// Khinchine's with offers that take time, Cobham's two classes.
// Refs: L. Kleinrock, Queueing Systems I and II; A. Cobham 1954; J. D. C. Little 1961.
// Threads: one run at a time per Simulation; several may share a model.
#pragma once
#include <array>
#include <cstdint>
#include <memory>
#include <vector>

#include "matching/simulation/model.hpp"

namespace kith::matching::simulation {

// People are counted when they arrived at or after `counted_from`; sums over time are of the whole run.
struct Figures {
  std::int64_t arrived{};
  std::int64_t served{}; // began a connection
  std::int64_t at_once{};
  std::int64_t gave_up{};
  std::int64_t left_waiting{};    // at the end
  std::int64_t declined{};        // offers, of anybody
  Ticks wait_sum{};               // of those served, from their arrival
  std::vector<Ticks> waits{};     // of those served, in the order in which they were
  std::vector<Ticks> kind_wait{}; // the sum by kind
  std::vector<std::int64_t> kind_served{};
  std::array<std::int64_t, closeness_count> closeness_served{}; // where the model knows how close they are
  std::int64_t waiting_ticks{};                                 // the number waiting, summed over the run
  std::int64_t used_ticks{};                                    // live connections
  std::int64_t reserved_ticks{}; // places kept for somebody who has not answered yet
  std::int64_t open_ticks{};     // places of workers who have joined and are not on leave
  std::int64_t events{};

  void count_served(std::uint32_t kind, Ticks wait) { // REQUIRES room for the kind
    ++served;
    at_once += wait == 0;
    wait_sum += wait;
    waits.push_back(wait);
    kind_wait.data()[kind] += wait;
    ++kind_served.data()[kind];
  }
};

class Simulation {
public:
  // REQUIRES the ranges of model.hpp; the model outlives this. A breach is a Defect.
  explicit Simulation(const Model& model);
  ~Simulation();
  Simulation(const Simulation&) = delete;
  Simulation& operator=(const Simulation&) = delete;
  // The figures are there until the next run.
  const Figures& run(std::uint64_t seed, std::uint32_t replication);

private:
  struct Inside;
  std::unique_ptr<Inside> inside_{};
};

} // namespace kith::matching::simulation
