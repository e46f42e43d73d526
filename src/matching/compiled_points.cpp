#include "matching/compiled_person.hpp"
#include "matching/criteria/criterion.hpp"

namespace kith::matching {

using engine::Counting;
using engine::Fact;

void CompiledPerson::add_person_points(const Budget& budget) {
  for (const BudgetShare& share : budget.shares) add_share(share);
  if (budget.unspent == 0) return;
  out_.facts.push_back(engine::Columns::everybody);
  end_score(here() - 1, {10 * budget.unspent});
}

void CompiledPerson::add_share(const BudgetShare& share) {
  const bool avoid = share.wish.strength == Strength::avoid;
  const std::int32_t points = avoid ? -share.points : share.points;
  switch (share.wish.criterion) {
  case Criterion::age:
    return add_age_points(share.wish, points);
  case Criterion::times:
    return add_times_points(share.wish, points);
  case Criterion::nearness:
    return add_nearness_points(points);
  default:
    return add_code_points(share, points);
  }
}

// An avoided criterion is worth 10 - grade wherever it is known: ten times the points there, less the rest.
void CompiledPerson::add_code_points(const BudgetShare& share, std::int32_t points) {
  const Criterion criterion = share.wish.criterion;
  const std::span<const std::string> wanted = codes_of(share.wish);
  if (wanted.empty()) return; // not known
  std::uint32_t from = here();
  const auto facts_of = [&](const NumbersByCode& facts, Fact known) {
    if (points < 0) {
      out_.facts.push_back(known);
      end_score(from, {-10 * points});
      from = here();
    }
    look_up(facts, wanted);
  };
  switch (criterion) {
  case Criterion::language:
    facts_of(facts_.speaks, facts_.languages_known);
    end_score(from, {5 * points});
    from = here();
    look_up(facts_.speaks, wanted);
    if (traits_.languages) look_up(facts_.speaks, *traits_.languages);
    return end_score(from, {5 * points});
  case Criterion::gender:
    facts_of(facts_.genders, facts_.genders_known);
    return end_score(from, {10 * points});
  case Criterion::culture:
    facts_of(facts_.cultures, facts_.cultures_known);
    return end_score(from, {10 * points});
  case Criterion::organisation:
    facts_of(facts_.organisation, facts_.organisation_known);
    return end_score(from, {10 * points});
  case Criterion::interests:
    facts_of(facts_.interests, facts_.interests_known);
    break;
  default:
    facts_of(facts_.named, engine::Columns::everybody);
    if (points > 0) look_up(facts_.unnamed, wanted);
  }
  if (wanted.size() == 1) return end_score(from, {10 * points});
  if (wanted.size() == 2) return end_score(from, {5 * points, 5 * points});
  end_score(from, {3 * points, 3 * points, 4 * points});
}

void CompiledPerson::add_age_points(const Wish& wish, std::int32_t points) {
  if (wish.wanted.empty() && !traits_.age) return; // not known
  std::uint32_t from = here();
  if (points < 0) {
    out_.facts.push_back(facts_.age_known);
    end_score(from, {-10 * points});
    from = here();
  }
  if (!wish.wanted.empty()) {
    look_up_if(facts_.age, [&](std::int32_t age) { return in_a_band(wish.wanted, age); });
    return end_score(from, {10 * points});
  }
  for (std::int32_t grade = 1; grade <= 10; ++grade) {
    from = here();
    look_up_if(facts_.age, [&](std::int32_t age) { return grade_of_ages(*traits_.age, age) == grade; });
    end_score(from, {grade * points});
  }
}

// The grade of n half hours is 5 x n / 4 rounded down, and 10 from eight on: 1, 2, 5 and 10 by n's bits.
void CompiledPerson::add_times_points(const Wish& wish, std::int32_t points) {
  if (!traits_.availability) return; // not known
  std::uint32_t from = here();
  if (points < 0) {
    out_.facts.push_back(facts_.times_known);
    end_score(from, {-10 * points});
    from = here();
  }
  look_up(facts_.free_at,
          wish.wanted.empty() ? *traits_.availability : *traits_.availability & wanted_week(wish.wanted));
  end_score(from, {points, 2 * points, 5 * points, 10 * points}, Counting::bits);
}

// Nearness is known where both have said whether they meet in person, and one does not, or both have said
// where.
void CompiledPerson::add_nearness_points(std::int32_t points) {
  if (!traits_.in_person) return; // not known
  out_.nearness_points = static_cast<std::uint16_t>(points);
  if (points > 0) return;
  const std::uint32_t from = here();
  out_.facts.push_back(facts_.not_in_person);
  if (!*traits_.in_person)
    out_.facts.insert(out_.facts.end(), {facts_.in_person_placed, facts_.in_person_unplaced});
  else if (out_.from) out_.facts.push_back(facts_.in_person_placed);
  end_score(from, {-10 * points});
}

// What the wants of workers are held against.
void CompiledPerson::add_own() {
  for (int c = 0; c < criterion_count; ++c) {
    const auto criterion = static_cast<Criterion>(c);
    out_.own.push_back({is_known(criterion), static_cast<std::uint32_t>(out_.own_words.size())});
    std::vector<std::uint64_t>& words = out_.own_words;
    if (criterion == Criterion::times && traits_.availability) {
      words.insert(words.end(), std::begin(traits_.availability->words),
                   std::end(traits_.availability->words));
      continue;
    }
    const NumbersByCode& numbers = compiled_.wants_.codes.at(static_cast<std::size_t>(c));
    const std::size_t first = words.size();
    words.resize(first + (numbers.all().size() + 63) / 64, 0);
    if (numbers.all().empty()) continue;
    for (const std::string& code : own_of(criterion))
      if (const std::uint32_t* number = numbers.find(code))
        words[first + *number / 64] |= std::uint64_t{1} << (*number % 64);
  }
  out_.not_in_person = traits_.in_person && !*traits_.in_person;
  grade_ages();
}

void CompiledPerson::grade_ages() {
  out_.grades.assign(compiled_.wants_.age_keys(), 0);
  if (!traits_.age) return;
  for (const auto& [age, key] : compiled_.wants_.own_age.all())
    out_.grades[key] = static_cast<std::uint8_t>(grade_of_ages(age, *traits_.age));
  for (const auto& [bands, key] : compiled_.wants_.bands.all())
    out_.grades[key] = in_a_band(bands, *traits_.age) ? 10 : 0;
}

} // namespace kith::matching
