#include "matching/engine/optimum.hpp"

#include <algorithm>
#include <functional>
#include <queue>
#include <span>

#include "matching/engine/certificate.hpp"

namespace kith::matching::engine {
namespace {

constexpr std::int64_t never = std::int64_t{1} << 62;

struct Reached {
  std::int64_t distance{};
  std::uint32_t worker{};
  bool operator>(const Reached& other) const {
    return distance != other.distance ? distance > other.distance : worker > other.worker;
  }
};
using Frontier = std::priority_queue<Reached, std::vector<Reached>, std::greater<>>;

// The live state over a canonical instance. Invariant between insertions: gains and prices are >= 0 and cover
// every pair of an inserted person; pairs in the plan are covered exactly; a worker with a free place has
// price 0 and an inserted person without a worker has gain 0. That is complementary slackness.
class Insertions {
public:
  explicit Insertions(const Canonical& problem)
      : problem_(problem), bonus_(bonuses(problem.instance)), people_of_(problem.instance.workers.size()) {
    const std::size_t n = problem.instance.people.size(), m = problem.instance.workers.size();
    worker_of_.assign(n, nobody);
    gains_.assign(n, 0);
    prices_.assign(m, 0);
    distance_.assign(m, never);
    reached_from_.assign(m, nobody);
  }

  void insert(std::uint32_t person);
  void lower_prices();
  std::vector<std::uint32_t> worker_of_{};
  std::vector<std::int64_t> gains_{};
  std::vector<std::int64_t> prices_{};

private:
  std::int64_t value(const InstancePair& pair) const { return bonus_[pair.person] + fit_of(pair); }
  bool has_free_place(std::uint32_t worker) const {
    return people_of_[worker].size() < problem_.instance.workers[worker].places;
  }
  void reach_from(std::uint32_t person, std::int64_t so_far, Frontier& frontier);
  void move_along(std::uint32_t worker);
  std::span<const InstancePair> pairs_of(std::uint32_t person) const {
    const auto first = problem_.first_pair[person];
    return {problem_.instance.pairs.data() + first, problem_.first_pair[person + 1] - first};
  }

