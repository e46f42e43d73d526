#include "auth/sign_in.hpp"

#include "auth/account_store.hpp"
#include "auth/totp.hpp"
#include "base/log.hpp"
#include "base/text.hpp"
#include "base/unicode.hpp"

namespace kith::auth {
namespace {

using storage::Access;

constexpr std::size_t name_bytes_max = 400;

Failure refused() { return invalid("sign_in.refused"); }

// A name that cannot be anybody's is treated as one that nobody has.
std::string sensible_name(std::string_view name) {
  const std::string_view trimmed = trim(name);
  if (trimmed.size() > name_bytes_max || !clean_text(trimmed, false)) return "";
  return folded(trimmed);
}

std::string with(std::string_view what, std::string_view visitor) {
  return std::string(what) + "|" + std::string(visitor);
}

GuessLimit of_visitor(std::string_view visitor) {
  return {with("visitor", visitor), Attempts::visitor_failures_max};
}

} // namespace

SignIn::SignIn(const SignInParts& parts)
    : parts_(parts), sessions_(parts.keys->secret("session")), links_(parts.keys->secret("link")),
      attempts_(*parts.database, parts.keys->secret("attempt")) {}

Done SignIn::refuse(OrganisationId organisation, const Attempt& attempt, Outcome outcome) const {
  TRY_ASSIGN(auto tx, parts_.database->begin(organisation, Access::write));
  TRY(judge_attempt(tx, attempt, outcome));
  return tx.commit();
}

Result<NewSession> SignIn::begin_sign_in(const PasswordSignIn& request) const {
  const std::string name = sensible_name(request.name);
  TRY_ASSIGN(const Attempt attempt,
             attempts_.begin({.organisation = request.organisation,
                              .limits = {{with("name|" + name, request.visitor), Attempts::failures_max},
                                         of_visitor(request.visitor),
                                         {"name|" + name, Attempts::failures_max, AtLimit::pause}},
                              .place = with(name, request.visitor),
                              .strangers_from = 2,
                              .now = parts_.clock->now()}));
  std::optional<Account> account;
  {
    TRY_ASSIGN(auto tx, parts_.database->begin(request.organisation, Access::read));
    TRY_ASSIGN(account, account_signing_in(tx, name));
  }
  const bool may = account && !name.empty() && account->holder == Holder::staff &&
                   account->status == Standing::active && !account->password_hash.empty();
  const auto same = parts_.passwords->verify(
      {.stored = may ? std::string_view(account->password_hash) : "", .password = request.password});
  if (!same.ok()) {
    TRY(refuse(request.organisation, attempt, Outcome::busy));
    return same.failure();
  }
  if (!*same || !may) {
    TRY(refuse(request.organisation, attempt, Outcome::refused));
    return refused();
  }
  TRY_ASSIGN(NewSession session, finish_password(*account, request, attempt));
  end_replaced_elsewhere(request.organisation, request.replaces);
  return session;
}

Result<NewSession> SignIn::finish_password(const Account& account, const PasswordSignIn& request,
                                           const Attempt& attempt) const {
  std::string stronger;
  if (parts_.passwords->needs_rehash(account.password_hash)) {
    auto hashed = parts_.passwords->hash(request.password);
    if (hashed.ok()) stronger = *hashed; // a full pool leaves it for the next time
  }
  const Instant now = parts_.clock->now();
  TRY_ASSIGN(auto tx, parts_.database->begin(request.organisation, Access::write));
  if (!stronger.empty()) TRY(replace_password_hash(tx, {account.id, account.password_hash, stronger}));
  TRY(judge_attempt(tx, attempt, Outcome::ok));
  TRY_ASSIGN(NewSession session, sessions_.begin(tx,
                                                 {.account = account.id,
                                                  .holder = account.holder,
                                                  .strength = Strength::password,
                                                  .now = now,
                                                  .made_at = now},
                                                 *parts_.random));
  TRY(end_replaced(tx, request.replaces, now));
  TRY(tx.commit());
  return session;
}

Done SignIn::end_replaced(storage::Transaction& tx, std::string_view cookie, Instant now) const {
  const auto reference = parse_reference(cookie);
  if (!reference || reference->organisation != tx.organisation()) return {};
  return end_session(tx, sessions_.id_of(*reference), now);
}

// A session of another organisation cannot end in the same transaction. By now the new one exists and a link
// may be spent, so a failure here must not take the new session away: the old one rests and ends by itself.
void SignIn::end_replaced_elsewhere(OrganisationId here, std::string_view cookie) const {
  const auto reference = parse_reference(cookie);
  if (!reference || reference->organisation == here) return;
  if (!sign_out(cookie).ok()) log(LogLevel::warning, "sign_in.session_not_ended", {});
}

Result<std::optional<LiveSession>> SignIn::read_session(const Reference& reference) const {
  TRY_ASSIGN(auto tx, parts_.database->begin(reference.organisation, Access::read));
  return sessions_.look_up(tx, reference, parts_.clock->now());
}

// Only who has the password comes this far, so strangers to the account share one hard limit: a code of six
// digits must not be guessed from many networks.
Result<Attempt> SignIn::begin_code(const LiveSession& waiting, const CodeSignIn& request) const {
  std::string name;
  {
    TRY_ASSIGN(auto tx, parts_.database->begin(waiting.actor.organisation, Access::read));
    TRY_ASSIGN(const Account account, account_of_id(tx, waiting.actor.account));
    name = account.sign_in;
  }
  const std::string subject = "code|" + waiting.actor.account.text();
  return attempts_.begin({.organisation = waiting.actor.organisation,
                          .limits = {{with(subject, request.visitor), Attempts::failures_max},
                                     of_visitor(request.visitor),
                                     {subject, Attempts::failures_max}},
                          .place = with(name, request.visitor),
                          .strangers_from = 2,
                          .now = parts_.clock->now()});
}

Result<NewSession> SignIn::confirm_totp(const CodeSignIn& request) const {
  const auto reference = parse_reference(request.cookie);
  if (!reference) return refused();
  TRY_ASSIGN(const auto waiting, read_session(*reference));
  if (!waiting || waiting->holder != Holder::staff) return refused();
  const Instant now = parts_.clock->now();
  TRY_ASSIGN(const Attempt attempt, begin_code(*waiting, request));

  TRY_ASSIGN(auto tx, parts_.database->begin(reference->organisation, Access::write));
  TRY_ASSIGN(const auto still, sessions_.look_up(tx, *reference, now));
  TRY_ASSIGN(const Account account, account_of_id(tx, waiting->actor.account));
  const auto step = accepted_totp_step({account.totp_secret, request.code, account.totp_step, now});
  bool accepted = still.has_value() && step.has_value();
  if (accepted) {
    TRY_ASSIGN(accepted, use_totp_step(tx, {account.id, *step}));
  }
  TRY(judge_attempt(tx, attempt, accepted ? Outcome::ok : Outcome::refused));
  if (!accepted) {
    TRY(tx.commit());
    return refused();
  }
  TRY(attempts_.remember_place(tx, with(account.sign_in, request.visitor), now));
  TRY(end_session(tx, still->actor.session, now));
  const bool again = still->actor.strength == Strength::full; // a step-up does not prolong the day
  TRY_ASSIGN(NewSession session, sessions_.begin(tx,
                                                 {.account = account.id,
                                                  .holder = account.holder,
                                                  .strength = Strength::full,
                                                  .now = now,
                                                  .made_at = again ? still->made_at : now},
                                                 *parts_.random));
  TRY(tx.commit());
  return session;
}

Result<SignedInByLink> SignIn::use_link(const LinkSignIn& request) const {
  const auto reference = parse_reference(request.text);
  if (!reference) return refused();
  TRY_ASSIGN(SignedInByLink used, use_link_of(*reference, request));
  end_replaced_elsewhere(reference->organisation, request.replaces);
  return used;
}

Result<SignedInByLink> SignIn::use_link_of(const Reference& reference, const LinkSignIn& request) const {
  const Instant now = parts_.clock->now();
  TRY_ASSIGN(auto tx, parts_.database->begin(reference.organisation, Access::write));
  TRY_ASSIGN(const auto link, links_.use(tx, {reference, request.code}, now));
  if (!link) {
    TRY(tx.commit());
    return refused();
  }
  // A link of staff exists only in a sandbox, where it stands for password and code.
  const Strength strength = link->holder == Holder::staff ? Strength::full : Strength::link;
  TRY_ASSIGN(NewSession session, sessions_.begin(tx,
                                                 {.account = link->account,
                                                  .holder = link->holder,
                                                  .strength = strength,
                                                  .now = now,
                                                  .made_at = now},
                                                 *parts_.random));
  TRY(end_replaced(tx, request.replaces, now));
  TRY(tx.commit());
  return SignedInByLink{std::move(session), link->target};
}

Result<std::optional<LiveSession>> SignIn::holder_of(std::string_view cookie) const {
  const auto reference = parse_reference(cookie);
  if (!reference) return std::optional<LiveSession>{};
  TRY_ASSIGN(auto session, read_session(*reference));
  if (session && session->touch_due) {
    TRY_ASSIGN(auto tx, parts_.database->begin(reference->organisation, Access::write));
    TRY(touch_session(tx, session->actor.session, parts_.clock->now()));
    TRY(tx.commit());
  }
  return session;
}

Done SignIn::sign_out(std::string_view cookie) const {
  const auto reference = parse_reference(cookie);
  if (!reference) return {};
  TRY_ASSIGN(auto tx, parts_.database->begin(reference->organisation, Access::write));
  TRY(end_session(tx, sessions_.id_of(*reference), parts_.clock->now()));
  return tx.commit();
}

} // namespace kith::auth
