// Giving somebody of the staff an account that can sign in: a password and the secret of the second factor,
// both told once, to whoever runs the command. A peer worker's account belongs to their record: the one with
// the same address, or a new one without agreed places. Later: what was lost is made anew, and accounts are
// suspended and resumed. Who runs these commands holds the keys and the database already, so nothing else is
// asked; each leaves an audit row. Used by kith user.
#pragma once
#include "auth/account.hpp"
#include "auth/password.hpp"
#include "base/clock.hpp"
#include "storage/database.hpp"
#include "teams/organisation.hpp"

namespace kith::app {

// By address part ("northside") or name, any case; "" where there is one only. Failures (invalid):
// account.organisation, account.which_organisation, account.no_organisation.
Result<teams::PublicOrganisation> choose_organisation(storage::Database& database, std::string_view named);

// "coordinator", "peer_worker" (also "worker", "peer-worker"), … Failure: account.role (invalid).
Result<auth::Role> role_of_staff(std::string_view typed);

struct NewStaff {
  OrganisationId organisation{};
  std::string name{};
  std::string email{}; // they sign in with it
  std::vector<auth::Role> roles{};
  std::string password{};      // "" makes one
  std::optional<int> places{}; // agreed with a peer worker
};

enum class WorkerRecord : std::uint8_t { none, found, made };
struct AddedStaff {
  Id<Account> account{};
  std::string password{}; // the only copy
  std::string totp_secret{};
  WorkerRecord worker{};
};

struct StaffParts { // all outlive the call
  storage::Database* database{};
  const auth::Passwords* passwords{};
  const Clock* clock{};
  Random* random{};
};
// Failures: account.name, account.email, account.places, password.* (invalid); account.sign_in_taken,
// account.holder_taken, account.several_workers (conflict).
Result<AddedStaff> add_staff(const StaffParts& parts, const NewStaff& staff);

// The account of the staff that signs in with this address. Failures of the three below: account.nobody
// (invalid; argument: the address).
struct StaffName {
  OrganisationId organisation{};
  std::string email{};
};

struct LostByStaff { // at least one of the two
  StaffName who{};
  bool password{};
  bool second_factor{};
  std::string new_password{}; // "" makes one
};
struct RenewedStaff {
  std::string name{};
  std::string email{};
  std::string password{}; // the only copy; "" when it stays
  std::string totp_secret{};
  Standing status{};
};
// Ends every session of theirs: whoever has what was lost is out. Failures: password.* (invalid).
Result<RenewedStaff> renew_staff(const StaffParts& parts, const LostByStaff& lost);

// Suspended: signed out everywhere and kept out until resumed; nothing else of theirs changes. Gives their
// name. Failure: account.standing (conflict; argument: how it stands): only what is suspended is resumed, and
// only what is active suspended.
struct NewStanding {
  StaffName who{};
  Standing status{}; // active or suspended
};
Result<std::string> set_staff_standing(const StaffParts& parts, const NewStanding& standing);

struct StaffEntry {
  Account account{};
  std::vector<Membership> memberships{};
};
Result<std::vector<StaffEntry>> list_staff(const StaffParts& parts, OrganisationId organisation); // by name

} // namespace kith::app
