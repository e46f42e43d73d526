// Every free place that still has a price is filled, or its price comes down to 0: the mirror image of
// insertion.hpp, over the people who could come, until somebody without a place comes, or the place of
// somebody who moves may stay free.
//
// That needs a worker's pairs. Only pairs within `reach` of being tight are listed by worker, because the
// searches are short when the auction was good. A pair that is not listed stays beyond tight as long as no
// price has fallen by more than the reach; before one would, the pairs are listed anew with four times the
// reach. Cost: a pass over the pairs a list, and the searches.
#pragma once
#include "matching/engine/search.hpp"
#include "matching/engine/standing.hpp"

namespace kith::matching::engine {

class Filling {
public:
  // REQUIRES that nobody without a place gains anything.
  Filling(Standing& standing, std::int64_t reach);
  void fill_all(); // afterwards no free place has a price

private:
  struct WorkerPair {
    std::uint32_t person{};
    std::int32_t fit{};
  };
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
  void list_by_worker();
  bool fill(std::uint32_t worker);
  void settle(const Reached& worker, End& end);
  bool within_reach(const End& end) const;
  void move_in(std::uint32_t last, std::uint32_t into);

  Standing& standing_;
  Seats& seats_;
  std::int64_t reach_{};
  std::vector<std::uint64_t> first_{}; // of by_worker_
  std::vector<WorkerPair> by_worker_{};
  std::vector<std::int64_t> fallen_{}; // each price, since the pairs were listed
  Distances to_worker_{standing_.problem.workers()};
  Distances to_person_{standing_.problem.people()};
  Frontier frontier_{};
  std::vector<Reached> settled_{}; // workers
};

} // namespace kith::matching::engine
