// The ways into a fictional service, printed when a sandbox starts: a sign-in link for each role, and what
// its staff sign in with. A password here is made from the key file and the account, so every start prints
// the same one. Nothing is made or told of an organisation that is no sandbox.
#pragma once
#include <string>

#include "auth/keys.hpp"
#include "auth/link.hpp"
#include "auth/password.hpp"
#include "base/clock.hpp"
#include "storage/database.hpp"

namespace kith::app {

struct SandboxDoors { // all outlive the call
  storage::Database* database{};
  const auth::OrganisationKeys* keys{};
  const auth::Passwords* passwords{};
  const auth::Links* links{};
  const Clock* clock{};
  Random* random{};
  std::string address{}; // of this server
};

// Lines for the terminal; "" for an organisation that is no sandbox.
Result<std::string> open_sandbox(const SandboxDoors& doors, OrganisationId organisation);

} // namespace kith::app
