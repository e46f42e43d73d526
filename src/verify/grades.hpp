// How well one side's view on a criterion is met by what the other side said: a grade 0..10, rounded down
// once. A second writing of the rules in docs/matching/verify.md, in plain loops; it shares nothing with
// matching/criteria. Unknown grades 0 and meets no must. Pure; any thread.
#pragma once
#include "verify/service.hpp"

namespace kith::verify {

struct OneSide {
  const matching::Traits& traits;
  const Told& told;
};

struct Judged {
  std::int32_t grade{};
  bool known{true};
  bool meets_must{};
};

Judged judge(const matching::Wish& wish, const OneSide& wisher, const OneSide& other,
             const matching::Settings& settings);

std::string_view criterion_name(matching::Criterion criterion);

// Two places no further apart than so many metres; exact.
bool within(const matching::Location& a, const matching::Location& b, std::int64_t metres);
// One unbroken stretch of `minutes`, that may cross midnight but not the end of Sunday.
bool share_a_stretch(const WeekMask& a, const WeekMask& b, std::int32_t minutes);

} // namespace kith::verify
