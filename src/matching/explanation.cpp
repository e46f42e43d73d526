#include "matching/explanation.hpp"

#include <algorithm>
#include <array>

namespace kith::matching {
namespace {

Contribution contribution_of(const BudgetShare& share, WhoseView side, const Grade& grade) {
  Contribution out;
  out.criterion = name_of(share.wish.criterion);
  out.side = side;
  out.points = share.points;
  out.avoided = share.wish.strength == Strength::avoid;
  out.grade = !out.avoided ? grade.grade : grade.meets == Meets::not_known ? 0 : 10 - grade.grade;
  out.value = out.points * out.grade;
  out.why = grade.why;
  return out;
}

struct OneSide {
  WhoseView view{};
  const Budget& budget;
  Side wisher{};
  Side other{};
};

void add_side(const OneSide& side, const Settings& settings, std::vector<Contribution>& out) {
  for (const BudgetShare& share : side.budget.shares)
    out.push_back(contribution_of(
        share, side.view,
        definition_of(share.wish.criterion).grade({share.wish, side.wisher, side.other, settings})));
  if (side.budget.unspent > 0)
    out.push_back({"nothing_in_particular", side.view, side.budget.unspent, 10, side.budget.unspent * 10,
                   false, NothingAsked{}});
}

std::int32_t part(const std::vector<Contribution>& contributions, WhoseView side) {
  std::int32_t sum = 0;
  for (const Contribution& contribution : contributions)
    if (contribution.side == side) sum += contribution.value;
  return sum;
}

std::vector<const Wish*> stated_views(const Wishes& wishes) {
  std::vector<const Wish*> out;
  for (const Wish& wish : wishes)
    if (wish.strength != Strength::no_view) out.push_back(&wish);
  std::sort(out.begin(), out.end(), [](const Wish* a, const Wish* b) { return a->criterion < b->criterion; });
  return out;
}

Meets turned(Meets meets) {
  if (meets == Meets::yes) return Meets::no;
  return meets == Meets::no ? Meets::yes : meets;
}

std::optional<CommonTimes> common_times(const PairToWeigh& pair) {
  const Wish any{Criterion::times, Strength::no_view, {}};
  const Grade grade = grade_times({any, pair.person.side(), pair.worker.side(), pair.settings});
  const auto* times = std::get_if<CommonTimes>(&grade.why);
  return times ? std::optional(*times) : std::nullopt;
}

} // namespace

Closeness closeness_of(std::int32_t person_part, const ClosenessRule& rule) {
  if (person_part >= rule.very_close) return Closeness::very_close;
  if (person_part >= rule.close) return Closeness::close;
  return person_part >= rule.some_in_common ? Closeness::some_in_common : Closeness::little_in_common;
}

std::string_view name_of(Closeness closeness) {
  constexpr std::array<std::string_view, 4> names{"very_close", "close", "some_in_common",
                                                  "little_in_common"};
  return names.at(static_cast<std::size_t>(closeness));
}

std::vector<Contribution> contributions_of(const PairToWeigh& pair) {
  std::vector<Contribution> out;
  const Side person = pair.person.side(), worker = pair.worker.side();
  add_side({WhoseView::person, pair.person_budget, person, worker}, pair.settings, out);
  add_side({WhoseView::worker, pair.worker_budget, worker, person}, pair.settings, out);
  const auto& earlier = pair.person.profile.earlier_good;
  const std::int32_t points = pair.settings.weights.continuity_points;
  if (points > 0 && std::find(earlier.begin(), earlier.end(), pair.worker.profile.id) != earlier.end())
    out.push_back({"continuity", WhoseView::service, points, 10, points * 10, false, EarlierConnection{}});
  return out;
}

Parts weigh(const PairToWeigh& pair) {
  const std::vector<Contribution> contributions = contributions_of(pair);
  Parts parts{part(contributions, WhoseView::person), part(contributions, WhoseView::worker),
              part(contributions, WhoseView::service)};
  CHECK(parts.person >= 0 && parts.person <= person_budget * 10);
  CHECK(parts.worker >= 0 && parts.worker <= worker_budget * 10);
  return parts;
}

Explanation explain(const PairToWeigh& pair, const Feasibility& feasibility) {
  Explanation out;
  out.person = pair.person.profile.id;
  out.worker = pair.worker.profile.id;
  out.engine = engine_version;
  out.criteria = criteria_version;
  out.weights = pair.settings.weights_version;
  out.as_of = pair.settings.as_of;
  out.contributions = contributions_of(pair);
  const Parts parts = weigh(pair);
  out.person_part = parts.person;
  out.worker_part = parts.worker;
  out.service_part = parts.service;
  out.fit = parts.fit();
  std::int32_t sum = 0;
  for (const Contribution& contribution : out.contributions) sum += contribution.value;
  CHECK(sum == out.fit);
  out.closeness = closeness_of(out.person_part, pair.settings.closeness);
  for (const Cell& cell : cells_of(pair))
    if (cell.strength == Strength::must)
      out.musts.push_back({std::string(name_of(cell.criterion)), cell.why});
  out.in_person = feasibility.in_person;
  out.remote = feasibility.remote;
  const auto& mine = pair.person.profile.traits.languages;
  const auto& theirs = pair.worker.profile.traits.languages;
  if (mine && theirs) out.languages = shared(*mine, *theirs);
  out.times = common_times(pair);
  return out;
}

Explanation for_both(const Explanation& explanation) {
  Explanation out = explanation;
  std::erase_if(out.contributions, [](const Contribution& c) { return c.side == WhoseView::worker; });
  out.fit -= out.worker_part;
  out.worker_part = 0;
  return out;
}

std::vector<Cell> cells_of(const PairToWeigh& pair) {
  std::vector<Cell> out;
  const Side person = pair.person.side(), worker = pair.worker.side();
  for (const Wish* wish : stated_views(pair.person.profile.wishes)) {
    const Grade grade = definition_of(wish->criterion).grade({*wish, person, worker, pair.settings});
    Meets meets = wish->strength == Strength::avoid ? turned(grade.meets) : grade.meets;
    if (wish->strength == Strength::must && grade.satisfies_must) meets = Meets::yes;
    out.push_back({wish->criterion, wish->strength, meets, grade.why});
  }
  return out;
}

} // namespace kith::matching
