// One person written as a question to the compiled workers: the constraints in compiled_constraints.cpp, the
// points in compiled_points.cpp. Used by Compiled::question only. A clause or score is begun by remembering
// `here`, given its facts, and ended.
#pragma once
#include <initializer_list>

#include "matching/compiled.hpp"

namespace kith::matching {

class CompiledPerson {
public:
  CompiledPerson(const Compiled& compiled, const PreparedPerson& person)
      : compiled_(compiled), facts_(compiled.facts_), person_(person.profile), traits_(person.profile.traits),
        side_(person.side()), organisation_(organisation_codes(person.profile.traits)) {
    if (traits_.availability) begins_ = beginnings(*traits_.availability, compiled.meeting_half_hours_);
    if (traits_.in_person.value_or(false) && traits_.location && traits_.range_metres)
      out_.from = engine::MapPoint{traits_.location->east_metres, traits_.location->north_metres,
                                   *traits_.range_metres};
  }

  void add_clauses();
  void add_person_points(const Budget& budget);
  void add_own();
  void add_lists(std::span<const Exclusion> exclusions);
  engine::Question take();

private:
  struct Kind {
    bool none{}, near{}, secret{};
  };
  using Worth = std::initializer_list<std::int32_t>;

  std::uint32_t here() const { return static_cast<std::uint32_t>(out_.facts.size()); }
  void end_clause(std::uint32_t from, Kind kind) {
    if (kind.none && from == here()) return; // holds for everybody
    out_.clauses.push_back({{from, here()}, kind.none, kind.near, kind.secret});
  }
  void holds(engine::Fact fact) {
    out_.facts.push_back(fact);
    end_clause(here() - 1, {});
  }
  void end_score(std::uint32_t from, Worth worth, engine::Counting counting = engine::Counting::reached);
  void look_up(const NumbersByCode& facts, std::span<const std::string> codes) {
    for (const std::string& code : codes)
      if (const std::uint32_t* fact = facts.find(code)) out_.facts.push_back(*fact);
  }
  void look_up(const NumbersByHalfHour& facts, const WeekMask& week) {
    for (const auto& [at, fact] : facts.all())
      if (week.has(at)) out_.facts.push_back(fact);
  }
  template <class Key, class Wanted> void look_up_if(const NumbersBy<Key>& facts, const Wanted& wanted) {
    for (const auto& [key, fact] : facts.all())
      if (wanted(key)) out_.facts.push_back(fact);
  }
  std::span<const std::string> own_of(Criterion criterion) const {
    return own_codes(criterion, side_, organisation_);
  }
  std::span<const std::string> codes_of(const Wish& wish) const { // wanted, or else their own
    return wish.wanted.empty() ? own_of(wish.criterion) : wish.wanted;
  }

  void add_can_talk();
  void add_must(const Wish& wish);
  void add_boundaries();
  void add_worker_musts();
  void add_walls();
  bool is_known(Criterion criterion) const;
  void add_share(const BudgetShare& share);
  void add_code_points(const BudgetShare& share, std::int32_t points);
  void add_age_points(const Wish& wish, std::int32_t points);
  void add_times_points(const Wish& wish, std::int32_t points);
  void add_nearness_points(std::int32_t points);
  void grade_ages();

  const Compiled& compiled_;
  const WorkerFacts& facts_;
  const PersonProfile& person_;
  const Traits& traits_;
  Side side_{};
  Codes organisation_{};
  WeekMask begins_{};
  engine::Question out_{};
};

} // namespace kith::matching
