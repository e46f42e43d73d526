#include "support/brute_force.hpp"

#include <algorithm>
#include <bit>
#include <set>
#include <tuple>

#include "base/check.hpp"
#include "base/random.hpp"

namespace kith::test {

using namespace matching::engine;

namespace {

auto turn_of(const Instance& instance, std::uint32_t person) {
  const InstancePerson& of = instance.people[person];
  return std::tuple(of.order, mix(instance.seed, of.id), of.id);
}

// Everybody, who waited longest first.
std::vector<std::uint32_t> people_in_turn(const Instance& instance) {
  std::vector<std::uint32_t> out(instance.people.size());
  for (std::uint32_t i = 0; i < out.size(); ++i) out[i] = i;
  std::sort(out.begin(), out.end(),
            [&](std::uint32_t a, std::uint32_t b) { return turn_of(instance, a) < turn_of(instance, b); });
  return out;
}

std::set<std::uint16_t> classes_of(const Instance& instance) {
  std::set<std::uint16_t> out;
  for (const InstancePerson& person : instance.people) out.insert(person.klass);
  return out;
}

// The table with one worker more.
std::vector<std::int64_t> with_worker(const Instance& instance, std::uint32_t worker,
                                      const std::vector<std::int64_t>& before) {
  std::vector<std::int64_t> fit(instance.people.size(), 0);
  People pairs = 0;
  for (const InstancePair& pair : instance.pairs)
    if (pair.worker == worker) {
      pairs |= People{1} << pair.person;
      fit[pair.person] = fit_of(pair);
    }
  std::vector<std::int64_t> together(before.size(), 0);
  for (People set = 1; set < before.size(); ++set)
    together[set] = together[set & (set - 1)] + fit[static_cast<std::size_t>(std::countr_zero(set))];
  std::vector<std::int64_t> out = before;
  for (People set = 1; set < before.size(); ++set)
    for (People come = set & pairs; come != 0; come = (come - 1) & set & pairs)
      if (std::popcount(come) <= instance.workers[worker].places && before[set & ~come] >= 0)
        out[set] = std::max(out[set], before[set & ~come] + together[come]);
  return out;
}

Totals totals_of(const Instance& instance, People placed, std::int64_t fit, std::int64_t value) {
  Totals out;
  const std::set<std::uint16_t> classes = classes_of(instance);
  for (auto klass = classes.rbegin(); klass != classes.rend(); ++klass) {
    out.by_class.push_back({*klass, 0});
    for (std::size_t i = 0; i < instance.people.size(); ++i)
      out.by_class.back().people += instance.people[i].klass == *klass && (placed >> i & 1) != 0;
  }
  out.people = std::popcount(placed);
  out.fit = fit;
  out.value = value;
  return out;
}

// Greater when, of the two sets, this one has the first in turn who is in one of them only.
std::uint32_t by_turn(const std::vector<std::uint32_t>& turns, People placed) {
  std::uint32_t out = 0;
  for (const std::uint32_t person : turns) out = out * 2 + (placed >> person & 1);
  return out;
}

std::int64_t sum_over(People set, std::span<const std::int64_t> values) {
  std::int64_t out = 0;
  for (std::size_t i = 0; i < values.size(); ++i) out += (set >> i & 1) != 0 ? values[i] : 0;
  return out;
}

class StableSearch {
public:
  StableSearch(const Instance& instance, const Orders& orders)
      : instance_(instance), orders_(orders), plan_(instance.people.size(), nobody),
        holds_(instance.workers.size()) {}
  std::vector<WorkerOf> run() {
    from(0);
    return std::move(found_);
  }

private:
  struct Holds {
    std::uint32_t taken{};
    std::uint32_t worst{};             // the greatest rank held, and one
    std::uint32_t refuses{UINT32_MAX}; // the least rank of those who would rather be here
  };
  void from(std::uint32_t person) {
    if (person == plan_.size()) return keep();
    const std::vector<Holds> before = holds_;
    for (const std::uint32_t worker : orders_.workers_of[person]) {
      const std::uint32_t rank = *orders_.rank_there[worker][person];
      Holds& there = holds_[worker];
      if (there.taken < instance_.workers[worker].places && rank < there.refuses) {
        const Holds without = there;
        ++there.taken;
        there.worst = std::max(there.worst, rank + 1);
        plan_[person] = worker;
        from(person + 1);
        plan_[person] = nobody;
        there = without;
      }
      there.refuses = std::min(there.refuses, rank);
      if (there.worst > there.refuses) {
        holds_ = before;
        return;
      }
    }
    from(person + 1);
    holds_ = before;
  }
  void keep() {
    for (std::size_t j = 0; j < holds_.size(); ++j)
      if (holds_[j].refuses != UINT32_MAX && holds_[j].taken < instance_.workers[j].places) return;
    found_.push_back(plan_);
  }

