#include "app/outbox.hpp"

#include <algorithm>
#include <optional>

#include "auth/account_store.hpp"
#include "base/log.hpp"
#include "base/zones.hpp"
#include "connections/task.hpp"
#include "people/consent.hpp"
#include "people/person_store.hpp"
#include "storage/trail.hpp"
#include "teams/organisation.hpp"
#include "web/messages.hpp"
#include "workforce/worker_store.hpp"

namespace kith::app {
namespace {

constexpr std::int64_t claim_ms = minutes_ms(10); // longer than any sink takes
constexpr std::int64_t pause_max_ms = hours_ms(1);
constexpr int every_seconds = 5, unreachable_seconds = 60;
constexpr std::string_view by_voice_only = "by_voice_only", no_consent = "no_consent", sandbox = "sandbox";

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
  if (!consent || !alive(person)) return Addressed{{}, std::string(no_consent), {}};
  if (person.contact_way == ContactWay::phone) return Addressed{{}, std::string(by_voice_only), {}};
  if (person.contact_way != ContactWay::email && person.contact_way != ContactWay::text)
    return Addressed{{}, "no_way_to_reach", {}};
  TRY_ASSIGN(const auto account, auth::account_of_person(tx, scope, *id));
  const std::string to = person.contact_way == ContactWay::email ? person.email : person.phone;
  return Addressed{to, to.empty() ? "no_address" : "", account ? account->id : Id<Account>{}};
}

// A message that is not sent and never will be: somebody was not told, so a coordinator is. Not of one that
// asks for nothing, nor of people who are made up or wish to hear nothing.
Done give_up(storage::Transaction& tx, const auth::Scope& scope, const storage::OutboxMessage& message,
             const std::string& outcome) {
  TRY(storage::mark_cancelled(tx, message.id, scope.now(), outcome));
  if (message.template_name == "worker_place_free" || outcome == sandbox || outcome == no_consent) return {};
  const TaskKind kind = outcome == by_voice_only ? TaskKind::call_with_news : TaskKind::message_not_delivered;
  TRY_ASSIGN(const bool told, connections::has_open_task(tx, scope, message.about, kind));
  if (told) return {};
  TRY_ASSIGN(const Organisation organisation, teams::load_organisation(tx));
  const Date today = local_date(scope.now(), organisation.zone);
  return connections::add_task(tx, scope,
                               {{}, kind, message.about_kind, message.about, "coordinator", today + 1});
}

// Claims the message and writes it; nothing when it is not to be sent.
Result<std::optional<Mail>> prepare(const OutboxParts& parts, storage::Transaction& tx,
                                    const auth::Scope& scope, const storage::OutboxMessage& message) {
  TRY_ASSIGN(const bool claimed,
             storage::claim_message(tx, message.id, {scope.now(), scope.now() + claim_ms}));
  if (!claimed) return std::optional<Mail>();
  TRY_ASSIGN(Addressed addressed, address_of(tx, scope, message));
  TRY_ASSIGN(const Organisation organisation, teams::load_organisation(tx));
  if (organisation.sandbox && parts.sink->leaves_house()) addressed = {{}, std::string(sandbox), {}};
  if (addressed.to.empty()) {
    TRY(give_up(tx, scope, message, addressed.outcome));
    return std::optional<Mail>();
  }
  std::string link = parts.address + "/sign-in";
  if (!addressed.account.empty()) {
    // However often this message is tried, it carries the same link until that is used. Ending the link of an
    // earlier try instead could leave somebody with a dead one only: a try that we lost sight of may have
    // arrived, and the later one may not.
    TRY_ASSIGN(const auto made, parts.links->make(tx, scope,
                                                  {.account = addressed.account,
                                                   .target = "/me",
                                                   .expires_at = scope.now() + days_ms(14),
                                                   .purpose = "message|" + message.id}));
    link = parts.address + "/in/" + made.text;
  }
  web::MessageText whole = web::message_text(*parts.words, {message.template_name, link});
  return std::optional<Mail>(
      Mail{message.id, addressed.to, std::move(whole.subject), std::move(whole.body), scope.now()});
}

Done settle(storage::Transaction& tx, const auth::Scope& scope, const storage::OutboxMessage& message,
            const Delivery& delivery) {
  const int attempts = message.attempts + 1; // with the claim just made
  if (delivery.handed == Handed::sent)
    return storage::mark_sent(tx, message.id, scope.now(), delivery.outcome);
  if (delivery.handed != Handed::refused && attempts < attempts_max)
    return storage::mark_attempt(tx, message.id, scope.now() + pause_ms(attempts), delivery.outcome);
  return give_up(tx, scope, message, delivery.outcome);
}

template <class Body> Done in_transaction(const OutboxParts& parts, OrganisationId organisation, Body body) {
  TRY_ASSIGN(auto tx, parts.database->begin(organisation, storage::Access::write));
  TRY(body(tx, auth::service_scope({"outbox", organisation}, parts.clock->now(), *parts.random)));
  return tx.commit();
}

// What became of one message; nothing when it was not to be sent.
Result<std::optional<Delivery>> send(const OutboxParts& parts, OrganisationId organisation,
                                     const storage::OutboxMessage& message,
                                     const std::atomic<bool>& stopping) {
  std::optional<Mail> mail;
  const Done prepared = in_transaction(parts, organisation, [&](auto& tx, const auth::Scope& scope) -> Done {
    TRY_ASSIGN(mail, prepare(parts, tx, scope, message));
    return {};
  });
  if (!prepared.ok()) {
    if (prepared.failure().fault == Fault::unavailable) return prepared.failure();
    // Such as a recipient who is not there any more: it must not hold up those behind it.
    TRY(in_transaction(parts, organisation, [&](auto& tx, const auth::Scope& scope) {
      return give_up(tx, scope, message, prepared.failure().code);
    }));
    return std::optional<Delivery>();
  }
  if (!mail) return std::optional<Delivery>();
  const Delivery delivery = parts.sink->hand_over(*mail, stopping);
  if (delivery.handed != Handed::sent)
    log(LogLevel::warning, "outbox.failed",
        {{"organisation", organisation.text()},
         {"message", message.id},
         {"outcome", delivery.outcome},
         {"attempts", message.attempts + 1}});
  TRY(in_transaction(parts, organisation, [&](auto& tx, const auth::Scope& scope) {
    return settle(tx, scope, message, delivery);
  }));
  return std::optional<Delivery>(delivery);
}

} // namespace

