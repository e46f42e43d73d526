// The hard constraints of a pair (matching.md 1.1). A pair that breaks one is never offered, whatever its
// fit. Open reasons may be named to a coordinator; secret ones (exclusions, boundaries, the worker's own
// musts, walls) are one silent flag: no kind, no count, no order, so they cannot leak. Unknown facts block
// and are reported as not known. Pure; any thread.
#pragma once
#include <optional>
#include <span>

#include "matching/criteria/criterion.hpp"

namespace kith::matching {

// A side made ready once and compared often. `named` and `unnamed` own the released and matcher-only tags.
struct PreparedWorker {
  WorkerProfile profile{};
  Codes named{};
  Codes unnamed{};
  Side side() const { return {&profile.traits, &named, &unnamed}; }
};
struct PreparedPerson {
  PersonProfile profile{};
  Codes unnamed{}; // always empty
  Side side() const { return {&profile.traits, &profile.experience, &unnamed}; }
};

enum class Obstacle : std::uint8_t {
  no_consent,
  not_active,
  on_leave,
  not_taking_new,
  not_cleared,
  no_place,
  no_common_language,
  no_common_way,
  too_far,
  no_common_time,
  must_not_met,   // with the criterion
  must_not_known, // with the criterion
  languages_not_known,
  ways_not_known,
  location_not_known,
  times_not_known,
  already_asked,
  already_offered
};
std::string_view name_of(Obstacle obstacle);
std::optional<Obstacle> obstacle_named(std::string_view name);

struct OpenReason {
  Obstacle obstacle{};
  std::optional<Criterion> criterion{};
  std::optional<Date> until{}; // back from leave, or room expected
  bool operator==(const OpenReason&) const = default;
};

struct Feasibility {
  std::vector<OpenReason> open{};
  bool secret{};
  bool in_person{}; // meeting in person is possible inside both ranges
  bool remote{};
  bool candidate() const { return open.empty() && !secret; }
};

// `first_reason` stops early: enough for candidate(), not for explaining.
enum class Depth : std::uint8_t { first_reason, every_reason };

struct PairUnderTest {
  const PreparedPerson& person;
  const PreparedWorker& worker;
  std::span<const Exclusion> exclusions{}; // sorted
  const Settings& settings;
  Depth depth{Depth::every_reason};
};
Feasibility feasibility_of(const PairUnderTest& pair);

// What a person has not said and without which nobody can be offered at all.
std::vector<Obstacle> missing_for_offers(const PersonProfile& person);

} // namespace kith::matching
