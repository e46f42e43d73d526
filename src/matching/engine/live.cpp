#include "matching/engine/live.hpp"

#include <algorithm>

#include "base/check.hpp"
#include "matching/engine/optimum.hpp"

namespace kith::matching::engine {
namespace {

Packed with_one_beyond(Packed problem) {
  const std::uint32_t beyond = problem.workers();
  problem.places.push_back(0);
  if (beyond != PackedPairs::narrow_workers) return problem;
  PackedPairs wide(problem.workers());
  wide.reserve(problem.pairs.size());
  for (std::uint64_t at = 0; at < problem.pairs.size(); ++at) wide.push_back(problem.pairs[at]);
  problem.pairs = std::move(wide);
  return problem;
}

} // namespace

Live::Live(Packed problem)
    : problem_(with_one_beyond(std::move(problem))), workers_(problem_.workers() - 1),
      by_worker_(workers_ + 1), standing_(problem_), insertion_(standing_), filling_(standing_) {
  Repaired best = solve_packed(problem_);
  standing_.gains = std::move(best.gains);
  standing_.prices = std::move(best.prices);
  standing_.prices.back() = priceless;
  for (std::uint32_t i = 0; i < problem_.people(); ++i)
    if (best.worker_of[i] != nobody) standing_.seats.sit(i, best.worker_of[i]);
  for (std::uint32_t i = 0; i < problem_.people(); ++i)
    problem_.each_pair(i, [&](const PackedPair& pair) { pairs_of(pair.worker).push_back({i, pair.fit}); });
  for (std::uint32_t j = 0; j < workers_; ++j) list(j);
}

std::uint32_t Live::arrive(std::int64_t bonus, std::span<const PackedPair> pairs) {
  const std::uint32_t person = problem_.people();
  for (const PackedPair& pair : pairs) {
    CHECK(pair.worker < workers_);
    problem_.pairs.push_back(pair);
    pairs_of(pair.worker).push_back({person, pair.fit});
    list(pair.worker);
  }
  problem_.first.push_back(problem_.pairs.size());
  problem_.bonus.push_back(bonus);
  problem_.order.push_back(person);
  standing_.seats.add_person();
  standing_.gains.push_back(0);
  filling_.add_person();
  seat(person);
  return person;
}

void Live::leave(std::uint32_t person) {
  const std::uint32_t left = worker_of(person);
  for (std::uint64_t at = problem_.first[person]; at < problem_.first[person + 1]; ++at) {
    const std::uint32_t worker = problem_.pairs[at].worker;
    if (worker == workers_) continue;
    unlist(worker, person);
    problem_.pairs.replace(at, {workers_, 0});
  }
  stand_up(person);
  standing_.gains[person] = 0;
  settle_price(left);
}

void Live::remove_pair(std::uint32_t person, std::uint32_t worker) {
  for (std::uint64_t at = problem_.first[person]; at < problem_.first[person + 1]; ++at) {
    if (problem_.pairs[at].worker != worker) continue;
    unlist(worker, person);
    problem_.pairs.replace(at, {workers_, 0});
    if (worker_of(person) != worker) return;
    stand_up(person);
    seat(person);
    return settle_price(worker);
  }
}

void Live::set_bonus(std::uint32_t person, std::int64_t bonus) {
  const std::int64_t more = bonus - problem_.bonus[person];
  const std::uint32_t worker = worker_of(person);
  problem_.bonus[person] = bonus;
  if (worker != nobody && standing_.gains[person] + more >= 0) {
    standing_.gains[person] += more;
    return;
  }
  stand_up(person);
  seat(person);
  settle_price(worker);
}

void Live::set_places(std::uint32_t worker, std::uint16_t places) {
  CHECK(worker < workers_);
  problem_.places[worker] = places;
  if (on_leave(worker)) return;
  std::vector<std::uint32_t> without;
  while (standing_.seats.of(worker).size() > places) {
    without.push_back(standing_.seats.of(worker).back());
    stand_up(without.back());
  }
  standing_.seats.set_places(worker, places);
  for (const std::uint32_t person : without) seat(person);
  settle_price(worker);
}

void Live::go_on_leave(std::uint32_t worker) {
  CHECK(worker < workers_);
  if (on_leave(worker)) return;
  const auto held = standing_.seats.of(worker);
  const std::vector<std::uint32_t> without(held.begin(), held.end());
  for (const std::uint32_t person : without) stand_up(person);
  standing_.seats.set_places(worker, 0);
  standing_.prices[worker] = priceless;
  for (const std::uint32_t person : without) seat(person);
}

void Live::come_back(std::uint32_t worker) {
  if (!on_leave(worker)) return;
  std::int64_t dearest = 0; // what anybody would pay at most: nobody gains by the worker at this price
  for (const WorkerPair& pair : pairs_of(worker))
    dearest = std::max(dearest, problem_.bonus[pair.person] + pair.fit - standing_.gains[pair.person]);
  standing_.prices[worker] = dearest;
  standing_.seats.set_places(worker, problem_.places[worker]);
  settle_price(worker);
}

std::int64_t Live::value() const {
  std::int64_t out = 0;
  for (std::uint32_t i = 0; i < people(); ++i)
    if (const std::uint32_t worker = worker_of(i); worker != nobody)
      out += standing_.gains[i] + standing_.prices[worker];
  return out;
}

bool Live::proved() const {
  std::vector<std::uint32_t> taken(workers_ + 1, 0);
  for (std::uint32_t i = 0; i < people(); ++i) {
    const std::uint32_t worker = worker_of(i);
    bool tight = worker == nobody && standing_.gains[i] == 0; // whoever goes without gains nothing
    bool beaten = standing_.gains[i] < 0;
    problem_.each_pair(i, [&](const PackedPair& pair) {
      const std::int64_t over = standing_.reduced_cost(i, pair);
      beaten |= over < 0;
      tight |= pair.worker == worker && over == 0;
    });
    if (beaten || !tight) return false;
    if (worker != nobody) ++taken[worker];
  }
  for (std::uint32_t j = 0; j < workers_; ++j) {
    const std::int64_t price = standing_.prices[j];
    if (taken[j] > (on_leave(j) ? 0 : problem_.places[j]) || price < 0) return false;
    if (!on_leave(j) && taken[j] < problem_.places[j] && price > 0) return false;
  }
  return true;
}

void Live::unlist(std::uint32_t worker, std::uint32_t person) {
  auto& pairs = pairs_of(worker);
  const auto at =
      std::find_if(pairs.begin(), pairs.end(), [&](const WorkerPair& pair) { return pair.person == person; });
  CHECK(at != pairs.end());
  *at = pairs.back();
  pairs.pop_back();
  list(worker);
}

void Live::stand_up(std::uint32_t person) {
  if (worker_of(person) != nobody) standing_.seats.get_up(person);
}

void Live::seat(std::uint32_t person) {
  standing_.gains[person] = standing_.best_gain(person);
  if (standing_.gains[person] > 0) insertion_.insert(person);
}

void Live::settle_price(std::uint32_t worker) {
  if (worker != nobody && !on_leave(worker)) filling_.fill_places_of(worker);
}

} // namespace kith::matching::engine
