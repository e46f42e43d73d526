#include "matching/simulation/agenda.hpp"

#include <algorithm>
#include <bit>

namespace kith::matching::simulation {

void Agenda::clear(Ticks end, std::size_t events) {
  constexpr std::size_t events_a_span = 4, spans_least = 16, spans_most = 1 << 16;
  const auto spans = std::bit_ceil(std::clamp(events / events_a_span, spans_least, spans_most));
  for (shift_ = 28; (end >> (shift_ - 28)) >= static_cast<Ticks>(spans); ++shift_) {
  }
  first_.assign(spans, nothing);
  entries_.clear();
  unused_ = nothing;
  left_ = open_ = 0;
}

void Agenda::open(std::size_t span) {
  for (std::uint32_t at = first_[span]; at != nothing;) {
    make_room();
    Entry& entry = entries_.data()[at];
    sorted_.data()[left_++] = entry.key;
    std::swap(entry.after, unused_); // its room is unused from now on
    std::swap(at, unused_);
  }
  constexpr std::size_t few = 16;
  if (left_ > few)
    std::sort(sorted_.data(), sorted_.data() + left_, [](EventKey a, EventKey b) { return a > b; });
  else
    for (std::size_t at = 1; at < left_; ++at) settle(at);
}

} // namespace kith::matching::simulation
