#include "verify/service.hpp"

#include <algorithm>

#include "base/random.hpp"

namespace kith::verify {
namespace {

using matching::Release;
using matching::Strength;
using matching::WorkerProfile;

// How many active workers hold a tag that is released or for the matcher only.
int holders(const std::vector<WorkerProfile>& workers, const std::string& tag) {
  int count = 0;
  for (const WorkerProfile& worker : workers) {
    bool held = false;
    for (const auto& item : worker.experience)
      held = held || (item.tag == tag &&
                      (item.release == Release::released || item.release == Release::matcher_only));
    count += worker.active && held;
  }
  return count;
}

Told told_by(const WorkerProfile& worker, std::map<std::string, int>& held,
             const matching::PlanInput& input) {
  Told out;
  for (const auto& item : worker.experience)
    if (item.release == Release::released && !holds(out.named, item.tag)) out.named.push_back(item.tag);
  for (const auto& item : worker.experience) {
    if (item.release != Release::matcher_only || !input.settings.allows_matcher_only) continue;
    if (holds(out.named, item.tag) || holds(out.unnamed, item.tag)) continue;
    const auto known = held.find(item.tag);
    const int count = known != held.end() ? known->second : held[item.tag] = holders(input.workers, item.tag);
    if (count >= input.settings.unnamed_least_workers) out.unnamed.push_back(item.tag);
  }
  return out;
}

// The canonical order: by mix(seed, id), then id, the 128 bits of an id first mixed to 64.
template <class Profile>
std::vector<std::uint32_t> turns(const std::vector<Profile>& profiles, std::uint64_t seed) {
  std::vector<std::array<std::uint64_t, 3>> order;
  order.reserve(profiles.size());
  for (std::uint32_t at = 0; at < profiles.size(); ++at) {
    const std::uint64_t id = mix(profiles[at].id.high, profiles[at].id.low);
    order.push_back({mix(seed, id), id, at});
  }
  std::sort(order.begin(), order.end());
  std::vector<std::uint32_t> out(profiles.size());
  for (std::uint32_t turn = 0; turn < order.size(); ++turn)
    out[static_cast<std::size_t>(order[turn][2])] = turn;
  return out;
}

} // namespace

bool holds(const Codes& codes, std::string_view code) {
  for (const std::string& each : codes)
    if (each == code) return true;
  return false;
}

int in_common(const Codes& a, const Codes& b) {
  int count = 0;
  for (const std::string& code : a) count += holds(b, code);
  return count;
}

std::int64_t weight_of(Strength strength, const matching::Weights& weights) {
  if (strength == Strength::matters || strength == Strength::avoid) return weights.matters;
  return strength == Strength::a_little ? weights.a_little : 0;
}

Points shared_out(const matching::Wishes& wishes, std::int32_t budget, const matching::Weights& weights) {
  std::array<std::int64_t, matching::criterion_count> weight{};
  std::int64_t sum = 0;
  for (const matching::Wish& wish : wishes) {
    weight.at(static_cast<std::size_t>(wish.criterion)) = weight_of(wish.strength, weights);
    sum += weight_of(wish.strength, weights);
  }
  Points points{};
  if (sum == 0) return points;
  std::int64_t left = budget;
  for (std::size_t c = 0; c < points.size(); ++c) {
    points[c] = static_cast<std::int32_t>(budget * weight[c] / sum);
    left -= points[c];
  }
  for (std::array<bool, matching::criterion_count> served{}; left > 0; --left) {
    std::size_t next = points.size();
    for (std::size_t c = 0; c < points.size(); ++c)
      if (!served[c] && weight[c] > 0 &&
          (next == points.size() || budget * weight[c] % sum > budget * weight[next] % sum))
        next = c;
    served.at(next) = true;
    ++points.at(next);
  }
  return points;
}

Service service_of(const matching::PlanInput& input) {
  Service out{input};
  std::map<std::string, int> held;
  for (std::uint32_t i = 0; i < input.people.size(); ++i) {
    const auto& person = input.people[i];
    out.person_at[person.id] = i;
    out.people_told.push_back({person.experience, {}});
    out.person_points.push_back(shared_out(person.wishes, person_budget, input.settings.weights));
  }
  for (std::uint32_t j = 0; j < input.workers.size(); ++j) {
    const auto& worker = input.workers[j];
    out.worker_at[worker.id] = j;
    out.workers_told.push_back(told_by(worker, held, input));
    out.worker_points.push_back(shared_out(worker.wishes, worker_budget, input.settings.weights));
  }
  out.person_turn = turns(input.people, input.settings.seed);
  out.worker_turn = turns(input.workers, input.settings.seed);
  out.exclusions.insert(input.exclusions.begin(), input.exclusions.end());
  return out;
}

} // namespace kith::verify
