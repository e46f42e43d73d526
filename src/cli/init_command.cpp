// kith init: from nothing to a service that kith user add and kith serve can work with.
#include <cstdio>

#include "app/first_start.hpp"
#include "cli/commands.hpp"

namespace kith::cli {
namespace {

// "kith user add --data /srv/kith" as it must be typed after this command.
std::string command_line(const std::string& command, const std::string& data_folder) {
  return "kith " + command + (data_folder.empty() ? "" : " --data " + data_folder);
}

std::string next_step(const std::string& data_folder) {
  return "Add the first coordinator:\n  " + command_line("user add", data_folder) +
         " --name NAME --email ADDRESS --role coordinator";
}

// What the environment says holds for this command only: kith.toml does not repeat it.
std::string said_by_environment(const app::ReadConfig& read) {
  std::string names;
  for (const app::SettingValue& value : read.values)
    if (value.from == app::ValueFrom::variable) names += " " + value.place;
  return names;
}

} // namespace

int init(const Init& options) {
  const app::ReadConfig read = app::read_config(app::sources_of_process(options.data_folder));
  if (!read.problems.empty()) return complain(3, app::sentence(read.problems.front()));
  const app::Config& config = read.config;
  const auto organisation = app::organisation_of(
      {options.name, options.kind, options.zone, options.help_name, options.help_number});
  if (!organisation.ok()) return complain(2, app::sentence(organisation.failure()));
  const auto started = app::start_service(config, *organisation);
  if (!started.ok())
    return complain(4, app::sentence(started.failure()) + (started.failure().code == "init.done"
                                                               ? ".\n" + next_step(options.data_folder)
                                                               : std::string()));
  const std::string folder = config.data_folder;
  std::printf("%s is ready: the data folder %s (only this account may enter it), %s.\n",
              organisation->name.c_str(), folder.c_str(), started->engine.c_str());
  std::printf("Settings:   %s/kith.toml%s\n", folder.c_str(),
              started->made_file ? ", every one explained" : ", as it was");
  std::printf("Keys:       %s%s. Keep a copy apart from the database: without it,\n"
              "            nothing that is sealed opens and no password works.\n",
              config.key_file.c_str(), started->made_keys ? "" : ", as it was");
  std::printf("Time zone:  %s\nHelp line:  %s %s, on the pages of people\n\n", organisation->zone.c_str(),
              organisation->help_name.c_str(), organisation->help_number.c_str());
  if (const std::string names = said_by_environment(read); !names.empty())
    std::printf("Set also for every later command, or write it into kith.toml:%s\n\n", names.c_str());
  std::printf("%s\nThen serve it on %s://%s:%d\n  %s\n", next_step(options.data_folder).c_str(),
              config.tls_certificate.empty() ? "http" : "https", config.address.c_str(), config.port,
              command_line("serve", options.data_folder).c_str());
  return 0;
}

} // namespace kith::cli
