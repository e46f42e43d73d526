#include "matching/simulation/model.hpp"

#include <algorithm>

#include "base/check.hpp"
#include "matching/simulation/agenda.hpp"

namespace kith::matching::simulation {

void check(const Model& model) {
  CHECK(model.end > 0 && model.end < event_limit);
  CHECK(!model.kinds.empty() || (model.known.empty() && model.rates.empty()));
  CHECK(model.fits.size() == model.kinds.size() * model.workers.size());
  CHECK(model.band_days >= 0);
  CHECK(!model.floor || model.closeness.size() == model.fits.size());
  CHECK(model.closeness.empty() || model.closeness.size() == model.fits.size());
  for (const std::uint8_t closeness : model.closeness) CHECK(closeness < closeness_count);
  CHECK(model.known.size() < about_limit && model.workers.size() < about_limit);
  for (const Worker& worker : model.workers) {
    CHECK(worker.live >= 0 && worker.live <= worker.places && worker.places <= 4'095);
    CHECK(worker.yearly_leave >= 0 && worker.yearly_leave < ticks_of_year);
  }
  for (const Kind& kind : model.kinds) // a floor never holds for the overdue
    CHECK(kind.held_back >= 0 && kind.held_back <= std::max<Ticks>(kind.promise, 0));
  for (const KnownArrival& known : model.known) CHECK(known.kind < model.kinds.size());
  for (const Rate& rate : model.rates) CHECK(rate.span > 0 && rate.people >= 0);
}

} // namespace kith::matching::simulation
