#include "app/staff.hpp"

#include <algorithm>

#include "auth/account_store.hpp"
#include "auth/audit.hpp"
#include "auth/session.hpp"
#include "auth/totp.hpp"
#include "base/text.hpp"
#include "base/unicode.hpp"
#include "storage/trail.hpp"
#include "workforce/worker_store.hpp"

namespace kith::app {
namespace {

constexpr auth::Role staff_roles[] = {auth::Role::administrator, auth::Role::coordinator,
                                      auth::Role::peer_worker, auth::Role::clinician};
constexpr int places_max = 40;
constexpr std::size_t email_max = 254;

Failure refused(std::string code, std::vector<std::string> arguments) {
  Failure failure = invalid(std::move(code));
  failure.arguments = std::move(arguments);
  return failure;
}

bool is_email(std::string_view text) {
  const auto at = text.find('@');
  return text.size() <= email_max && clean_text(text, false) && at != std::string_view::npos && at > 0 &&
         at + 1 < text.size() && text.find('@', at + 1) == std::string_view::npos &&
         text.find_first_of(" \t,;<>()\"") == std::string_view::npos;
}

// 80 bits in letters and digits that cannot be confused, in fours so that they can be read out.
std::string new_password(Random& random) {
  std::uint8_t bytes[10] = {};
  random.fill(bytes);
  const std::string letters = ascii_lower(auth::base32({reinterpret_cast<const char*>(bytes), sizeof bytes}));
  std::string password;
  for (std::size_t i = 0; i < letters.size(); ++i) {
    if (i > 0 && i % 4 == 0) password += '-';
    password += letters[i];
  }
  return password;
}

bool works_with_people(const NewStaff& staff) {
  return std::find(staff.roles.begin(), staff.roles.end(), auth::Role::peer_worker) != staff.roles.end();
}

Done check(const NewStaff& staff) {
  const auto name = record::read_text(*account_description().find("name"), staff.name);
  if (!name.problem.empty() || !name.value || staff.name.empty()) return invalid("account.name");
  if (!is_email(staff.email)) return refused("account.email", {staff.email});
  if (staff.places && (!works_with_people(staff) || *staff.places < 0 || *staff.places > places_max))
    return invalid("account.places");
  if (const auto problem = auth::password_problem({staff.password, staff.email})) return invalid(*problem);
  return {};
}

struct RecordOfWorker {
  Id<Worker> id{};
  WorkerRecord how{};
};
// The peer worker's record with this address, or a new one.
Result<RecordOfWorker> worker_of(storage::Transaction& tx, const auth::Scope& scope, const NewStaff& staff) {
  TRY_ASSIGN(const auto all, workforce::all_workers(tx, scope));
  std::vector<Worker> same;
  for (const Worker& worker : all)
    if (!worker.email.empty() && folded(worker.email) == folded(staff.email)) same.push_back(worker);
  if (same.size() > 1) return conflict("account.several_workers");
  if (!same.empty()) {
    if (staff.places) {
      TRY_ASSIGN(Places places, workforce::places_of(tx, scope, same[0].id));
      places.agreed = *staff.places;
      TRY(workforce::set_places_agreed(tx, scope, places));
    }
    return RecordOfWorker{same[0].id, WorkerRecord::found};
  }
  Worker worker;
  worker.id = Id<Worker>::make(scope.random());
  worker.chosen_name = staff.name;
  worker.email = staff.email;
  worker.created_at = scope.now();
  worker = with_name_key(std::move(worker));
  TRY(workforce::insert_worker(tx, scope, worker, staff.places.value_or(0)));
  return RecordOfWorker{worker.id, WorkerRecord::made};
}

// An account that was made for a worker's record before, when nobody could sign in with it yet.
Result<std::optional<Account>> waiting_account(storage::Transaction& tx, const auth::Scope& scope,
                                               Id<Worker> worker) {
  TRY_ASSIGN(auto account, auth::account_of_worker(tx, scope, worker));
  if (account && !account->sign_in.empty()) return conflict("account.holder_taken");
  return account;
}

struct Deed {
  std::string_view kind{};      // of the fact
  std::string_view operation{}; // of the audit row
  std::string fields{};
};

Done leave_trail(storage::Transaction& tx, const auth::Scope& scope, Id<Account> account, const Deed& deed) {
  TRY(storage::record_fact(tx, scope.random(),
                           {.at = scope.now(),
                            .actor = auth::actor_text(scope),
                            .kind = deed.kind,
                            .object_kind = "account",
                            .object = account.text()}));
  return auth::write_audit(tx, scope,
                           {.operation = std::string(deed.operation),
                            .object_kind = "account",
                            .object = account.text(),
                            .care = "C3",
                            .fields = deed.fields,
                            .basis = "command line"});
}

// With its sealed secret, so that it can be written back whole.
Result<Account> account_named(storage::Transaction& tx, const auth::Scope& scope, const StaffName& who) {
  TRY_ASSIGN(const auto found, auth::account_signing_in(tx, trim(who.email)));
  if (!found || found->sign_in.empty() || found->holder != Holder::staff)
    return refused("account.nobody", {who.email});
  return auth::load_account(tx, scope, found->id);
}

auth::Scope scope_at_prompt(const StaffParts& parts, OrganisationId organisation) {
  return auth::service_scope({"command line", organisation}, parts.clock->now(), *parts.random);
}

} // namespace

Result<teams::PublicOrganisation> choose_organisation(storage::Database& database, std::string_view named) {
  TRY_ASSIGN(auto tx, database.begin({}, storage::Access::read));
  TRY_ASSIGN(const auto all, teams::organisations(tx));
  if (all.empty()) return invalid("account.no_organisation");
  std::vector<std::string> slugs;
  for (const auto& organisation : all) {
    if (!named.empty() && (organisation.slug == named || folded(organisation.name) == folded(named)))
      return organisation;
    slugs.push_back(organisation.slug);
  }
  if (!named.empty()) return refused("account.organisation", {std::string(named), join(slugs, ", ")});
  if (all.size() > 1) return refused("account.which_organisation", {join(slugs, ", ")});
  return all[0];
}

Result<auth::Role> role_of_staff(std::string_view typed) {
  std::string code = ascii_lower(typed);
  std::replace(code.begin(), code.end(), '-', '_');
  if (code == "worker") code = "peer_worker";
  std::vector<std::string> codes;
  for (const auth::Role role : staff_roles) {
    codes.emplace_back(record::code_of(role));
    if (codes.back() == code) return role;
  }
  return refused("account.role", {std::string(typed), join(codes, ", ")});
}

Result<AddedStaff> add_staff(const StaffParts& parts, const NewStaff& asked) {
  NewStaff staff = asked;
  staff.name = trim(staff.name);
  staff.email = trim(staff.email);
  AddedStaff added;
  added.password = staff.password = staff.password.empty() ? new_password(*parts.random) : staff.password;
  added.totp_secret = auth::new_totp_secret(*parts.random);
  TRY(check(staff));
  TRY_ASSIGN(const std::string hash, parts.passwords->hash(staff.password)); // slow: outside the transaction

  TRY_ASSIGN(auto tx, parts.database->begin(staff.organisation, storage::Access::write));
  const auth::Scope scope = scope_at_prompt(parts, staff.organisation);
  std::optional<Account> waiting;
  Account account;
  account.id = Id<Account>::make(*parts.random);
  account.created_at = scope.now();
  if (works_with_people(staff)) {
    TRY_ASSIGN(const RecordOfWorker worker, worker_of(tx, scope, staff));
    TRY_ASSIGN(waiting, waiting_account(tx, scope, worker.id));
    account.worker_id = worker.id;
    added.worker = worker.how;
  }
  if (waiting) {
    TRY_ASSIGN(const auto holder, auth::account_signing_in(tx, staff.email));
    if (holder) return conflict("account.sign_in_taken");
    account = *waiting;
  }
  account.holder = Holder::staff;
  account.status = Standing::active;
  account.name = staff.name;
  account.sign_in = staff.email;
  account.password_hash = hash;
  account.totp_secret = added.totp_secret;
  added.account = account.id;
  TRY(waiting ? auth::update_account(tx, scope, account) : auth::insert_account(tx, scope, account));
  for (const auth::Role role : staff.roles)
    TRY(auth::put_membership(tx, scope, {account.id, role, Standing::active, scope.now()}));
  TRY(leave_trail(tx, scope, account.id,
                  {"account_added", "account.add", "name sign_in password_hash totp_secret roles"}));
  TRY(tx.commit());
  return added;
}

Result<RenewedStaff> renew_staff(const StaffParts& parts, const LostByStaff& lost) {
  CHECK(lost.password || lost.second_factor);
  RenewedStaff renewed;
  std::string hash;
  if (lost.password) {
    renewed.password = lost.new_password.empty() ? new_password(*parts.random) : lost.new_password;
    if (const auto problem = auth::password_problem({renewed.password, lost.who.email}))
      return invalid(*problem);
    TRY_ASSIGN(hash, parts.passwords->hash(renewed.password)); // slow: outside the transaction
  }
  if (lost.second_factor) renewed.totp_secret = auth::new_totp_secret(*parts.random);

  TRY_ASSIGN(auto tx, parts.database->begin(lost.who.organisation, storage::Access::write));
  const auth::Scope scope = scope_at_prompt(parts, lost.who.organisation);
  TRY_ASSIGN(Account account, account_named(tx, scope, lost.who));
  std::string fields;
  if (lost.password) {
    account.password_hash = hash;
    fields = "password_hash";
  }
  if (lost.second_factor) {
    account.totp_secret = renewed.totp_secret;
    account.totp_step = 0; // no code of the new secret was used yet
    fields += fields.empty() ? "totp_secret" : " totp_secret";
  }
  TRY(auth::update_account(tx, scope, account));
  TRY(auth::end_sessions_of(tx, account.id, scope.now()));
  TRY(leave_trail(tx, scope, account.id, {"account_renewed", "account.renew", fields}));
  TRY(tx.commit());
  renewed.name = account.name;
  renewed.email = account.sign_in;
  renewed.status = account.status;
  return renewed;
}

Result<std::string> set_staff_standing(const StaffParts& parts, const NewStanding& standing) {
  const bool resumes = standing.status == Standing::active;
  TRY_ASSIGN(auto tx, parts.database->begin(standing.who.organisation, storage::Access::write));
  const auth::Scope scope = scope_at_prompt(parts, standing.who.organisation);
  TRY_ASSIGN(const Account account, account_named(tx, scope, standing.who));
  if (account.status != (resumes ? Standing::suspended : Standing::active)) {
    Failure failure = conflict("account.standing");
    failure.arguments = {standing.who.email, std::string(record::code_of(account.status))};
    return failure;
  }
  TRY(auth::set_account_status(tx, scope, account.id, standing.status));
  TRY(leave_trail(tx, scope, account.id,
                  resumes ? Deed{"account_resumed", "account.resume", "status"}
                          : Deed{"account_suspended", "account.suspend", "status"}));
  TRY(tx.commit());
  return account.name;
}

Result<std::vector<StaffEntry>> list_staff(const StaffParts& parts, OrganisationId organisation) {
  TRY_ASSIGN(auto tx, parts.database->begin(organisation, storage::Access::write)); // it is audited
  const auth::Scope scope = scope_at_prompt(parts, organisation);
  std::vector<StaffEntry> staff;
  auth::AccountPage page;
  for (bool more = true; more;) {
    TRY_ASSIGN(const auto accounts, auth::list_accounts(tx, scope, page));
    for (const Account& account : accounts) {
      page = {account.name, account.id};
      if (account.holder != Holder::staff || account.sign_in.empty()) continue;
      TRY_ASSIGN(auto roles, auth::memberships(tx, scope, account.id));
      staff.push_back({account, std::move(roles)});
    }
    more = accounts.size() == static_cast<std::size_t>(auth::accounts_a_page);
  }
  TRY(auth::write_audit(tx, scope,
                        {.operation = "account.list",
                         .object_kind = "account",
                         .care = "C2",
                         .fields = "name sign_in status roles",
                         .basis = "command line"}));
  TRY(tx.commit());
  return staff;
}

} // namespace kith::app
