// Who first: the priority class 0..1,023 of a person (matching.md 1.3), computed from dates and named triage
// reasons, never typed in. Named reasons stand highest, in the service's order; then overdue promises by band
// of days overdue; then promises not yet due, nearest first. Severity is never an input. The dial sets the
// band and the floor: below it a pair waits, until a date, for somebody closer; never for an overdue person.
#pragma once
#include <optional>

#include "matching/explanation.hpp"
#include "matching/settings.hpp"

namespace kith::matching {

Date promise_of(const PersonProfile& person, const Settings& settings);
std::int32_t band_days(Dial dial); // 0 = one band
std::uint16_t class_of(const PersonProfile& person, const Settings& settings);

struct Floor {
  Closeness at_least{};
  Date until{}; // the first day on which it no longer holds
};
// The floor that holds for this person on settings.as_of; nothing when none does.
std::optional<Floor> floor_of(const PersonProfile& person, const Settings& settings);

} // namespace kith::matching
