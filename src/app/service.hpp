// A kith opened on its data: keys, database, clock and randomness, in the order they depend on each other.
// Commands and the server begin here.
#pragma once
#include <memory>

#include "app/config.hpp"
#include "auth/keys.hpp"
#include "base/clock.hpp"
#include "base/random.hpp"
#include "storage/database.hpp"

namespace kith::app {

struct Service {
  Config config{};
  SystemClock clock{};
  SystemRandom random{};
  std::unique_ptr<auth::OrganisationKeys> keys{};
  std::unique_ptr<storage::Database> database{}; // after keys: it seals with them
};

// Makes the folders, the key file when absent, and brings the database to this version. Failures: those of
// storage and of the key file; keys.lost (conflict): the database was made with a key file that is not there,
// and a new one would close what it holds; config.folder.
Done prepare(const Config& config);
struct OpenService {
  bool exclusive{}; // a server: alone on an SQLite file
};
Result<std::unique_ptr<Service>> open_service(const Config& config, const OpenService& options);
// A sentence for whoever reads a terminal.
std::string sentence(const Failure& failure);

} // namespace kith::app
