#include "verify/fit.hpp"

#include "verify/grades.hpp"

namespace kith::verify {
namespace {

struct View {
  std::string_view side{};
  std::int32_t budget{};
  const matching::Wishes& wishes;
  const Points& points;
  OneSide wisher;
  OneSide other;
};

std::int32_t add_lines(const View& view, const matching::Settings& settings, std::vector<Line>& out) {
  std::int32_t sum = 0;
  bool any = false;
  for (const matching::Wish& wish : view.wishes) {
    if (weight_of(wish.strength, settings.weights) == 0) continue;
    any = true;
    const std::int32_t points = view.points.at(static_cast<std::size_t>(wish.criterion));
    const bool avoided = wish.strength == matching::Strength::avoid;
    const Judged judged = judge(wish, view.wisher, view.other, settings);
    const std::int32_t grade = avoided && judged.known ? 10 - judged.grade : judged.grade;
    out.push_back({criterion_name(wish.criterion), view.side, points, grade, avoided});
    sum += points * grade;
  }
  if (any) return sum;
  out.push_back({"nothing_in_particular", view.side, view.budget, 10, false});
  return view.budget * 10;
}

} // namespace

Fit fit_of(const Service& service, Pair pair) {
  const auto& person = service.person(pair);
  const auto& worker = service.worker(pair);
  const matching::Settings& settings = service.input.settings;
  const OneSide one{person.traits, service.people_told[pair.person]};
  const OneSide other{worker.traits, service.workers_told[pair.worker]};
  Fit out;
  out.person_part =
      add_lines({"person", person_budget, person.wishes, service.person_points[pair.person], one, other},
                settings, out.lines);
  out.worker_part =
      add_lines({"worker", worker_budget, worker.wishes, service.worker_points[pair.worker], other, one},
                settings, out.lines);
  for (const RawId earlier : person.earlier_good) {
    if (earlier != worker.id || settings.weights.continuity_points == 0 || out.service_part > 0) continue;
    out.lines.push_back({"continuity", "service", settings.weights.continuity_points, 10, false});
    out.service_part = settings.weights.continuity_points * 10;
  }
  return out;
}

std::string_view closeness_word(std::int32_t person_part, const matching::ClosenessRule& rule) {
  if (person_part >= rule.very_close) return "very_close";
  if (person_part >= rule.close) return "close";
  return person_part >= rule.some_in_common ? "some_in_common" : "little_in_common";
}

} // namespace kith::verify
