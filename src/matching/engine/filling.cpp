#include "matching/engine/filling.hpp"

#include <algorithm>
#include <limits>

namespace kith::matching::engine {

Filling::Filling(Standing& standing)
    : standing_(standing), seats_(standing.seats), listed_(standing.problem.workers()),
      fallen_(standing.problem.workers(), 0), walked_(standing.problem.people(), 0),
      entered_(standing.problem.workers(), 0), tried_(standing.problem.workers(), 0) {}

std::vector<std::uint32_t> Filling::priced() const {
  std::vector<std::uint32_t> out;
  for (std::uint32_t j = 0; j < standing_.problem.workers(); ++j)
    if (has_priced_place(j)) out.push_back(j);
  return out;
}

void Filling::fill_places_of(std::uint32_t worker) {
  while (has_priced_place(worker)) CHECK(fill({worker}));
}

void Filling::fill_all(std::int64_t reach) {
  reach_ = reach;
  Pace pace(standing_.problem.pairs.size());
  for (auto workers = priced(); !workers.empty(); workers = priced()) {
    list_by_worker();
    bool further = false;
    while (!workers.empty() && !further) further = !fill_next(workers, pace);
    if (further && reach_ < std::numeric_limits<std::int64_t>::max() / 8) reach_ *= 4;
  }
}

// How many places have a price and nobody.
std::uint64_t Filling::places_of(const std::vector<std::uint32_t>& workers) const {
  std::uint64_t places = 0;
  for (const std::uint32_t worker : workers)
    if (has_priced_place(worker)) places += seats_.free(worker);
  return places;
}

// One place of the last of these workers, or a round of them all; whoever has none any more leaves `workers`.
// False as below.
bool Filling::fill_next(std::vector<std::uint32_t>& workers, Pace& pace) {
  const auto has_none = [&](std::uint32_t worker) { return !has_priced_place(worker); };
  if (pace.together()) std::erase_if(workers, has_none);
  while (!workers.empty() && has_none(workers.back())) workers.pop_back();
  if (workers.empty()) return true;
  const std::vector<std::uint32_t> last{workers.back()};
  const std::vector<std::uint32_t>& now = pace.together() ? workers : last;
  const std::uint64_t looks = looks_, places = places_of(now);
  if (!fill(now)) return false;
  pace.spent(looks_ - looks, places - places_of(now));
  return true;
}

void Filling::list_by_worker() {
  const Packed& problem = standing_.problem;
  std::fill(fallen_.begin(), fallen_.end(), 0);
  std::vector<std::pair<std::uint32_t, WorkerPair>> near; // worker first
  std::vector<std::size_t> next(problem.workers() + 1, 0);
  for (std::uint32_t i = 0; i < problem.people(); ++i)
    standing_.each_within(i, reach_, [&](const PackedPair& pair) {
      ++next[pair.worker + 1];
      near.push_back({pair.worker, {i, pair.fit}});
    });
  near_.resize(near.size());
  for (std::uint32_t j = 0; j < problem.workers(); ++j) {
    next[j + 1] += next[j];
    listed_[j] = {near_.data() + next[j], near_.data() + next[j + 1]};
  }
  for (const auto& [worker, pair] : near) near_[next[worker]++] = pair;
}

// Everybody who could have a place of this worker is within reach of coming.
void Filling::settle(const Reached& worker, End& end) {
  settled_.push_back(worker);
  looks_ += listed_[worker.at].size();
  for (const WorkerPair& pair : listed_[worker.at]) {
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
  return reach_ == 0 || std::all_of(settled_.begin(), settled_.end(), [&](const Reached& at) {
           return fallen_[at.at] + end.distance - at.distance <= reach_;
         });
}

// From places of all these workers; false, and nothing done: a price would fall further than the pairs are
// listed.
bool Filling::search(const std::vector<std::uint32_t>& workers, End& end) {
  to_worker_.clear();
  to_person_.clear();
  frontier_.clear();
  settled_.clear();
  end.distance = std::numeric_limits<std::int64_t>::max();
  for (const std::uint32_t worker : workers) {
    end.distance = std::min(end.distance, standing_.prices[worker]);
    to_worker_.nearer({0, worker}, nobody);
  }
  for (const std::uint32_t worker : workers) settle({0, worker}, end);
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
  return true;
}

// One round: at least one place is filled or costs nothing any more. False as above.
bool Filling::fill(const std::vector<std::uint32_t>& workers) {
  End end;
  if (!search(workers, end)) return false;
  if (workers.size() == 1) {
    move_in(end.last, workers.front());
    return true;
  }
  ++round_;
  bool done = false;
  for (const std::uint32_t worker : workers) {
    while (has_priced_place(worker) && walk_from(worker)) done = true;
    done = done || !has_priced_place(worker);
  }
  CHECK(done);
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

// Along tight pairs to somebody without a place, or whose own may stay free; then everybody on the path
// moves. Each person is walked over once a round, so a round costs the listed pairs.
bool Filling::walk_from(std::uint32_t worker) {
  path_.assign(1, {worker});
  while (!path_.empty()) {
    const std::uint32_t comes = next_to_come(path_.back().worker);
    if (comes == nobody) {
      path_.pop_back();
      continue;
    }
    walked_[comes] = round_;
    path_.back().comes = comes;
    const std::uint32_t leaves = seats_.worker_of(comes);
    if (leaves == nobody || standing_.prices[leaves] == 0) {
      move_along();
      return true;
    }
    path_.push_back({leaves});
  }
  return false;
}

std::uint32_t Filling::next_to_come(std::uint32_t worker) {
  if (entered_[worker] != round_) tried_[worker] = 0;
  entered_[worker] = round_;
  while (tried_[worker] < listed_[worker].size()) {
    ++looks_;
    const WorkerPair& pair = listed_[worker][tried_[worker]++];
    if (walked_[pair.person] == round_ || seats_.worker_of(pair.person) == worker) continue;
    if (standing_.reduced_cost(pair.person, {worker, pair.fit}) == 0) return pair.person;
  }
  return nobody;
}

void Filling::move_along() {
  for (const Step& step : path_) { // each leaves the place that the next one takes
    if (seats_.worker_of(step.comes) != nobody) seats_.get_up(step.comes);
    seats_.sit(step.comes, step.worker);
  }
}

} // namespace kith::matching::engine
