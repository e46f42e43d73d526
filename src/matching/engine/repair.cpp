#include "matching/engine/repair.hpp"

#include <algorithm>
#include <functional>
#include <limits>

#include "matching/engine/seats.hpp"

namespace kith::matching::engine {
namespace {

struct Reached {
  std::int64_t distance{};
  std::uint32_t at{}; // a worker or a person
  bool operator>(const Reached& other) const {
    return distance != other.distance ? distance > other.distance : at > other.at;
  }
};

class Frontier {
public:
  void clear() { heap_.clear(); }
  bool empty() const { return heap_.empty(); }
  void push(const Reached& reached) {
    heap_.push_back(reached);
    std::push_heap(heap_.begin(), heap_.end(), std::greater<>());
  }
  Reached pop() {
    std::pop_heap(heap_.begin(), heap_.end(), std::greater<>());
    const Reached nearest = heap_.back();
    heap_.pop_back();
    return nearest;
  }

private:
  std::vector<Reached> heap_{};
};

// The shortest distances of one search, forgotten in O(1) before the next.
class Distances {
public:
  explicit Distances(std::size_t size) : distance_(size, 0), search_of_(size, 0), via_(size, nobody) {}
  void clear() { ++search_; }
  bool known(std::uint32_t at) const { return search_of_[at] == search_; }
  std::int64_t of(std::uint32_t at) const { return distance_[at]; }
  const std::vector<std::uint32_t>& via() const { return via_; }
  bool nearer(const Reached& reached, std::uint32_t via) {
    if (known(reached.at) && distance_[reached.at] <= reached.distance) return false;
    search_of_[reached.at] = search_;
    distance_[reached.at] = reached.distance;
    via_[reached.at] = via;
    return true;
  }

private:
  std::vector<std::int64_t> distance_;
  std::vector<std::uint32_t> search_of_;
  std::vector<std::uint32_t> via_;
  std::uint32_t search_{};
};

struct WorkerPair {
  std::uint32_t person{};
  std::int32_t fit{};
};

class Repair {
public:
  Repair(const Packed& problem, Auctioned start);
  void run();
  void lower_prices();
  void settle_ties();
  Repaired take() { return {seats_.workers(), std::move(gains_), std::move(prices_)}; }

private:
  std::int64_t reduced_cost(std::uint32_t person, const PackedPair& pair) const {
    return gains_[person] + prices_[pair.worker] - problem_.bonus[person] - pair.fit;
  }
  void set_gains();
  void insert(std::uint32_t person);
  struct End;
  void reach_workers(std::uint32_t person, const Reached& from, End& end);
  void list_by_worker(std::int64_t reach);
  bool fill(std::uint32_t worker, std::int64_t reach);
  struct Filled;
  void settle(const Reached& worker, Filled& end);
  void move_in(std::uint32_t last, std::uint32_t into);
  std::uint32_t later_within_ties(std::uint32_t person);
  bool has_priced_place(std::uint32_t worker) const { return seats_.free(worker) > 0 && prices_[worker] > 0; }

