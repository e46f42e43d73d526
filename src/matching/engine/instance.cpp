#include "matching/engine/instance.hpp"

#include <algorithm>
#include <string>
#include <tuple>

#include "base/random.hpp"

namespace kith::matching::engine {
namespace {

Failure refused(std::string code, std::size_t at) {
  Failure failure = invalid(std::move(code));
  failure.arguments.push_back(std::to_string(at));
  return failure;
}

template <class Item>
std::vector<std::uint32_t> by_mixed_id(const std::vector<Item>& items, std::uint64_t seed) {
  std::vector<std::uint32_t> order(items.size());
  for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    return std::pair(mix(seed, items[a].id), items[a].id) < std::pair(mix(seed, items[b].id), items[b].id);
  });
  return order;
}

template <class Item> Done ids_once(const std::vector<Item>& items) {
  std::vector<std::uint64_t> ids;
  ids.reserve(items.size());
  for (const Item& item : items) ids.push_back(item.id);
  std::sort(ids.begin(), ids.end());
  const auto twice = std::adjacent_find(ids.begin(), ids.end());
  if (twice != ids.end()) return refused("engine.id_twice", static_cast<std::size_t>(twice - ids.begin()));
  return {};
}

std::vector<std::uint16_t> classes_present(const Instance& instance) { // lowest first
  std::vector<std::uint16_t> classes;
  classes.reserve(instance.people.size());
  for (const InstancePerson& person : instance.people) classes.push_back(person.klass);
  std::sort(classes.begin(), classes.end());
  classes.erase(std::unique(classes.begin(), classes.end()), classes.end());
  return classes;
}

Done sizes_in_range(const Instance& instance) {
  const auto n = static_cast<std::int64_t>(instance.people.size());
  if (n > 4'000'000 || instance.workers.size() > 1'000'000) return too_much("engine.too_large");
  if (instance.objective == Objective::weighted) {
    for (std::size_t i = 0; i < instance.people.size(); ++i)
      if (instance.people[i].bonus < 0 || instance.people[i].bonus > (std::int64_t{1} << 40))
        return refused("engine.bonus_out_of_range", i);
    return {};
  }
  std::int64_t product = 0;
  if (__builtin_mul_overflow(n, static_cast<std::int64_t>(classes_present(instance).size()), &product) ||
      __builtin_mul_overflow(product, exchange_bound(instance), &product) || product > greatest_value)
    return too_much("engine.too_large");
  return {};
}

} // namespace

std::int64_t exchange_bound(const Instance& instance) {
  std::int64_t most = 0;
  for (const InstancePair& pair : instance.pairs) most = std::max(most, fit_of(pair));
  return (static_cast<std::int64_t>(instance.workers.size()) + 1) * most + 1;
}

Done validate(const Instance& instance) {
  TRY(ids_once(instance.people));
  TRY(ids_once(instance.workers));
  for (std::size_t i = 0; i < instance.people.size(); ++i)
    if (instance.people[i].klass > 1'023) return refused("engine.class_out_of_range", i);
  for (std::size_t j = 0; j < instance.workers.size(); ++j)
    if (instance.workers[j].places > 4'095) return refused("engine.places_out_of_range", j);
  std::vector<std::pair<std::uint32_t, std::uint32_t>> named;
  for (std::size_t e = 0; e < instance.pairs.size(); ++e) {
    const InstancePair& pair = instance.pairs[e];
    if (pair.person >= instance.people.size() || pair.worker >= instance.workers.size())
      return refused("engine.pair_unknown", e);
    if (pair.person_part < 0 || pair.worker_part < 0 || pair.service_part < 0 || fit_of(pair) > greatest_fit)
      return refused("engine.fit_out_of_range", e);
    named.emplace_back(pair.person, pair.worker);
  }
  std::sort(named.begin(), named.end());
  if (std::adjacent_find(named.begin(), named.end()) != named.end()) return invalid("engine.pair_twice");
  return sizes_in_range(instance);
}

std::vector<std::uint32_t> canonical_people(const Instance& instance) {
  return by_mixed_id(instance.people, instance.seed);
}

std::vector<std::uint32_t> canonical_workers(const Instance& instance) {
  return by_mixed_id(instance.workers, instance.seed);
}

Canonical canonical(const Instance& instance) {
  Canonical out;
  out.people = canonical_people(instance);
  out.workers = canonical_workers(instance);
  out.instance.objective = instance.objective;
  out.instance.seed = instance.seed;
  std::vector<std::uint32_t> person_at(instance.people.size());
  std::vector<std::uint32_t> worker_at(instance.workers.size());
  for (std::uint32_t i = 0; i < out.people.size(); ++i) {
    person_at[out.people[i]] = i;
    out.instance.people.push_back(instance.people[out.people[i]]);
  }
  for (std::uint32_t j = 0; j < out.workers.size(); ++j) {
    worker_at[out.workers[j]] = j;
    out.instance.workers.push_back(instance.workers[out.workers[j]]);
  }
  out.instance.pairs = instance.pairs;
  for (InstancePair& pair : out.instance.pairs) {
    pair.person = person_at[pair.person];
    pair.worker = worker_at[pair.worker];
  }
  std::sort(out.instance.pairs.begin(), out.instance.pairs.end(),
            [](const InstancePair& a, const InstancePair& b) {
              return std::pair(a.person, a.worker) < std::pair(b.person, b.worker);
            });
  out.first_pair.assign(instance.people.size() + 1, 0);
  for (const InstancePair& pair : out.instance.pairs) ++out.first_pair[pair.person + 1];
  for (std::size_t i = 1; i < out.first_pair.size(); ++i) out.first_pair[i] += out.first_pair[i - 1];
  return out;
}

std::vector<std::int64_t> bonuses(const Instance& instance) {
  std::vector<std::int64_t> out;
  const std::vector<std::uint16_t> classes = classes_present(instance);
  const std::int64_t bound = exchange_bound(instance);
  for (const InstancePerson& person : instance.people) {
    const auto rank = std::lower_bound(classes.begin(), classes.end(), person.klass) - classes.begin() + 1;
    out.push_back(instance.objective == Objective::weighted ? person.bonus : rank * bound);
  }
  return out;
}

Totals totals_of(const Instance& instance, const std::vector<std::uint32_t>& worker_of) {
  CHECK(worker_of.size() == instance.people.size());
  Totals totals;
  std::vector<std::uint16_t> classes = classes_present(instance);
  for (auto klass = classes.rbegin(); klass != classes.rend(); ++klass)
    totals.by_class.push_back({*klass, 0});
  const std::vector<std::int64_t> bonus = bonuses(instance);
  for (const InstancePair& pair : instance.pairs) {
    if (worker_of[pair.person] != pair.worker) continue;
    ++totals.people;
    totals.fit += fit_of(pair);
    totals.value += bonus[pair.person] + fit_of(pair);
    for (ClassCount& count : totals.by_class)
      if (count.klass == instance.people[pair.person].klass) ++count.people;
  }
  std::int64_t placed = 0;
  for (const std::uint32_t worker : worker_of) placed += worker != nobody;
  CHECK(placed == totals.people);
  return totals;
}

} // namespace kith::matching::engine
