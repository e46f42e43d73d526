// A waiting list that stays planned while it changes. After each event the plan is an optimum of the list as
// it is now, proved by the same prices and gains as that of optimum.hpp: somebody arrives or leaves, a pair
// falls away (a decline, an exclusion, a must), a worker has more places or fewer, goes on leave and comes
// back, somebody's class or day of the promise counts for more or less (`bonus`).
//
// Each is at most a few searches on the live prices: whoever lost a place is inserted (insertion.hpp), and a
// place that became free is filled or costs nothing any more (filling.hpp). Nobody is moved who need not be
// for the value. A pair that comes anew (an exclusion lifted, a wish changed) is a person who leaves and
// arrives. Under the strict order the bonus of a rank must be large enough for every pair that may yet come:
// D from the greatest fit there can be (instance.hpp).
//
// Value and proof are those of a fresh solution; the pairs need not be, nor the prices: these are optimal,
// not the smallest. Cost: about the pairs of the workers whom the searches reach; bench/matching measures it.
// Threads: one at a time.
#pragma once
#include <span>
#include <vector>

#include "matching/engine/filling.hpp"
#include "matching/engine/insertion.hpp"
#include "matching/engine/standing.hpp"

namespace kith::matching::engine {

class Live {
public:
  explicit Live(Packed problem); // with every pair, of workers without places too. Keeps its numbers
  Live(const Live&) = delete;    // its parts refer to one another
  Live& operator=(const Live&) = delete;

  // The new person's number. REQUIRES pairs with different known workers, on leave or not.
  std::uint32_t arrive(std::int64_t bonus, std::span<const PackedPair> pairs);
  void leave(std::uint32_t person); // a number is not given again; leaving twice is nothing
  void remove_pair(std::uint32_t person, std::uint32_t worker); // nothing where there is none
  void set_bonus(std::uint32_t person, std::int64_t bonus);
  void set_places(std::uint32_t worker, std::uint16_t places);
  void go_on_leave(std::uint32_t worker);
  void come_back(std::uint32_t worker);

  std::uint32_t people() const { return problem_.people(); } // numbers given so far
  std::uint32_t worker_of(std::uint32_t person) const { return standing_.seats.worker_of(person); }
  std::int64_t gain(std::uint32_t person) const { return standing_.gains[person]; }
  std::int64_t price(std::uint32_t worker) const { return standing_.prices[worker]; }
  std::int64_t value() const; // of the plan. One pass over the people
  bool proved() const;        // one pass over the pairs

private:
  bool on_leave(std::uint32_t worker) const { return standing_.prices[worker] == priceless; }
  std::vector<WorkerPair>& pairs_of(std::uint32_t worker) { return by_worker_[worker]; }
  void list(std::uint32_t worker) { filling_.list(worker, by_worker_[worker]); }
  void unlist(std::uint32_t worker, std::uint32_t person);
  void stand_up(std::uint32_t person); // their gain is at least what the prices allow
  void seat(std::uint32_t person);
  void settle_price(std::uint32_t worker);

  Packed problem_{}; // a pair that fell away names the one worker beyond the others, who is always on leave
  std::uint32_t workers_{};
  std::vector<std::vector<WorkerPair>> by_worker_{};
  Standing standing_{problem_};
  Insertion insertion_{standing_};
  Filling filling_{standing_};
};

} // namespace kith::matching::engine
