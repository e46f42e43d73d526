#include "matching/engine/parity.hpp"

#include <algorithm>
#include <string>

#include "matching/engine/parity_network.hpp"

namespace kith::matching::engine {
namespace {

std::vector<bool> placed(const std::vector<std::uint32_t>& worker_of) {
  std::vector<bool> out;
  out.reserve(worker_of.size());
  for (const std::uint32_t worker : worker_of) out.push_back(worker != nobody);
  return out;
}

std::int64_t count(const std::vector<bool>& marked) { return std::count(marked.begin(), marked.end(), true); }

// a / b, rounded towards the smaller whole number. REQUIRES b > 0.
std::int64_t floor_of(std::int64_t a, std::int64_t b) { return a / b - (a % b < 0 ? 1 : 0); }

// People of each group, and how many of them have an offer before. Bands come after.
std::vector<GroupShare> shares_before(const Groups& groups, const std::vector<std::uint32_t>& before) {
  const auto people = count_by_group(groups, std::vector<bool>(before.size(), true));
  const auto served = count_by_group(groups, placed(before));
  std::vector<GroupShare> out;
  out.reserve(people.size());
  for (std::size_t g = 0; g < people.size(); ++g) out.push_back({people[g], 0, people[g], served[g], 0});
  return out;
}

struct Overall {
  std::int64_t people{};
  std::int64_t served{};
};
Overall overall(const std::vector<std::uint32_t>& worker_of) {
  return {static_cast<std::int64_t>(worker_of.size()), count(placed(worker_of))};
}

// Products stay below 4,000,000^2 x 20,000 < 2^62.
void set_bands(std::vector<GroupShare>& shares, Overall all, std::int64_t band) {
  if (all.people == 0) return;
  const std::int64_t whole = band_most * all.people, middle = band_most * all.served;
  for (GroupShare& share : shares) {
    share.least = std::max<std::int64_t>(0, floor_of(share.people * (middle - band * all.people), whole));
    share.most = std::min(share.people, -floor_of(-share.people * (middle + band * all.people), whole));
  }
}

bool keeps_bands(const std::vector<GroupShare>& shares) {
  return std::all_of(shares.begin(), shares.end(), [](const GroupShare& share) {
    return share.least <= share.before && share.before <= share.most;
  });
}

// The smallest band from `from` on that something holds for; it holds for band_most and, once it does, on.
template <class Holds> std::int64_t smallest_band(std::int64_t from, std::int64_t until, const Holds& holds) {
  while (from < until) {
    const std::int64_t middle = (from + until) / 2;
    if (holds(middle)) until = middle;
    else from = middle + 1;
  }
  return from;
}

// REQUIRES shares with the bands set.
Result<std::vector<std::uint32_t>> plan_within(const Instance& instance, const Groups& groups,
                                               const ParityWish& wish, std::vector<GroupShare> shares) {
  BandNetwork network(instance, groups, wish);
  network.set(shares);
  auto plan = network.best_plan();
  if (plan.ok() || plan.failure().code != "engine.no_flow") return plan;
  const Overall all = overall(wish.before);
  const std::int64_t of_before = smallest_band(wish.band + 1, band_most, [&](std::int64_t wider) {
    set_bands(shares, all, wider);
    return keeps_bands(shares);
  });
  const std::int64_t smallest = smallest_band(wish.band + 1, of_before, [&](std::int64_t wider) {
    set_bands(shares, all, wider);
    network.set(shares);
    return network.has_plan();
  });
  Failure failure = conflict("engine.no_parity");
  failure.arguments = {std::to_string(wish.band), std::to_string(smallest)};
  return failure;
}

void find_changes(const std::vector<std::uint32_t>& before, Parity& out) {
  for (std::uint32_t i = 0; i < before.size(); ++i) {
    if (before[i] == out.worker_of[i]) continue;
    (out.worker_of[i] == nobody ? out.lost : before[i] == nobody ? out.gained : out.moved).push_back(i);
  }
}

} // namespace

Result<Parity> solve_parity(const Instance& instance, const Groups& groups, const ParityWish& wish) {
  CHECK(wish.before.size() == instance.people.size() && groups.group_of.size() == instance.people.size());
  CHECK(wish.band >= 0 && wish.band <= band_most);
  Parity out;
  out.shares = shares_before(groups, wish.before);
  set_bands(out.shares, overall(wish.before), wish.band);
  out.worker_of = wish.before;
  if (!keeps_bands(out.shares)) {
    TRY_ASSIGN(out.worker_of, plan_within(instance, groups, wish, out.shares));
  }
  const auto served = count_by_group(groups, placed(out.worker_of));
  for (std::size_t g = 0; g < served.size(); ++g) out.shares[g].served = served[g];
  out.before = totals_of(instance, wish.before);
  out.totals = totals_of(instance, out.worker_of);
  find_changes(wish.before, out);
  return out;
}

} // namespace kith::matching::engine
