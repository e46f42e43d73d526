#include "connections/groups.hpp"

namespace kith::connections {
namespace {

std::string language_of(const matching::Traits& traits) {
  if (!traits.languages || traits.languages->empty()) return {};
  return matching::contains(*traits.languages, "en") ? "en" : traits.languages->front();
}

std::string age_of(const matching::Traits& traits) {
  if (!traits.age) return {};
  const int age = *traits.age;
  return age < 18 ? "0-17" : age < 30 ? "18-29" : age < 46 ? "30-45" : age < 61 ? "46-60" : "61-";
}

} // namespace

std::vector<matching::FaresBy> fares_by_group(const matching::TwoPlans& plans, const Snapshot& snapshot) {
  std::vector<matching::InGroup> language, area, age;
  for (const matching::PersonProfile& person : snapshot.input.people) { // sorted by id
    language.push_back({person.id, language_of(person.traits)});
    age.push_back({person.id, age_of(person.traits)});
  }
  for (const auto& [person, name] : snapshot.areas) area.push_back({person, name});
  return {{"language", matching::fares(plans, language)},
          {"area", matching::fares(plans, area)},
          {"age", matching::fares(plans, age)}};
}

} // namespace kith::connections
