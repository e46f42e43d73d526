#include <algorithm>
#include <limits>
#include <optional>

#include "base/random.hpp"
#include "matching/engine/flow_proof.hpp"
#include "matching/engine/optimum.hpp"

#include "support/test.hpp"

using namespace kith;
using namespace kith::matching::engine;

namespace {

// The slow and plain way: send what can be sent along shortest ways found by Bellman and Ford, then turn
// flow round any circle with a cost below 0 until there is none.
class Reference {
public:
  explicit Reference(const FlowNetwork& network) : nodes_(network.supplies.size() + 2) {
    for (const FlowArc& arc : network.arcs) add(arc.from, arc.to, arc.capacity, arc.cost);
    const auto source = static_cast<std::uint32_t>(nodes_ - 2), sink = source + 1;
    for (std::uint32_t v = 0; v < network.supplies.size(); ++v) {
      if (network.supplies[v] > 0) add(source, v, network.supplies[v], 0);
      if (network.supplies[v] < 0) add(v, sink, -network.supplies[v], 0);
      supply_ += std::max<std::int64_t>(network.supplies[v], 0);
    }
    add(sink, source, supply_, -1'000'000); // as much as can be sent is worth most
  }
  std::optional<std::int64_t> cost() { // none: not everything can be sent
    while (turn_a_circle()) {
    }
    const std::int64_t sent = arcs_.back().capacity;
    if (sent != supply_) return std::nullopt;
    std::int64_t out = 0;
    for (std::size_t a = 0; a + 2 < arcs_.size(); a += 2) out += arcs_[a].cost * arcs_[a + 1].capacity;
    return out;
  }

private:
  void add(std::uint32_t from, std::uint32_t to, std::int64_t capacity, std::int64_t cost) {
    arcs_.push_back({from, to, capacity, cost});
    arcs_.push_back({to, from, 0, -cost});
  }
  bool turn_a_circle() {
    std::vector<std::int64_t> distance(nodes_, 0);
    std::vector<std::size_t> reached_by(nodes_, arcs_.size());
    std::uint32_t changed = 0;
    bool any = true;
    for (std::size_t round = 0; round <= nodes_ && any; ++round) {
      any = false;
      for (std::size_t a = 0; a < arcs_.size(); ++a)
        if (arcs_[a].capacity > 0 && distance[arcs_[a].from] + arcs_[a].cost < distance[arcs_[a].to]) {
          distance[arcs_[a].to] = distance[arcs_[a].from] + arcs_[a].cost;
          reached_by[arcs_[a].to] = a;
          changed = arcs_[a].to;
          any = true;
        }
    }
    if (!any) return false;
    for (std::size_t i = 0; i < nodes_; ++i) changed = arcs_[reached_by[changed]].from; // into the circle
    std::int64_t units = std::numeric_limits<std::int64_t>::max();
    std::uint32_t v = changed;
    do {
      units = std::min(units, arcs_[reached_by[v]].capacity);
      v = arcs_[reached_by[v]].from;
    } while (v != changed);
    do {
      arcs_[reached_by[v]].capacity -= units;
      arcs_[reached_by[v] ^ 1].capacity += units;
      v = arcs_[reached_by[v]].from;
    } while (v != changed);
    return true;
  }
  std::size_t nodes_{};
  std::vector<FlowArc> arcs_{}; // each followed by its way back
  std::int64_t supply_{};
};

FlowNetwork random_network(Random& random) {
  FlowNetwork out;
  const std::uint64_t nodes = 1 + random.below(9);
  out.supplies.assign(nodes, 0);
  for (std::uint64_t k = random.below(6); k > 0; --k) {
    const auto units = static_cast<std::int64_t>(random.below(5));
    out.supplies[random.below(nodes)] += units;
    out.supplies[random.below(nodes)] -= units;
  }
  const std::uint64_t capacities = 1 + random.below(12), costs = 1 + random.below(30);
  const auto below_zero = static_cast<std::int64_t>(random.below(2) * random.below(costs));
  for (std::uint64_t k = random.below(4 * nodes); k > 0; --k) // loops and parallel arcs among them
    out.arcs.push_back({static_cast<std::uint32_t>(random.below(nodes)),
                        static_cast<std::uint32_t>(random.below(nodes)),
                        static_cast<std::int64_t>(random.below(capacities)),
                        static_cast<std::int64_t>(random.below(costs)) - below_zero});
  return out;
}

// People, workers and a node for who stays out; costs are what the pair is worth, below 0.
FlowNetwork as_flow(const Instance& instance) {
  const auto people = static_cast<std::uint32_t>(instance.people.size());
  const auto end = people + static_cast<std::uint32_t>(instance.workers.size());
  const auto bonus = bonuses(instance);
  FlowNetwork out;
  out.supplies.assign(end + 1, 0);
  out.supplies[end] = -static_cast<std::int64_t>(people);
  for (std::uint32_t i = 0; i < people; ++i) {
    out.supplies[i] = 1;
    out.arcs.push_back({i, end, 1, 0});
  }
  for (std::uint32_t j = 0; j < instance.workers.size(); ++j)
    out.arcs.push_back({people + j, end, instance.workers[j].places, 0});
  for (const InstancePair& pair : instance.pairs)
    out.arcs.push_back({pair.person, people + pair.worker, 1, -bonus[pair.person] - fit_of(pair)});
  return out;
}

Instance random_list(Random& random, std::uint64_t most_people, std::uint64_t fits) {
  Instance out;
  const std::uint64_t people = 1 + random.below(most_people), workers = 1 + random.below(people);
  for (std::uint64_t i = 0; i < people; ++i)
    out.people.push_back({i, static_cast<std::uint16_t>(random.below(3)), 0, 0, 0});
  for (std::uint64_t j = 0; j < workers; ++j)
    out.workers.push_back({j, static_cast<std::uint16_t>(random.below(4))});
  for (std::uint32_t i = 0; i < people; ++i)
    for (std::uint32_t j = 0; j < workers; ++j)
      if (random.below(3) == 0)
        out.pairs.push_back({i, j, static_cast<std::int32_t>(random.below(fits)), 0, 0});
  return out;
}

// What a flow costs by the network and by each goal, in order.
std::vector<std::int64_t> costs_of(const FlowNetwork& network, const std::vector<FlowGoal>& goals,
                                   const std::vector<std::int64_t>& units) {
  std::vector<std::int64_t> out(1, 0);
  for (std::size_t a = 0; a < units.size(); ++a) out[0] += network.arcs[a].cost * units[a];
  for (const FlowGoal& goal : goals) {
    out.push_back(0);
    for (const auto& [arc, cost] : goal) out.back() += cost * units[arc];
  }
  return out;
}

// Two ways from 0 to 2 with room for one unit each.
FlowNetwork two_ways() { return {{2, 0, -2, 0}, {{0, 1, 1, 3}, {1, 2, 1, 1}, {0, 3, 1, 4}, {3, 2, 1, 2}}}; }

} // namespace

