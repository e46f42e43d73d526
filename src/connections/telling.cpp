#include "connections/telling.hpp"

#include "base/check.hpp"
#include "storage/trail.hpp"

namespace kith::connections {

Done tell(storage::Transaction& tx, const auth::Scope& scope, const Telling& telling) {
  const bool to_worker = !telling.worker.empty();
  CHECK(to_worker == telling.person.empty());
  storage::OutboxMessage message;
  message.made_at = scope.now();
  message.send_after = scope.now() + telling.hold;
  message.recipient_kind = to_worker ? "worker" : "person";
  message.recipient = to_worker ? telling.worker.text() : telling.person.text();
  message.template_name = telling.words;
  message.about_kind = telling.about_kind;
  message.about = telling.about;
  message.dedupe_key =
      std::string(telling.words) + ":" + (telling.once.empty() ? telling.about : telling.once);
  return storage::add_message(tx, scope.random(), message);
}

} // namespace kith::connections
