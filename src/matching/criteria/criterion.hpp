// One criterion compares what one side wished with what the other side said: a grade 0..10 and why. The same
// function serves both sides; who wishes is the first argument. A grade is an exact share by integer
// division, rounded down once, in the criterion's file. Unknown grades 0 and satisfies no must.
//
// To add a criterion: one file here with a function of this type, its test, one line in registry.cpp, one
// enumerator in profile.hpp, and its words. Pure; any thread.
#pragma once
#include <cstdint>
#include <optional>
#include <string_view>

#include "matching/justification.hpp"
#include "matching/profile.hpp"
#include "matching/settings.hpp"

namespace kith::matching {

// One side as the criteria see it. `named` experience may be spoken of, `unnamed` may only count.
struct Side {
  const Traits* traits{};
  const Codes* named{};
  const Codes* unnamed{};
};

// The sign of a cell: meets, partly, does not, or nobody knows.
enum class Meets : std::uint8_t { yes, partly, no, not_known };

struct Grade {
  std::int32_t grade{}; // 0..10
  Meets meets{Meets::no};
  bool satisfies_must{};
  Justification why{NothingShared{}};
};

struct Comparison {
  const Wish& wish;
  const Side& wisher;
  const Side& other;
  const Settings& settings;
};

struct CriterionDefinition {
  Criterion id{};
  std::string_view name{}; // stable, in JSON and in words keys
  Grade (*grade)(const Comparison&){};
};

Grade grade_language(const Comparison& comparison);
Grade grade_experience(const Comparison& comparison);
Grade grade_interests(const Comparison& comparison);
Grade grade_gender(const Comparison& comparison);
Grade grade_culture(const Comparison& comparison);
Grade grade_age(const Comparison& comparison);
Grade grade_times(const Comparison& comparison);
Grade grade_nearness(const Comparison& comparison);
Grade grade_organisation(const Comparison& comparison);

// What compiled.hpp reads of a criterion's file, so that it stands in one place.
bool in_a_band(const Codes& bands, std::int32_t age);
std::int32_t grade_of_ages(std::int32_t mine, std::int32_t theirs);
WeekMask wanted_week(const Codes& wanted);

const CriterionDefinition& definition_of(Criterion criterion);
std::string_view name_of(Criterion criterion);
std::optional<Criterion> criterion_named(std::string_view name);
std::string_view name_of(Meets meets); // "meets", "partly", "does_not", "not_known"

Grade graded(std::int32_t grade, Justification why); // meets from the grade: 10 yes, 1..9 partly, 0 no
Grade not_known();

} // namespace kith::matching
