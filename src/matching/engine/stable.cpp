#include "matching/engine/stable.hpp"

#include <algorithm>

#include "base/check.hpp"

namespace kith::matching::engine {
namespace {

// Class, worker part and turn in one number, from the top: 10 bits, 16 bits, 22 bits.
constexpr unsigned class_at = 38, part_at = 22;
constexpr std::uint64_t not_named = std::uint64_t{1} << 62; // behind everybody who was

StableProblem orders_of(const Canonical& canonical) {
  const Instance& instance = canonical.instance;
  StableProblem out;
  out.first.assign(canonical.first_pair.begin(), canonical.first_pair.end());
  out.pairs.reserve(instance.pairs.size());
  bool any_named = false;
  for (const InstancePair& pair : instance.pairs) {
    out.pairs.push_back({pair.worker, static_cast<std::uint16_t>(pair.person_part),
                         static_cast<std::uint16_t>(pair.worker_part)});
    any_named |= pair.worker_rank > 0;
  }
  if (any_named) {
    out.named.reserve(instance.pairs.size());
    for (const InstancePair& pair : instance.pairs) out.named.push_back(pair.worker_rank);
  }
  std::vector<std::pair<std::int64_t, std::uint32_t>> turns;
  turns.reserve(instance.people.size());
  for (std::uint32_t i = 0; i < instance.people.size(); ++i) turns.emplace_back(instance.people[i].order, i);
  std::sort(turns.begin(), turns.end());
  out.precedence.resize(instance.people.size());
  for (std::uint32_t turn = 0; turn < turns.size(); ++turn) {
    const std::uint32_t person = turns[turn].second;
    out.precedence[person] = precedence_of(instance.people[person].klass, turn);
  }
  out.places.reserve(instance.workers.size());
  for (const InstanceWorker& worker : instance.workers) out.places.push_back(worker.places);
  return out;
}

// Smaller is better for the person; no two pairs of one person have the same.
std::uint64_t person_order(const StableProblem& problem, std::uint64_t pair) {
  return std::uint64_t{0xffffU - problem.pairs[pair].person_part} << 40 | pair;
}
std::uint64_t pair_in(std::uint64_t person_order) { return person_order & ((std::uint64_t{1} << 40) - 1); }

// Smaller is better for the worker; no two pairs of one worker have the same.
std::uint64_t worker_order(const StableProblem& problem, std::uint32_t person, std::uint64_t pair) {
  if (!problem.named.empty() && problem.named[pair] > 0) return problem.named[pair];
  const std::uint64_t part = 0xffffU - problem.pairs[pair].worker_part;
  return not_named + problem.precedence[person] + (part << part_at);
}

struct Held {
  std::uint64_t order{};
  std::uint32_t person{};
  bool operator<(const Held& other) const {
    return order < other.order;
  } // a heap with the least wanted on top
};

// Places of every worker side by side, each worker's as a heap.
class Holding {
public:
  explicit Holding(const StableProblem& problem)
      : places_(problem.places), first_(problem.places.size() + 1, 0), taken_(problem.places.size(), 0) {
    for (std::size_t j = 0; j < places_.size(); ++j) first_[j + 1] = first_[j] + places_[j];
    held_.resize(first_.back());
  }
  // Who goes away: nobody, somebody held before, or who asks.
  std::uint32_t ask(std::uint32_t worker, const Held& asks) {
    if (places_[worker] == 0) return asks.person;
    Held* here = held_.data() + first_[worker];
    std::uint32_t out = nobody;
    if (taken_[worker] == places_[worker]) {
      if (here->order < asks.order) return asks.person;
      out = here->person;
      std::pop_heap(here, here + taken_[worker]--);
    }
    here[taken_[worker]++] = asks;
    std::push_heap(here, here + taken_[worker]);
    return out;
  }
  std::span<const Held> of(std::uint32_t worker) const {
    return {held_.data() + first_[worker], taken_[worker]};
  }

private:
  const std::vector<std::uint16_t>& places_;
  std::vector<std::uint64_t> first_;
  std::vector<std::uint16_t> taken_;
  std::vector<Held> held_{};
};

// Whom each person has still to ask, the best first.
class Asking {
public:
  explicit Asking(const StableProblem& problem)
      : first_(problem.first), left_(problem.people()), orders_(problem.pairs.size()) {
    for (std::uint64_t e = 0; e < orders_.size(); ++e) orders_[e] = person_order(problem, e);
    for (std::uint32_t i = 0; i < left_.size(); ++i) {
      left_[i] = static_cast<std::uint32_t>(first_[i + 1] - first_[i]);
      std::make_heap(of(i), of(i) + left_[i], std::greater<>());
    }
  }
  bool done(std::uint32_t person) const { return left_[person] == 0; }
  std::uint64_t next(std::uint32_t person) { // a pair
    std::pop_heap(of(person), of(person) + left_[person], std::greater<>());
    return pair_in(of(person)[--left_[person]]);
  }

private:
  std::uint64_t* of(std::uint32_t person) { return orders_.data() + first_[person]; }