  const Canonical& problem_;
  std::vector<std::int64_t> bonus_{};
  std::vector<std::vector<std::uint32_t>> people_of_;
  std::vector<std::int64_t> distance_{};
  std::vector<std::uint32_t> reached_from_{};
};

void Insertions::reach_from(std::uint32_t person, std::int64_t so_far, Frontier& frontier) {
  for (const InstancePair& pair : pairs_of(person)) {
    if (problem_.instance.workers[pair.worker].places == 0 || worker_of_[person] == pair.worker) continue;
    const std::int64_t there = so_far + gains_[person] + prices_[pair.worker] - value(pair);
    if (there >= distance_[pair.worker]) continue;
    distance_[pair.worker] = there;
    reached_from_[pair.worker] = person;
    frontier.push({there, pair.worker});
  }
}

// The person inserted stands at distance 0 with gain = best value - price; going without costs that gain.
void Insertions::insert(std::uint32_t person) {
  std::fill(distance_.begin(), distance_.end(), never);
  std::int64_t best = 0;
  for (const InstancePair& pair : pairs_of(person))
    if (problem_.instance.workers[pair.worker].places > 0)
      best = std::max(best, value(pair) - prices_[pair.worker]);
  gains_[person] = best;
  Frontier frontier;
  reach_from(person, 0, frontier);
  std::int64_t end = best; // cheapest ending so far: the newcomer stays unplaced
  std::uint32_t gives_way = person;
  std::uint32_t free_worker = nobody;
  std::vector<Reached> settled;
  while (!frontier.empty()) {
    const Reached at = frontier.top();
    frontier.pop();
    if (at.distance != distance_[at.worker]) continue;
    if (at.distance >= end) break;
    if (has_free_place(at.worker)) {
      end = at.distance;
      free_worker = at.worker;
      break;
    }
    settled.push_back(at);
    for (const std::uint32_t held : people_of_[at.worker]) {
      if (at.distance + gains_[held] < end) {
        end = at.distance + gains_[held];
        gives_way = held;
      }
      reach_from(held, at.distance, frontier);
    }
  }
  for (const Reached& at : settled) {
    const std::int64_t rise = end - at.distance;
    if (rise <= 0) continue;
    prices_[at.worker] += rise;
    for (const std::uint32_t held : people_of_[at.worker]) gains_[held] -= rise;
  }
  gains_[person] -= end;
  if (free_worker != nobody) return move_along(free_worker);
  if (gives_way == person) return;
  const std::uint32_t freed = worker_of_[gives_way];
  auto& there = people_of_[freed];
  there.erase(std::find(there.begin(), there.end(), gives_way));
  worker_of_[gives_way] = nobody;
  move_along(freed);
}

void Insertions::move_along(std::uint32_t worker) {
  while (worker != nobody) {
    const std::uint32_t mover = reached_from_[worker];
    const std::uint32_t left = worker_of_[mover];
    if (left != nobody) {
      auto& there = people_of_[left];
      there.erase(std::find(there.begin(), there.end(), mover));
    }
    people_of_[worker].push_back(mover);
    worker_of_[mover] = worker;
    worker = left;
  }
}

// Greatest possible reduction q of each price: q_j <= p_j; q_j <= p_j - value for an unplaced person's pair;
// and for a person placed with k who could have j, q_j <= q_k + slack. A shortest-path problem.
void Insertions::lower_prices() {
  distance_ = prices_;
  for (std::uint32_t i = 0; i < worker_of_.size(); ++i) {
    if (worker_of_[i] != nobody) continue;
    for (const InstancePair& pair : pairs_of(i))
      if (problem_.instance.workers[pair.worker].places > 0)
        distance_[pair.worker] = std::min(distance_[pair.worker], prices_[pair.worker] - value(pair));
  }
  Frontier frontier;
  for (std::uint32_t j = 0; j < distance_.size(); ++j) frontier.push({distance_[j], j});
  while (!frontier.empty()) {
    const Reached at = frontier.top();
    frontier.pop();
    if (at.distance != distance_[at.worker]) continue;
    for (const std::uint32_t held : people_of_[at.worker]) reach_from(held, at.distance, frontier);
  }
  for (std::uint32_t j = 0; j < prices_.size(); ++j) {
    CHECK(distance_[j] >= 0);
    prices_[j] -= distance_[j];
    for (const std::uint32_t held : people_of_[j]) gains_[held] += distance_[j];
  }
}

// A worker without places may carry any price high enough at no cost; the smallest one is what a first place
// would bring: the best value over a person's present gain.
void price_workers_without_places(const Canonical& problem, const std::vector<std::int64_t>& bonus,
                                  const std::vector<std::int64_t>& gains, std::vector<std::int64_t>& prices) {
  for (const InstancePair& pair : problem.instance.pairs)
    if (problem.instance.workers[pair.worker].places == 0)
      prices[pair.worker] =
          std::max(prices[pair.worker], bonus[pair.person] + fit_of(pair) - gains[pair.person]);
}

std::vector<std::uint32_t> longest_waiting_first(const Instance& instance) {
  std::vector<std::uint32_t> order(instance.people.size());
  for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    return std::pair(instance.people[a].order, a) < std::pair(instance.people[b].order, b);
  });
  return order;
}

} // namespace

Optimum solve_optimum(const Instance& instance) {
  const Canonical problem = canonical(instance);
  Insertions live(problem);
  for (const std::uint32_t person : longest_waiting_first(problem.instance)) live.insert(person);
  live.lower_prices();
  price_workers_without_places(problem, bonuses(problem.instance), live.gains_, live.prices_);

  Optimum out;
  out.worker_of.assign(instance.people.size(), nobody);
  out.gains.assign(instance.people.size(), 0);
  out.prices.assign(instance.workers.size(), 0);
  for (std::uint32_t i = 0; i < problem.people.size(); ++i) {
    const std::uint32_t worker = live.worker_of_[i];
    out.worker_of[problem.people[i]] = worker == nobody ? nobody : problem.workers[worker];
    out.gains[problem.people[i]] = live.gains_[i];
    out.bound += live.gains_[i];
  }
  for (std::uint32_t j = 0; j < problem.workers.size(); ++j) {
    out.prices[problem.workers[j]] = live.prices_[j];
    out.bound += live.prices_[j] * instance.workers[problem.workers[j]].places;
  }
  out.totals = totals_of(instance, out.worker_of);
  CHECK(prove(instance, {out.worker_of, out.gains, out.prices}) == Proof::proved);
  CHECK(out.bound == out.totals.value);
  return out;
}

} // namespace kith::matching::engine
