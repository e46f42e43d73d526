// kith man: the manual page in roff, made from the same descriptions that --help prints, and the settings.
#include "cli/man_command.hpp"

#include <CLI/CLI.hpp>

#include "app/config.hpp"
#include "base/roff.hpp"

namespace kith::cli {
namespace {

void put_options(std::string& page, const CLI::App& command) {
  for (const CLI::Option* option : command.get_options())
    page += ".TP\n.B " + roff(option->get_name(true, true)) + "\n" + roff(option->get_description()) + "\n";
}

void put_commands(std::string& page, const CLI::App& parent, const std::string& path) {
  for (const CLI::App* command : parent.get_subcommands([](const CLI::App*) { return true; })) {
    const std::string name = path + " " + command->get_name();
    page += ".SS " + roff(name) + "\n" + roff(command->get_description()) + "\n";
    put_options(page, *command);
    put_commands(page, *command, name);
  }
}

void put_settings(std::string& page) {
  page += ".SH CONFIGURATION\nA flag beats a variable of the environment, a variable beats\n.I kith.toml\n"
          "in the data folder, which beats the default. The data folder is\n.I ~/.local/share/kith\n"
          "unless named otherwise.\n.B kith config sample\nprints every setting with its default.\n";
  for (const app::Setting& setting : app::settings())
    page += ".TP\n.B " + roff(std::string(setting.variable)) +
            (setting.outside_file ? std::string() : roff(", " + std::string(setting.name))) + "\n" +
            roff(std::string(setting.meaning)) + "\n";
}

} // namespace

std::string man_page(const CLI::App& app) {
  std::string page = ".TH KITH 1\n.SH NAME\nkith \\- runs a peer support service\n.SH DESCRIPTION\n.nf\n" +
                     roff(app.get_description()) + "\n.fi\n.SH COMMANDS\n";
  put_commands(page, app, "kith");
  put_settings(page);
  return page;
}

} // namespace kith::cli
