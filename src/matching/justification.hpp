// Why a criterion came out as it did: a closed variant of plain values, never text. Wording turns it into a
// sentence years later from the stored JSON, in any language. Each alternative has one JSON `kind`.
#pragma once
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "matching/profile.hpp"

namespace kith::matching {

struct CommonLanguages { // kind "languages": what both speak; `wanted` = one the person asked for is among
                         // them
  Codes languages{};
  bool wanted{};
  bool operator==(const CommonLanguages&) const = default;
};
struct WithInterpreter { // kind "interpreter"
  bool operator==(const WithInterpreter&) const = default;
};
struct SharedExperience { // kind "experience": released tags by name, matcher-only ones as a mere "unnamed"
  Codes named{};
  bool unnamed{};
  bool operator==(const SharedExperience&) const = default;
};
struct SharedInterests { // kind "interests"
  Codes interests{};
  bool operator==(const SharedInterests&) const = default;
};
struct GenderIs { // kind "gender": as the other says of themselves
  Codes genders{};
  bool wanted{};
  bool operator==(const GenderIs&) const = default;
};
struct SharedCulture { // kind "culture"
  Codes cultures{};
  bool operator==(const SharedCulture&) const = default;
};
enum class AgeNearness : std::uint8_t { in_wanted_band, close, some_years_apart, far_apart };
struct AgeCompared { // kind "age": never anybody's age in figures
  AgeNearness nearness{};
  bool operator==(const AgeCompared&) const = default;
};
struct CommonTimes { // kind "times": the longest common window and the shared minutes of a week
  WeekWindow longest{};
  std::int32_t minutes_a_week{};
  bool operator==(const CommonTimes&) const = default;
};
struct Distance { // kind "distance": rounded up to whole kilometres
  std::int32_t kilometres{};
  bool operator==(const Distance&) const = default;
};
struct MeetsRemotely { // kind "remote": nearness does not matter by telephone or video
  bool operator==(const MeetsRemotely&) const = default;
};
struct OrganisationIs { // kind "organisation"
  std::string organisation{};
  bool wanted{};
  bool operator==(const OrganisationIs&) const = default;
};
struct NothingShared { // kind "nothing_shared"
  bool operator==(const NothingShared&) const = default;
};
struct NotKnown { // kind "not_known": one side has not said
  bool operator==(const NotKnown&) const = default;
};
struct NothingAsked { // kind "nothing_asked": no stated view at all, budget credited in full
  bool operator==(const NothingAsked&) const = default;
};
struct EarlierConnection { // kind "earlier_connection"
  bool operator==(const EarlierConnection&) const = default;
};

using Justification = std::variant<CommonLanguages, WithInterpreter, SharedExperience, SharedInterests,
                                   GenderIs, SharedCulture, AgeCompared, CommonTimes, Distance, MeetsRemotely,
                                   OrganisationIs, NothingShared, NotKnown, NothingAsked, EarlierConnection>;

} // namespace kith::matching
