#include "matching/simulation/model.hpp"

#include "base/check.hpp"
#include "matching/simulation/agenda.hpp"

namespace kith::matching::simulation {

void check(const Model& model) {
  CHECK(model.end > 0 && model.end < event_limit);
  CHECK(!model.kinds.empty() || (model.known.empty() && model.rates.empty()));
  CHECK(model.fits.size() == model.kinds.size() * model.workers.size());
  CHECK(model.known.size() < about_limit && model.workers.size() < about_limit);
  for (const Worker& worker : model.workers) {
    CHECK(worker.live >= 0 && worker.live <= worker.places && worker.places <= 4'095);
    CHECK(worker.yearly_leave >= 0 && worker.yearly_leave < ticks_of_year);
  }
  for (const KnownArrival& known : model.known) CHECK(known.kind < model.kinds.size());
  for (const Rate& rate : model.rates) CHECK(rate.span > 0 && rate.people >= 0);
}

} // namespace kith::matching::simulation
