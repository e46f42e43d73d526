// What a change leaves behind in its own transaction: the fact (what happened, to what, by whom) and the
// messages to send. Sending, jobs and reactions happen after the commit, from these rows. Details are codes
// and ids; names and words never enter a fact.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/random.hpp"
#include "storage/database.hpp"

namespace kith::storage {

struct Fact {
  Instant at{};
  std::string actor{};     // account id, or the name of a service
  std::string_view kind{}; // "offer_made", "connection_agreed", …
  std::string_view object_kind{};
  std::string object{};
  std::string detail{};
};
Done record_fact(Transaction& tx, Random& random, const Fact& fact);

struct OutboxMessage {
  std::string id{};
  Instant made_at{};
  Instant send_after{};
  std::string recipient_kind{}; // person, worker, account
  std::string recipient{};
  std::string template_name{}; // words "message.<template>.subject" and ".body"
  std::string about_kind{};
  std::string about{};
  std::string dedupe_key{}; // one effect however often the action is repeated
  int attempts{};           // claims so far
};
Done add_message(Transaction& tx, Random& random,
                 const OutboxMessage& message); // a repeated key adds nothing
struct MessagesTo {
  std::string recipient_kind{};
  std::string recipient{};
  std::string template_name{};
  Instant since{}; // made later than this
};
Result<std::int64_t> count_messages_to(Transaction& tx, const MessagesTo& asked); // sent or not
Done cancel_messages(Transaction& tx, Instant now, std::string_view about_kind, const std::string& about);
Result<std::vector<OutboxMessage>> due_messages(Transaction& tx, Instant now); // oldest first, at most 100
// How many still wait to go out, and how many of them should have gone by now.
struct WaitingMessages {
  std::int64_t waiting{};
  std::int64_t overdue{};
  std::optional<Instant> due_since{}; // when the first of them may be sent
};
Result<WaitingMessages> count_waiting_messages(Transaction& tx, Instant now);
Result<std::vector<OutboxMessage>> held_messages(Transaction& tx, std::string_view about_kind,
                                                 const std::string& about);
Result<std::optional<Instant>> newest_fact(Transaction& tx); // when something last happened here
// Takes a due message for sending; false when it was withdrawn, sent or taken by another meanwhile. The
// caller commits, hands it over and marks what became of it. When it dies between, the message is due again.
struct Claim {
  Instant now{};
  Instant again_at{};
};
Result<bool> claim_message(Transaction& tx, const std::string& id, const Claim& terms);
Done mark_sent(Transaction& tx, const std::string& id, Instant now, const std::string& outcome);
Done mark_attempt(Transaction& tx, const std::string& id, Instant try_again_at, const std::string& outcome);
Done mark_cancelled(Transaction& tx, const std::string& id, Instant now, const std::string& outcome);

} // namespace kith::storage
