#include "matching/engine/stable.hpp"

#include <algorithm>
#include <tuple>

namespace kith::matching::engine {
namespace {

// Indices into problem.instance.pairs, for each person in the person's order.
std::vector<std::vector<std::uint32_t>> choices_in_order(const Canonical& problem) {
  std::vector<std::vector<std::uint32_t>> out(problem.instance.people.size());
  for (std::uint32_t i = 0; i < out.size(); ++i) {
    for (std::uint32_t e = problem.first_pair[i]; e < problem.first_pair[i + 1]; ++e) out[i].push_back(e);
    std::sort(out[i].begin(), out[i].end(), [&](std::uint32_t a, std::uint32_t b) {
      return std::pair(-problem.instance.pairs[a].person_part, a) <
             std::pair(-problem.instance.pairs[b].person_part, b);
    });
  }
  return out;
}

// Smaller is better for the worker.
auto worker_order(const Canonical& problem, std::uint32_t edge) {
  const InstancePair& pair = problem.instance.pairs[edge];
  const InstancePerson& person = problem.instance.people[pair.person];
  const std::uint32_t rank = pair.worker_rank - 1; // not named: the greatest there is
  return std::tuple(rank, -int{person.klass}, -pair.worker_part, person.order, pair.person);
}

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

} // namespace

StablePlan solve_stable(const Instance& instance) {
  const Canonical problem = canonical(instance);
  const auto choices = choices_in_order(problem);
  const auto worse = [&](std::uint32_t a, std::uint32_t b) { // a heap with the least wanted on top
    return worker_order(problem, a) < worker_order(problem, b);
  };
  std::vector<std::vector<std::uint32_t>> held(instance.workers.size()); // edges
  std::vector<std::size_t> asked(instance.people.size(), 0);
  std::vector<std::uint32_t> unplaced;
  unplaced.reserve(instance.people.size());
  for (std::uint32_t i = 0; i < instance.people.size(); ++i)
    unplaced.push_back(static_cast<std::uint32_t>(instance.people.size()) - 1 - i);
  while (!unplaced.empty()) {
    const std::uint32_t person = unplaced.back();
    if (asked[person] == choices[person].size()) {
      unplaced.pop_back();
      continue;
    }
    const std::uint32_t edge = choices[person][asked[person]++];
    const std::uint32_t worker = problem.instance.pairs[edge].worker;
    auto& here = held[worker];
    if (problem.instance.workers[worker].places == 0) continue;
    if (here.size() == problem.instance.workers[worker].places) {
      if (!worse(edge, here.front())) continue;
      std::pop_heap(here.begin(), here.end(), worse);
      unplaced.back() = problem.instance.pairs[here.back()].person;
      here.pop_back();
    } else {
      unplaced.pop_back();
    }
    here.push_back(edge);
    std::push_heap(here.begin(), here.end(), worse);
  }
  StablePlan out;
  out.worker_of.assign(instance.people.size(), nobody);
  for (const auto& here : held)
    for (const std::uint32_t edge : here) {
      const InstancePair& pair = problem.instance.pairs[edge];
      out.worker_of[problem.people[pair.person]] = problem.workers[pair.worker];
    }
  out.totals = totals_of(instance, out.worker_of);
  out.rank_sum = sum_of_ranks(instance, out.worker_of);
  out.blocking_pairs = count_blocking_pairs(instance, out.worker_of);
  CHECK(out.blocking_pairs == 0);
  return out;
}

std::int64_t count_blocking_pairs(const Instance& instance, const std::vector<std::uint32_t>& worker_of) {
  const Canonical problem = canonical(instance);
  const auto choices = choices_in_order(problem);
  const auto plan = into_canonical(problem, worker_of);
  std::vector<std::vector<std::uint32_t>> held(instance.workers.size()); // edges
  for (std::uint32_t e = 0; e < problem.instance.pairs.size(); ++e)
    if (plan[problem.instance.pairs[e].person] == problem.instance.pairs[e].worker)
      held[problem.instance.pairs[e].worker].push_back(e);
  std::int64_t count = 0;
  for (std::uint32_t i = 0; i < choices.size(); ++i)
    for (const std::uint32_t edge : choices[i]) {
      const std::uint32_t worker = problem.instance.pairs[edge].worker;
      if (worker == plan[i]) break;
      if (held[worker].size() < problem.instance.workers[worker].places) {
        ++count;
        continue;
      }
      const bool wanted = std::any_of(held[worker].begin(), held[worker].end(), [&](std::uint32_t other) {
        return worker_order(problem, edge) < worker_order(problem, other);
      });
      count += wanted;
    }
  return count;
}

std::int64_t sum_of_ranks(const Instance& instance, const std::vector<std::uint32_t>& worker_of) {
  const Canonical problem = canonical(instance);
  const auto choices = choices_in_order(problem);
  const auto plan = into_canonical(problem, worker_of);
  std::int64_t sum = 0;
  for (std::uint32_t i = 0; i < choices.size(); ++i)
    for (std::size_t rank = 0; rank < choices[i].size(); ++rank)
      if (problem.instance.pairs[choices[i][rank]].worker == plan[i])
        sum += static_cast<std::int64_t>(rank) + 1;
  return sum;
}

} // namespace kith::matching::engine
