#include "app/outbox.hpp"

#include <cstdio>
#include <memory>

#include "auth/account_store.hpp"
#include "people/consent.hpp"
#include "people/person_store.hpp"
#include "storage/trail.hpp"
#include "web/messages.hpp"
#include "workforce/worker_store.hpp"

namespace kith::app {
namespace {

struct Addressed {
  std::string to{};      // "" when nobody may be reached
  std::string outcome{}; // why not
  Id<Account> account{}; // of a person, for the link
};

Result<Addressed> address_of(storage::Transaction& tx, const auth::Scope& scope,
                             const storage::OutboxMessage& message) {
  if (message.recipient_kind == "worker") {
    const auto id = Id<Worker>::parse(message.recipient);
    if (!id) return Addressed{{}, "no_recipient", {}};
    TRY_ASSIGN(const Worker worker, workforce::load_worker(tx, scope, *id));
    return Addressed{worker.email, worker.email.empty() ? "no_address" : "", {}};
  }
  const auto id = Id<Person>::parse(message.recipient);
  if (!id) return Addressed{{}, "no_recipient", {}};
  TRY_ASSIGN(const Person person, people::load_person(tx, scope, *id));
  TRY_ASSIGN(const auto consent, people::live_consent(tx, scope, *id, Purpose::contact));
  if (!consent || !alive(person)) return Addressed{{}, "no_consent", {}};
  if (person.contact_way != ContactWay::email && person.contact_way != ContactWay::text)
    return Addressed{{}, "by_voice_only", {}};
  TRY_ASSIGN(const auto account, auth::account_of_person(tx, scope, *id));
  const std::string to = person.contact_way == ContactWay::email ? person.email : person.phone;
  return Addressed{to, to.empty() ? "no_address" : "", account ? account->id : Id<Account>{}};
}

Done write_file(const std::string& path, const std::string& bytes) {
  const std::string part = path + ".part";
  const std::unique_ptr<FILE, int (*)(FILE*)> file(std::fopen(part.c_str(), "wb"), std::fclose);
  if (!file || std::fwrite(bytes.data(), 1, bytes.size(), file.get()) != bytes.size() ||
      std::fflush(file.get()) != 0)
    return unavailable("outbox.folder");
  if (std::rename(part.c_str(), path.c_str()) != 0) return unavailable("outbox.folder");
  return {};
}

Done send(const OutboxParts& parts, storage::Transaction& tx, const auth::Scope& scope,
          const storage::OutboxMessage& message) {
  TRY_ASSIGN(const Addressed addressed, address_of(tx, scope, message));
  if (addressed.to.empty()) return storage::mark_cancelled(tx, message.id, scope.now(), addressed.outcome);
  std::string link = parts.address + "/sign-in";
  if (!addressed.account.empty()) {
    TRY_ASSIGN(const auto made,
               parts.links->make(
                   tx, scope,
                   {.account = addressed.account, .target = "/me", .expires_at = scope.now() + days_ms(14)}));
    link = parts.address + "/in/" + made.text;
  }
  const web::MessageText whole = web::message_text(*parts.words, {message.template_name, link});
  const std::string text = "To: " + addressed.to + "\nSubject: " + whole.subject + "\nMessage-ID: <" +
                           message.id + "@kith>\n\n" + whole.body + "\n";
  TRY(write_file(parts.folder + "/" + message.id + ".eml", text));
  return storage::mark_sent(tx, message.id, scope.now(), "sent");
}

} // namespace

Result<int> send_due(const OutboxParts& parts, OrganisationId organisation, Instant now) {
  const auth::Scope scope = auth::service_scope({"outbox", organisation}, now, *parts.random);
  std::vector<storage::OutboxMessage> due;
  {
    TRY_ASSIGN(auto tx, parts.database->begin(organisation, storage::Access::read));
    TRY_ASSIGN(due, storage::due_messages(tx, now));
  }
  for (const storage::OutboxMessage& message : due) {
    TRY_ASSIGN(auto tx, parts.database->begin(organisation, storage::Access::write));
    TRY(send(parts, tx, scope, message));
    TRY(tx.commit());
  }
  return static_cast<int>(due.size());
}

} // namespace kith::app
