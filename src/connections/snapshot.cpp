#include "connections/snapshot.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "base/text.hpp"
#include "base/zones.hpp"
#include "connections/task.hpp"
#include "workforce/worker_store.hpp"

namespace kith::connections {
namespace {

using matching::Codes;

std::optional<Codes> known(const std::vector<std::string>& values) {
  if (values.empty()) return {};
  return matching::codes(values);
}

std::optional<WeekMask> week_of(const std::string& text) {
  if (text.empty()) return {};
  auto mask = parse_week(text);
  return mask.ok() ? std::optional<WeekMask>(mask.value()) : std::nullopt;
}

// A worker gives an age band, not a birthday: matching takes the middle of it.
std::optional<std::int32_t> age_of_band(std::string_view band) {
  if (band == "18-29") return 24;
  if (band == "30-45") return 38;
  if (band == "46-60") return 53;
  if (band == "61-") return 67;
  return {};
}

template <class Record> matching::Traits traits_of(const Record& record) {
  matching::Traits traits;
  traits.languages = known(record.languages);
  if (!record.modes.empty()) {
    const auto has = [&](const char* mode) {
      return std::find(record.modes.begin(), record.modes.end(), mode) != record.modes.end();
    };
    traits.in_person = has("in_person");
    traits.remote = has("remote");
  }
  traits.location = location_of(record.east_m, record.north_m);
  traits.range_metres = record.travel_m;
  traits.availability = week_of(record.availability);
  if (!record.gender.empty()) traits.genders = matching::codes({record.gender});
  traits.cultures = known(record.culture);
  traits.interests = known(record.interests);
  return traits;
}

matching::PersonProfile profile_of(const Person& person, Date today) {
  matching::PersonProfile profile;
  profile.id = person.id.raw;
  profile.traits = traits_of(person);
  profile.traits.accepts_interpreter = person.interpreter;
  if (person.born_on) profile.traits.age = age_on(*person.born_on, today);
  profile.experience = matching::codes(person.experience);
  return profile;
}

matching::Release release_of(Release release) {
  switch (release) {
  case Release::private_to_worker:
    return matching::Release::private_to_worker;
  case Release::supervisor:
    return matching::Release::supervisor;
  case Release::after_agreement:
    return matching::Release::after_agreement;
  case Release::released:
    return matching::Release::released;
  }
  return matching::Release::private_to_worker;
}

void set_boundary(matching::Boundaries& boundaries, const WorkerBoundary& boundary) {
  const auto add = [&](Codes& codes) {
    codes.push_back(boundary.value);
    codes = matching::codes(std::move(codes));
  };
  if (boundary.kind == "only_gender") add(boundaries.only_genders);
  else if (boundary.kind == "not_experience") add(boundaries.not_experience);
  else if (boundary.kind == "not_culture") add(boundaries.not_cultures);
  else if (boundary.kind == "not_setting") add(boundaries.not_settings);
  else if (boundary.kind == "age_least")
    boundaries.age_least = static_cast<int>(*parse_integer(boundary.value));
  else if (boundary.kind == "age_most")
    boundaries.age_most = static_cast<int>(*parse_integer(boundary.value));
}

using ByPerson = std::map<Id<Person>, matching::PersonProfile>;
using ByWorker = std::map<Id<Worker>, matching::WorkerProfile>;

template <class Map, class Key> auto* find_in(Map& map, const Key& key) {
  const auto at = map.find(key);
  return at == map.end() ? nullptr : &at->second;
}

template <class Map> auto profiles_in(Map map) {
  std::vector<typename Map::mapped_type> out;
  out.reserve(map.size());
  for (auto& entry : map) out.push_back(std::move(entry.second));
  return out;
}

Result<std::vector<matching::WorkerProfile>>
worker_profiles(storage::Transaction& tx, const auth::Scope& scope, Date today, Names& names) {
  TRY_ASSIGN(const auto workers, workforce::all_workers(tx, scope));
  TRY_ASSIGN(const auto items, workforce::all_items(tx, scope));
  TRY_ASSIGN(const auto boundaries, workforce::all_boundaries(tx, scope));
  TRY_ASSIGN(const auto places, workforce::all_places(tx, scope));
  ByWorker out;
  for (const Worker& worker : workers) {
    matching::WorkerProfile& profile = out[worker.id];
    profile.id = worker.id.raw;
    profile.traits = traits_of(worker);
    profile.traits.age = age_of_band(worker.age_band);
    profile.active = worker.active;
    profile.on_leave = on_leave(worker, today);
    profile.back_on = worker.leave_until;
    if (worker.open_to_new) profile.willing_on = worker.open_on;
    profile.settings_cleared = matching::codes(worker.settings);
    profile.settings_willing = profile.settings_cleared;
    names.workers.emplace_back(worker.id.raw, worker.chosen_name);
  }
  for (const WorkerItem& item : items)
    if (auto* profile = find_in(out, item.worker))
      profile->experience.push_back({item.tag, release_of(item.release)});
  for (const WorkerBoundary& boundary : boundaries)
    if (auto* profile = find_in(out, boundary.worker)) set_boundary(profile->boundaries, boundary);
  for (const Places& place : places)
    if (auto* profile = find_in(out, place.worker)) {
      profile->places_agreed = place.agreed;
      profile->places_live = place.live;
      profile->places_reserved = place.reserved;
    }
  std::sort(names.workers.begin(), names.workers.end());
  return profiles_in(std::move(out));
}

void add_wish(matching::PersonProfile& profile, const Preference& preference) {
  for (int i = 0; i < matching::criterion_count; ++i) {
    const auto criterion = static_cast<matching::Criterion>(i);
    if (matching::name_of(criterion) != preference.criterion) continue;
    const auto strength = static_cast<matching::Strength>(preference.strength); // same five, same order
    profile.wishes.push_back({criterion, strength, matching::codes(preference.wanted)});
  }
}

std::string find_name(const std::vector<std::pair<RawId, std::string>>& names, RawId id) {
  const auto at =
      std::lower_bound(names.begin(), names.end(), id,
                       [](const auto& entry, const RawId& wanted) { return entry.first < wanted; });
  return at != names.end() && at->first == id ? at->second : std::string();
}

} // namespace

std::optional<matching::Location> location_of(std::optional<int> east, std::optional<int> north) {
  if (!east || !north) return {};
  return matching::Location{*east, *north};
}

matching::IdNames id_names(const std::vector<std::pair<RawId, std::string>>& names) {
  std::vector<matching::IdName> out;
  out.reserve(names.size());
  for (const auto& [id, name] : names) out.push_back({id, name});
  return matching::IdNames(std::move(out));
}

std::string Names::of_person(RawId id) const { return find_name(people, id); }
std::string Names::of_worker(RawId id) const { return find_name(workers, id); }

std::vector<matching::Obstacle> missing_for_matching(const Person& person) {
  return matching::missing_for_offers(profile_of(person, Date{}));
}

Result<matching::Settings> default_settings(storage::Transaction& tx, const auth::Scope& scope) {
  TRY_ASSIGN(const Organisation organisation, teams::load_organisation(tx));
  matching::Settings settings;
  settings.as_of = local_date(scope.now(), organisation.zone);
  settings.promise_days = organisation.promise_days;
  return settings;
}

Result<Snapshot> take_snapshot(storage::Transaction& tx, const auth::Scope& scope,
                               const matching::Settings& settings, const Waiters& of) {
  Snapshot snapshot;
  snapshot.input.settings = settings;
  TRY_ASSIGN(snapshot.input.workers, worker_profiles(tx, scope, settings.as_of, snapshot.names));
  TRY_ASSIGN(const auto people, people_waiting(tx, scope, of));
  TRY_ASSIGN(const auto preferences, preferences_waiting(tx, scope, of));
  TRY_ASSIGN(const auto consents, matching_consents_waiting(tx, scope, of));
  TRY_ASSIGN(const auto referrals, referrals_waiting(tx, scope, of));
  TRY_ASSIGN(const auto asked, asked_pairs(tx, scope, of));
  TRY_ASSIGN(const auto exclusions, workforce::live_exclusions(tx, scope));
  std::map<Id<Person>, const Referral*> referral_of;
  std::map<Id<Referral>, Id<Person>> person_of;
  for (const Referral& referral : referrals) {
    referral_of[referral.person] = &referral;
    person_of[referral.id] = referral.person;
  }
  ByPerson waiting;
  for (const Person& person : people) {
    const auto row = referral_of.find(person.id);
    if (row == referral_of.end()) continue;
    matching::PersonProfile& profile = waiting[person.id];
    profile = profile_of(person, settings.as_of);
    profile.waiting_on = row->second->waiting_on;
    profile.promise_on = row->second->promise_on;
    profile.triage_reason = row->second->triage_reason;
    snapshot.names.people.emplace_back(person.id.raw, person.chosen_name);
    snapshot.referrals.emplace_back(person.id.raw, row->second->id);
    snapshot.areas.emplace_back(person.id.raw, person.area);
  }
  for (const Preference& preference : preferences)
    if (auto* profile = find_in(waiting, preference.person)) add_wish(*profile, preference);
  for (const Consent& consent : consents)
    if (auto* profile = find_in(waiting, consent.person); profile && holds(consent, scope.now()))
      profile->consents_to_matching = true;
  for (const AskedPair& pair : asked)
    if (const auto person = person_of.find(pair.referral); person != person_of.end())
      if (auto* profile = find_in(waiting, person->second))
        (pair.open ? profile->open_offers : profile->declined).push_back(pair.worker.raw);
  snapshot.input.people = profiles_in(std::move(waiting));
  std::sort(snapshot.names.people.begin(), snapshot.names.people.end());
  std::sort(snapshot.referrals.begin(), snapshot.referrals.end());
  std::sort(snapshot.areas.begin(), snapshot.areas.end());
  for (const Exclusion& exclusion : exclusions)
    snapshot.input.exclusions.push_back({exclusion.person.raw, exclusion.worker.raw});
  return snapshot;
}

Result<PlanSnapshot> take_plan_snapshot(storage::Transaction& tx, const auth::Scope& scope,
                                        const matching::Settings& settings) {
  PlanSnapshot out;
  TRY_ASSIGN(out.snapshot, take_snapshot(tx, scope, settings));
  TRY_ASSIGN(const auto referrals, referrals_to_ask_later(tx, scope, {.today = settings.as_of}));
  std::set<RawId> later;
  for (const auto& [person, referral] : out.snapshot.referrals)
    if (std::binary_search(referrals.begin(), referrals.end(), referral)) later.insert(person);
  auto& people = out.snapshot.input.people;
  out.asked_later =
      static_cast<int>(std::erase_if(people, [&](const auto& person) { return later.contains(person.id); }));
  return out;
}

bool SnapshotCheck::feasible(Id<Person> person, Id<Worker> worker) const {
  const auto p = list_.find_person(person.raw), w = list_.find_worker(worker.raw);
  return p && w && list_.feasibility(list_.people()[*p], *w).candidate();
}

bool SnapshotCheck::still_feasible(Id<Person> person, Id<Worker> worker) const {
  const auto p = list_.find_person(person.raw), w = list_.find_worker(worker.raw);
  if (!p || !w) return false;
  const matching::Feasibility found = list_.feasibility(list_.people()[*p], *w);
  return !found.secret && std::all_of(found.open.begin(), found.open.end(), [](const auto& reason) {
    return reason.obstacle == matching::Obstacle::already_offered;
  });
}

} // namespace kith::connections
