#include "auth/account_store.hpp"
#include "auth/keys.hpp"
#include "auth/link.hpp"
#include "base/text.hpp"

namespace kith::auth {
namespace {

using storage::Access;
using storage::Query;

const Query add{
    "sign_in_link.add", Access::write,
    "insert into sign_in_link (org_id, id, account_id, code_hash, target, made_at, expires_at, reusable)"
    " values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"};
const Query usable{"sign_in_link.usable", Access::read,
                   "select l.account_id, l.code_hash, l.target, l.reusable, a.holder, o.sandbox"
                   " from v_sign_in_link l"
                   " join v_account a on a.id = l.account_id and a.status = 'active'"
                   " join v_organisation o on o.id = l.org_id"
                   " where l.id = ?1 and l.expires_at > ?2 and (l.used_at is null or l.reusable = 1)"
                   " limit 1"};
const Query owner{"sign_in_link.owner", Access::read,
                  "select account_id from v_sign_in_link where id = ?1 limit 1"};
const Query count_try{
    "sign_in_link.count_try", Access::write,
    "update sign_in_link set tries = tries + 1 where org_id = ?1 and id = ?2 and tries < ?3"};
const Query take{"sign_in_link.take", Access::write,
                 "update sign_in_link set used_at = ?1, tries = 0 where org_id = ?2 and id = ?3"
                 " and expires_at > ?1 and (used_at is null or reusable = 1)"};
const Query end_of_account{"sign_in_link.end_of_account", Access::write,
                           "update sign_in_link set used_at = ?1, reusable = 0"
                           " where org_id = ?2 and account_id = ?3 and (used_at is null or reusable = 1)"};
const Query made_before{"sign_in_link.made_before", Access::read,
                        "select used_at, expires_at from v_sign_in_link where id = ?1 limit 1"};
const Query prolong{"sign_in_link.prolong", Access::write,
                    "update sign_in_link set expires_at = ?1"
                    " where org_id = ?2 and id = ?3 and used_at is null and expires_at < ?1"};
const Query sandbox{"sign_in_link.sandbox", Access::read,
                    "select sandbox from v_organisation where id = ?1 limit 1"};

constexpr std::uint64_t codes_count = 100'000'000;
constexpr std::size_t target_max = 300;
constexpr int spent_max = 100; // links of one purpose

// A path of this site: nothing that a browser could read as another host.
bool good_target(std::string_view target) {
  if (target.empty() || target.size() > target_max || target[0] != '/') return false;
  if (target.starts_with("//") || target.find('\\') != std::string_view::npos) return false;
  for (const char c : target)
    if (c <= ' ' || c > '~') return false;
  return true;
}

std::string eight_digits(Random& random) {
  const std::string digits = std::to_string(random.below(codes_count));
  return std::string(8 - digits.size(), '0') + digits;
}

} // namespace

std::string Links::code_hash(std::string_view id, std::string_view code) const {
  std::string plain;
  for (const char c : code)
    if (c != ' ') plain += c;
  return hex(keyed_hash(key_, "code|" + std::string(id) + "|" + plain));
}

// The link of a purpose follows from it by the key, so that it can be written into a message again although
// the database holds its hash only. One that was used, ended or ran out is followed by the next, for whoever
// gets the message again must not find a dead link.
Result<Links::Chosen> Links::reference_for(storage::Transaction& tx, const Scope& scope,
                                           const LinkOptions& options) const {
  const bool any = options.purpose.empty() || options.with_code || options.reusable;
  for (int spent = 0; !any && spent < spent_max; ++spent) {
    const std::string said =
        "purpose|" + options.account.text() + "|" + std::to_string(spent) + "|" + options.purpose;
    Chosen chosen{{tx.organisation(), base64url(keyed_hash(key_, said))}, false};
    TRY_ASSIGN(const auto row, tx.row(made_before, {stored_id(key_, chosen.reference)}));
    chosen.open = row && row->null(0) && row->integer(1) > scope.now().ms;
    if (!row || chosen.open) return chosen;
  }
  return Chosen{new_reference(tx.organisation(), scope.random()), false};
}

Result<MadeLink> Links::make(storage::Transaction& tx, const Scope& scope, const LinkOptions& options) const {
  if (!good_target(options.target)) return invalid("link.target");
  const std::int64_t length_ms = options.expires_at.ms - scope.now().ms;
  if (length_ms <= 0 || (length_ms > longest_ms && !options.reusable)) return invalid("link.expiry");
  TRY_ASSIGN(const Account account, account_of_id(tx, options.account));
  TRY_ASSIGN(const auto row, tx.row(sandbox, {tx.organisation_text()}));
  const bool in_sandbox = row && row->integer(0) == 1;
  if (!in_sandbox && (options.reusable || account.holder == Holder::staff))
    return forbidden("link.sandbox_only");

  TRY_ASSIGN(const Chosen chosen, reference_for(tx, scope, options));
  const std::string id = stored_id(key_, chosen.reference);
  MadeLink made{.text = chosen.reference.text()};
  if (chosen.open) {
    TRY(tx.run(prolong, {options.expires_at.ms, tx.organisation_text(), id}));
    return made;
  }
  storage::Value code;
  if (options.with_code) {
    made.code = eight_digits(scope.random());
    code = code_hash(id, made.code);
  }
  TRY(tx.run(add, {tx.organisation_text(), id, account.id.text(), code, options.target, scope.now().ms,
                   options.expires_at.ms, std::int64_t{options.reusable ? 1 : 0}}));
  return made;
}

Result<bool> Links::asks_code(storage::Transaction& tx, const Reference& reference, Instant now) const {
  TRY_ASSIGN(const auto row, tx.row(usable, {stored_id(key_, reference), now.ms}));
  return row && !row->null(1);
}

Result<bool> Links::works(storage::Transaction& tx, const Reference& reference, Instant now) const {
  TRY_ASSIGN(const auto row, tx.row(usable, {stored_id(key_, reference), now.ms}));
  return row.has_value();
}

Result<std::optional<Id<Account>>> Links::account_of(storage::Transaction& tx,
                                                     const Reference& reference) const {
  TRY_ASSIGN(const auto row, tx.row(owner, {stored_id(key_, reference)}));
  return row ? std::optional<Id<Account>>(row->id<Account>(0)) : std::nullopt;
}

Result<std::optional<UsableLink>> Links::use(storage::Transaction& tx, const LinkUse& use,
                                             Instant now) const {
  const std::optional<UsableLink> refused;
  const std::string id = stored_id(key_, use.reference);
  TRY_ASSIGN(const auto row, tx.row(usable, {id, now.ms}));
  if (!row) return refused;
  const auto holder = record::parse_code<Holder>(row->text(4));
  const bool in_sandbox = row->integer(5) == 1;
  const bool needs_sandbox = row->integer(3) == 1 || holder == Holder::staff;
  if (!holder || (needs_sandbox && !in_sandbox)) return refused;
  if (!row->null(1)) {
    // Counted before it is compared, so that parallel guesses cannot share a try.
    TRY_ASSIGN(const auto counted,
               tx.run(count_try, {tx.organisation_text(), id, std::int64_t{code_tries_max}}));
    if (counted != 1 || !equal_in_constant_time(code_hash(id, use.code), row->text(1))) return refused;
  }
  TRY_ASSIGN(const auto taken, tx.run(take, {now.ms, tx.organisation_text(), id}));
  if (taken != 1) return refused;
  return std::optional<UsableLink>{{row->id<Account>(0), *holder, row->text(2)}};
}

Done end_links_of(storage::Transaction& tx, Id<Account> account, Instant now) {
  TRY(tx.run(end_of_account, {now.ms, tx.organisation_text(), account.text()}));
  return {};
}

} // namespace kith::auth
