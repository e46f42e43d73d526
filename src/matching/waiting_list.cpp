#include "matching/waiting_list.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "base/random.hpp"
#include "matching/engine/asking.hpp"
#include "matching/engine/one_less.hpp"

namespace kith::matching {
namespace {

template <class Profile> bool sorted_once(std::vector<Profile>& profiles) {
  std::sort(profiles.begin(), profiles.end(), [](const Profile& a, const Profile& b) { return a.id < b.id; });
  return std::adjacent_find(profiles.begin(), profiles.end(), [](const Profile& a, const Profile& b) {
           return a.id == b.id;
         }) == profiles.end();
}

template <class Profile> bool wishes_once(const std::vector<Profile>& profiles) {
  return std::all_of(profiles.begin(), profiles.end(), [](const Profile& profile) {
    std::set<Criterion> seen;
    return std::all_of(profile.wishes.begin(), profile.wishes.end(),
                       [&](const Wish& wish) { return seen.insert(wish.criterion).second; });
  });
}

// Tags that enough active workers hold, released or matcher-only: fewer, and an unnamed one would point at
// somebody. Exclusions play no part in the count.
std::set<std::string> tags_common_enough(const std::vector<WorkerProfile>& workers, std::int32_t least) {
  std::map<std::string, std::int32_t> holders;
  for (const WorkerProfile& worker : workers) {
    if (!worker.active) continue;
    std::set<std::string> tags;
    for (const ExperienceItem& item : worker.experience)
      if (item.release >= Release::matcher_only) tags.insert(item.tag);
    for (const std::string& tag : tags) ++holders[tag];
  }
  std::set<std::string> out;
  for (const auto& [tag, count] : holders)
    if (count >= least) out.insert(tag);
  return out;
}

PreparedWorker prepared(WorkerProfile worker, const Settings& settings, const std::set<std::string>& common) {
  PreparedWorker out;
  std::vector<std::string> named, unnamed;
  for (const ExperienceItem& item : worker.experience) {
    if (item.release == Release::released) named.push_back(item.tag);
    if (item.release == Release::matcher_only && settings.allows_matcher_only && common.contains(item.tag))
      unnamed.push_back(item.tag);
  }
  out.named = codes(std::move(named));
  std::erase_if(unnamed, [&](const std::string& tag) { return contains(out.named, tag); });
  out.unnamed = codes(std::move(unnamed));
  out.profile = std::move(worker);
  return out;
}

template <class Prepared>
std::optional<std::uint32_t> position_of(const std::vector<Prepared>& sorted, RawId id) {
  const auto at = std::lower_bound(sorted.begin(), sorted.end(), id,
                                   [](const Prepared& a, RawId wanted) { return a.profile.id < wanted; });
  if (at == sorted.end() || at->profile.id != id) return std::nullopt;
  return static_cast<std::uint32_t>(at - sorted.begin());
}

} // namespace

Result<WaitingList> WaitingList::prepare(PlanInput input, Pairs pairs) {
  if (!sorted_once(input.people)) return invalid("match.person_twice");
  if (!sorted_once(input.workers)) return invalid("match.worker_twice");
  if (!wishes_once(input.people) || !wishes_once(input.workers)) return invalid("match.wish_twice");
  if (input.settings.choices < 1 || input.settings.choices > 7) return invalid("match.choices");
  if (input.settings.offers_per_place < 1) return invalid("match.offers_per_place");
  WaitingList list;
  list.settings_ = std::move(input.settings);
  list.exclusions_ = std::move(input.exclusions);
  std::sort(list.exclusions_.begin(), list.exclusions_.end());
  const auto common = tags_common_enough(input.workers, list.settings_.unnamed_least_workers);
  for (PersonProfile& person : input.people) {
    list.person_budgets_.push_back(budget_of(person.wishes, person_budget, list.settings_.weights));
    list.people_.push_back({std::move(person), {}});
  }
  for (WorkerProfile& worker : input.workers) {
    list.worker_budgets_.push_back(budget_of(worker.wishes, worker_budget, list.settings_.weights));
    list.workers_.push_back(prepared(std::move(worker), list.settings_, common));
  }
  list.compiled_ = Compiled(list.workers_, list.worker_budgets_, list.settings_);
  if (pairs == Pairs::all)
    for (std::uint32_t i = 0; i < list.people_.size(); ++i) list.find_possible(i);
  return list;
}

void WaitingList::find_possible(std::uint32_t person) {
  const engine::Question asked = question(people_[person]);
  engine::Asking asking(compiled_.columns(), asked);
  engine::PersonParts parts;
  const std::size_t first = possible_.size();
  for (std::uint32_t block = 0; block < compiled_.columns().blocks(); ++block) {
    const engine::Line live = asking.possible(block);
    if (live.empty()) continue;
    asking.weigh(block, live, parts);
    engine::each_worker(block, live, [&](std::uint32_t place) {
      possible_.push_back({person, compiled_.worker_at(place),
                           Parts{parts.of[place % engine::block_workers], asking.worker_part(place),
                                 asking.service_part(place)}});
    });
  }
  std::sort(possible_.begin() + static_cast<std::ptrdiff_t>(first), possible_.end(),
            [](const Possible& a, const Possible& b) { return a.worker < b.worker; });
}

std::optional<std::uint32_t> WaitingList::find_person(RawId id) const { return position_of(people_, id); }
std::optional<std::uint32_t> WaitingList::find_worker(RawId id) const { return position_of(workers_, id); }

engine::Question WaitingList::question(const PreparedPerson& person) const {
  return compiled_.question(person, budget_of(person.profile.wishes, person_budget, settings_.weights),
                            exclusions_);
}

std::vector<std::uint32_t> WaitingList::breaking(const PreparedPerson& person, int clauses) const {
  std::vector<std::uint32_t> out = engine::breaking(compiled_.columns(), question(person), clauses);
  for (std::uint32_t& place : out) place = compiled_.worker_at(place);
  std::sort(out.begin(), out.end());
  return out;
}

std::vector<std::uint32_t> WaitingList::openly_possible(const PreparedPerson& person) const {
  return breaking(person, 0);
}

std::vector<std::uint32_t> WaitingList::one_reason_short(const PreparedPerson& person) const {
  return breaking(person, 1);
}

Feasibility WaitingList::feasibility(const PreparedPerson& person, std::uint32_t worker) const {
  return feasibility_of({person, workers_.at(worker), exclusions_, settings_, Depth::every_reason});
}

Parts WaitingList::parts(const PreparedPerson& person, std::uint32_t worker) const {
  const Budget budget = budget_of(person.profile.wishes, person_budget, settings_.weights);
  return weigh({person, workers_.at(worker), budget, worker_budgets_[worker], settings_});
}

Explanation WaitingList::explanation(const PreparedPerson& person, std::uint32_t worker) const {
  const Budget budget = budget_of(person.profile.wishes, person_budget, settings_.weights);
  return explain({person, workers_.at(worker), budget, worker_budgets_[worker], settings_},
                 feasibility(person, worker));
}

std::vector<Cell> WaitingList::cells(const PreparedPerson& person, std::uint32_t worker) const {
  const Budget budget = budget_of(person.profile.wishes, person_budget, settings_.weights);
  return cells_of({person, workers_.at(worker), budget, worker_budgets_[worker], settings_});
}

Result<engine::Instance> WaitingList::instance(Dial dial) const {
  Settings settings = settings_;
  settings.dial = dial;
  engine::Instance out;
  out.seed = settings.seed;
  std::vector<std::optional<Floor>> floors;
  for (const PreparedPerson& person : people_) {
    engine::InstancePerson made;
    made.id = mix(person.profile.id.high, person.profile.id.low);
    made.klass = class_of(person.profile, settings);
    made.order = person.profile.waiting_on.days;
    made.already_offered =
        static_cast<std::uint8_t>(std::min<std::size_t>(person.profile.open_offers.size(), 7));
    out.people.push_back(made);
    floors.push_back(floor_of(person.profile, settings));
  }
  for (const PreparedWorker& worker : workers_)
    out.workers.push_back({mix(worker.profile.id.high, worker.profile.id.low),
                           static_cast<std::uint16_t>(std::min(worker.profile.free_places(), 4'095))});
  for (const Possible& pair : possible_) {
    const auto& floor = floors[pair.person];
    if (floor && closeness_of(pair.parts.person, settings.closeness) > floor->at_least) continue;
    out.pairs.push_back({pair.person, pair.worker, pair.parts.person, pair.parts.worker, pair.parts.service});
  }
  TRY(engine::validate(out));
  return out;
}

} // namespace kith::matching