  const Instance& instance_;
  const Orders& orders_;
  WorkerOf plan_{};
  std::vector<Holds> holds_{};
  std::vector<WorkerOf> found_{};
};

int joined_in(const InstancePerson& person) { return person.already_offered + 1; }

} // namespace

std::vector<std::int64_t> fits_by_people(const Instance& instance) {
  CHECK(instance.people.size() <= 12);
  std::vector<std::int64_t> out(std::size_t{1} << instance.people.size(), -1);
  out[0] = 0;
  for (std::uint32_t j = 0; j < instance.workers.size(); ++j) out = with_worker(instance, j, out);
  return out;
}

std::vector<std::int64_t> bonus_by_definition(const Instance& instance) {
  std::int64_t most = 0;
  for (const InstancePair& pair : instance.pairs) most = std::max(most, fit_of(pair));
  const std::int64_t rank_value = (static_cast<std::int64_t>(instance.workers.size()) + 1) * most + 1;
  const std::set<std::uint16_t> classes = classes_of(instance);
  std::vector<std::int64_t> out;
  out.reserve(instance.people.size());
  for (const InstancePerson& person : instance.people) {
    const auto rank = std::distance(classes.begin(), classes.find(person.klass)) + 1;
    out.push_back(instance.objective == Objective::weighted ? person.bonus : rank * rank_value);
  }
  return out;
}

Goals goals_of(const Instance& instance, const Totals& totals) {
  if (instance.objective == Objective::weighted) return {totals.value};
  Goals out;
  out.reserve(totals.by_class.size() + 2);
  for (const ClassCount& count : totals.by_class) out.push_back(count.people);
  out.push_back(totals.people);
  out.push_back(totals.fit);
  return out;
}

std::int64_t best_value(const Instance& instance, std::span<const std::int64_t> bonus) {
  const std::vector<std::int64_t> fits = fits_by_people(instance);
  std::int64_t most = 0;
  for (People set = 0; set < fits.size(); ++set)
    if (fits[set] >= 0) most = std::max(most, fits[set] + sum_over(set, bonus));
  return most;
}

Best best_plan(const Instance& instance) {
  const std::vector<std::int64_t> fits = fits_by_people(instance);
  const std::vector<std::int64_t> bonus = bonus_by_definition(instance);
  const std::vector<std::uint32_t> turns = people_in_turn(instance);
  Best out;
  for (People set = 0; set < fits.size(); ++set) {
    if (fits[set] < 0) continue;
    const std::int64_t value = fits[set] + sum_over(set, bonus);
    Goals goals = goals_of(instance, totals_of(instance, set, fits[set], value));
    out.value = std::max(out.value, value);
    if (std::pair(goals, by_turn(turns, set)) < std::pair(out.goals, by_turn(turns, out.placed))) continue;
    out.goals = std::move(goals);
    out.placed = set;
  }
  return out;
}

Orders orders_of(const Instance& instance) {
  const std::size_t n = instance.people.size(), m = instance.workers.size();
  Orders out;
  out.workers_of.resize(n);
  out.rank_of.assign(n, std::vector<std::optional<std::uint32_t>>(m));
  out.rank_there.assign(m, std::vector<std::optional<std::uint32_t>>(n));
  const auto sorted = [&](auto mine, auto key) { // the pairs of one, best first
    std::vector<const InstancePair*> pairs;
    for (const InstancePair& pair : instance.pairs)
      if (mine(pair)) pairs.push_back(&pair);
    std::sort(pairs.begin(), pairs.end(), [&](auto* a, auto* b) { return key(*a) < key(*b); });
    return pairs;
  };
  for (std::uint32_t i = 0; i < n; ++i)
    for (const InstancePair* pair : sorted([&](const InstancePair& p) { return p.person == i; },
                                           [&](const InstancePair& p) {
                                             const std::uint64_t id = instance.workers[p.worker].id;
                                             return std::tuple(-p.person_part, mix(instance.seed, id), id);
                                           })) {
      out.rank_of[i][pair->worker] = static_cast<std::uint32_t>(out.workers_of[i].size());
      out.workers_of[i].push_back(pair->worker);
    }
  for (std::uint32_t j = 0; j < m; ++j) {
    std::uint32_t rank = 0;
    for (const InstancePair* pair : sorted([&](const InstancePair& p) { return p.worker == j; },
                                           [&](const InstancePair& p) {
                                             return std::tuple(p.worker_rank == 0, p.worker_rank,
                                                               -int{instance.people[p.person].klass},
                                                               -p.worker_part, turn_of(instance, p.person));
                                           }))
      out.rank_there[j][pair->person] = rank++;
  }
  return out;
}

bool blocked(const Instance& instance, const Orders& orders, const WorkerOf& plan) {
  for (std::uint32_t i = 0; i < plan.size(); ++i)
    for (const std::uint32_t worker : orders.workers_of[i]) {
      if (worker == plan[i]) break;
      std::size_t held_better = 0;
      for (std::uint32_t other = 0; other < plan.size(); ++other)
        held_better +=
            plan[other] == worker && orders.rank_there[worker][other] < orders.rank_there[worker][i];
      if (held_better < instance.workers[worker].places) return true;
    }
  return false;
}

std::vector<WorkerOf> stable_plans(const Instance& instance, const Orders& orders) {
  return StableSearch(instance, orders).run();
}

std::optional<WorkerOf> best_for_people(const std::vector<WorkerOf>& plans, const Orders& orders) {
  const auto as_good = [&](const WorkerOf& a, const WorkerOf& b) {
    for (std::size_t i = 0; i < a.size(); ++i)
      if (b[i] != nobody && (a[i] == nobody || orders.rank_of[i][a[i]] > orders.rank_of[i][b[i]]))
        return false;
    return true;
  };
  for (const WorkerOf& plan : plans)
    if (std::all_of(plans.begin(), plans.end(), [&](const WorkerOf& other) { return as_good(plan, other); }))
      return plan;
  return std::nullopt;
}

WorkerOf arrival_plan(const Instance& instance) {
  WorkerOf out(instance.people.size(), nobody);
  const Orders orders = orders_of(instance);
  for (const std::uint32_t person : people_in_turn(instance))
    for (const std::uint32_t worker : orders.workers_of[person])
      if (std::count(out.begin(), out.end(), worker) < instance.workers[worker].places) {
        out[person] = worker;
        break;
      }
  return out;
}

WorkerOf given_in(const Instance& whole, const RoundsSoFar& given, int number) {
  WorkerOf out(whole.people.size(), nobody);
  for (std::size_t i = 0; i < out.size(); ++i) {
    const int at = number - joined_in(whole.people[i]);
    if (at >= 0 && at < static_cast<int>(given.workers_of[i].size()))
      out[i] = given.workers_of[i][static_cast<std::size_t>(at)];
  }
  return out;
}

Instance round_of(const Instance& whole, const RoundsSoFar& given, int number) {
  Instance out = whole;
  const auto take = [&](int round) {
    for (const std::uint32_t worker : given_in(whole, given, round))
      if (worker != nobody) --out.workers[worker].places;
  };
  for (int round = 1; round < number; ++round) {
    take(round);
    for (InstanceWorker& worker : out.workers)
      if (round == 1)
        worker.places = static_cast<std::uint16_t>(std::min(4'095, worker.places * given.offers_per_place));
  }
  std::erase_if(out.pairs, [&](const InstancePair& pair) {
    const auto& had = given.workers_of[pair.person];
    const auto before = number - joined_in(whole.people[pair.person]); // rounds the person was in
    if (before < 0 || before > static_cast<int>(had.size())) return true;
    return std::find(had.begin(), had.begin() + before, pair.worker) != had.begin() + before;
  });
  return out;
}

} // namespace kith::test
