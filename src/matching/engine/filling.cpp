#include "matching/engine/filling.hpp"

#include <algorithm>
#include <limits>

namespace kith::matching::engine {

Filling::Filling(Standing& standing, std::int64_t reach)
    : standing_(standing), seats_(standing.seats), reach_(reach) {}

std::vector<std::uint32_t> Filling::priced() const {
  std::vector<std::uint32_t> out;
  for (std::uint32_t j = 0; j < standing_.problem.workers(); ++j)
    if (has_priced_place(j)) out.push_back(j);
  return out;
}

void Filling::fill_all() {
  for (auto workers = priced(); !workers.empty(); workers = priced()) {
    list_by_worker();
    bool further = false;
    for (const std::uint32_t worker : workers)
      while (!further && has_priced_place(worker)) further = !fill(worker);
    if (further && reach_ < std::numeric_limits<std::int64_t>::max() / 8) reach_ *= 4;
  }
}

void Filling::list_by_worker() {
  const Packed& problem = standing_.problem;
  first_.assign(problem.workers() + 1, 0);
  fallen_.assign(problem.workers(), 0);
  const auto each = [&](auto&& body) {
    for (std::uint32_t i = 0; i < problem.people(); ++i)
      for (const PackedPair& pair : problem.pairs_of(i))
        if (standing_.reduced_cost(i, pair) <= reach_) body(i, pair);
  };
  each([&](std::uint32_t, const PackedPair& pair) { ++first_[pair.worker + 1]; });
  for (std::size_t j = 1; j < first_.size(); ++j) first_[j] += first_[j - 1];
  by_worker_.resize(first_.back());
  std::vector<std::uint64_t> next(first_.begin(), first_.end() - 1);
  each([&](std::uint32_t i, const PackedPair& pair) { by_worker_[next[pair.worker]++] = {i, pair.fit}; });
}

// Everybody who could have a place of this worker is within reach of coming.
void Filling::settle(const Reached& worker, End& end) {
  settled_.push_back(worker);
  for (std::uint64_t e = first_[worker.at]; e < first_[worker.at + 1]; ++e) {
    const WorkerPair& pair = by_worker_[e];
    const std::uint32_t leaves = seats_.worker_of(pair.person);
    if (leaves == worker.at) continue;
    const Reached there{worker.distance + standing_.reduced_cost(pair.person, {worker.at, pair.fit}),
                        pair.person};
    if (there.distance >= end.distance || !to_person_.nearer(there, worker.at)) continue;
    const std::int64_t price = leaves == nobody ? 0 : standing_.prices[leaves];
    if (there.distance + price < end.distance) end = {there.distance + price, pair.person};
    if (leaves != nobody) frontier_.push(there);
  }
}

bool Filling::within_reach(const End& end) const {
  return std::all_of(settled_.begin(), settled_.end(), [&](const Reached& at) {
    return fallen_[at.at] + end.distance - at.distance <= reach_;
  });
}

// False, and nothing done: a price would fall further than the pairs are listed.
bool Filling::fill(std::uint32_t worker) {
  to_worker_.clear();
  to_person_.clear();
  frontier_.clear();
  settled_.clear();
  End end{standing_.prices[worker]};
  to_worker_.nearer({0, worker}, nobody);
  settle({0, worker}, end);
  while (!frontier_.empty()) {
    const Reached at = frontier_.pop();
    if (at.distance >= end.distance) break;
    const std::uint32_t leaves = seats_.worker_of(at.at);
    if (at.distance != to_person_.of(at.at) || to_worker_.known(leaves)) continue;
    to_worker_.nearer({at.distance, leaves}, at.at);
    settle({at.distance, leaves}, end);
  }
  if (!within_reach(end)) return false;
  for (const Reached& at : settled_) {
    const std::int64_t fall = std::max<std::int64_t>(end.distance - at.distance, 0);
    standing_.raise(at.at, -fall);
    fallen_[at.at] += fall;
  }
  move_in(end.last, worker);
  return true;
}

// The path backwards, so that each finds the place free that the one before has left.
void Filling::move_in(std::uint32_t last, std::uint32_t into) {
  std::vector<std::uint32_t> path;
  for (std::uint32_t mover = last; mover != nobody;) {
    path.push_back(mover);
    const std::uint32_t to = to_person_.via()[mover];
    mover = to == into ? nobody : to_worker_.via()[to];
  }
  for (auto mover = path.rbegin(); mover != path.rend(); ++mover) {
    if (seats_.worker_of(*mover) != nobody) seats_.get_up(*mover);
    seats_.sit(*mover, to_person_.via()[*mover]);
  }
}

} // namespace kith::matching::engine
