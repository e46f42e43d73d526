#include "matching/feasibility.hpp"

#include <algorithm>
#include <array>

#include "matching/nearness.hpp"

namespace kith::matching {
namespace {

constexpr std::array<std::string_view, 18> names{
    "no_consent",          "not_active",     "on_leave",
    "not_taking_new",      "not_cleared",    "no_place",
    "no_common_language",  "no_common_way",  "too_far",
    "no_common_time",      "must_not_met",   "must_not_known",
    "languages_not_known", "ways_not_known", "location_not_known",
    "times_not_known",     "already_asked",  "already_offered"};

bool lists(const std::vector<RawId>& ids, RawId id) {
  return std::find(ids.begin(), ids.end(), id) != ids.end();
}

// Collects open reasons; `full` once the caller needs no more.
struct Findings {
  Feasibility& out;
  Depth depth;
  void add(Obstacle obstacle, std::optional<Criterion> criterion = {}, std::optional<Date> until = {}) {
    out.open.push_back({obstacle, criterion, until});
  }
  bool full() const { return depth == Depth::first_reason && !out.open.empty(); }
};

void worker_can_take_somebody(const PairUnderTest& pair, Findings& found) {
  const WorkerProfile& worker = pair.worker.profile;
  const PersonProfile& person = pair.person.profile;
  if (!worker.active) found.add(Obstacle::not_active);
  if (worker.on_leave) found.add(Obstacle::on_leave, {}, worker.back_on);
  const bool fresh =
      worker.willing_on && pair.settings.as_of - *worker.willing_on <= pair.settings.willing_days;
  const bool open_here = person.setting.empty() || contains(worker.settings_willing, person.setting);
  if (!fresh || !open_here) found.add(Obstacle::not_taking_new);
  if (!person.setting.empty() && !contains(worker.settings_cleared, person.setting))
    found.add(Obstacle::not_cleared);
  if (worker.free_places() == 0 && !lists(person.open_offers, worker.id))
    found.add(Obstacle::no_place, {}, worker.room_on);
}

void can_talk(const Traits& person, const Traits& worker, Findings& found) {
  if (!person.languages || person.languages->empty() || !worker.languages || worker.languages->empty())
    return found.add(Obstacle::languages_not_known);
  if (shared(*person.languages, *worker.languages).empty() &&
      !(person.accepts_interpreter && worker.accepts_interpreter))
    found.add(Obstacle::no_common_language);
}

bool may_be(const std::optional<bool>& a, const std::optional<bool>& b) {
  return a.value_or(true) && b.value_or(true);
}
bool both(const std::optional<bool>& a, const std::optional<bool>& b) {
  return a.value_or(false) && b.value_or(false);
}

void can_meet(const Traits& person, const Traits& worker, Findings& found) {
  found.out.remote = both(person.remote, worker.remote);
  const bool face_to_face = both(person.in_person, worker.in_person);
  const bool located = person.location && worker.location && person.range_metres && worker.range_metres;
  found.out.in_person = face_to_face && located &&
                        metres_between(*person.location, *worker.location) <=
                            std::min(*person.range_metres, *worker.range_metres);
  if (found.out.remote || found.out.in_person) return;
  if (face_to_face && !located) return found.add(Obstacle::location_not_known);
  if (face_to_face) return found.add(Obstacle::too_far);
  if (may_be(person.remote, worker.remote) || may_be(person.in_person, worker.in_person))
    return found.add(Obstacle::ways_not_known);
  found.add(Obstacle::no_common_way);
}

void share_time(const PairUnderTest& pair, Findings& found) {
  const auto& person = pair.person.profile.traits.availability;
  const auto& worker = pair.worker.profile.traits.availability;
  if (!person || !worker) return found.add(Obstacle::times_not_known);
  if (!has_stretch(*person & *worker, pair.settings.min_shared_minutes)) found.add(Obstacle::no_common_time);
}

void musts_of_the_person(const PairUnderTest& pair, Findings& found) {
  const Side person = pair.person.side(), worker = pair.worker.side();
  for (const Wish& wish : pair.person.profile.wishes) {
    if (wish.strength != Strength::must) continue;
    const Grade grade = definition_of(wish.criterion).grade({wish, person, worker, pair.settings});
    if (grade.satisfies_must) continue;
    found.add(grade.meets == Meets::not_known ? Obstacle::must_not_known : Obstacle::must_not_met,
              wish.criterion);
  }
}

bool keeps_boundaries(const PersonProfile& person, const Boundaries& limits) {
  if (!limits.only_genders.empty() &&
      (!person.traits.genders || shared(limits.only_genders, *person.traits.genders).empty()))
    return false;
  if (limits.age_least && (!person.traits.age || *person.traits.age < *limits.age_least)) return false;
  if (limits.age_most && (!person.traits.age || *person.traits.age > *limits.age_most)) return false;
  if (!shared(limits.not_experience, person.experience).empty()) return false;
  if (person.traits.cultures && !shared(limits.not_cultures, *person.traits.cultures).empty()) return false;
  return person.setting.empty() || !contains(limits.not_settings, person.setting);
}

bool walled(const PairUnderTest& pair) {
  const auto& a = pair.person.profile.traits.organisation;
  const auto& b = pair.worker.profile.traits.organisation;
  if (!a || !b) return false;
  return std::any_of(pair.settings.walls.begin(), pair.settings.walls.end(), [&](const Wall& wall) {
    return (wall.a == *a && wall.b == *b) || (wall.a == *b && wall.b == *a);
  });
}

bool secretly_not_available(const PairUnderTest& pair) {
  const Exclusion named{pair.person.profile.id, pair.worker.profile.id};
  if (std::binary_search(pair.exclusions.begin(), pair.exclusions.end(), named)) return true;
  if (!keeps_boundaries(pair.person.profile, pair.worker.profile.boundaries) || walled(pair)) return true;
  const Side person = pair.person.side(), worker = pair.worker.side();
  for (const Wish& wish : pair.worker.profile.wishes)
    if (wish.strength == Strength::must &&
        !definition_of(wish.criterion).grade({wish, worker, person, pair.settings}).satisfies_must)
      return true;
  return false;
}

} // namespace

std::string_view name_of(Obstacle obstacle) { return names.at(static_cast<std::size_t>(obstacle)); }

std::optional<Obstacle> obstacle_named(std::string_view name) {
  const auto at = std::find(names.begin(), names.end(), name);
  if (at == names.end()) return std::nullopt;
  return static_cast<Obstacle>(at - names.begin());
}

Feasibility feasibility_of(const PairUnderTest& pair) {
  Feasibility out;
  Findings found{out, pair.depth};
  const PersonProfile& person = pair.person.profile;
  const Traits& mine = person.traits;
  const Traits& theirs = pair.worker.profile.traits;
  if (!person.consents_to_matching) found.add(Obstacle::no_consent);
  worker_can_take_somebody(pair, found);
  if (found.full()) return out;
  can_talk(mine, theirs, found);
  can_meet(mine, theirs, found);
  share_time(pair, found);
  if (found.full()) return out;
  musts_of_the_person(pair, found);
  if (lists(person.declined, pair.worker.profile.id)) found.add(Obstacle::already_asked);
  if (lists(person.open_offers, pair.worker.profile.id)) found.add(Obstacle::already_offered);
  out.secret = secretly_not_available(pair);
  return out;
}

std::vector<Obstacle> missing_for_offers(const PersonProfile& person) {
  std::vector<Obstacle> out;
  const Traits& traits = person.traits;
  if (!traits.languages || traits.languages->empty()) out.push_back(Obstacle::languages_not_known);
  if (!traits.in_person && !traits.remote) out.push_back(Obstacle::ways_not_known);
  const bool only_in_person = traits.in_person.value_or(false) && !traits.remote.value_or(false);
  if (only_in_person && (!traits.location || !traits.range_metres))
    out.push_back(Obstacle::location_not_known);
  if (!traits.availability) out.push_back(Obstacle::times_not_known);
  return out;
}

} // namespace kith::matching
