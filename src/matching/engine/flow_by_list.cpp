#include "matching/engine/flow_by_list.hpp"

#include <algorithm>
#include <tuple>

#include "matching/engine/optimum.hpp"

namespace kith::matching::engine {
namespace {

// Position of each node among people or workers; nothing where a node is neither.
std::optional<std::vector<std::uint32_t>> split_nodes(const FlowNetwork& network, FlowList& out) {
  std::vector<std::uint32_t> at, workers;
  at.reserve(network.supplies.size());
  std::int64_t left = 0; // supplies not taken yet
  for (std::uint32_t v = 0; v < network.supplies.size(); ++v) {
    const std::int64_t supply = network.supplies[v];
    if (supply == 0 || supply > 1 || supply < -4'095) return std::nullopt;
    left += supply;
    if (supply == 1) {
      at.push_back(static_cast<std::uint32_t>(out.list.people.size()));
      out.list.people.push_back({v, 0, 0, 0, 0});
      out.node_of.push_back(v);
    } else {
      at.push_back(static_cast<std::uint32_t>(workers.size()));
      out.list.workers.push_back({v, static_cast<std::uint16_t>(-supply)});
      workers.push_back(v);
    }
  }
  if (left != 0) return std::nullopt;
  out.node_of.insert(out.node_of.end(), workers.begin(), workers.end());
  return at;
}

// Arcs that can carry a unit, the cheapest of each pair of nodes; none where one goes another way.
std::optional<std::vector<std::uint32_t>> cheapest_arcs(const FlowNetwork& network) {
  std::vector<std::uint32_t> out;
  for (std::uint32_t a = 0; a < network.arcs.size(); ++a) {
    const FlowArc& arc = network.arcs[a];
    if (arc.from >= network.supplies.size() || arc.to >= network.supplies.size() || arc.capacity < 0 ||
        network.supplies[arc.from] != 1 || network.supplies[arc.to] >= 0)
      return std::nullopt;
    if (arc.capacity > 0) out.push_back(a);
  }
  const auto key = [&](std::uint32_t a) { return std::pair(network.arcs[a].from, network.arcs[a].to); };
  std::sort(out.begin(), out.end(), [&](std::uint32_t a, std::uint32_t b) {
    return std::tuple(key(a), network.arcs[a].cost, a) < std::tuple(key(b), network.arcs[b].cost, b);
  });
  out.erase(
      std::unique(out.begin(), out.end(), [&](std::uint32_t a, std::uint32_t b) { return key(a) == key(b); }),
      out.end());
  return out;
}

} // namespace

std::optional<FlowList> as_list(const FlowNetwork& network) {
  FlowList out;
  const auto at = split_nodes(network, out);
  if (!at) return std::nullopt;
  auto arcs = cheapest_arcs(network);
  if (!arcs || arcs->empty()) return std::nullopt;
  const auto cost = [&](std::uint32_t a) { return network.arcs[a].cost; };
  const auto [least, most] = std::minmax_element(
      arcs->begin(), arcs->end(), [&](std::uint32_t a, std::uint32_t b) { return cost(a) < cost(b); });
  constexpr std::int64_t cost_max = std::int64_t{1} << 36; // times 4,000,000 people is within 62 bits
  if (cost(*least) < -cost_max || cost(*most) > cost_max || cost(*most) - cost(*least) > greatest_fit)
    return std::nullopt;
  out.greatest_cost = cost(*most);
  for (const std::uint32_t a : *arcs) {
    const FlowArc& arc = network.arcs[a];
    const auto fit = static_cast<std::int32_t>(out.greatest_cost - arc.cost);
    out.list.pairs.push_back({(*at)[arc.from], (*at)[arc.to], fit, 0, 0});
  }
  out.arc_of = std::move(*arcs);
  if (!validate(out.list).ok()) return std::nullopt;
  return out;
}

Result<Flow> solve_flow_as_list(const FlowNetwork& network, const FlowList& list) {
  const Optimum best = solve_optimum(list.list);
  const auto people = static_cast<std::int64_t>(list.list.people.size());
  if (best.totals.people < people) return conflict("engine.no_flow");
  Flow out;
  out.units.assign(network.arcs.size(), 0);
  out.potentials.assign(network.supplies.size(), 0);
  for (std::size_t e = 0; e < list.arc_of.size(); ++e) {
    const InstancePair& pair = list.list.pairs[e];
    if (best.worker_of[pair.person] == pair.worker) out.units[list.arc_of[e]] = 1;
  }
  const std::int64_t placed = exchange_bound(list.list) + list.greatest_cost;
  for (std::size_t i = 0; i < best.gains.size(); ++i) out.potentials[list.node_of[i]] = best.gains[i];
  for (std::size_t j = 0; j < best.prices.size(); ++j)
    out.potentials[list.node_of[best.gains.size() + j]] = placed - best.prices[j];
  out.cost = people * list.greatest_cost - best.totals.fit;
  CHECK(prove(network, out) == FlowProof::proved);
  return out;
}

} // namespace kith::matching::engine
