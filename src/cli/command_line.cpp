#include "cli/command_line.hpp"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <optional>

#include "cli/commands.hpp"
#include "cli/man_command.hpp"

namespace kith::cli {
namespace {

constexpr const char* version = "kith 0.1.0";
constexpr const char* about =
    "Examples:\n"
    "  kith demo                     a fictional service to look at\n"
    "  kith match examples/match     plan offers from files, without a database\n"
    "  kith match plan --json        plan offers over the waiting list of a database\n"
    "  kith serve                    serve the database of the data folder\n\n"
    "Exit codes: 0 ok, 1 failed, 2 usage, 3 configuration, 4 not ready.";

struct Care {
  ConfigQuestion config{};
  Doctor doctor{};
};

// The commands that look after an installation; each gives its exit code when it was the one asked for.
void add_care(CLI::App& app, Care& care) {
  auto* config_command = app.add_subcommand("config", "What is set, and whether it can be read");
  config_command->require_subcommand(1);
  for (const char* name : {"check", "show"}) {
    auto* part = config_command->add_subcommand(name, std::string(name) == "show" ? "Print every setting"
                                                                                  : "Read every setting");
    part->add_option("--data", care.config.data_folder, "Data folder");
  }
  auto* doctor_command = app.add_subcommand("doctor", "Check disk, keys and database; change nothing");
  doctor_command->add_option("--data", care.doctor.data_folder, "Data folder");
  app.add_subcommand("man", "Print the manual page (roff)");
}

std::optional<int> run_care(const CLI::App& app, Care& care) {
  if (app.got_subcommand("man")) {
    std::fputs(man_page(app).c_str(), stdout);
    return 0;
  }
  if (app.got_subcommand("doctor")) return doctor(care.doctor);
  if (!app.got_subcommand("config")) return {};
  care.config.show = app.get_subcommand("config")->got_subcommand("show");
  return config(care.config);
}

// What the parser says, fit for a terminal: one line of printable characters, however hostile the words were
// that it quotes.
std::string complaint(std::string_view said) {
  constexpr std::size_t length_max = 160;
  const bool whole = said.size() <= length_max;
  std::string line(said.substr(0, length_max));
  for (char& c : line)
    if (static_cast<unsigned char>(c) < ' ' || c == 0x7f) c = ' ';
  return whole ? line : line + "…";
}

} // namespace

int complain(int code, const std::string& words) {
  std::fprintf(stderr, "kith: %s\n", words.c_str());
  return code;
}

int run(int count, char** arguments) {
  CLI::App app(about, "kith");
  app.set_version_flag("--version", version);
  app.require_subcommand(1);

  MatchFolder folder;
  MatchPlan plan;
  auto* match = app.add_subcommand("match", "Who could be offered whom, in words why");
  match->add_option("folder", folder.folder, "Folder with people.csv, workers.csv …, or the word plan");
  match->add_option("--method", folder.method, "stable, optimum or arrival")
      ->check(CLI::IsMember({"stable", "optimum", "arrival"}));
  match->add_option("--as-of", folder.as_of, "The day to plan for, like 2026-11-24");
  match->add_option("--seed", folder.seed, "Random seed of ties")->check(CLI::NonNegativeNumber);
  match->add_option("--choices", folder.choices, "Workers offered to each person")->check(CLI::Range(1, 7));
  match->add_option("--data", plan.data_folder, "Data folder (with plan)");
  match->add_flag("--json", folder.json, "JSON instead of a table");
  match->add_flag("--columns", folder.columns, "Print the columns of the files");

  Demo demo_options;
  auto* demo_command = app.add_subcommand("demo", "Make and serve a fictional service");
  demo_command->add_option("--port", demo_options.port, "Port to serve on")->check(CLI::Range(0, 65535));
  demo_command->add_option("--data", demo_options.data_folder, "Data folder");
  demo_command->add_flag("--once", demo_options.once, "Print the plan and stop instead of serving");
  demo_command->add_flag("--fresh", demo_options.fresh, "Start over");

  Serve serve_options;
  auto* serve_command = app.add_subcommand("serve", "Serve the database of the data folder");
  serve_command->add_option("--port", serve_options.port, "Port to serve on")->check(CLI::Range(0, 65535));
  serve_command->add_option("--data", serve_options.data_folder, "Data folder");

  Care care;
  add_care(app, care);

  try {
    app.parse(count, arguments);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return app.exit(error); // --help and --version
    return complain(2, complaint(error.what()) + "; see kith --help");
  }
  if (const auto code = run_care(app, care)) return *code;
  if (*demo_command) return demo(demo_options);
  if (*serve_command) return serve(serve_options);
  if (folder.folder != "plan" && folder.folder.empty() && !folder.columns)
    return complain(2, "match takes a folder, or the word plan; see kith match --help");
  if (folder.folder != "plan") return match_folder(folder);
  plan.method = folder.method;
  plan.as_of = folder.as_of;
  plan.seed = folder.seed;
  plan.json = folder.json;
  return match_plan(plan);
}

} // namespace kith::cli
