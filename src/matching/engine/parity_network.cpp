#include "matching/engine/parity_network.hpp"

#include <algorithm>

namespace kith::matching::engine {
namespace {

constexpr std::int64_t room = 2; // of an arc that only one can come by: never full, so its flow is free

// By original position, where each stands in the order.
std::vector<std::uint32_t> inverse(const std::vector<std::uint32_t>& order) {
  std::vector<std::uint32_t> out(order.size());
  for (std::uint32_t k = 0; k < order.size(); ++k) out[order[k]] = k;
  return out;
}

// Every group before the one around it.
std::vector<std::uint32_t> inner_first(const std::vector<std::uint8_t>& parents) {
  std::vector<std::pair<int, std::uint32_t>> by_depth; // less the depth
  by_depth.reserve(parents.size());
  for (std::uint32_t g = 0; g < parents.size(); ++g) {
    by_depth.emplace_back(0, g);
    for (std::uint8_t up = parents[g]; up != no_group; up = parents[up]) --by_depth.back().first;
  }
  std::sort(by_depth.begin(), by_depth.end());
  std::vector<std::uint32_t> out;
  out.reserve(by_depth.size());
  for (const auto& [depth, group] : by_depth) out.push_back(group);
  return out;
}

} // namespace

BandNetwork::BandNetwork(const Instance& instance, const Groups& groups, const ParityWish& wish)
    : instance_(instance), groups_(groups), wish_(wish), people_(canonical_people(instance)),
      workers_(canonical_workers(instance)), first_worker_(static_cast<std::uint32_t>(people_.size())),
      first_group_(first_worker_ + static_cast<std::uint32_t>(workers_.size())),
      has_(first_group_ + static_cast<std::uint32_t>(groups.parents.size())), none_(has_ + 1),
      supplies_(none_ + 1, 0), out_arc_(people_.size(), no_arc) {
  network_.arcs.reserve(instance.pairs.size() + none_ + 1);
  add_pairs();
  add_people();
  add_places();
  for (std::uint32_t node = first_group_; node < has_; ++node)
    network_.arcs.push_back({node, out_of(groups.parents[node - first_group_]), 0, 0});
}

void BandNetwork::add_pairs() {
  const std::vector<std::uint32_t> person_at = inverse(people_), worker_at = inverse(workers_);
  struct Ordered {
    std::uint32_t person{};
    std::uint32_t worker{};
    std::uint32_t pair{};
    auto operator<=>(const Ordered&) const = default;
  };
  std::vector<Ordered> pairs;
  pairs.reserve(instance_.pairs.size());
  for (std::uint32_t e = 0; e < instance_.pairs.size(); ++e) {
    const InstancePair& pair = instance_.pairs[e];
    if (!is_fixed(pair.person)) pairs.push_back({person_at[pair.person], worker_at[pair.worker], e});
  }
  std::sort(pairs.begin(), pairs.end());
  pair_of_.reserve(pairs.size());
  for (const Ordered& pair : pairs) {
    network_.arcs.push_back({pair.person, first_worker_ + pair.worker, room, 0});
    pair_of_.push_back(pair.pair);
  }
}

void BandNetwork::add_people() {
  for (std::uint32_t node = 0; node < first_worker_; ++node) {
    const std::uint32_t person = people_[node];
    const bool served = wish_.before[person] != nobody;
    if (is_fixed(person)) continue;
    supplies_[node] = 1;
    --supplies_[served ? has_ : none_];
    out_arc_[person] = static_cast<std::uint32_t>(network_.arcs.size());
    network_.arcs.push_back({node, out_of(groups_.group_of[person]), room, 0});
  }
}

void BandNetwork::add_places() {
  std::vector<std::int64_t> free;
  free.reserve(workers_.size());
  for (const InstanceWorker& worker : instance_.workers) free.push_back(worker.places);
  for (const std::uint32_t worker : wish_.fixed)
    if (worker != nobody) --free[worker];
  first_place_ = static_cast<std::uint32_t>(network_.arcs.size());
  std::uint32_t node = first_worker_;
  for (const std::uint32_t worker : workers_) network_.arcs.push_back({node++, has_, free[worker], 0});
}

// Of those who have none, people - most must pass the arc out of a group, and people - least may.
void BandNetwork::set(const std::vector<GroupShare>& shares) {
  network_.supplies = supplies_;
  auto arc = network_.arcs.end() - static_cast<std::ptrdiff_t>(shares.size());
  for (const GroupShare& share : shares) {
    arc->capacity = share.most - share.least;
    network_.supplies[arc->from] -= share.people - share.most;
    network_.supplies[arc->to] += share.people - share.most;
    ++arc;
  }
}

bool BandNetwork::as_before(std::uint32_t arc) const {
  const InstancePair& pair = instance_.pairs[pair_of_[arc]];
  return wish_.before[pair.person] == pair.worker;
}

// The highest class first: fewest of it without an offer. The lowest one follows from K.
void BandNetwork::add_classes(std::vector<FlowGoal>& out) const {
  std::vector<std::pair<int, std::uint32_t>> by_class; // less the class, arc
  by_class.reserve(out_arc_.size());
  for (std::size_t i = 0; i < out_arc_.size(); ++i)
    if (out_arc_[i] != no_arc) by_class.emplace_back(-instance_.people[i].klass, out_arc_[i]);
  std::sort(by_class.begin(), by_class.end());
  for (std::size_t k = 0; k < by_class.size() && by_class[k].first != by_class.back().first; ++k) {
    if (k == 0 || by_class[k].first != by_class[k - 1].first) out.emplace_back();
    out.back().push_back({by_class[k].second, 1});
  }
}

// The fit of each pair, under `weighted` with the bonus.
FlowGoal BandNetwork::worth() const {
  const bool weighted = instance_.objective == Objective::weighted;
  FlowGoal out;
  out.reserve(pair_of_.size());
  for (std::uint32_t a = 0; a < pair_of_.size(); ++a) {
    const InstancePair& pair = instance_.pairs[pair_of_[a]];
    const std::int64_t bonus = weighted ? instance_.people[pair.person].bonus : 0;
    out.push_back({a, -bonus - fit_of(pair)});
  }
  return out;
}

std::vector<FlowGoal> BandNetwork::goals() const {
  std::vector<FlowGoal> out;
  if (instance_.objective == Objective::strict) add_classes(out);
  out.push_back(worth());
  FlowGoal lost, same;
  for (std::size_t i = 0; i < out_arc_.size(); ++i)
    if (out_arc_[i] != no_arc && wish_.before[i] != nobody) lost.push_back({out_arc_[i], 1});
  for (std::uint32_t a = 0; a < pair_of_.size(); ++a)
    if (as_before(a)) same.push_back({a, -1});
  out.push_back(std::move(lost));
  out.push_back(std::move(same));
  return out;
}

// How much keeps a pair from being the first of its worker's to go: class, then worth.
std::pair<int, std::int64_t> BandNetwork::importance(std::uint32_t arc) const {
  const InstancePair& pair = instance_.pairs[pair_of_[arc]];
  const InstancePerson& person = instance_.people[pair.person];
  const bool weighted = instance_.objective == Objective::weighted;
  return {weighted ? 0 : person.klass, (weighted ? person.bonus : 0) + fit_of(pair)};
}

// The plan before. People hang by where they go.
void BandNetwork::start_people(FlowStart& out) const {
  for (std::uint32_t a = 0; a < pair_of_.size(); ++a)
    if (as_before(a)) out.hangs_by[network_.arcs[a].from] = a;
  for (std::uint32_t node = 0; node < first_worker_; ++node) {
    std::uint32_t& arc = out.hangs_by[node];
    if (arc == no_arc) arc = out_arc_[people_[node]];
    if (arc != no_arc) out.units[arc] = 1;
  }
}

// Who has a free place hangs by it. Who is full hangs by the first of their people to go, and these by going.
void BandNetwork::start_workers(FlowStart& out) const {
  std::vector<std::uint32_t> first(workers_.size(), no_arc);
  for (std::uint32_t a = 0; a < pair_of_.size(); ++a) {
    if (out.units[a] == 0) continue;
    const std::uint32_t j = network_.arcs[a].to - first_worker_;
    ++out.units[first_place_ + j];
    if (first[j] == no_arc || importance(a) < importance(first[j])) first[j] = a;
  }
  for (std::uint32_t j = 0; j < workers_.size(); ++j) {
    const std::uint32_t place = first_place_ + j;
    const bool full = out.units[place] == network_.arcs[place].capacity;
    out.hangs_by[first_worker_ + j] = full ? first[j] : place;
    if (!full || first[j] == no_arc) continue;
    const std::uint32_t node = network_.arcs[first[j]].from;
    out.hangs_by[node] = out_arc_[people_[node]];
  }
}

// What a band does not let out of a group is left over at it. A group whose arc could take more hangs by
// that.
void BandNetwork::start_groups(FlowStart& out) const {
  std::vector<std::int64_t> rest = network_.supplies;
  for (std::size_t a = 0; a < network_.arcs.size(); ++a) {
    rest[network_.arcs[a].from] -= out.units[a];
    rest[network_.arcs[a].to] += out.units[a];
  }
  const auto first_arc = static_cast<std::uint32_t>(network_.arcs.size() - groups_.parents.size());
  for (const std::uint32_t g : inner_first(groups_.parents)) {
    const FlowArc& arc = network_.arcs[first_arc + g];
    const std::int64_t units = std::clamp<std::int64_t>(rest[arc.from], 0, arc.capacity);
    out.units[first_arc + g] = units;
    rest[arc.from] -= units;
    rest[arc.to] += units;
    if (rest[arc.from] == 0 && units < arc.capacity) out.hangs_by[arc.from] = first_arc + g;
  }
}

FlowStart BandNetwork::start() const {
  FlowStart out;
  out.units.assign(network_.arcs.size(), 0);
  out.hangs_by.assign(network_.supplies.size(), no_arc);
  start_people(out);
  start_workers(out);
  start_groups(out);
  return out;
}

Result<std::vector<std::uint32_t>> BandNetwork::best_plan() {
  std::vector<FlowGoal> further = goals();
  for (const auto& [arc, cost] : further.front()) network_.arcs[arc].cost = cost;
  further.erase(further.begin());
  auto flow = solve_flow_in_order(network_, further, start());
  for (FlowArc& arc : network_.arcs) arc.cost = 0;
  if (!flow.ok()) return flow.failure();
  std::vector<std::uint32_t> out = wish_.fixed;
  out.resize(people_.size(), nobody);
  for (std::uint32_t a = 0; a < pair_of_.size(); ++a) {
    const InstancePair& pair = instance_.pairs[pair_of_[a]];
    if (flow->units[a] > 0) out[pair.person] = pair.worker;
  }
  return out;
}

} // namespace kith::matching::engine