std::int64_t pause_ms(int attempts) {
  return std::min(pause_max_ms, minutes_ms(1) << std::clamp(attempts - 1, 0, 6));
}

Result<Sent> send_due(const OutboxParts& parts, OrganisationId organisation,
                      const std::atomic<bool>& stopping) {
  std::vector<storage::OutboxMessage> due;
  {
    TRY_ASSIGN(auto tx, parts.database->begin(organisation, storage::Access::read));
    TRY_ASSIGN(due, storage::due_messages(tx, parts.clock->now()));
  }
  Sent sent;
  for (const storage::OutboxMessage& message : due) {
    if (stopping.load()) return sent;
    TRY_ASSIGN(const auto delivery, send(parts, organisation, message, stopping));
    if (!delivery) continue;
    if (delivery->handed == Handed::sent) ++sent.sent;
    sent.unreachable = delivery->handed == Handed::unreachable;
    if (sent.unreachable) return sent;
  }
  return sent;
}

namespace {

class Sending final : public Work {
public:
  explicit Sending(const OutboxParts& parts) : parts_(parts) {}

  int round(const std::atomic<bool>& stopping) override {
    bool unreachable = false;
    for_each_organisation(*parts_.database, [&](OrganisationId organisation) {
      if (unreachable) return; // for all of them
      const auto sent = send_due(parts_, organisation, stopping);
      if (!sent.ok())
        log(LogLevel::warning, "outbox.failed",
            {{"organisation", organisation.text()}, {"outcome", sent.failure().code}});
      else unreachable = sent->unreachable;
    });
    return unreachable ? unreachable_seconds : every_seconds;
  }

private:
  OutboxParts parts_{};
};

} // namespace

std::unique_ptr<Work> sending(const OutboxParts& parts) { return std::make_unique<Sending>(parts); }

} // namespace kith::app
