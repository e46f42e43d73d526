// Sending what the outbox holds, after the hold. Everything is checked again at the moment of sending: the
// recipient, consent to be contacted, and that a safe address exists. Texts are neutral. The sink of this
// part is a folder: one file a message, named by the message's id, so a repeat after a crash writes the same
// file again.
#pragma once
#include <string>

#include "auth/link.hpp"
#include "base/words.hpp"
#include "storage/database.hpp"

namespace kith::app {

struct OutboxParts { // all outlive the call
  storage::Database* database{};
  const auth::Links* links{};
  const Words* words{};
  Random* random{};
  std::string folder{};
  std::string address{}; // of this service as people reach it, e.g. "http://127.0.0.1:8420"
};

// Sends what is due in one organisation; returns how many were sent. Failures: storage's; outbox.folder.
Result<int> send_due(const OutboxParts& parts, OrganisationId organisation, Instant now);

} // namespace kith::app
