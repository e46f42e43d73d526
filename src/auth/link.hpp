// Sign-in links for people and supporters: a letter, card or message carries `<organisation id>.<token>`,
// optionally guarded by an eight-digit code told on another way. A link works once and until its time; a
// reusable one exists only in a sandbox organisation. Opening a link changes nothing (mail scanners open
// links): using it is a second step. Used by sign_in and by whoever invites.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "auth/account.hpp"
#include "auth/reference.hpp"
#include "storage/database.hpp"

namespace kith::auth {

struct LinkOptions {
  Id<Account> account{};
  std::string target{"/"}; // a path here
  Instant expires_at{};
  bool reusable{};
  bool with_code{};
  // What carries it, such as a message: made again for the same, it is the same link with a later end, as
  // long as it was not used, so that a message sent twice leaves one open link and no dead one. "": a new
  // link.
  std::string purpose{};
};

struct MadeLink {
  std::string text{}; // the only copy
  std::string code{}; // "" without one
};

struct LinkUse {
  Reference reference{};
  std::string_view code{}; // spaces allowed
};

struct UsableLink {
  Id<Account> account{};
  Holder holder{};
  std::string target{};
};

class Links {
public:
  static constexpr int code_tries_max = 5;
  static constexpr std::int64_t longest_ms = days_ms(31);

  explicit Links(std::string key) : key_(std::move(key)) {} // OrganisationKeys::secret("link")

  // Codes: link.target, link.expiry (invalid); link.sandbox_only (forbidden: a reusable link elsewhere, or a
  // link for staff); not_found: no such account.
  Result<MadeLink> make(storage::Transaction& tx, const Scope& scope, const LinkOptions& options) const;

  // Whether a code must be asked for. Unknown and spent links answer false, like any link without a code.
  Result<bool> asks_code(storage::Transaction& tx, const Reference& reference, Instant now) const;

  // Whether it would be taken now, but for its code.
  Result<bool> works(storage::Transaction& tx, const Reference& reference, Instant now) const;
  // Whose it is or was, spent or not. Nothing: there never was such a link.
  Result<std::optional<Id<Account>>> account_of(storage::Transaction& tx, const Reference& reference) const;

  // Takes the link. Nothing: refused; commit all the same, a wrong code was counted.
  Result<std::optional<UsableLink>> use(storage::Transaction& tx, const LinkUse& use, Instant now) const;

private:
  struct Chosen {
    Reference reference{};
    bool open{}; // it is there already and was not used
  };
  Result<Chosen> reference_for(storage::Transaction& tx, const Scope& scope,
                               const LinkOptions& options) const;
  std::string code_hash(std::string_view id, std::string_view code) const;
  std::string key_{};
};

Done end_links_of(storage::Transaction& tx, Id<Account> account, Instant now);

} // namespace kith::auth
