#include "matching/compiled_person.hpp"

#include <algorithm>

namespace kith::matching {

void CompiledPerson::end_score(std::uint32_t from, Worth worth, engine::Counting counting) {
  if (from == here()) return;
  const auto first = static_cast<std::uint32_t>(out_.amounts.size());
  for (const std::int32_t amount : worth) out_.amounts.push_back(static_cast<std::uint16_t>(amount));
  out_.scores.push_back({{from, here()}, counting, first, static_cast<std::uint32_t>(worth.size())});
}

bool CompiledPerson::is_known(Criterion criterion) const {
  switch (criterion) {
  case Criterion::language:
    return traits_.languages && !traits_.languages->empty();
  case Criterion::experience:
    return true;
  case Criterion::interests:
    return traits_.interests.has_value();
  case Criterion::gender:
    return traits_.genders && !traits_.genders->empty();
  case Criterion::culture:
    return traits_.cultures.has_value();
  case Criterion::age:
    return traits_.age.has_value();
  case Criterion::times:
    return traits_.availability.has_value();
  case Criterion::nearness:
    return traits_.in_person.has_value();
  case Criterion::organisation:
    return traits_.organisation && !traits_.organisation->empty();
  }
  FATAL("unknown criterion");
}

void CompiledPerson::add_lists(std::span<const Exclusion> exclusions) {
  const auto place = [&](std::vector<std::uint32_t>& to, RawId worker) {
    const auto at = std::lower_bound(compiled_.ids_.begin(), compiled_.ids_.end(), worker);
    if (at == compiled_.ids_.end() || *at != worker) return;
    to.push_back(compiled_.place_of_[static_cast<std::size_t>(at - compiled_.ids_.begin())]);
  };
  for (const RawId worker : person_.declined) place(out_.asked, worker);
  for (const RawId worker : person_.open_offers) place(out_.asked, worker);
  const Exclusion first{person_.id, {}};
  for (auto at = std::lower_bound(exclusions.begin(), exclusions.end(), first);
       at != exclusions.end() && at->person == person_.id; ++at)
    place(out_.excluded, at->worker);
  if (compiled_.continuity_points_ > 0) {
    for (const RawId worker : person_.earlier_good) place(out_.earlier, worker);
    out_.service_part = compiled_.continuity_points_ * 10;
  }
  for (auto* list : {&out_.asked, &out_.excluded, &out_.earlier}) std::sort(list->begin(), list->end());
}

engine::Question CompiledPerson::take() {
  out_.person_part_most = 10 * person_budget;
  return std::move(out_);
}

engine::Question Compiled::question(const PreparedPerson& person, const Budget& budget,
                                    std::span<const Exclusion> exclusions) const {
  CompiledPerson writing(*this, person);
  writing.add_clauses();
  writing.add_person_points(budget);
  writing.add_own();
  writing.add_lists(exclusions);
  return writing.take();
}

} // namespace kith::matching
