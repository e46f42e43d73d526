#include "matching/engine/flow.hpp"

#include <algorithm>
#include <string>

#include "matching/engine/flow_proof.hpp"

namespace kith::matching::engine {
namespace {

constexpr std::int64_t greatest_sum = std::int64_t{1} << 62;
constexpr std::uint32_t none = 0xffff'ffff;

// A sum that stays at or below 2^62, or says that it did not.
class Sum {
public:
  void add(std::int64_t term) { add_product(term, 1); }
  void add_product(std::int64_t a, std::int64_t b) { // REQUIRES a, b >= 0
    std::int64_t product = 0;
    fits_ = fits_ && !__builtin_mul_overflow(a, b, &product) &&
            !__builtin_add_overflow(total_, product, &total_) && total_ <= greatest_sum;
  }
  bool fits() const { return fits_; }
  std::int64_t total() const { return total_; }

private:
  std::int64_t total_{};
  bool fits_{true};
};

Failure refused(std::string code, std::size_t at) {
  Failure failure = invalid(std::move(code));
  failure.arguments.push_back(std::to_string(at));
  return failure;
}

struct Scale {
  std::int64_t most_on_an_arc{};
  std::int64_t dear{}; // the cost of an arc to or from the root
};

Done arcs_in_range(const FlowNetwork& network, std::span<const FlowGoal> further) {
  const std::size_t nodes = network.supplies.size();
  const auto small = [](std::int64_t cost) { return cost >= -greatest_sum && cost <= greatest_sum; };
  if (nodes + network.arcs.size() >= none) return too_much("engine.flow_too_large");
  for (std::size_t a = 0; a < network.arcs.size(); ++a) {
    const FlowArc& arc = network.arcs[a];
    if (arc.from >= nodes || arc.to >= nodes) return refused("engine.arc_unknown", a);
    if (arc.capacity < 0) return refused("engine.capacity_below_zero", a);
    if (!small(arc.cost)) return too_much("engine.flow_too_large");
  }
  for (const FlowGoal& goal : further)
    for (const auto& [arc, cost] : goal) {
      if (arc >= network.arcs.size()) return refused("engine.arc_unknown", arc);
      if (!small(cost)) return too_much("engine.flow_too_large");
    }
  return {};
}

// Every cost of every goal, the network's own first.
template <class Body>
void each_cost(const FlowNetwork& network, std::span<const FlowGoal> further, const Body& body) {
  for (const FlowArc& arc : network.arcs) body(arc, arc.cost);
  for (const FlowGoal& goal : further)
    for (const auto& [arc, cost] : goal) body(network.arcs[arc], cost);
}

Result<Scale> in_range(const FlowNetwork& network, std::span<const FlowGoal> further) {
  TRY(arcs_in_range(network, further));
  const std::size_t nodes = network.supplies.size();
  Sum sent, asked, dearest, paid;
  for (const std::int64_t supply : network.supplies) {
    if (supply < -greatest_sum) return too_much("engine.flow_too_large");
    if (supply > 0) sent.add(supply);
    else asked.add(-supply);
  }
  Sum most =
      sent; // a cheapest flow needs paths from supplies, and rounds that pass an arc with a cost below 0
  std::int64_t greatest_cost = 0;
  each_cost(network, further, [&](const FlowArc& arc, std::int64_t cost) {
    if (cost < 0) most.add(arc.capacity);
    greatest_cost = std::max(greatest_cost, std::max(cost, -cost));
  });
  most.add(1);
  dearest.add_product(greatest_cost + 1, static_cast<std::int64_t>(8 * (nodes + 2)));
  Sum carried = sent;
  for (const FlowArc& arc : network.arcs) carried.add(std::min(arc.capacity, most.total()));
  each_cost(network, further, [&](const FlowArc& arc, std::int64_t cost) {
    paid.add_product(std::min(arc.capacity, most.total()), std::max(cost, -cost));
  });
  for (const Sum& sum : {sent, asked, most, dearest, carried, paid})
    if (!sum.fits()) return too_much("engine.flow_too_large");
  if (sent.total() != asked.total()) return invalid("engine.supplies_uneven");
  return Scale{most.total(), (greatest_cost + 1) * static_cast<std::int64_t>(nodes + 1)};
}

// The tree all of whose arcs may carry any flow; of the others each is empty or full.
class Simplex {
public:
  Simplex(const FlowNetwork& network, const FlowStart& start, const Scale& scale);
  void run();
  void turn_to(const FlowGoal& goal); // REQUIRES run() for the goals before
  bool all_sent() const;
  std::vector<std::int64_t> units() const { return {units_.begin(), units_.begin() + real_arcs_}; }
  std::vector<std::int64_t> potentials() const { return {potential_.begin(), potential_.begin() + root_}; }

private:
  enum class State : std::int8_t { full = -1, tree = 0, empty = 1 };
  // Where the round of an entering arc is cut: the node below the arc that leaves the tree.
  struct Cut {
    std::uint32_t node{none}; // none: the entering arc itself, which fills or empties
    bool on_first_side{};
    std::int64_t units{};
  };

