// Signing in, as actions with transactions of their own: password hashing must not hold the database's
// writer, and a refused guess is recorded although nothing else is. Staff: password, then code; two sessions,
// the second a new one. People and supporters: a link. Every refusal is the one code sign_in.refused
// (invalid), with the same work and answer for unknown accounts (F36); too many: sign_in.wait (too_much;
// argument: minutes); sign_in.busy (too_much) when the hash pool is full. A browser has one session: the one
// it held before ends with the new one. Used by the sign-in pages.
// Thread-safe.
#pragma once
#include <string>
#include <string_view>

#include "auth/account_store.hpp"
#include "auth/attempt.hpp"
#include "auth/link.hpp"
#include "auth/password.hpp"
#include "auth/session.hpp"
#include "base/clock.hpp"

namespace kith::auth {

struct PasswordSignIn {
  OrganisationId organisation{};
  std::string_view name{};
  std::string_view password{};
  std::string_view visitor{};  // the network it comes from: http::visitor_of
  std::string_view replaces{}; // the cookie this browser holds, "" for none; its session ends
};

struct CodeSignIn {
  std::string_view
      cookie{}; // of the session that waits for its code, or of one to make strong again (step-up)
  std::string_view code{};
  std::string_view visitor{};
};

struct LinkSignIn {
  std::string_view text{};
  std::string_view code{};     // when Links::asks_code
  std::string_view replaces{}; // as above
};

struct PasswordChange {
  std::string_view cookie{};   // of a full session of staff
  std::string_view password{}; // the one that holds now
  std::string_view code{};
  std::string_view chosen{};
  std::string_view visitor{};
  std::string_view request_id{}; // for the audit
};

struct SignedInByLink {
  NewSession session{};
  std::string target{};
};

struct SignInParts { // all outlive the SignIn
  storage::Database* database{};
  const OrganisationKeys* keys{};
  const Passwords* passwords{};
  const Clock* clock{};
  Random* random{};
};

class SignIn {
public:
  explicit SignIn(const SignInParts& parts);

  Result<NewSession> begin_sign_in(const PasswordSignIn& request) const; // Strength::password
  Result<NewSession>
  confirm_totp(const CodeSignIn& request) const; // Strength::full; ends the earlier session
  Result<SignedInByLink> use_link(const LinkSignIn& request) const; // Strength::link

  // Ends the other sessions and writes the audit. Failures: sign_in.needed, account.no_password (forbidden);
  // what password_problem says (invalid); those of signing in.
  Done change_password(const PasswordChange& request) const;

  // For every request: the holder of this cookie, in a read transaction of its own, touched when that is due.
  Result<std::optional<LiveSession>> holder_of(std::string_view cookie) const;
  Done sign_out(std::string_view cookie) const; // also of a session that is already over

  const Sessions& sessions() const { return sessions_; }
  const Links& links() const { return links_; }
  const Attempts& attempts() const { return attempts_; } // for other public forms that must not be flooded

private:
  Done refuse(OrganisationId organisation, const Attempt& attempt, Outcome outcome) const;
  Result<NewSession> finish_password(const Account& account, const PasswordSignIn& request,
                                     const Attempt& attempt) const;
  Result<SignedInByLink> use_link_of(const Reference& reference, const LinkSignIn& request) const;
  Result<Attempt> begin_code(const LiveSession& waiting, const CodeSignIn& request) const;
  Done put_password(const Reference& reference, const PasswordChange& request, const Rehash& rehash,
                    const Attempt& attempt) const;
  Done end_replaced(storage::Transaction& tx, std::string_view cookie, Instant now) const;
  void end_replaced_elsewhere(OrganisationId here, std::string_view cookie) const;
  Result<std::optional<LiveSession>> read_session(const Reference& reference) const;

  SignInParts parts_{};
  Sessions sessions_;
  Links links_;
  Attempts attempts_;
};

} // namespace kith::auth
