// The fictional service of the demo: two organisations, a named cast and generated others, a waiting list of
// about forty, eighteen months of connections, with dates relative to today. Everything goes through the same
// actions as real life. Nobody here is real.
#pragma once
#include "app/service.hpp"

namespace kith::app {

struct DemoReport {
  int organisations{};
  int people{};
  int workers{};
  int waiting{};
  int connections{}; // that live
};
// Fills an empty database, or makes the organisation that a killed start left out; what stands already is
// not in the report. The same seed gives the same people. Failure: demo.not_empty (conflict), with the name
// of an organisation that is not the demo's.
Result<DemoReport> fill_demo(storage::Database& database, Instant now, std::uint64_t seed);

} // namespace kith::app
