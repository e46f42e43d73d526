#include "auth/account_store.hpp"

#include "auth/link.hpp"
#include "auth/session.hpp"
#include "base/unicode.hpp"

namespace kith::auth {
namespace {

using storage::Access;
using storage::Query;

const storage::RecordTable<Account>& table = account_table();
const std::string selected = "select " + table.columns() + " from v_account";

const Query by_sign_in{"account.by_sign_in", Access::read, selected + " where sign_in = ?1 limit 1"};
const Query by_person{"account.by_person", Access::read,
                      selected + " where person_id = ?1 and holder = 'person' limit 1"};
const Query by_worker{"account.by_worker", Access::read, selected + " where worker_id = ?1 limit 1"};
const Query page_of{"account.page", Access::read,
                    selected + " where name > ?1 or (name = ?1 and id > ?2) order by name, id limit " +
                        std::to_string(accounts_a_page)};
const Query put_status{"account.set_status", Access::write,
                       "update account set status = ?1, version = version + 1 where org_id = ?2 and id = ?3"};
const Query put_no_name{"account.empty_name", Access::write,
                        "update account set name = '' where org_id = ?1 and id = ?2"};
const Query put_step{"account.use_totp_step", Access::write,
                     "update account set totp_step = ?1, version = version + 1"
                     " where org_id = ?2 and id = ?3 and totp_step < ?1"};
const Query put_hash{"account.replace_password_hash", Access::write,
                     "update account set password_hash = ?1, version = version + 1"
                     " where org_id = ?2 and id = ?3 and password_hash = ?4"};
const Query put_member{"membership.put", Access::write,
                       "insert into membership (org_id, account_id, role, status, since_at)"
                       " values (?1, ?2, ?3, ?4, ?5) on conflict (org_id, account_id, role)"
                       " do update set status = excluded.status, since_at = excluded.since_at"};
const Query members_of{"membership.of_account", Access::read,
                       "select role, status, since_at from v_membership where account_id = ?1"
                       " order by role limit 20"};

Result<std::optional<Account>> found(storage::Transaction& tx, const Query& query, const std::string& value) {
  TRY_ASSIGN(const auto row, tx.row(query, {value}));
  if (!row) return std::optional<Account>{};
  Account account = table.read(*row);
  TRY(table.open_sealed(tx, account));
  return std::optional<Account>{std::move(account)};
}

} // namespace

const storage::RecordTable<Account>& account_table() {
  static const storage::RecordTable<Account> made{account_description()};
  return made;
}

Done insert_account(storage::Transaction& tx, const Scope&, Account account) {
  account.sign_in = folded(account.sign_in);
  if (!account.sign_in.empty()) {
    TRY_ASSIGN(const auto row, tx.row(by_sign_in, {account.sign_in}));
    if (row) return conflict("account.sign_in_taken");
  }
  Done inserted = table.insert(tx, account);
  if (inserted.ok()) inserted = tx.settle();
  if (!inserted.ok() && inserted.failure().code == "storage.duplicate")
    return conflict("account.holder_taken");
  return inserted;
}

Done update_account(storage::Transaction& tx, const Scope&, const Account& account) {
  Account stored = account;
  stored.sign_in = folded(account.sign_in);
  return table.update(tx, stored);
}

Result<Account> load_account(storage::Transaction& tx, const Scope&, Id<Account> id) {
  return table.get(tx, id);
}

Result<std::optional<Account>> account_of_person(storage::Transaction& tx, const Scope&, Id<Person> id) {
  return found(tx, by_person, id.text());
}

Result<std::optional<Account>> account_of_worker(storage::Transaction& tx, const Scope&, Id<Worker> id) {
  return found(tx, by_worker, id.text());
}

Result<std::vector<Account>> list_accounts(storage::Transaction& tx, const Scope&, const AccountPage& page) {
  TRY_ASSIGN(const auto rows, tx.rows(page_of, {page.after_name, page.after.text()}));
  std::vector<Account> out;
  out.reserve(rows.size());
  for (const storage::Row& row : rows) out.push_back(table.read(row));
  return out;
}

Done set_account_status(storage::Transaction& tx, const Scope& scope, Id<Account> id, Standing status) {
  TRY_ASSIGN(const auto changed,
             tx.run(put_status, {std::string(record::code_of(status)), tx.organisation_text(), id.text()}));
  if (changed != 1) return not_found();
  if (status == Standing::active) return {};
  TRY(end_sessions_of(tx, id, scope.now()));
  return end_links_of(tx, id, scope.now());
}

Done empty_account(storage::Transaction& tx, const Scope& scope, Id<Account> id) {
  TRY(tx.run(put_no_name, {tx.organisation_text(), id.text()}));
  return set_account_status(tx, scope, id, Standing::ended);
}

Done put_membership(storage::Transaction& tx, const Scope&, const Membership& membership) {
  TRY(tx.run(put_member, {tx.organisation_text(), membership.account.text(),
                          std::string(record::code_of(membership.role)),
                          std::string(record::code_of(membership.status)), membership.since_at.ms}));
  return {};
}

Result<std::vector<Membership>> memberships(storage::Transaction& tx, const Scope&, Id<Account> id) {
  TRY_ASSIGN(const auto rows, tx.rows(members_of, {id.text()}));
  std::vector<Membership> out;
  for (const storage::Row& row : rows) {
    const auto role = record::parse_code<Role>(row.text(0));
    const auto status = record::parse_code<Standing>(row.text(1));
    // A role that a newer kith wrote is no role here.
    if (role && status) out.push_back({id, *role, *status, {row.integer(2)}});
  }
  return out;
}

Result<std::optional<Account>> account_signing_in(storage::Transaction& tx, std::string_view sign_in_name) {
  TRY_ASSIGN(const auto row, tx.row(by_sign_in, {folded(sign_in_name)}));
  return row ? std::optional<Account>{table.read(*row)} : std::nullopt;
}

Result<Account> account_of_id(storage::Transaction& tx, Id<Account> id) { return table.get(tx, id); }

Result<bool> use_totp_step(storage::Transaction& tx, const TotpUse& use) {
  TRY_ASSIGN(const auto changed, tx.run(put_step, {use.step, tx.organisation_text(), use.account.text()}));
  return changed == 1;
}

Done replace_password_hash(storage::Transaction& tx, const Rehash& rehash) {
  TRY(tx.run(put_hash, {rehash.to, tx.organisation_text(), rehash.account.text(), std::string(rehash.from)}));
  return {};
}

} // namespace kith::auth
