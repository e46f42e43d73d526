#include "verify/grades.hpp"

#include <algorithm>
#include <cstdlib>

#include "base/text.hpp"

namespace kith::verify {
namespace {

using matching::Criterion;
using matching::Traits;
using matching::Wish;

constexpr std::array<std::string_view, matching::criterion_count> names{
    "language", "experience", "interests", "gender", "culture", "age", "times", "nearness", "organisation"};

constexpr Judged unknown{0, false, false};

Judged all_or_nothing(bool met) { return {met ? 10 : 0, true, met}; }

// Of the wanted codes at most three count.
Judged share_of(int found, std::size_t wanted) {
  const int most = static_cast<int>(std::min<std::size_t>(3, wanted));
  return {10 * std::min(found, most) / most, true, found > 0};
}

const Codes* wanted_or_own(const Wish& wish, const std::optional<Codes>& own) {
  if (!wish.wanted.empty()) return &wish.wanted;
  return own && !own->empty() ? &*own : nullptr;
}

Judged language(const Wish& wish, const Traits& mine, const Traits& theirs) {
  const Codes* wanted = wanted_or_own(wish, mine.languages);
  if (!wanted || !theirs.languages || theirs.languages->empty()) return unknown;
  if (in_common(*wanted, *theirs.languages) > 0) return all_or_nothing(true);
  const bool another = mine.languages && in_common(*mine.languages, *theirs.languages) > 0;
  return {another ? 5 : 0, true, false};
}

Judged experience(const Wish& wish, const Told& mine, const Told& theirs) {
  const Codes& wanted = wish.wanted.empty() ? mine.named : wish.wanted;
  if (wanted.empty()) return unknown;
  const int released = in_common(wanted, theirs.named);
  const bool released_only = wish.strength == matching::Strength::avoid;
  Judged out = share_of(released + (released_only ? 0 : in_common(wanted, theirs.unnamed)), wanted.size());
  out.meets_must = released > 0;
  return out;
}

Judged interests(const Wish& wish, const Traits& mine, const Traits& theirs) {
  const Codes* wanted = wanted_or_own(wish, mine.interests);
  if (!wanted || !theirs.interests) return unknown;
  return share_of(in_common(*wanted, *theirs.interests), wanted->size());
}

Judged gender(const Wish& wish, const Traits& mine, const Traits& theirs) {
  const Codes* wanted = wanted_or_own(wish, mine.genders);
  if (!wanted || !theirs.genders || theirs.genders->empty()) return unknown;
  return all_or_nothing(in_common(*wanted, *theirs.genders) > 0);
}

Judged culture(const Wish& wish, const Traits& mine, const Traits& theirs) {
  const Codes* wanted = wanted_or_own(wish, mine.cultures);
  if (!wanted || !theirs.cultures) return unknown;
  return all_or_nothing(in_common(*wanted, *theirs.cultures) > 0);
}

Judged age(const Wish& wish, const Traits& mine, const Traits& theirs) {
  if (!theirs.age) return unknown;
  for (const std::string& band : wish.wanted) {
    const std::size_t dash = band.find('-');
    const auto least = parse_integer(band.substr(0, dash)), most = parse_integer(band.substr(dash + 1));
    if (least && most && *theirs.age >= *least && *theirs.age <= *most) return all_or_nothing(true);
  }
  if (!wish.wanted.empty()) return all_or_nothing(false);
  if (!mine.age) return unknown;
  const std::int32_t years = std::abs(*mine.age - *theirs.age);
  if (years <= 5) return all_or_nothing(true);
  return {std::max(0, (25 - years) / 2), true, false}; // one less for every further 2 years, rounded down
}

Judged times(const Wish& wish, const Traits& mine, const Traits& theirs, std::int32_t least_minutes) {
  if (!mine.availability || !theirs.availability) return unknown;
  WeekMask asked;
  for (const std::string& text : wish.wanted) {
    const Result<WeekMask> window = parse_week(text);
    for (int at = 0; window.ok() && at < WeekMask::half_hours; ++at)
      if (window->has(at)) asked.add(at);
  }
  WeekMask here;
  int minutes = 0;
  for (int at = 0; at < WeekMask::half_hours; ++at) {
    if (!mine.availability->has(at) || !(wish.wanted.empty() || asked.has(at))) continue;
    here.add(at);
    if (theirs.availability->has(at)) minutes += 30;
  }
  return {std::min(10, minutes / 24), true, share_a_stretch(here, *theirs.availability, least_minutes)};
}

// The greatest grade g with 10 x metres <= (10 - g) x range, metres rounded up to whole ones.
Judged nearness(const Traits& mine, const Traits& theirs) {
  if (!mine.in_person || !theirs.in_person) return unknown;
  if (!*mine.in_person || !*theirs.in_person) return all_or_nothing(false);
  if (!mine.location || !theirs.location || !mine.range_metres || !theirs.range_metres) return unknown;
  const std::int64_t range = std::min(*mine.range_metres, *theirs.range_metres);
  for (int grade = 10; grade >= 0; --grade)
    if (within(*mine.location, *theirs.location, (10 - grade) * range / 10)) return {grade, true, true};
  return all_or_nothing(false);
}

Judged organisation(const Wish& wish, const Traits& mine, const Traits& theirs) {
  if (!theirs.organisation || theirs.organisation->empty()) return unknown;
  if (!wish.wanted.empty()) return all_or_nothing(holds(wish.wanted, *theirs.organisation));
  if (!mine.organisation || mine.organisation->empty()) return unknown;
  return all_or_nothing(*mine.organisation == *theirs.organisation);
}

} // namespace

Judged judge(const Wish& wish, const OneSide& wisher, const OneSide& other,
             const matching::Settings& settings) {
  switch (wish.criterion) {
  case Criterion::language:
    return language(wish, wisher.traits, other.traits);
  case Criterion::experience:
    return experience(wish, wisher.told, other.told);
  case Criterion::interests:
    return interests(wish, wisher.traits, other.traits);
  case Criterion::gender:
    return gender(wish, wisher.traits, other.traits);
  case Criterion::culture:
    return culture(wish, wisher.traits, other.traits);
  case Criterion::age:
    return age(wish, wisher.traits, other.traits);
  case Criterion::times:
    return times(wish, wisher.traits, other.traits, settings.min_shared_minutes);
  case Criterion::nearness:
    return nearness(wisher.traits, other.traits);
  case Criterion::organisation:
    return organisation(wish, wisher.traits, other.traits);
  }
  FATAL("unknown criterion");
}

std::string_view criterion_name(Criterion criterion) { return names.at(static_cast<std::size_t>(criterion)); }

bool within(const matching::Location& a, const matching::Location& b, std::int64_t metres) {
  const std::int64_t east = std::int64_t{a.east_metres} - b.east_metres;
  const std::int64_t north = std::int64_t{a.north_metres} - b.north_metres;
  return east * east + north * north <= metres * metres; // columns reach 1e9 metres: at most 8e18
}

bool share_a_stretch(const WeekMask& a, const WeekMask& b, std::int32_t minutes) {
  std::int32_t run = 0;
  for (int at = 0; at < WeekMask::half_hours; ++at) {
    run = a.has(at) && b.has(at) ? run + 30 : 0;
    if (run > 0 && run >= minutes) return true;
  }
  return false;
}

} // namespace kith::verify
