// What matching may know about somebody: plain profiles, built by whoever owns the records (the stores, or
// the reader of `kith match FOLDER`). There is no field for a name, for free text or for a diagnosis: what
// has no field cannot enter. Used by feasibility, criteria, plan and explanation.
//
// Absent optional fields are *unknown*, and unknown never satisfies a must. Code lists (`Codes`) hold codes
// of the service's own lists, sorted and without doubles: build them with `codes`. Threads: plain values.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.hpp"
#include "base/time.hpp"
#include "base/week.hpp"

namespace kith::matching {

using Codes = std::vector<std::string>;
Codes codes(std::vector<std::string> values); // sorted, unique, empties dropped
bool contains(const Codes& codes, std::string_view code);
Codes shared(const Codes& a, const Codes& b);

// One projection per service; people in hidden-contact mode give a coarse area's centre.
struct Location {
  std::int32_t east_metres{};
  std::int32_t north_metres{};
  bool operator==(const Location&) const = default;
};

// Order is the criterion id: ties of the budget go to the smaller. Their names: criteria/criterion.hpp.
enum class Criterion : std::uint8_t {
  language,
  experience,
  interests,
  gender,
  culture,
  age,
  times,
  nearness,
  organisation
};
inline constexpr int criterion_count = 9;

enum class Strength : std::uint8_t { must, matters, a_little, no_view, avoid };
std::string_view name_of(Strength strength);
std::optional<Strength> strength_named(std::string_view name);

// One view on one criterion. What `wanted` may hold is documented in the criterion's file; empty means the
// obvious (a common language, shared interests, close in age ...).
struct Wish {
  Criterion criterion{};
  Strength strength{Strength::no_view};
  Codes wanted{};
};
using Wishes = std::vector<Wish>; // at most one per criterion

// What both sides describe about themselves.
struct Traits {
  std::optional<Codes> languages{};
  std::optional<bool> in_person{}; // willing to meet face to face
  std::optional<bool> remote{};    // willing to meet by telephone or video
  std::optional<Location> location{};
  std::optional<std::int32_t> range_metres{}; // how far they travel
  std::optional<WeekMask> availability{};
  std::optional<Codes> genders{};
  std::optional<Codes> cultures{}; // culture and community tags
  std::optional<std::int32_t> age{};
  std::optional<Codes> interests{};
  std::optional<std::string> organisation{};
  bool accepts_interpreter{};
};

struct PersonProfile {
  RawId id{};
  Traits traits{};
  Codes experience{}; // what they would like to talk about from own experience
  Wishes wishes{};
  bool consents_to_matching{};
  std::string setting{};             // "ward", "community", "lone"; empty = none needed
  Date waiting_on{};                 // when the referral came in
  std::optional<Date> promise_on{};  // absent: waiting date + settings.promise_days
  std::string triage_reason{};       // a code of settings.triage_reasons, or empty
  std::vector<RawId> declined{};     // workers already asked about for this referral
  std::vector<RawId> open_offers{};  // workers this person is deciding about now; places already reserved
  std::vector<RawId> earlier_good{}; // workers with whom an earlier connection went well
};

// B5. Only `released` items enter by name; `matcher_only` ones where the service allows it, unnamed.
enum class Release : std::uint8_t { private_to_worker, supervisor, after_agreement, matcher_only, released };
struct ExperienceItem {
  std::string tag{};
  Release release{Release::private_to_worker};
};

// The worker's private limits. Secret: they decide who is offered and are never named anywhere.
struct Boundaries {
  Codes only_genders{};
  std::optional<std::int32_t> age_least{};
  std::optional<std::int32_t> age_most{};
  Codes not_experience{}; // tags the worker will not work with
  Codes not_cultures{};
  Codes not_settings{};
};

struct WorkerProfile {
  RawId id{};
  Traits traits{};
  std::vector<ExperienceItem> experience{};
  Wishes wishes{}; // musts here are secret, like boundaries
  Boundaries boundaries{};
  bool active{true};
  bool on_leave{};
  std::optional<Date> back_on{};    // when on leave, if known
  std::optional<Date> willing_on{}; // when they last said "open to new connections"; absent = not said
  Codes settings_willing{};         // settings they are open to now
  Codes settings_cleared{};         // competence and clearance
  std::int32_t places_agreed{};
  std::int32_t places_live{};
  std::int32_t places_reserved{}; // open offers, this referral's included
  std::optional<Date> room_on{};  // expected next free place, if known

  std::int32_t free_places() const {
    const std::int32_t free = places_agreed - places_live - places_reserved;
    return free > 0 ? free : 0;
  }
};

// Never together, from either side, and no reason in it.
struct Exclusion {
  RawId person{};
  RawId worker{};
  auto operator<=>(const Exclusion&) const = default;
};

const Wish* find_wish(const Wishes& wishes, Criterion criterion);

} // namespace kith::matching
