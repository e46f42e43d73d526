// kith user add: an account of the staff, its password and its second factor, each shown once.
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

} // namespace

int user_add(const UserAdd& options) {
  const auto config = app::load_config(options.data_folder);
  if (!config.ok()) return complain(3, app::sentence(config.failure()));
  auto staff = read_options(options);
  if (!staff.ok()) return refuse(staff.failure());
  const auto schema = storage::schema_state(config->database);
  if (!schema.ok()) return complain(4, app::sentence(schema.failure()));
  if (!schema->pending.empty()) return complain(4, app::sentence(unavailable("storage.pending")));
  const auto service = app::open_service(*config, {});
  if (!service.ok()) return complain(4, app::sentence(service.failure()));
  app::Service& kith = *service.value();
  const auto organisation = app::choose_organisation(*kith.database, options.organisation);
  if (!organisation.ok()) return refuse(organisation.failure());
  staff->organisation = organisation->id;

  auth::HashPool pool;
  const auth::Passwords passwords(kith.keys->secrets("pepper"), pool);
  const auto added =
      app::add_staff({kith.database.get(), &passwords, &kith.clock, &kith.random}, staff.value());
  if (!added.ok()) return refuse(added.failure());

  std::string roles;
  for (const auth::Role role : staff->roles)
    roles += (roles.empty() ? "" : ", ") + std::string(record::code_of(role));
  std::printf("%s may now sign in to %s as %s.\n", staff->name.c_str(), organisation->name.c_str(),
              roles.c_str());
  print_worker(*added, *staff);
  std::printf("\nSign-in:     %s\n", staff->email.c_str());
  if (options.password_file.empty())
    std::printf("Password:    %s  (shown this once; tell them by another way than the address)\n",
                added->password.c_str());
  print_second_factor(added->totp_secret,
                      auth::otpauth_uri(added->totp_secret, {organisation->name, staff->email}));
  std::printf("\nThey sign in with the password, then with a code from the app, on\n  %s://%s:%d/sign-in\n",
              config->tls_certificate.empty() ? "http" : "https", config->address.c_str(), config->port);
  return 0;
}

} // namespace kith::cli
