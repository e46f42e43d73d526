// One run of a waiting list, event by event: somebody arrives, a place becomes free, an offer is declined,
// patience runs out, a worker joins, goes on leave and comes back. An offer is answered at once. Whoever
// arrives is offered the free place that fits best (ties: the earlier worker); a place that becomes free is
// offered in the model's order; nobody is asked about one worker twice. So nobody waits while a place that
// they could have and have not declined is free. A worker on leave takes nobody new; connections go on. Those
// who wait when the run begins are offered what is free then, one by one; their patience begins with the run.
//
// The same model, seed and run give the same figures, on any machine. Cost: the agenda's an event,
// and for an arrival the workers with a free place, for a free place the kinds the worker can support.
// bench/simulation measures it.
//
// Little's law holds in every run, exactly: the number waiting, summed over time, is the time waited, summed
// over people; and so for places and connections. Both sides are counted apart and compared (CHECK).
//
// Oracles in the test: Erlang B, C and A, the fixed-length line with one place, Cobham's two classes.
// Refs: L. Kleinrock, Queueing Systems I and II; A. Cobham 1954; J. D. C. Little 1961.
// Threads: one run at a time per Simulation; several may share a model.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "matching/simulation/agenda.hpp"
#include "matching/simulation/model.hpp"

namespace kith::matching::simulation {

inline constexpr std::uint32_t none = UINT32_MAX;

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
  std::int64_t waiting_ticks{}; // the number waiting, summed over the run
  std::int64_t used_ticks{};    // live connections
  std::int64_t open_ticks{};    // places of workers who have joined and are not on leave
  std::int64_t events{};
};

class Simulation {
public:
  // REQUIRES the ranges of model.hpp; the model outlives this. A breach is a Defect.
  explicit Simulation(const Model& model);
  Figures run(std::uint64_t seed, std::uint32_t replication);

private:
  enum class Standing : std::uint8_t { arriving, waiting, gone };
  struct Person {
    Ticks arrived{};
    std::uint64_t chance{};
    std::uint32_t kind{};
    std::uint32_t before{none}; // in the line of their kind
    std::uint32_t after{none};
    std::uint32_t declined{none}; // the latest, in declined_
    Standing standing{};
  };
  struct Line {
    std::uint32_t first{none};
    std::uint32_t last{none};
  };
  struct Declined {
    std::uint32_t worker{};
    std::uint32_t earlier{};
  };
  struct Post { // a worker in this run
    std::int32_t free{};
    std::int32_t reasons_away{}; // not yet here, on leave: nobody new while there is one
    std::uint32_t open_at{none};
  };

  void reset(std::uint64_t seed, std::uint32_t replication);
  void begin_work(std::uint32_t worker);
  void plan_leave(std::uint32_t worker, Period period);
  void welcome_those_waiting();
  EventKey take_next();
  void plan_arrival();
  void pass_to(Ticks at);
  void happen(EventKey event);
  void arrive_drawn();
  void arrive_known(std::uint32_t number);
  std::uint32_t add(Ticks at, std::uint64_t chance, std::uint32_t kind);
  void welcome(std::uint32_t person);
  void wait(std::uint32_t person);
  void stop_waiting(std::uint32_t person);
  void give_up(std::uint32_t person);
  std::uint32_t closest_open(std::uint32_t person) const;
  std::uint32_t next_for(std::uint32_t worker) const;
  bool comes_before(std::uint32_t a, std::uint32_t b) const;
  bool has_declined(std::uint32_t person, std::uint32_t worker) const;
  bool accepts(std::uint32_t person, std::uint32_t worker);
  void connect(std::uint32_t person, std::uint32_t worker);
  void fill(std::uint32_t worker);
  void list_open(std::uint32_t worker);
  void count_reasons_away(std::uint32_t worker, std::int32_t more);
  void close();
  bool counted(const Person& person) const { return person.arrived >= model_.counted_from; }

  const Model& model_;
  std::vector<std::uint32_t> kind_of_share_{};
  std::vector<std::vector<std::uint32_t>> kinds_of_{}; // by worker: for whom they are possible
  Agenda agenda_{};
  EventKey arrival_{no_event}; // the next drawn one
  std::uint32_t arrivals_{};
  std::vector<Person> people_{};
  std::vector<Line> lines_{}; // by kind
  std::vector<Declined> declined_{};
  std::vector<Post> posts_{};
  std::vector<std::uint32_t> open_{}; // workers who could take somebody now, in no order
  Ticks now_{};
  std::int64_t waiting_{};
  std::int64_t used_{};
  std::int64_t open_places_{};
  Ticks waited_{}; // by people, and connected, within the run: the other side of Little's law
  Ticks connected_{};
  std::uint64_t chance_{}; // of this run
  Figures figures_{};
};

} // namespace kith::matching::simulation
