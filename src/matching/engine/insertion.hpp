// Everybody who has no place and would gain by one gets a place, or learns that there is none worth it: the
// shortest path over workers, by reduced costs, to a free place or to somebody who gives way, and the prices
// along it moved so that the path becomes tight (Jonker and Volgenant 1987).
//
// One after the other, or all that are left together, whichever is cheaper (pace.hpp): one search from all of
// them, the prices moved by the nearest end, and as many paths over tight pairs as a depth-first walk finds,
// which visits each person once (Hopcroft and Karp 1973, with prices). At 100,000 people with ten different
// fits some 15,000 people took about 60 such rounds.
// Cost: O(pairs) a round, and at least one person leaves in each.
#pragma once
#include "matching/engine/search.hpp"
#include "matching/engine/standing.hpp"

namespace kith::matching::engine {

class Insertion {
public:
  explicit Insertion(Standing& standing);
  void insert_all();                 // afterwards nobody without a place gains anything; once only
  void insert(std::uint32_t person); // this one. REQUIRES that they have no place

private:
  // The nearest end of a search: a free place, somebody who gives way, or staying out.
  struct End {
    std::int64_t distance{};
    std::uint32_t free{nobody};
    std::uint32_t gives_way{nobody};
  };
  struct Step {
    std::uint32_t person{};
    std::uint64_t pair{}; // the next to try
  };
  void begin_search();
  void reach_workers(std::uint32_t person, const Reached& from, End& end);
  void search(End& end);
  void move_prices(const End& end);
  void insert_together(std::vector<std::uint32_t>& people);
  bool walk_from(std::uint32_t person);
  bool try_worker(std::uint32_t worker);
  std::uint32_t next_held(std::uint32_t worker);
  void move_up(std::uint32_t worker);

  Standing& standing_;
  Seats& seats_;
  Distances to_worker_{standing_.problem.workers()};
  Frontier frontier_{};
  std::vector<Reached> settled_{};
  std::uint64_t looks_{};
  std::uint32_t round_{};
  std::vector<std::uint32_t> walked_{};  // by person: in this round
  std::vector<std::uint32_t> entered_{}; // by worker: in this round
  std::vector<std::uint32_t> tried_{};   // by worker: how many who sit there
  std::vector<Step> path_{};
};

} // namespace kith::matching::engine
