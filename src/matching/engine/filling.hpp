// Every free place that still has a price is filled, or its price comes down to 0: the mirror image of
// insertion.hpp, over the people who could come, until somebody without a place comes, or the place of
// somebody who moves may stay free. One place after the other, or all that are left together in rounds of one
// search from all of them and a walk over what is tight (as there), whichever is cheaper (pace.hpp).
//
// That needs a worker's pairs. Only pairs within `reach` of being tight are listed by worker, because the
// searches are short when the auction was good. A pair that is not listed stays beyond tight as long as no
// price has fallen by more than the reach; before one would, the pairs are listed anew with four times the
// reach. Cost: a pass over the pairs a list, and the searches. Where events change a standing (live.hpp) all
// pairs stay listed instead.
#pragma once
#include <span>

#include "matching/engine/pace.hpp"
#include "matching/engine/search.hpp"
#include "matching/engine/standing.hpp"

namespace kith::matching::engine {

struct WorkerPair {
  std::uint32_t person{};
  std::int32_t fit{};
};

// REQUIRES of both ways to fill that nobody without a place gains anything.
class Filling {
public:
  explicit Filling(Standing& standing);
  void fill_all(std::int64_t reach); // afterwards no free place has a price

  // With all pairs listed: these are the worker's from now on.
  void list(std::uint32_t worker, std::span<const WorkerPair> all) { listed_[worker] = all; }
  void add_person() { to_person_.add(); }
  void fill_places_of(std::uint32_t worker); // as above, of this one. REQUIRES that no other has any

private:
  // How a search from a free place ends: with the last to move, who had no place or whose own may stay free;
  // or with nobody, when the place itself may stay free.
  struct End {
    std::int64_t distance{};
    std::uint32_t last{nobody};
  };
  bool has_priced_place(std::uint32_t worker) const {
    return seats_.free(worker) > 0 && standing_.prices[worker] > 0;
  }
  std::vector<std::uint32_t> priced() const;
  std::uint64_t places_of(const std::vector<std::uint32_t>& workers) const;
  bool fill_next(std::vector<std::uint32_t>& workers, Pace& pace);
  void list_by_worker();
  bool fill(const std::vector<std::uint32_t>& workers);
  bool search(const std::vector<std::uint32_t>& workers, End& end);
  void settle(const Reached& worker, End& end);
  bool within_reach(const End& end) const;
  void move_in(std::uint32_t last, std::uint32_t into);
  bool walk_from(std::uint32_t worker);
  std::uint32_t next_to_come(std::uint32_t worker);
  void move_along();

  Standing& standing_;
  Seats& seats_;
  std::int64_t reach_{}; // 0: all pairs are listed
  std::vector<WorkerPair> near_{};
  std::vector<std::span<const WorkerPair>> listed_{}; // by worker
  std::vector<std::int64_t> fallen_{};                // each price, since the pairs were listed
  Distances to_worker_{standing_.problem.workers()};
  Distances to_person_{standing_.problem.people()};
  Frontier frontier_{};
  std::vector<Reached> settled_{}; // workers
  std::uint64_t looks_{};
  std::uint32_t round_{};
  std::vector<std::uint32_t> walked_{};  // by person: in this round
  std::vector<std::uint32_t> entered_{}; // by worker: in this round
  std::vector<std::size_t> tried_{};     // by worker: the next of its listed pairs
  struct Step {
    std::uint32_t worker{};
    std::uint32_t comes{nobody};
  };
  std::vector<Step> path_{};
};

} // namespace kith::matching::engine
