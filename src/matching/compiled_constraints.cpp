#include "matching/compiled_person.hpp"
#include "matching/criteria/criterion.hpp"

namespace kith::matching {

using engine::Fact;

// In the order of their price: whatever looks at many facts or at the map comes last.
void CompiledPerson::add_clauses() {
  if (!person_.consents_to_matching) end_clause(here(), {}); // nobody's
  for (const Fact fact : {facts_.active, facts_.here, facts_.has_place}) holds(fact);
  if (person_.setting.empty()) {
    holds(facts_.willing);
  } else {
    for (const NumbersByCode* by_setting : {&facts_.willing_at, &facts_.cleared_at}) {
      const std::uint32_t from = here();
      look_up(*by_setting, {&person_.setting, 1});
      end_clause(from, {});
    }
  }
  add_can_talk();
  for (const Wish& wish : person_.wishes)
    if (wish.strength == Strength::must) add_must(wish);
  add_boundaries();
  add_walls();
  add_worker_musts();
  std::uint32_t from = here();
  look_up(facts_.begins_at, begins_);
  end_clause(from, {});
  from = here();
  if (traits_.remote.value_or(false)) out_.facts.push_back(facts_.remote);
  end_clause(from, {.near = true});
}

void CompiledPerson::add_can_talk() {
  const std::uint32_t from = here();
  if (is_known(Criterion::language)) {
    look_up(facts_.speaks, *traits_.languages);
    if (traits_.accepts_interpreter) out_.facts.push_back(facts_.interpreter);
  }
  end_clause(from, {});
}

void CompiledPerson::add_must(const Wish& wish) {
  const std::uint32_t from = here();
  Kind kind;
  switch (wish.criterion) {
  case Criterion::language:
    look_up(facts_.speaks, codes_of(wish));
    break;
  case Criterion::experience:
    look_up(facts_.named, codes_of(wish));
    break;
  case Criterion::interests:
    look_up(facts_.interests, codes_of(wish));
    break;
  case Criterion::gender:
    look_up(facts_.genders, codes_of(wish));
    break;
  case Criterion::culture:
    look_up(facts_.cultures, codes_of(wish));
    break;
  case Criterion::organisation:
    look_up(facts_.organisation, codes_of(wish));
    break;
  case Criterion::age:
    if (!wish.wanted.empty())
      look_up_if(facts_.age, [&](std::int32_t age) { return in_a_band(wish.wanted, age); });
    else if (traits_.age)
      look_up_if(facts_.age, [&](std::int32_t age) { return grade_of_ages(*traits_.age, age) == 10; });
    break;
  case Criterion::times:
    if (traits_.availability && !wish.wanted.empty())
      look_up(facts_.begins_at,
              beginnings(*traits_.availability & wanted_week(wish.wanted), compiled_.meeting_half_hours_));
    else look_up(facts_.begins_at, begins_);
    break;
  case Criterion::nearness:
    kind.near = true;
    break;
  }
  end_clause(from, kind);
}

void CompiledPerson::add_boundaries() {
  const WorkerBoundaries& limits = compiled_.boundaries_;
  std::uint32_t from = here();
  out_.facts.push_back(limits.no_genders);
  if (traits_.genders) look_up(limits.only_genders, *traits_.genders);
  end_clause(from, {.secret = true});
  from = here();
  out_.facts.push_back(limits.no_age_least);
  if (traits_.age) look_up_if(limits.age_least, [&](std::int32_t least) { return *traits_.age >= least; });
  end_clause(from, {.secret = true});
  from = here();
  out_.facts.push_back(limits.no_age_most);
  if (traits_.age) look_up_if(limits.age_most, [&](std::int32_t most) { return *traits_.age <= most; });
  end_clause(from, {.secret = true});
  from = here();
  look_up(limits.not_experience, person_.experience);
  if (traits_.cultures) look_up(limits.not_cultures, *traits_.cultures);
  if (!person_.setting.empty()) look_up(limits.not_settings, {&person_.setting, 1});
  end_clause(from, {.none = true, .secret = true});
}

void CompiledPerson::add_walls() {
  if (!traits_.organisation) return;
  const std::uint32_t from = here();
  for (const Wall& wall : compiled_.walls_) {
    if (wall.a == *traits_.organisation) look_up(facts_.organisation, {&wall.b, 1});
    if (wall.b == *traits_.organisation) look_up(facts_.organisation, {&wall.a, 1});
  }
  end_clause(from, {.none = true, .secret = true});
}

void CompiledPerson::add_worker_musts() {
  for (int c = 0; c < criterion_count; ++c) {
    const WorkerMusts& musts = compiled_.musts_.at(static_cast<std::size_t>(c));
    if (!musts.any) continue;
    const auto criterion = static_cast<Criterion>(c);
    const std::uint32_t from = here();
    out_.facts.push_back(musts.others);
    look_up(musts.wanted, own_of(criterion));
    if (criterion == Criterion::age && traits_.age) {
      look_up_if(musts.own_age, [&](std::int32_t age) { return grade_of_ages(age, *traits_.age) == 10; });
      look_up_if(musts.bands, [&](const Codes& bands) { return in_a_band(bands, *traits_.age); });
    }
    if (criterion == Criterion::times) look_up(musts.begins_at, begins_);
    end_clause(from, {.near = criterion == Criterion::nearness, .secret = true});
  }
}

} // namespace kith::matching