  const Packed& problem_;
  Seats seats_;
  std::vector<std::int64_t> prices_;
  std::vector<std::int64_t> gains_;
  std::int64_t reach_{};
  std::vector<std::uint64_t> first_{}; // of by_worker_
  std::vector<WorkerPair> by_worker_{};
  Distances to_worker_;
  Distances to_person_;
  Frontier frontier_{};
  std::vector<Reached> settled_{};    // workers
  std::vector<std::uint32_t> turn_{}; // by person, in waiting order
  std::vector<bool> closed_{};        // by worker: whoever is within ties from here waited longer
};

Repair::Repair(const Packed& problem, Auctioned start)
    : problem_(problem), seats_(problem), prices_(std::move(start.prices)), gains_(problem.people(), 0),
      reach_(4 * start.epsilon), to_worker_(problem.workers()), to_person_(problem.people()) {
  for (std::int64_t& price : prices_) price = std::max<std::int64_t>(price, 0);
  for (std::uint32_t i = 0; i < problem.people(); ++i)
    if (start.worker_of[i] != nobody) seats_.sit(i, start.worker_of[i]);
}

void Repair::set_gains() {
  for (std::uint32_t i = 0; i < problem_.people(); ++i) {
    std::int64_t best = 0, own = -1;
    const std::uint32_t worker = seats_.worker_of(i);
    for (const PackedPair& pair : problem_.pairs_of(i)) {
      const std::int64_t gain = problem_.bonus[i] + pair.fit - prices_[pair.worker];
      best = std::max(best, gain);
      if (pair.worker == worker) own = gain;
    }
    gains_[i] = best;
    if (worker != nobody && own < best) seats_.get_up(i);
  }
}

// Ends of a search from somebody without a place: a free place, somebody who gives way, or neither.
struct Repair::End {
  std::int64_t distance{};
  std::uint32_t free{nobody};
  std::uint32_t gives_way{nobody};
};

void Repair::reach_workers(std::uint32_t person, const Reached& from, End& end) {
  for (const PackedPair& pair : problem_.pairs_of(person)) {
    const Reached there{from.distance + reduced_cost(person, pair), pair.worker};
    if (pair.worker == from.at || there.distance >= end.distance) continue;
    if (!to_worker_.nearer(there, person)) continue;
    if (seats_.free(pair.worker) > 0) end = {there.distance, pair.worker, nobody};
    else frontier_.push(there);
  }
}

// The person inserted stands at distance 0; going without costs their gain.
void Repair::insert(std::uint32_t person) {
  to_worker_.clear();
  frontier_.clear();
  settled_.clear();
  End end{gains_[person]};
  reach_workers(person, {0, nobody}, end);
  while (!frontier_.empty()) {
    const Reached at = frontier_.pop();
    if (at.distance >= end.distance) break;
    if (at.distance != to_worker_.of(at.at)) continue;
    settled_.push_back(at);
    for (const std::uint32_t held : seats_.of(at.at)) {
      if (at.distance + gains_[held] < end.distance) end = {at.distance + gains_[held], nobody, held};
      reach_workers(held, at, end);
    }
  }
  for (const Reached& at : settled_) {
    const std::int64_t rise = std::max<std::int64_t>(end.distance - at.distance, 0);
    prices_[at.at] += rise;
    for (const std::uint32_t held : seats_.of(at.at)) gains_[held] -= rise;
  }
  gains_[person] -= end.distance;
  if (end.gives_way != nobody) {
    end.free = seats_.worker_of(end.gives_way);
    seats_.get_up(end.gives_way);
  }
  if (end.free != nobody) seats_.move_along(end.free, to_worker_.via());
}

void Repair::list_by_worker(std::int64_t reach) {
  first_.assign(problem_.workers() + 1, 0);
  const auto each = [&](auto&& body) {
    for (std::uint32_t i = 0; i < problem_.people(); ++i)
      for (const PackedPair& pair : problem_.pairs_of(i))
        if (reduced_cost(i, pair) <= reach) body(i, pair);
  };
  each([&](std::uint32_t, const PackedPair& pair) { ++first_[pair.worker + 1]; });
  for (std::size_t j = 1; j < first_.size(); ++j) first_[j] += first_[j - 1];
  by_worker_.resize(first_.back());
  std::vector<std::uint64_t> next(first_.begin(), first_.end() - 1);
  each([&](std::uint32_t i, const PackedPair& pair) { by_worker_[next[pair.worker]++] = {i, pair.fit}; });
}

// How a search from a free place ends: with the last to move, who had no place or whose own may stay free; or
// with nobody, when the place itself may stay free.
struct Repair::Filled {
  std::int64_t distance{};
  std::uint32_t last{nobody};
};

// Everybody who could have a place of this worker is within reach of coming.
void Repair::settle(const Reached& worker, Filled& end) {
  settled_.push_back(worker);
  for (std::uint64_t e = first_[worker.at]; e < first_[worker.at + 1]; ++e) {
    const WorkerPair& pair = by_worker_[e];
    const std::uint32_t leaves = seats_.worker_of(pair.person);
    if (leaves == worker.at) continue;
    const Reached there{worker.distance + reduced_cost(pair.person, {worker.at, pair.fit}), pair.person};
    if (there.distance >= end.distance || !to_person_.nearer(there, worker.at)) continue;
    const std::int64_t price = leaves == nobody ? 0 : prices_[leaves];
    if (there.distance + price < end.distance) end = {there.distance + price, pair.person};
    if (leaves != nobody) frontier_.push(there);
  }
}

// False: the nearest end is further than the pairs are listed.
bool Repair::fill(std::uint32_t worker, std::int64_t reach) {
  to_worker_.clear();
  to_person_.clear();
  frontier_.clear();
  settled_.clear();
  Filled end{prices_[worker]};
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
  if (end.distance > reach) return false;
  for (const Reached& at : settled_) {
    const std::int64_t fall = std::max<std::int64_t>(end.distance - at.distance, 0);
    prices_[at.at] -= fall;
    for (const std::uint32_t held : seats_.of(at.at)) gains_[held] += fall;
  }
  move_in(end.last, worker);
  return true;
}

// The path backwards, so that each finds the place free that the one before has left.
void Repair::move_in(std::uint32_t last, std::uint32_t into) {
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

void Repair::run() {
  std::vector<std::uint32_t> priced;
  for (bool first = true;; first = false) {
    set_gains();
    for (const std::uint32_t person : problem_.order)
      if (seats_.worker_of(person) == nobody && gains_[person] > 0) insert(person);
    priced.clear();
    for (std::uint32_t j = 0; j < problem_.workers(); ++j)
      if (has_priced_place(j)) priced.push_back(j);
    if (priced.empty()) return;
    list_by_worker(reach_);
    bool further = !first;
    for (const std::uint32_t worker : priced)
      while (has_priced_place(worker))
        if (!fill(worker, reach_)) {
          further = true;
          break;
        }
    if (further) reach_ = reach_ > std::numeric_limits<std::int64_t>::max() / 8 ? reach_ : reach_ * 4;
  }
}

// Greatest possible fall q of each price: q_j <= p_j; q_j <= p_j - value for the pair of somebody without a
// place; and q_j <= q_k + reduced cost for somebody with k who could have j. Shortest paths again.
void Repair::lower_prices() {
  to_worker_.clear();
  frontier_.clear();
  for (std::uint32_t j = 0; j < problem_.workers(); ++j) to_worker_.nearer({prices_[j], j}, nobody);
  for (std::uint32_t i = 0; i < problem_.people(); ++i) {
    if (seats_.worker_of(i) != nobody) continue;
    for (const PackedPair& pair : problem_.pairs_of(i))
      to_worker_.nearer({reduced_cost(i, pair), pair.worker}, nobody);
  }
  for (std::uint32_t j = 0; j < problem_.workers(); ++j)
    if (problem_.places[j] > 0) frontier_.push({to_worker_.of(j), j});
  while (!frontier_.empty()) {
    const Reached at = frontier_.pop();
    if (at.distance != to_worker_.of(at.at)) continue;
    for (const std::uint32_t held : seats_.of(at.at))
      for (const PackedPair& pair : problem_.pairs_of(held)) {
        const Reached there{at.distance + reduced_cost(held, pair), pair.worker};
        if (to_worker_.nearer(there, held)) frontier_.push(there);
      }
  }
  for (std::uint32_t j = 0; j < problem_.workers(); ++j) {
    const std::int64_t fall = to_worker_.of(j);
    prices_[j] -= fall;
    for (const std::uint32_t held : seats_.of(j)) gains_[held] += fall;
  }
}

// Somebody who came later, gains nothing by their place, and could give it up for this person at no cost.
std::uint32_t Repair::later_within_ties(std::uint32_t person) {
  to_worker_.clear();
  settled_.clear();
  const auto reach = [&](std::uint32_t from) {
    for (const PackedPair& pair : problem_.pairs_of(from)) {
      if (closed_[pair.worker] || pair.worker == seats_.worker_of(from) || reduced_cost(from, pair) != 0)
        continue;
      if (to_worker_.nearer({0, pair.worker}, from)) settled_.push_back({0, pair.worker});
    }
  };
  reach(person);
  for (std::size_t next = 0; next < settled_.size(); ++next)
    for (const std::uint32_t held : seats_.of(settled_[next].at)) {
      if (gains_[held] == 0 && turn_[held] > turn_[person]) return held;
      reach(held);
    }
  for (const Reached& at : settled_) closed_[at.at] = true;
  return nobody;
}

// The people of all best plans are a matroid: taken in waiting order, whoever can be exchanged for somebody
// later belongs to it.
void Repair::settle_ties() {
  turn_.resize(problem_.people());
  for (std::uint32_t k = 0; k < problem_.people(); ++k) turn_[problem_.order[k]] = k;
  closed_.assign(problem_.workers(), false);
  for (const std::uint32_t person : problem_.order) {
    if (seats_.worker_of(person) != nobody) continue;
    const std::uint32_t later = later_within_ties(person);
    if (later == nobody) continue;
    const std::uint32_t free = seats_.worker_of(later);
    seats_.get_up(later);
    seats_.move_along(free, to_worker_.via());
  }
}

} // namespace

Repaired repair(const Packed& problem, Auctioned start) {
  Repair repairing(problem, std::move(start));
  repairing.run();
  repairing.lower_prices();
  repairing.settle_ties();
  return repairing.take();
}

} // namespace kith::matching::engine
