// Sending what the outbox holds, after the hold. Everything is checked again at the moment of sending: that
// the message was not withdrawn, the recipient, consent to be contacted, and that a safe address exists.
// Texts are neutral. A message is committed as being sent, then handed to the sink, then marked: a crash
// between sends it again with the same Message-ID, and never loses it. What cannot be handed over is tried
// again after a growing pause; what is refused for good, or has nowhere to go, becomes a task of the
// coordinator.
#pragma once
#include <atomic>
#include <memory>
#include <string>

#include "app/rounds.hpp"
#include "app/sink.hpp"
#include "auth/link.hpp"
#include "base/clock.hpp"
#include "base/words.hpp"
#include "storage/database.hpp"

namespace kith::app {

struct OutboxParts { // all outlive the call
  storage::Database* database{};
  const auth::Links* links{};
  const Words* words{};
  const Clock* clock{};
  Random* random{};
  Sink* sink{};
  std::string address{}; // of this service as people reach it, e.g. "https://kith.example.org"
};

struct Sent {
  int sent{};
  bool unreachable{}; // the sink took nothing more; the rest waits
};
// Sends what is due in one organisation. Failures: storage's.
Result<Sent> send_due(const OutboxParts& parts, OrganisationId organisation,
                      const std::atomic<bool>& stopping);

std::int64_t pause_ms(int attempts);    // after so many that failed
inline constexpr int attempts_max = 48; // about two days

// Sends for every organisation every few seconds. What a stop cuts off is sent after the next start.
std::unique_ptr<Work> sending(const OutboxParts& parts);

} // namespace kith::app
