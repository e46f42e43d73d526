#include "matching/simulation/arrivals.hpp"

#include <algorithm>

namespace kith::matching::simulation {
namespace {

// What a person's chance decides.
enum Draw : std::uint64_t { kind_drawn, length_drawn, patience_drawn, answers_drawn };

} // namespace

Arrivals::Arrivals(const Model& model) : model_(model) {
  for (std::uint32_t k = 0; k < model.kinds.size(); ++k)
    kind_of_share_.insert(kind_of_share_.end(), model.kinds[k].share, k);
  for (const Rate& rate : model.rates) {
    mean_gaps_.push_back(static_cast<double>(rate.span) / static_cast<double>(rate.people));
    if (rate.people > 0) expected_ += static_cast<double>(model.end) / mean_gaps_.back();
  }
}

void Arrivals::clear(std::uint64_t chance) {
  gaps_ = mix(chance, Source::gaps);
  people_ = mix(chance, Source::drawn_people);
  known_ = mix(chance, Source::known_people);
  taken_ = 0;
}

// The time to the next arrival is exponential; where the rate changes on the way, what is left of it goes on
// at the new rate.
Ticks Arrivals::next_after(Ticks now) {
  if (taken_ % coming_.size() == 0) draw_more();
  double left = coming_[taken_ % coming_.size()].gap;
  const std::size_t rates = mean_gaps_.size();
  for (std::size_t r = 0; r < rates; ++r) {
    const Rate* const rate = model_.rates.data() + r;
    const Ticks from = std::max(now, rate->from);
    const Ticks until = r + 1 < rates ? rate[1].from : model_.end;
    if (until <= from || rate->people == 0) continue;
    const double mean = mean_gaps_.data()[r], span = static_cast<double>(until - from);
    if (left * mean <= span) return from + rounded(left * mean);
    left -= span / mean;
  }
  return forever;
}

void Arrivals::draw_more() {
  if (kind_of_share_.empty()) return;
  for (std::uint32_t n = 0; n < coming_.size(); ++n) {
    const std::uint64_t chance = mix(people_, taken_ + n);
    const std::uint32_t kind = kind_of_share_.data()[mix(chance, Draw::kind_drawn) % kind_of_share_.size()];
    coming_[n] = {unit_exponential(mix(gaps_, taken_ + n)), kind, draw_person(chance, kind)};
  }
}

Drawn Arrivals::draw_known(std::uint32_t number, std::uint32_t kind) const {
  return draw_person(mix(known_, number), kind);
}

Drawn Arrivals::draw_person(std::uint64_t chance, std::uint32_t kind) const {
  const Kind& of = model_.kinds.data()[kind];
  return {draw(of.patience, mix(chance, Draw::patience_drawn)),
          draw(of.length, mix(chance, Draw::length_drawn)), mix(chance, Draw::answers_drawn)};
}

} // namespace kith::matching::simulation
