// What a service does by itself, again and again, on a thread of its own, so that nothing else waits for it:
// sending messages, carrying on runs.
#pragma once
#include <atomic>
#include <memory>

#include "base/check.hpp"
#include "storage/database.hpp"

namespace kith::app {

class Work {
public:
  virtual ~Work() = default;
  // One round; seconds until the next. Returns soon once `stopping` is set.
  virtual int round(const std::atomic<bool>& stopping) = 0;
};

// Rounds from the beginning on; the destructor gives up what is under way and waits for its end.
class Rounds {
public:
  explicit Rounds(std::unique_ptr<Work> work);
  ~Rounds();
  Rounds(const Rounds&) = delete;
  Rounds& operator=(const Rounds&) = delete;

private:
  struct Parts;
  std::unique_ptr<Parts> parts_{};
};

void log_defect(OrganisationId organisation, const Defect& defect);
std::vector<OrganisationId> organisations_in(storage::Database& database); // none while it cannot be asked
// One organisation after the other, none while the database cannot be asked. Our own mistake about one of
// them keeps no other waiting.
template <class Body> void for_each_organisation(storage::Database& database, const Body& body) {
  for (const OrganisationId organisation : organisations_in(database)) {
    try {
      body(organisation);
    } catch (const Defect& defect) {
      log_defect(organisation, defect);
    }
  }
}

} // namespace kith::app
