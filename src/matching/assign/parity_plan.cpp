#include "matching/assign/parity_plan.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "matching/assign/parity_file.hpp"

namespace kith::matching {
namespace {

Failure refused(std::string code, std::vector<std::string> ids) {
  Failure failure = invalid(std::move(code));
  failure.arguments = std::move(ids);
  return failure;
}

// Positions of the named groups among those of the file, in the order of their ids.
Result<std::vector<std::uint32_t>> positions(const AssignInstance& file, const std::string& names) {
  if (file.groups.empty()) return refused("assign.no_groups", {});
  std::vector<std::uint32_t> out;
  if (names == "all") {
    for (std::uint32_t g = 0; g < file.groups.size(); ++g) out.push_back(g);
    return out;
  }
  for (const std::string& name : split(names, ',')) {
    const auto found = std::lower_bound(file.groups.begin(), file.groups.end(), name);
    if (found == file.groups.end() || *found != name) return refused("assign.no_group", {name});
    out.push_back(static_cast<std::uint32_t>(found - file.groups.begin()));
  }
  std::sort(out.begin(), out.end());
  const auto twice = std::adjacent_find(out.begin(), out.end());
  if (twice != out.end()) return refused("assign.group_twice", {file.groups[*twice]});
  return out;
}

// The tree of the groups at `chosen`, from who is in which.
Result<engine::Groups> tree_of(const AssignInstance& file, const std::vector<std::uint32_t>& chosen) {
  if (chosen.size() > engine::groups_most) return refused("engine.groups_too_many", {});
  std::vector<std::uint64_t> memberships(file.people.size(), 0), bit(file.groups.size(), 0);
  for (std::size_t g = 0; g < chosen.size(); ++g) bit[chosen[g]] = std::uint64_t{1} << g;
  for (const GroupMember& member : file.members) memberships[member.person] |= bit[member.group];
  auto tree = engine::nest(memberships, chosen.size());
  if (tree.ok()) return tree;
  Failure failure = tree.failure();
  for (std::string& group : failure.arguments)
    group = file.groups[chosen[static_cast<std::size_t>(parse_integer(group).value())]];
  return failure;
}

} // namespace

Result<AssignPlan> make_parity_plan(const AssignInstance& file, const ParityOptions& options) {
  ParityReport report;
  report.band = options.band;
  TRY_ASSIGN(const std::vector<std::uint32_t> chosen, positions(file, options.groups));
  for (const std::uint32_t group : chosen) report.groups.push_back(file.groups[group]);
  TRY_ASSIGN(report.tree, tree_of(file, chosen));
  AssignPlan out = make_assign_plan(file, Method::optimum);
  report.before = out.worker_of;
  const engine::ParityWish wish{options.band, out.worker_of, fixed_workers(file)};
  auto parity = engine::solve_parity(file.instance, report.tree, wish);
  if (!parity.ok()) {
    Failure failure = parity.failure();
    for (std::string& band : failure.arguments) band = hundredths_text(parse_integer(band).value());
    return failure;
  }
  report.parity = std::move(parity).value();
  out.worker_of = report.parity.worker_of;
  out.totals = report.parity.totals;
  out.parity = std::move(report);
  return out;
}

} // namespace kith::matching
