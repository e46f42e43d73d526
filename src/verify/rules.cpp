#include "verify/rules.hpp"

#include <algorithm>

#include "verify/grades.hpp"

namespace kith::verify {
namespace {

using matching::PersonProfile;
using matching::Strength;
using matching::Traits;
using matching::WorkerProfile;

bool lists(const std::vector<RawId>& ids, RawId id) {
  for (const RawId each : ids)
    if (each == id) return true;
  return false;
}

std::string_view worker_rule_broken(const PersonProfile& person, const WorkerProfile& worker,
                                    const matching::Settings& settings) {
  if (!worker.active) return "not_active";
  if (worker.on_leave) return "on_leave";
  if (!worker.willing_on || settings.as_of - *worker.willing_on > settings.willing_days)
    return "willingness_stale";
  if (worker.places_agreed - worker.places_live - worker.places_reserved <= 0) return "no_place";
  if (person.setting.empty()) return {};
  if (!holds(worker.settings_willing, person.setting)) return "setting_not_open";
  return holds(worker.settings_cleared, person.setting) ? std::string_view() : "not_cleared";
}

bool could_talk(const Traits& a, const Traits& b) {
  if (!a.languages || !b.languages || a.languages->empty() || b.languages->empty()) return false;
  return in_common(*a.languages, *b.languages) > 0 || (a.accepts_interpreter && b.accepts_interpreter);
}

bool breaks_a_must(const matching::Wishes& wishes, const OneSide& wisher, const OneSide& other,
                   const matching::Settings& settings) {
  for (const matching::Wish& wish : wishes)
    if (wish.strength == Strength::must && !judge(wish, wisher, other, settings).meets_must) return true;
  return false;
}

bool crosses_a_boundary(const PersonProfile& person, const matching::Boundaries& limits) {
  const Traits& traits = person.traits;
  if (!limits.only_genders.empty() &&
      (!traits.genders || in_common(*traits.genders, limits.only_genders) == 0))
    return true;
  if (limits.age_least && (!traits.age || *traits.age < *limits.age_least)) return true;
  if (limits.age_most && (!traits.age || *traits.age > *limits.age_most)) return true;
  if (in_common(person.experience, limits.not_experience) > 0) return true;
  if (traits.cultures && in_common(*traits.cultures, limits.not_cultures) > 0) return true;
  return !person.setting.empty() && holds(limits.not_settings, person.setting);
}

bool behind_a_wall(const Traits& a, const Traits& b, const std::vector<matching::Wall>& walls) {
  if (!a.organisation || !b.organisation) return false;
  for (const matching::Wall& wall : walls)
    if ((wall.a == *a.organisation && wall.b == *b.organisation) ||
        (wall.b == *a.organisation && wall.a == *b.organisation))
      return true;
  return false;
}

} // namespace

bool could_meet_in_person(const Traits& a, const Traits& b) {
  return a.in_person.value_or(false) && b.in_person.value_or(false) && a.location && b.location &&
         a.range_metres && b.range_metres &&
         within(*a.location, *b.location, std::min(*a.range_metres, *b.range_metres));
}

bool could_meet_remotely(const Traits& a, const Traits& b) {
  return a.remote.value_or(false) && b.remote.value_or(false);
}

std::string_view open_rule_broken(const Service& service, Pair pair) {
  const PersonProfile& person = service.person(pair);
  const WorkerProfile& worker = service.worker(pair);
  const matching::Settings& settings = service.input.settings;
  if (!person.consents_to_matching) return "no_consent";
  if (lists(person.open_offers, worker.id)) return "already_offered";
  if (lists(person.declined, worker.id)) return "already_asked";
  if (const auto broken = worker_rule_broken(person, worker, settings); !broken.empty()) return broken;
  if (!could_talk(person.traits, worker.traits)) return "no_common_language";
  if (!could_meet_in_person(person.traits, worker.traits) &&
      !could_meet_remotely(person.traits, worker.traits))
    return "no_common_way";
  const auto& mine = person.traits.availability;
  const auto& theirs = worker.traits.availability;
  if (!mine || !theirs || !share_a_stretch(*mine, *theirs, settings.min_shared_minutes))
    return "no_common_time";
  const OneSide asks{person.traits, service.people_told[pair.person]};
  const OneSide answers{worker.traits, service.workers_told[pair.worker]};
  return breaks_a_must(person.wishes, asks, answers, settings) ? "must_not_met" : std::string_view();
}

std::string_view secret_rule_broken(const Service& service, Pair pair) {
  const PersonProfile& person = service.person(pair);
  const WorkerProfile& worker = service.worker(pair);
  if (service.exclusions.contains({person.id, worker.id})) return "excluded";
  if (crosses_a_boundary(person, worker.boundaries)) return "boundary_of_worker";
  if (behind_a_wall(person.traits, worker.traits, service.input.settings.walls)) return "wall";
  const OneSide asks{worker.traits, service.workers_told[pair.worker]};
  const OneSide answers{person.traits, service.people_told[pair.person]};
  return breaks_a_must(worker.wishes, asks, answers, service.input.settings) ? "must_of_worker"
                                                                             : std::string_view();
}

std::vector<std::string_view> not_said(const PersonProfile& person) {
  const Traits& traits = person.traits;
  std::vector<std::string_view> out;
  if (!traits.languages || traits.languages->empty()) out.emplace_back("languages_not_known");
  if (!traits.in_person && !traits.remote) out.emplace_back("ways_not_known");
  const bool face_to_face_only = traits.in_person.value_or(false) && !traits.remote.value_or(false);
  if (face_to_face_only && (!traits.location || !traits.range_metres)) out.emplace_back("location_not_known");
  if (!traits.availability) out.emplace_back("times_not_known");
  return out;
}

} // namespace kith::verify
