// A member of staff changes their own password. As in signing in, hashing happens outside every transaction,
// wrong guesses are counted where codes are, and a code works once.
#include "auth/account_store.hpp"
#include "auth/audit.hpp"
#include "auth/sign_in.hpp"
#include "auth/totp.hpp"

namespace kith::auth {

Scope make_scope(Actor actor, Instant now, Random& random, std::string request_id); // in actor.cpp

Done SignIn::change_password(const PasswordChange& request) const {
  const auto reference = parse_reference(request.cookie);
  if (!reference) return forbidden("sign_in.needed");
  TRY_ASSIGN(const auto live, read_session(*reference));
  if (!live) return forbidden("sign_in.needed");
  const bool staff = live->holder == Holder::staff && live->actor.strength == Strength::full;
  if (!staff) return forbidden("account.no_password");
  Account account;
  {
    TRY_ASSIGN(auto tx, parts_.database->begin(reference->organisation, storage::Access::read));
    TRY_ASSIGN(account, account_of_id(tx, live->actor.account));
  }
  if (const auto problem = password_problem({request.chosen, account.sign_in})) return invalid(*problem);
  TRY_ASSIGN(const Attempt attempt, begin_code(*live, {request.cookie, request.code, request.visitor}));
  const auto same = parts_.passwords->verify({.stored = account.password_hash, .password = request.password});
  const auto hashed = same.ok() ? parts_.passwords->hash(request.chosen) : same.failure();
  if (!hashed.ok()) {
    TRY(refuse(reference->organisation, attempt, Outcome::busy));
    return hashed.failure();
  }
  if (!*same) {
    TRY(refuse(reference->organisation, attempt, Outcome::refused));
    return invalid("sign_in.refused");
  }
  return put_password(*reference, request, {account.id, account.password_hash, *hashed}, attempt);
}

// The session is looked up again: one that was ended meanwhile, by the same change elsewhere, changes
// nothing.
Done SignIn::put_password(const Reference& reference, const PasswordChange& request, const Rehash& rehash,
                          const Attempt& attempt) const {
  const Instant now = parts_.clock->now();
  TRY_ASSIGN(auto tx, parts_.database->begin(reference.organisation, storage::Access::write));
  TRY_ASSIGN(const auto still, sessions_.look_up(tx, reference, now));
  TRY_ASSIGN(const Account account, account_of_id(tx, rehash.account));
  const auto step = accepted_totp_step({account.totp_secret, request.code, account.totp_step, now});
  bool accepted = still.has_value() && step.has_value() && account.password_hash == rehash.from;
  if (accepted) {
    TRY_ASSIGN(accepted, use_totp_step(tx, {account.id, *step}));
  }
  TRY(judge_attempt(tx, attempt, accepted ? Outcome::ok : Outcome::refused));
  if (accepted) {
    TRY(replace_password_hash(tx, rehash));
    const Scope scope = make_scope(still->actor, now, *parts_.random, std::string(request.request_id));
    TRY(end_other_sessions(tx, scope));
    TRY(write_audit(tx, scope,
                    {.operation = "own_password.change",
                     .object_kind = "account",
                     .object = account.id.text(),
                     .care = "change",
                     .fields = "password_hash",
                     .basis = "self"}));
  }
  TRY(tx.commit());
  if (!accepted) return invalid("sign_in.refused");
  return {};
}

} // namespace kith::auth
