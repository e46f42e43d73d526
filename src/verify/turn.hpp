// Who comes first, from dates and named reasons alone, and whether a pair is close enough to be offered yet
// under the dial. A second writing of the ladder in docs/matching/verify.md. Pure; any thread.
#pragma once
#include <optional>

#include "verify/service.hpp"

namespace kith::verify {

Date promise_of(const matching::PersonProfile& person, const matching::Settings& settings);
std::int64_t class_of(const matching::PersonProfile& person, const matching::Settings& settings);

// The least person part with which this person may be offered somebody on settings.as_of, and the first day
// on which that no longer holds; nothing when no floor holds.
struct Least {
  std::int32_t person_part{};
  Date until{};
};
std::optional<Least> least_for(const matching::PersonProfile& person, const matching::Settings& settings);

} // namespace kith::verify
