// Carrying on the runs of every organisation every few seconds: their offers are made, and their messages
// written when the moment has come. What a stop cuts off goes on after the next start.
#pragma once
#include "app/rounds.hpp"
#include "connections/run_job.hpp"

namespace kith::app {

std::unique_ptr<Work> carrying_on(const connections::RunJob& job);

} // namespace kith::app