  void add_arc(const FlowArc& arc, State state, std::int64_t units);
  bool strongly_feasible() const;
  bool goes_up(std::uint32_t node) const { return from_[arc_[node]] == node; }
  std::int64_t reduced_cost(std::uint32_t arc) const {
    return cost_[arc] + potential_[from_[arc]] - potential_[to_[arc]];
  }
  std::int64_t room_up(std::uint32_t node) const {
    const std::uint32_t arc = arc_[node];
    return goes_up(node) ? capacity_[arc] - units_[arc] : units_[arc];
  }
  std::int64_t room_down(std::uint32_t node) const {
    const std::uint32_t arc = arc_[node];
    return goes_up(node) ? units_[arc] : capacity_[arc] - units_[arc];
  }
  std::uint32_t find_entering();
  std::uint32_t meeting(std::uint32_t a, std::uint32_t b) const;
  Cut find_cut(std::uint32_t entering, std::uint32_t first, std::uint32_t second, std::uint32_t top) const;
  void send(std::uint32_t first, std::uint32_t second, std::uint32_t top, std::int64_t units);
  void pivot(std::uint32_t entering);
  void detach(std::uint32_t node);
  void attach(std::uint32_t node, std::uint32_t parent, std::uint32_t arc);
  void hang(std::uint32_t node, std::uint32_t below, std::uint32_t arc, std::uint32_t until);
  void walk_again(std::uint32_t top);

