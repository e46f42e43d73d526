#include <array>
#include <utility>

#include "matching/criteria/criterion.hpp"

namespace kith::matching {
namespace {

// In the order of the enumeration.
constexpr std::array<CriterionDefinition, criterion_count> registry{{
    {Criterion::language, "language", grade_language},
    {Criterion::experience, "experience", grade_experience},
    {Criterion::interests, "interests", grade_interests},
    {Criterion::gender, "gender", grade_gender},
    {Criterion::culture, "culture", grade_culture},
    {Criterion::age, "age", grade_age},
    {Criterion::times, "times", grade_times},
    {Criterion::nearness, "nearness", grade_nearness},
    {Criterion::organisation, "organisation", grade_organisation},
}};

constexpr std::array<std::string_view, 4> signs{"meets", "partly", "does_not", "not_known"};

} // namespace

std::string_view name_of(Meets meets) { return signs.at(static_cast<std::size_t>(meets)); }

const CriterionDefinition& definition_of(Criterion criterion) {
  const auto& definition = registry.at(static_cast<std::size_t>(criterion));
  CHECK(definition.id == criterion);
  return definition;
}

std::string_view name_of(Criterion criterion) { return definition_of(criterion).name; }

std::optional<Criterion> criterion_named(std::string_view name) {
  for (const CriterionDefinition& definition : registry)
    if (definition.name == name) return definition.id;
  return std::nullopt;
}

Grade graded(std::int32_t grade, Justification why) {
  CHECK(grade >= 0 && grade <= 10);
  Grade out;
  out.grade = grade;
  out.meets = grade == 10 ? Meets::yes : grade > 0 ? Meets::partly : Meets::no;
  out.satisfies_must = grade == 10;
  out.why = std::move(why);
  return out;
}

Grade not_known() {
  Grade out;
  out.meets = Meets::not_known;
  out.why = NotKnown{};
  return out;
}

} // namespace kith::matching