  const std::vector<std::uint64_t>& first_;
  std::vector<std::uint32_t> left_;
  std::vector<std::uint64_t> orders_;
};

std::vector<std::uint32_t> into_canonical(const Canonical& problem,
                                          const std::vector<std::uint32_t>& worker_of) {
  std::vector<std::uint32_t> worker_at(problem.workers.size());
  for (std::uint32_t j = 0; j < problem.workers.size(); ++j) worker_at[problem.workers[j]] = j;
  std::vector<std::uint32_t> out(problem.people.size(), nobody);
  for (std::uint32_t i = 0; i < problem.people.size(); ++i) {
    const std::uint32_t worker = worker_of[problem.people[i]];
    if (worker != nobody) out[i] = worker_at[worker];
  }
  return out;
}

// The person's order of the pair they have; of none, behind all.
std::uint64_t order_of_own(const StableProblem& problem, std::uint32_t person, std::uint32_t worker) {
  for (std::uint64_t e = problem.first[person]; e < problem.first[person + 1]; ++e)
    if (problem.pairs[e].worker == worker) return person_order(problem, e);
  return ~std::uint64_t{0};
}

// How many pairs of theirs each person would rather have.
std::int64_t sum_of_ranks(const StableProblem& problem, const std::vector<std::uint32_t>& plan) {
  std::int64_t sum = 0;
  for (std::uint32_t i = 0; i < problem.people(); ++i) {
    if (plan[i] == nobody) continue;
    const std::uint64_t own = order_of_own(problem, i, plan[i]);
    for (std::uint64_t e = problem.first[i]; e < problem.first[i + 1]; ++e)
      sum += person_order(problem, e) <= own;
  }
  return sum;
}

std::int64_t count_blocking(const StableProblem& problem, const std::vector<std::uint32_t>& plan) {
  std::vector<std::uint32_t> taken(problem.places.size(), 0);
  std::vector<std::uint64_t> least_wanted(problem.places.size(), 0); // of those who are there
  for (std::uint32_t i = 0; i < problem.people(); ++i)
    for (std::uint64_t e = problem.first[i]; e < problem.first[i + 1]; ++e)
      if (problem.pairs[e].worker == plan[i]) {
        ++taken[plan[i]];
        least_wanted[plan[i]] = std::max(least_wanted[plan[i]], worker_order(problem, i, e));
      }
  std::int64_t count = 0;
  for (std::uint32_t i = 0; i < problem.people(); ++i) {
    const std::uint64_t own = order_of_own(problem, i, plan[i]);
    for (std::uint64_t e = problem.first[i]; e < problem.first[i + 1]; ++e) {
      if (person_order(problem, e) >= own) continue;
      const std::uint32_t worker = problem.pairs[e].worker;
      count += taken[worker] < problem.places[worker] || worker_order(problem, i, e) < least_wanted[worker];
    }
  }
  return count;
}

} // namespace

std::uint64_t precedence_of(std::uint16_t klass, std::uint32_t turn) {
  return std::uint64_t{1'023U - klass} << class_at | turn;
}

std::vector<std::uint32_t> solve_stable(const StableProblem& problem) {
  CHECK(problem.people() <= std::uint32_t{1} << part_at);
  Asking asking(problem);
  Holding holding(problem);
  for (std::uint32_t i = 0; i < problem.people(); ++i)
    for (std::uint32_t person = i; person != nobody && !asking.done(person);) {
      const std::uint64_t pair = asking.next(person);
      person = holding.ask(problem.pairs[pair].worker, {worker_order(problem, person, pair), person});
    }
  std::vector<std::uint32_t> out(problem.people(), nobody);
  for (std::uint32_t j = 0; j < problem.places.size(); ++j)
    for (const Held& held : holding.of(j)) out[held.person] = j;
  return out;
}

StablePlan solve_stable(const Instance& instance) {
  const Canonical problem = canonical(instance);
  const StableProblem orders = orders_of(problem);
  const auto plan = solve_stable(orders);
  StablePlan out;
  out.worker_of.assign(instance.people.size(), nobody);
  for (std::uint32_t i = 0; i < plan.size(); ++i)
    if (plan[i] != nobody) out.worker_of[problem.people[i]] = problem.workers[plan[i]];
  out.totals = totals_of(instance, out.worker_of);
  out.rank_sum = sum_of_ranks(orders, plan);
  out.blocking_pairs = count_blocking(orders, plan);
  CHECK(out.blocking_pairs == 0);
  return out;
}

std::int64_t count_blocking_pairs(const Instance& instance, const std::vector<std::uint32_t>& worker_of) {
  const Canonical problem = canonical(instance);
  return count_blocking(orders_of(problem), into_canonical(problem, worker_of));
}

std::int64_t sum_of_ranks(const Instance& instance, const std::vector<std::uint32_t>& worker_of) {
  const Canonical problem = canonical(instance);
  return sum_of_ranks(orders_of(problem), into_canonical(problem, worker_of));
}

} // namespace kith::matching::engine