TEST_CASE("the cheapest flow equals that of turning circles one by one") {
  SeededRandom random(20'261'201);
  int sent = 0, stuck = 0, below_zero = 0;
  for (int round = 0; round < 20'000; ++round) {
    const FlowNetwork network = random_network(random);
    const auto expected = Reference(network).cost();
    const Result<Flow> flow = solve_flow(network);
    REQUIRE_EQ(flow.ok(), expected.has_value());
    if (!flow.ok()) {
      REQUIRE_EQ(flow.failure().code, "engine.no_flow");
      ++stuck;
      continue;
    }
    REQUIRE_EQ(flow->cost, *expected);
    REQUIRE(prove(network, *flow) == FlowProof::proved);
    ++sent;
    below_zero += *expected < 0;
  }
  CHECK_GT(sent, 4'000);
  CHECK_GT(stuck, 4'000);
  CHECK_GT(below_zero, 1'000);
}

TEST_CASE("a waiting list as a network has the optimum's value") {
  SeededRandom random(20'261'202);
  for (int round = 0; round < 400; ++round) {
    Instance instance = random_list(random, round % 40 == 0 ? 200 : 12, round % 2 == 0 ? 3 : 9'000);
    REQUIRE(validate(instance).ok());
    const Result<Flow> flow = solve_flow(as_flow(instance));
    REQUIRE(flow.ok());
    REQUIRE_EQ(-flow->cost, solve_optimum(instance).totals.value);
    instance.objective = Objective::weighted;
    for (InstancePerson& person : instance.people)
      person.bonus = static_cast<std::int64_t>(random.below(900));
    REQUIRE_EQ(-solve_flow(as_flow(instance))->cost, solve_optimum(instance).totals.value);
  }
}

TEST_CASE("capacities without end cost nothing but those with a cost below 0 in a circle are refused") {
  constexpr std::int64_t endless = std::numeric_limits<std::int64_t>::max();
  FlowNetwork network = two_ways();
  for (FlowArc& arc : network.arcs) arc.capacity = endless;
  const Result<Flow> flow = solve_flow(network);
  REQUIRE(flow.ok());
  CHECK_EQ(flow->units, std::vector<std::int64_t>{2, 2, 0, 0});
  CHECK_EQ(flow->cost, 8);
  network.arcs.push_back({2, 0, endless, -5});
  CHECK_EQ(solve_flow(network).failure().code, "engine.flow_too_large");
  network.arcs.back().capacity = 7;
  CHECK_EQ(solve_flow(network)->cost, 8 - 7); // each unit of the circle saves 5 and costs 4
}

TEST_CASE("a network that is none is refused with what is wrong") {
  const auto code = [](const FlowNetwork& network) { return solve_flow(network).failure().code; };
  FlowNetwork network = two_ways();
  network.arcs[2].to = 4;
  CHECK_EQ(code(network), "engine.arc_unknown");
  CHECK_EQ(solve_flow(network).failure().arguments, std::vector<std::string>{"2"});
  network = two_ways();
  network.arcs[1].capacity = -1;
  CHECK_EQ(code(network), "engine.capacity_below_zero");
  CHECK_EQ(solve_flow(network).failure().arguments, std::vector<std::string>{"1"});
  network = two_ways();
  network.supplies[3] = 1;
  CHECK_EQ(code(network), "engine.supplies_uneven");
  network = two_ways();
  network.arcs[0].capacity = 0;
  CHECK_EQ(code(network), "engine.no_flow");
  constexpr std::int64_t least = std::numeric_limits<std::int64_t>::min();
  for (const std::int64_t cost : {least, -(least + 1), std::int64_t{1} << 60}) {
    network = two_ways();
    network.arcs[0].cost = cost;
    CHECK_EQ(code(network), "engine.flow_too_large");
  }
  for (const std::int64_t supply : {least, -(std::int64_t{3} << 61)}) {
    network = two_ways();
    network.supplies[2] = supply;
    CHECK_EQ(code(network), "engine.flow_too_large");
  }
  CHECK_EQ(solve_flow({})->cost, 0);
  CHECK_EQ(solve_flow({{0}, {{0, 0, 3, -2}}})->cost, -6);
}

TEST_CASE("planted defects break the proof of a flow") {
  const FlowNetwork network = two_ways();
  const Flow good = solve_flow(network).value();
  REQUIRE(prove(network, good) == FlowProof::proved);
  const auto broken = [&](const auto& change) {
    Flow flow = good;
    change(flow);
    return prove(network, flow);
  };
  CHECK(broken([](Flow& flow) { flow.units.pop_back(); }) == FlowProof::wrong_shape);
  CHECK(broken([](Flow& flow) { ++flow.units[0]; }) == FlowProof::beyond_capacity);
  CHECK(broken([](Flow& flow) { flow.units[0] = -1; }) == FlowProof::beyond_capacity);
  CHECK(broken([](Flow& flow) { ++flow.cost; }) == FlowProof::wrong_cost);
  FlowNetwork wider = network;
  for (FlowArc& arc : wider.arcs) arc.capacity = 5;
  const Flow cheap = solve_flow(wider).value();
  Flow dear = cheap;
  dear.units = {1, 1, 1, 1};
  dear.cost = good.cost;
  CHECK(prove(wider, dear) == FlowProof::not_empty);
  Flow lost = cheap;
  lost.units = {2, 0, 0, 0};
  CHECK(prove(wider, lost) == FlowProof::not_passed_on);
  lost.potentials[0] -= 100;
  CHECK(prove(wider, lost) == FlowProof::not_full);
}

TEST_CASE("goals in order equal one goal in which each outweighs all that follow") {
  SeededRandom random(20'261'133);
  int decided = 0; // by a goal that is not the first
  for (int round = 0; round < 5'000; ++round) {
    FlowNetwork network = random_network(random);
    for (FlowArc& arc : network.arcs) arc.cost = random.below(4) == 0 ? 1 : 0; // many ties
    std::vector<FlowGoal> goals(1 + random.below(3));
    FlowNetwork heavy = network;
    for (FlowArc& arc : heavy.arcs) arc.cost *= 1'000'000'000;
    std::int64_t weight = 1'000'000'000; // at most 36 arcs, 11 units and a cost of 2: under a thousand
    for (FlowGoal& goal : goals) {
      weight /= 1'000;
      for (std::uint32_t a = 0; a < network.arcs.size(); ++a)
        if (random.below(2) == 0) goal.push_back({a, static_cast<std::int64_t>(random.below(3))});
      for (const auto& [arc, cost] : goal) heavy.arcs[arc].cost += cost * weight;
    }
    const auto flow = solve_flow_in_order(network, goals, {});
    const auto expected = solve_flow(heavy);
    REQUIRE_EQ(flow.ok(), expected.ok());
    if (!flow.ok()) continue;
    REQUIRE_EQ(costs_of(network, goals, flow->units), costs_of(network, goals, expected->units));
    REQUIRE(prove(network, *flow) == FlowProof::proved);
    decided += costs_of(network, goals, flow->units) != costs_of(network, goals, solve_flow(network)->units);
  }
  CHECK_GT(decided, 100);
  CHECK_EQ(solve_flow_in_order(two_ways(), std::vector<FlowGoal>{{{4, 1}}}, {}).failure().code,
           "engine.arc_unknown");
  CHECK_EQ(
      solve_flow_in_order(two_ways(), std::vector<FlowGoal>{{{3, std::int64_t{1} << 60}}}, {}).failure().code,
      "engine.flow_too_large");
}

TEST_CASE("what one goal says of an arc no later goal takes back") {
  FlowNetwork network = two_ways();
  network.supplies = {1, 0, -1, 0};
  OrderProof order(network);
  order.add({0, 3, 4, 4}); // by which only the last arc costs more than it is worth
  CHECK(order.holds({1, 1, 0, 0}));
  CHECK_FALSE(order.holds({0, 0, 1, 1}));
  order.turn_to({{3, -9}}); // which would rather have that one full
  order.add({0, 0, 0, 0});
  CHECK(order.holds({1, 1, 0, 0}));
  CHECK_FALSE(order.holds({0, 0, 1, 1}));
  order.turn_to({{0, 9}});
  order.add({0, 0, 0, 0});
  CHECK_FALSE(order.holds({1, 1, 0, 0}));
}

TEST_CASE("a flow that begins near its end costs the same") {
  const FlowNetwork network = two_ways();
  const FlowStart start{{1, 1, 1, 1}, {no_arc, no_arc, no_arc, no_arc}};
  CHECK_EQ(solve_flow_in_order(network, {}, start)->cost, solve_flow(network)->cost);
}
