// Sessions: read from the database at every request, so that ending one, suspending a role or an account
// holds on every instance at once (F28). Each has an idle and an absolute limit; a half-finished staff
// sign-in (password given, code not yet) lives ten minutes and carries no role. Used by sign_in and by the
// request path in web and fhir.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "auth/account.hpp"
#include "auth/reference.hpp"
#include "storage/database.hpp"

namespace kith::auth {

struct SessionLimits {
  std::int64_t idle_ms{};
  std::int64_t absolute_ms{};
};
SessionLimits session_limits(Holder holder, Strength strength);
constexpr std::int64_t touch_every_ms = minutes_ms(1);

struct NewSession {
  std::string cookie{}; // the only copy
  std::string id{};
  Instant ends_at{}; // absolute
};

struct LiveSession {
  Actor actor{};
  Holder holder{};
  Instant made_at{};
  Instant idle_ends_at{}; // counted from the last touch, so never late
  Instant ends_at{};
  std::optional<Instant> step_up_at{};
  bool touch_due{}; // call touch_session in a write transaction
};

struct SessionStart {
  Id<Account> account{};
  Holder holder{};
  Strength strength{};
  Instant now{};
  Instant made_at{}; // of the sign-in that this one continues; `now` for a new one
};

class Sessions {
public:
  explicit Sessions(std::string key) : key_(std::move(key)) {} // OrganisationKeys::secret("session")

  Result<NewSession> begin(storage::Transaction& tx, const SessionStart& start, Random& random) const;
  // Nothing: no such session, ended, too old, or the holder has no active account and role. `tx` must be
  // bound to the reference's organisation.
  Result<std::optional<LiveSession>> look_up(storage::Transaction& tx, const Reference& reference,
                                             Instant now) const;
  std::string id_of(const Reference& reference) const { return stored_id(key_, reference); }

private:
  std::string key_{};
};

Done touch_session(storage::Transaction& tx, std::string_view id, Instant now); // at most once a minute
Done end_session(storage::Transaction& tx, std::string_view id, Instant now);
Done end_sessions_of(storage::Transaction& tx, Id<Account> account, Instant now);

// One's own sessions that still work, newest first, for "where am I signed in".
struct SessionEntry {
  std::string id{};
  Strength strength{};
  Instant made_at{};
  Instant seen_at{};
};
Result<std::vector<SessionEntry>> own_sessions(storage::Transaction& tx, const Scope& scope);
Done end_own_session(storage::Transaction& tx, const Scope& scope,
                     std::string_view id);                             // not_found when another's
Done end_other_sessions(storage::Transaction& tx, const Scope& scope); // one's own but this one

} // namespace kith::auth
