#include "matching/engine/levels.hpp"

#include "matching/engine/seats.hpp"

namespace kith::matching::engine {
namespace {

class ByClass {
public:
  explicit ByClass(const Packed& problem)
      : problem_(problem), seats_(problem), levels_(problem.workers(), 0), seen_(problem.workers(), 0),
        reached_from_(problem.workers(), nobody) {}

  void place(std::uint32_t person);
  std::vector<std::uint16_t> take() { return std::move(levels_); }

private:
  std::uint32_t reach_from(std::uint32_t person); // a worker with a free place, if one is beside

  const Packed& problem_;
  Seats seats_;
  std::vector<std::uint16_t> levels_;
  std::vector<std::uint32_t> seen_; // by the search with this number
  std::vector<std::uint32_t> reached_from_;
  std::vector<std::uint32_t> reached_{};
  std::uint32_t search_{};
};

std::uint32_t ByClass::reach_from(std::uint32_t person) {
  for (std::uint64_t at = problem_.first[person]; at < problem_.first[person + 1]; ++at) {
    const PackedPair pair = problem_.pairs[at];
    if (levels_[pair.worker] > 0 || seen_[pair.worker] == search_) continue;
    seen_[pair.worker] = search_;
    reached_from_[pair.worker] = person;
    if (seats_.free(pair.worker)) return pair.worker;
    reached_.push_back(pair.worker);
  }
  return nobody;
}

void ByClass::place(std::uint32_t person) {
  ++search_;
  reached_.clear();
  std::uint32_t free = reach_from(person);
  for (std::size_t next = 0; free == nobody && next < reached_.size(); ++next)
    for (const std::uint32_t held : seats_.of(reached_[next])) {
      free = reach_from(held);
      if (free != nobody) break;
    }
  if (free != nobody) return seats_.move_along(free, reached_from_);
  for (const std::uint32_t worker : reached_) levels_[worker] = problem_.rank[person];
}

} // namespace

std::vector<std::uint16_t> levels_of(const Packed& problem) {
  std::vector<std::vector<std::uint32_t>> by_rank(1'025);
  for (const std::uint32_t person : problem.order) by_rank[problem.rank[person]].push_back(person);
  ByClass classes(problem);
  for (auto people = by_rank.rbegin(); people != by_rank.rend(); ++people)
    for (const std::uint32_t person : *people) classes.place(person);
  return classes.take();
}

} // namespace kith::matching::engine
