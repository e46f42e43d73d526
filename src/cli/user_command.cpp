// kith user: accounts of the staff at the prompt: adding one, whose password and second factor are shown
// once, making anew what somebody lost, keeping somebody out, and the list of all.
#include <cstdio>
#include <fstream>

#include "app/service.hpp"
#include "app/staff.hpp"
#include "auth/qr.hpp"
#include "auth/totp.hpp"
#include "cli/commands.hpp"

namespace kith::cli {
namespace {

int refuse(const Failure& failure) {
  const bool ours = failure.fault == Fault::invalid || failure.fault == Fault::conflict;
  return complain(ours ? 2 : 1, app::sentence(failure));
}

Result<std::string> first_line(const std::string& path) {
  std::ifstream file(path);
  std::string line;
  if (std::getline(file, line) && line.ends_with('\r')) line.pop_back();
  if (!line.empty()) return line;
  Failure failure = invalid("password.file");
  failure.arguments = {path};
  return failure;
}

Result<app::NewStaff> read_options(const UserAdd& options) {
  app::NewStaff staff;
  staff.name = options.name;
  staff.email = options.email;
  for (const std::string& typed : options.roles) {
    TRY_ASSIGN(const auth::Role role, app::role_of_staff(typed));
    staff.roles.push_back(role);
  }
  if (options.places >= 0) staff.places = options.places;
  if (!options.password_file.empty()) {
    TRY_ASSIGN(staff.password, first_line(options.password_file));
  }
  return staff;
}

void print_worker(const app::AddedStaff& added, const app::NewStaff& staff) {
  if (added.worker == app::WorkerRecord::none) return;
  std::printf("Peer worker: %s\n", added.worker == app::WorkerRecord::found
                                       ? "the record with this address now has an account"
                                       : "a new record was made; it is empty but for name and address");
  if (added.worker == app::WorkerRecord::made && staff.places.value_or(0) == 0)
    std::printf("             no places are agreed yet, so nobody is offered to them (--places)\n");
}

void print_second_factor(const std::string& secret, const std::string& uri) {
  std::printf("\nScan this with an authenticator app, or type the secret into it:\n\n%s\n",
              auth::qr_terminal(uri).c_str());
  std::printf("Secret:      %s\nAddress:     %s\n", secret.c_str(), uri.c_str());
}

struct Where {
  std::string data_folder{};
  std::string organisation{};
};

// Opens the service and gives `body` the organisation and what changes accounts; the exit code.
template <class Body> int at_the_prompt(const Where& where, Body body) {
  const auto config = app::load_config(where.data_folder);
  if (!config.ok()) return complain(3, app::sentence(config.failure()));
  const auto schema = storage::schema_state(config->database);
  if (!schema.ok()) return complain(4, app::sentence(schema.failure()));
  if (!schema->pending.empty()) return complain(4, app::sentence(unavailable("storage.pending")));
  const auto service = app::open_service(*config, {});
  if (!service.ok()) return complain(4, app::sentence(service.failure()));
  app::Service& kith = *service.value();
  const auto organisation = app::choose_organisation(*kith.database, where.organisation);
  if (!organisation.ok()) return refuse(organisation.failure());
  auth::HashPool pool;
  const auth::Passwords passwords(kith.keys->secrets("pepper"), pool);
  const Done done =
      body(*organisation, app::StaffParts{kith.database.get(), &passwords, &kith.clock, &kith.random});
  return done.ok() ? 0 : refuse(done.failure());
}

void print_password(const std::string& password) {
  std::printf("Password:    %s  (shown this once; tell them by another way than the address)\n",
              password.c_str());
}

std::string address_of(const app::Config& config) {
  if (!config.public_address.empty()) return config.public_address;
  return (config.tls_certificate.empty() ? "http://" : "https://") + config.address + ":" +
         std::to_string(config.port);
}

void print_added(const UserAdd& options, const teams::PublicOrganisation& organisation,
                 const app::NewStaff& staff, const app::AddedStaff& added) {
  std::string roles;
  for (const auth::Role role : staff.roles)
    roles += (roles.empty() ? "" : ", ") + std::string(record::code_of(role));
  std::printf("%s may now sign in to %s as %s.\n", staff.name.c_str(), organisation.name.c_str(),
              roles.c_str());
  print_worker(added, staff);
  std::printf("\nSign-in:     %s\n", staff.email.c_str());
  if (options.password_file.empty()) print_password(added.password);
  print_second_factor(added.totp_secret,
                      auth::otpauth_uri(added.totp_secret, {organisation.name, staff.email}));
  const auto config = app::load_config(options.data_folder);
  if (config.ok())
    std::printf("\nThey sign in with the password, then with a code from the app, on\n  %s/sign-in\n",
                address_of(*config).c_str());
}

std::string roles_of(const app::StaffEntry& entry) {
  std::string roles;
  for (const Membership& membership : entry.memberships) {
    roles += (roles.empty() ? "" : ", ") + std::string(record::code_of(membership.role));
    if (membership.status != Standing::active)
      roles += " (" + std::string(record::code_of(membership.status)) + ")";
  }
  return roles;
}

int set_standing(const UserNamed& options, Standing status) {
  return at_the_prompt(
      {options.data_folder, options.organisation}, [&](const auto& organisation, const auto& parts) -> Done {
        TRY_ASSIGN(const std::string name,
                   app::set_staff_standing(parts, {{organisation.id, options.email}, status}));
        std::printf(status == Standing::active
                        ? "%s may sign in again.\n"
                        : "%s is signed out everywhere and may not sign in until kith user resume.\n",
                    name.c_str());
        return {};
      });
}

} // namespace

int user_suspend(const UserNamed& options) { return set_standing(options, Standing::suspended); }
int user_resume(const UserNamed& options) { return set_standing(options, Standing::active); }

int user_list(const UserNamed& options) {
  return at_the_prompt(
      {options.data_folder, options.organisation}, [](const auto& organisation, const auto& parts) -> Done {
        TRY_ASSIGN(const auto staff, app::list_staff(parts, organisation.id));
        for (const app::StaffEntry& entry : staff)
          std::printf("%-10s %-32s %s  [%s]\n", std::string(record::code_of(entry.account.status)).c_str(),
                      entry.account.sign_in.c_str(), entry.account.name.c_str(), roles_of(entry).c_str());
        return {};
      });
}

int user_reset(const UserNamed& options) {
  app::LostByStaff lost;
  const bool both = !options.password && !options.second_factor;
  lost.password = both || options.password;
  lost.second_factor = both || options.second_factor;
  if (!options.password_file.empty()) {
    if (!lost.password) return complain(2, app::sentence(invalid("account.password_stays")));
    auto chosen = first_line(options.password_file);
    if (!chosen.ok()) return refuse(chosen.failure());
    lost.new_password = *chosen;
  }
  return at_the_prompt(
      {options.data_folder, options.organisation}, [&](const auto& organisation, const auto& parts) -> Done {
        lost.who = {organisation.id, options.email};
        TRY_ASSIGN(const auto renewed, app::renew_staff(parts, lost));
        std::printf("%s is signed out everywhere.\n\nSign-in:     %s\n", renewed.name.c_str(),
                    renewed.email.c_str());
        if (lost.password && lost.new_password.empty()) print_password(renewed.password);
        if (lost.password && !lost.new_password.empty()) std::printf("Password:    as in the file\n");
        if (!lost.password) std::printf("Password:    as before\n");
        if (lost.second_factor)
          print_second_factor(renewed.totp_secret,
                              auth::otpauth_uri(renewed.totp_secret, {organisation.name, renewed.email}));
        else std::printf("Codes come from the app as before.\n");
        if (renewed.status != Standing::active)
          std::printf("\nThe account is %s, so nobody signs in with it.\n",
                      std::string(record::code_of(renewed.status)).c_str());
        return {};
      });
}

int user_add(const UserAdd& options) {
  auto staff = read_options(options);
  if (!staff.ok()) return refuse(staff.failure());
  return at_the_prompt({options.data_folder, options.organisation},
                       [&](const auto& organisation, const auto& parts) -> Done {
                         staff->organisation = organisation.id;
                         TRY_ASSIGN(const auto added, app::add_staff(parts, *staff));
                         print_added(options, organisation, *staff, added);
                         return {};
                       });
}

} // namespace kith::cli
