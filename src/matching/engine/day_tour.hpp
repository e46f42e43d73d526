// One worker's day of meetings in person: is there an order in which everybody can be met within the windows
// they gave, with the way from one to the next and home at both ends? And when could one more meeting begin?
//
// Shapes. Minutes of one day, 0..1,440. `leaves_from` and `back_by`: the worker's own day, at home. A contact
// begins at or after `from` and ends by `until`; a window of exactly its length is a meeting already agreed.
// Up to 8 contacts. travel: (contacts + 1) x (contacts + 1) minutes row by row, from row to column; home is
// the last of both. Minutes need not be the same both ways nor obey the triangle inequality; nobody passes
// through another's door, so only direct ways count. Waiting at a door is allowed and counts as nothing.
//
// Method: dynamic programming over (set met, last met) -> the earliest minute at which the last one ends.
// Earlier is never worse, so this is exact. Ties: the order in which the contacts are given. For one more
// meeting the same is done backwards (the latest minute to set out and still meet all the others), so that
// every place in every order is looked at. Cost: contacts^2 x 2^contacts, and for one more
// contacts^2 x 2^contacts again; 8 contacts: some 16,000 steps. No floating point.
#pragma once
#include <cstdint>
#include <optional>
#include <vector>

#include "base/result.hpp"

namespace kith::matching::engine {

inline constexpr std::size_t day_contacts_most = 8;

struct DayContact {
  std::int32_t from{};
  std::int32_t until{};
  std::int32_t minutes{}; // of the meeting itself
};

struct Day {
  std::int32_t leaves_from{0};
  std::int32_t back_by{1'440};
  std::vector<DayContact> contacts{};
  std::vector<std::int32_t> travel{};
};

struct DayVisit {
  std::uint32_t contact{};
  std::int32_t begins{};
  bool operator==(const DayVisit&) const = default;
};

// Failures, Fault::invalid: day.contacts_too_many (more than 8), day.travel_shape, day.travel_range (0..1,440
// each), day.hours (0 <= leaves_from <= back_by <= 1,440), day.window (with the contact's index: 0 <= from,
// from + minutes <= until <= 1,440, minutes > 0).
Done validate(const Day& day);

// The tour that is back earliest, each meeting as early as its order allows; nothing when there is none.
// REQUIRES validate(day).ok().
std::optional<std::vector<DayVisit>> tour_of(const Day& day);

// When the last contact of `day` could begin while everybody else is still met, whatever the order: closed
// ranges of minutes, in order and apart. Empty when never. REQUIRES validate(day).ok() and a contact.
struct Starts {
  std::int32_t earliest{};
  std::int32_t latest{};
  bool operator==(const Starts&) const = default;
};
std::vector<Starts> starts_of_last(const Day& day);

} // namespace kith::matching::engine