  std::uint32_t root_{};
  std::uint32_t real_arcs_{};
  std::vector<std::uint32_t> open_{}; // arcs that no goal before has settled
  std::size_t next_{};                // where the search for an entering arc goes on in them
  std::uint32_t block_{16};           // arcs it looks at before it takes the best of them
  // By arc; the arcs to and from the root come last.
  std::vector<std::uint32_t> from_{}, to_{};
  std::vector<std::int64_t> cost_{}, capacity_{}, units_{};
  std::vector<State> state_{};
  // By node.
  std::vector<std::uint32_t> parent_{}, arc_{}, depth_{}, child_{}, right_{}, left_{};
  std::vector<std::int64_t> potential_{};
};

void Simplex::add_arc(const FlowArc& arc, State state, std::int64_t units) {
  from_.push_back(arc.from);
  to_.push_back(arc.to);
  cost_.push_back(arc.cost);
  capacity_.push_back(arc.capacity);
  units_.push_back(units);
  state_.push_back(state);
}

Simplex::Simplex(const FlowNetwork& network, const FlowStart& start, const Scale& scale)
    : root_(static_cast<std::uint32_t>(network.supplies.size())),
      real_arcs_(static_cast<std::uint32_t>(network.arcs.size())), parent_(root_ + 1, none),
      arc_(root_ + 1, none), depth_(root_ + 1, 0), child_(root_ + 1, none), right_(root_ + 1, none),
      left_(root_ + 1, none), potential_(root_ + 1, 0) {
  while (std::uint64_t{block_} * block_ < real_arcs_) ++block_;
  for (auto* list : {&from_, &to_}) list->reserve(real_arcs_ + root_);
  for (auto* list : {&cost_, &capacity_, &units_}) list->reserve(real_arcs_ + root_);
  state_.reserve(real_arcs_ + root_);
  open_.reserve(real_arcs_);
  std::vector<std::int64_t> rest = network.supplies; // what the start does not send on
  for (std::uint32_t a = 0; a < real_arcs_; ++a) {
    FlowArc arc = network.arcs[a];
    arc.capacity = std::min(arc.capacity, scale.most_on_an_arc);
    const std::int64_t units = start.units.empty() ? 0 : start.units[a];
    open_.push_back(a);
    add_arc(arc, units == 0 ? State::empty : State::full, units);
    rest[arc.from] -= units;
    rest[arc.to] += units;
  }
  for (std::uint32_t v = 0; v < root_; ++v) {
    const State unsent = rest[v] == 0 ? State::empty : State::full; // unless the node hangs by it
    if (rest[v] >= 0) add_arc({v, root_, greatest_sum, scale.dear}, unsent, rest[v]);
    else add_arc({root_, v, greatest_sum, scale.dear}, unsent, -rest[v]);
    const std::uint32_t arc = start.hangs_by.empty() ? no_arc : start.hangs_by[v];
    if (arc == no_arc) attach(v, root_, real_arcs_ + v);
    else attach(v, from_[arc] == v ? to_[arc] : from_[arc], arc);
    state_[arc_[v]] = State::tree;
  }
  walk_again(root_);
  CHECK(strongly_feasible());
}

// Every node hangs below the root, by an arc that lets something up; what is not in the tree is empty or
// full.
bool Simplex::strongly_feasible() const {
  for (std::uint32_t v = 0; v < root_; ++v)
    if (depth_[v] == 0 || room_up(v) <= 0 || room_down(v) < 0) return false;
  for (std::uint32_t a = 0; a < from_.size(); ++a)
    if (state_[a] == State::full && units_[a] != capacity_[a]) return false;
  return true;
}

// The most promising arc of the first block that has any.
std::uint32_t Simplex::find_entering() {
  std::uint32_t best = none;
  std::int64_t least = 0;
  for (std::size_t looked = 0, in_block = 0; looked < open_.size(); ++looked) {
    const std::uint32_t arc = open_[next_];
    if (++next_ == open_.size()) next_ = 0;
    const std::int64_t gain = static_cast<std::int64_t>(state_[arc]) * reduced_cost(arc);
    if (gain < least && capacity_[arc] > 0) {
      least = gain;
      best = arc;
    }
    if (++in_block < block_) continue;
    if (best != none) return best;
    in_block = 0;
  }
  return best;
}

std::uint32_t Simplex::meeting(std::uint32_t a, std::uint32_t b) const {
  while (a != b) {
    if (depth_[a] >= depth_[b]) a = parent_[a];
    else b = parent_[b];
  }
  return a;
}

// The round goes from `top` down to `first`, over the entering arc, and from `second` up again. Of the arcs
// that let the fewest units through, the last on this way leaves: this keeps the tree strongly feasible.
Simplex::Cut Simplex::find_cut(std::uint32_t entering, std::uint32_t first, std::uint32_t second,
                               std::uint32_t top) const {
  Cut cut{none, false, capacity_[entering]};
  for (std::uint32_t v = first; v != top; v = parent_[v])
    if (room_down(v) < cut.units) cut = {v, true, room_down(v)};
  for (std::uint32_t v = second; v != top; v = parent_[v])
    if (room_up(v) <= cut.units) cut = {v, false, room_up(v)};
  return cut;
}

void Simplex::send(std::uint32_t first, std::uint32_t second, std::uint32_t top, std::int64_t units) {
  for (std::uint32_t v = first; v != top; v = parent_[v]) units_[arc_[v]] += goes_up(v) ? -units : units;
  for (std::uint32_t v = second; v != top; v = parent_[v]) units_[arc_[v]] += goes_up(v) ? units : -units;
}

void Simplex::pivot(std::uint32_t entering) {
  const bool fills = state_[entering] == State::empty;
  const std::uint32_t first = fills ? from_[entering] : to_[entering];
  const std::uint32_t second = fills ? to_[entering] : from_[entering];
  const std::uint32_t top = meeting(first, second);
  const Cut cut = find_cut(entering, first, second, top);
  send(first, second, top, cut.units);
  units_[entering] += fills ? cut.units : -cut.units;
  if (cut.node == none) {
    state_[entering] = fills ? State::full : State::empty;
    return;
  }
  const std::uint32_t leaving = arc_[cut.node];
  state_[leaving] = units_[leaving] == 0 ? State::empty : State::full;
  state_[entering] = State::tree;
  if (cut.on_first_side) hang(first, second, entering, cut.node);
  else hang(second, first, entering, cut.node);
}

void Simplex::detach(std::uint32_t node) {
  if (left_[node] != none) right_[left_[node]] = right_[node];
  else child_[parent_[node]] = right_[node];
  if (right_[node] != none) left_[right_[node]] = left_[node];
}

void Simplex::attach(std::uint32_t node, std::uint32_t parent, std::uint32_t arc) {
  parent_[node] = parent;
  arc_[node] = arc;
  left_[node] = none;
  right_[node] = child_[parent];
  if (right_[node] != none) left_[right_[node]] = node;
  child_[parent] = node;
}

// The part of the tree that was cut off at `until` hangs from `node` now; on the way from one to the other
// parents become children.
void Simplex::hang(std::uint32_t node, std::uint32_t below, std::uint32_t arc, std::uint32_t until) {
  const std::uint32_t top = node;
  for (;;) {
    const std::uint32_t old_parent = parent_[node], old_arc = arc_[node];
    detach(node);
    attach(node, below, arc);
    if (node == until) break;
    below = node;
    arc = old_arc;
    node = old_parent;
  }
  walk_again(top);
}

// Depths and potentials from `top` downwards.
void Simplex::walk_again(std::uint32_t top) {
  for (std::uint32_t v = top;;) {
    if (v != root_) {
      const std::uint32_t arc = arc_[v], parent = parent_[v];
      depth_[v] = depth_[parent] + 1;
      potential_[v] = potential_[parent] + (goes_up(v) ? -cost_[arc] : cost_[arc]);
    }
    if (child_[v] != none) {
      v = child_[v];
      continue;
    }
    while (v != top && right_[v] == none) v = parent_[v];
    if (v == top) return;
    v = right_[v];
  }
}

void Simplex::run() {
  for (std::uint32_t arc = find_entering(); arc != none; arc = find_entering()) pivot(arc);
}

// What is not in the tree and worth anything by the potentials stays as it is in every cheapest flow.
void Simplex::turn_to(const FlowGoal& goal) {
  std::erase_if(open_, [&](std::uint32_t arc) { return reduced_cost(arc) != 0; });
  next_ = 0;
  std::fill(cost_.begin(), cost_.begin() + real_arcs_, 0);
  for (const auto& [arc, cost] : goal) cost_[arc] = cost;
  walk_again(root_);
}

bool Simplex::all_sent() const {
  return std::all_of(units_.begin() + real_arcs_, units_.end(),
                     [](std::int64_t units) { return units == 0; });
}

} // namespace

Result<Flow> solve_flow(const FlowNetwork& network) { return solve_flow_in_order(network, {}, {}); }

Result<Flow> solve_flow_in_order(const FlowNetwork& network, std::span<const FlowGoal> further,
                                 const FlowStart& start) {
  TRY_ASSIGN(const Scale scale, in_range(network, further));
  Simplex simplex(network, start, scale);
  simplex.run();
  if (!simplex.all_sent()) return conflict("engine.no_flow");
  Flow flow{{}, simplex.potentials(), 0};
  OrderProof order(network);
  order.add(flow.potentials);
  for (const FlowGoal& goal : further) {
    simplex.turn_to(goal);
    simplex.run();
    order.turn_to(goal);
    order.add(simplex.potentials());
  }
  flow.units = simplex.units();
  for (std::size_t a = 0; a < flow.units.size(); ++a) flow.cost += flow.units[a] * network.arcs[a].cost;
  CHECK(prove(network, flow) == FlowProof::proved && order.holds(flow.units));
  return flow;
}

} // namespace kith::matching::engine
