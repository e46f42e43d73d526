// The days of a fictional service. A sandbox tells its story "relative to today": when it is opened on a
// later day, everything it holds moves forward by whole days, what has happened and what is planned alike.
// This rewrites history, events and audit included, which the application may nowhere else do; so it goes
// through the connection of migrations, is refused as soon as the database holds one organisation that is no
// sandbox, and is called by `kith demo` alone (docs/decisions/0004). No server may run on the database.
//
// The day a sandbox stands at is the day of its organisation's created_at.
#pragma once
#include <string>

#include "base/result.hpp"
#include "base/time.hpp"

namespace kith::app {

// Failure: demo.not_empty (conflict), with the name of an organisation that is none. No database, or one
// without tables, is fine.
Done check_only_sandboxes(const std::string& owner_url);

// One transaction for all organisations. Gives the most days any of them moved; 0: they stand at today
// already, or later. Failures: demo.not_empty; those of storage.
Result<int> move_sandboxes_to_today(const std::string& owner_url, Instant now);

} // namespace kith::app
