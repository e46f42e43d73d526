// The network of group parity (parity.hpp): people go to a worker and "has an offer", or to their group, the
// groups around it and "has none". Bounds are on the arcs out of groups, so another band changes nothing but
// these. Nodes and arcs follow the canonical order, so that the order of the input does not count.
// The simplex begins at the plan without bands, where only what breaks a band is left to be moved: a fifth of
// the time from nothing at 10,000 people.
#pragma once
#include <utility>

#include "matching/engine/flow.hpp"
#include "matching/engine/parity.hpp"

namespace kith::matching::engine {

class BandNetwork {
public:
  // REQUIRES what solve_parity does, and that all of it outlives this.
  BandNetwork(const Instance& instance, const Groups& groups, const ParityWish& wish);
  void set(const std::vector<GroupShare>& shares); // before anything that follows
  bool has_plan() const { return solve_flow_in_order(network_, {}, start()).ok(); } // nothing costs anything
  // Worker by person. Failures: engine.no_flow, engine.flow_too_large.
  Result<std::vector<std::uint32_t>> best_plan();

private:
  bool is_fixed(std::uint32_t person) const { return !wish_.fixed.empty() && wish_.fixed[person] != nobody; }
  bool as_before(std::uint32_t arc) const; // REQUIRES the arc of a pair
  std::uint32_t out_of(std::uint8_t group) const { return group == no_group ? none_ : first_group_ + group; }
  void add_pairs();
  void add_people();
  void add_places();
  std::vector<FlowGoal> goals() const;
  void add_classes(std::vector<FlowGoal>& out) const;
  FlowGoal worth() const;
  FlowStart start() const;
  void start_people(FlowStart& out) const;
  void start_workers(FlowStart& out) const;
  void start_groups(FlowStart& out) const;
  std::pair<int, std::int64_t> importance(std::uint32_t arc) const; // of a pair

  const Instance& instance_;
  const Groups& groups_;
  const ParityWish& wish_;
  std::vector<std::uint32_t> people_{}; // positions in canonical order
  std::vector<std::uint32_t> workers_{};
  std::uint32_t first_worker_{}; // nodes
  std::uint32_t first_group_{};
  std::uint32_t has_{};
  std::uint32_t none_{};
  FlowNetwork network_{};                // costs nothing but while the best plan is looked for
  std::vector<std::int64_t> supplies_{}; // before anything must pass
  std::vector<std::uint32_t> pair_of_{}; // by arc of a pair; these come first
  std::vector<std::uint32_t> out_arc_{}; // by person, by which they have no offer; no_arc: fixed
  std::uint32_t first_place_{};          // arcs: of workers, then of groups
};

} // namespace kith::matching::engine
