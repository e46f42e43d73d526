#include "connections/snapshot.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "base/zones.hpp"
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

std::optional<matching::Location> location_of(std::optional<int> east, std::optional<int> north) {
  if (!east || !north) return {};
  return matching::Location{*east, *north};
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

Result<std::vector<matching::WorkerProfile>>
worker_profiles(storage::Transaction& tx, const auth::Scope& scope, Date today, Names& names) {
  TRY_ASSIGN(const auto workers, workforce::all_workers(tx, scope));
  TRY_ASSIGN(const auto items, workforce::all_items(tx, scope));
  TRY_ASSIGN(const auto boundaries, workforce::all_boundaries(tx, scope));
  TRY_ASSIGN(const auto places, workforce::all_places(tx, scope));
  std::vector<matching::WorkerProfile> out;
  for (const Worker& worker : workers) {
    matching::WorkerProfile profile;
    profile.id = worker.id.raw;
    profile.traits = traits_of(worker);
    profile.traits.age = age_of_band(worker.age_band);
    profile.active = worker.active;
    profile.on_leave = on_leave(worker, today);
    profile.back_on = worker.leave_until;
    if (worker.open_to_new) profile.willing_on = worker.open_on;
    profile.settings_cleared = matching::codes(worker.settings);
    profile.settings_willing = profile.settings_cleared;
    for (const WorkerItem& item : items)
      if (item.worker == worker.id) profile.experience.push_back({item.tag, release_of(item.release)});
    for (const WorkerBoundary& boundary : boundaries)
      if (boundary.worker == worker.id) set_boundary(profile.boundaries, boundary);
    for (const Places& place : places)
      if (place.worker == worker.id) {
        profile.places_agreed = place.agreed;
        profile.places_live = place.live;
        profile.places_reserved = place.reserved;
      }
    names.workers.emplace_back(worker.id.raw, worker.chosen_name);
    out.push_back(std::move(profile));
  }
  std::sort(names.workers.begin(), names.workers.end());
  return out;
}

void add_wishes(matching::PersonProfile& profile, const std::vector<Preference>& preferences) {
  for (const Preference& preference : preferences) {
    if (preference.person.raw != profile.id) continue;
    for (int i = 0; i < matching::criterion_count; ++i) {
      const auto criterion = static_cast<matching::Criterion>(i);
      if (matching::name_of(criterion) != preference.criterion) continue;
      const auto strength = static_cast<matching::Strength>(preference.strength); // same five, same order
      profile.wishes.push_back({criterion, strength, matching::codes(preference.wanted)});
    }
  }
}

std::string find_name(const std::vector<std::pair<RawId, std::string>>& names, RawId id) {
  const auto at =
      std::lower_bound(names.begin(), names.end(), id,
                       [](const auto& entry, const RawId& wanted) { return entry.first < wanted; });
  return at != names.end() && at->first == id ? at->second : std::string();
}

bool on_waiting_list(ReferralState state) {
  return state == ReferralState::waiting || state == ReferralState::offered;
}

} // namespace

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
                               const matching::Settings& settings) {
  Snapshot snapshot;
  snapshot.input.settings = settings;
  TRY_ASSIGN(snapshot.input.workers, worker_profiles(tx, scope, settings.as_of, snapshot.names));
  TRY_ASSIGN(const auto people, people_waiting(tx, scope));
  TRY_ASSIGN(const auto preferences, preferences_waiting(tx, scope));
  TRY_ASSIGN(const auto consents, matching_consents_waiting(tx, scope));
  TRY_ASSIGN(const auto referrals, open_referrals(tx, scope, {0, 4000}));
  TRY_ASSIGN(const auto asked, asked_pairs(tx, scope));
  TRY_ASSIGN(const auto exclusions, workforce::live_exclusions(tx, scope));
  for (const Person& person : people) {
    const auto row = std::find_if(referrals.begin(), referrals.end(),
                                  [&](const WaitingRow& r) { return r.referral.person == person.id; });
    if (row == referrals.end() || !on_waiting_list(row->state)) continue;
    matching::PersonProfile profile = profile_of(person, settings.as_of);
    add_wishes(profile, preferences);
    profile.consents_to_matching = std::any_of(consents.begin(), consents.end(), [&](const Consent& consent) {
      return consent.person == person.id && holds(consent, scope.now());
    });
    profile.waiting_on = row->referral.waiting_on;
    profile.promise_on = row->referral.promise_on;
    profile.triage_reason = row->referral.triage_reason;
    for (const AskedPair& pair : asked)
      if (pair.referral == row->referral.id)
        (pair.open ? profile.open_offers : profile.declined).push_back(pair.worker.raw);
    snapshot.names.people.emplace_back(person.id.raw, person.chosen_name);
    snapshot.referrals.emplace_back(person.id.raw, row->referral.id);
    snapshot.input.people.push_back(std::move(profile));
  }
  std::sort(snapshot.names.people.begin(), snapshot.names.people.end());
  std::sort(snapshot.referrals.begin(), snapshot.referrals.end());
  for (const Exclusion& exclusion : exclusions)
    snapshot.input.exclusions.push_back({exclusion.person.raw, exclusion.worker.raw});
  return snapshot;
}

bool SnapshotCheck::feasible(Id<Person> person, Id<Worker> worker) const {
  const auto p = list_.find_person(person.raw), w = list_.find_worker(worker.raw);
  return p && w && list_.feasibility(list_.people()[*p], *w).candidate();
}

} // namespace kith::connections
