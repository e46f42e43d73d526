#include "cli/command_line.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <optional>

#include "base/output.hpp"
#include "base/text.hpp"
#include "cli/commands.hpp"
#include "cli/man_command.hpp"

namespace kith::cli {
namespace {

constexpr const char* version = "kith 0.1.0";
constexpr const char* about =
    "Examples:\n"
    "  kith demo                     a fictional service to look at\n"
    "  kith match examples/match     plan offers from files, without a database\n"
    "  kith match examples/match --json > plan.json && kith-verify examples/match plan.json\n"
    "  kith match examples/match --plan mine.csv    judge a plan made by hand, plan the rest around it\n"
    "  kith match plan --json        plan offers over the waiting list of a database\n"
    "  kith match plan --today       … beside what happens without a plan\n"
    "  kith engine assign list.json  the best plan of a file of pairs, proved\n"
    "  kith match simulate examples/match examples/match/two-more-like-ruth.json\n"
    "  kith import people list.csv   what an import would do; --commit does it\n"
    "  kith init --organisation \"Northside Peer Support\"\n"
    "  kith user add --name \"Priya Nair\" --email priya@example.org --role coordinator\n"
    "  kith user reset priya@example.org --second-factor\n"
    "  kith serve                    serve the database of the data folder\n\n"
    "Exit codes: 0 ok, 1 failed, 2 usage, 3 configuration, 4 not ready.";

// The commands that look after an installation; each gives its exit code when it was the one asked for.
struct Care {
  Init init{};
  UserAdd user{};
  UserNamed user_named{};
  ConfigQuestion config{};
  Doctor doctor{};
};

void add_init(CLI::App& app, Init& init) {
  auto* command =
      app.add_subcommand("init", "Make the data folder, key file, kith.toml, database and organisation");
  command->add_option("--data", init.data_folder, "Data folder");
  command->add_option("--organisation", init.name, "Name of the organisation")->capture_default_str();
  command->add_option("--zone,--time-zone", init.zone, "Its time zone")->capture_default_str();
  command->add_option("--kind", init.kind, "government, non_government, peer_run, primary_care or other")
      ->capture_default_str();
  command->add_option("--help-name", init.help_name, "Name of the help line on the pages of people");
  command->add_option("--help-number", init.help_number,
                      "Its number; in Australia Lifeline 13 11 14 unless set");
}

void add_user_named(CLI::App& command, UserNamed& named) {
  const auto part = [&](const char* name, const char* about_it, bool one) {
    auto* made = command.add_subcommand(name, about_it);
    made->add_option("--data", named.data_folder, "Data folder");
    made->add_option("--organisation", named.organisation, "Needed where there are several");
    if (one) made->add_option("name", named.email, "The address they sign in with")->required();
    return made;
  };
  part("list", "List the accounts of staff, their roles and how they stand", false);
  auto* reset = part("reset", "Make a lost password or second factor anew; both unless one is named", true);
  reset->add_flag("--password", named.password,
                  "Only the password; the second factor stays unless named too");
  reset->add_flag("--second-factor", named.second_factor,
                  "Only the second factor; the password stays unless named too");
  reset->add_option("--password-file", named.password_file, "Take the password from this file's first line");
  part("suspend", "Sign somebody out everywhere and keep them out", true);
  part("resume", "Let somebody who was suspended sign in again", true);
}

void add_user(CLI::App& app, UserAdd& user, UserNamed& named) {
  auto* command = app.add_subcommand("user", "Accounts of staff");
  command->require_subcommand(1);
  auto* add = command->add_subcommand("add", "Add somebody of the staff, with password and second factor");
  add->add_option("--data", user.data_folder, "Data folder");
  add->add_option("--name", user.name, "Name as others see it")->required();
  add->add_option("--email", user.email, "Address; they sign in with it")->required();
  add->add_option("--role", user.roles,
                  "administrator, coordinator, peer_worker or clinician; may be repeated")
      ->required();
  add->add_option("--organisation", user.organisation, "Needed where there are several");
  add->add_option("--places", user.places, "People a peer worker agreed to support at once; 0 unless set")
      ->check(CLI::NonNegativeNumber);
  add->add_option("--password-file", user.password_file, "Take the password from this file's first line");
  add_user_named(*command, named);
}

void add_simulate(CLI::App& match, MatchSimulate& simulate) {
  auto* command = match.add_subcommand(
      "simulate", "How waits would change over the coming weeks: a folder's list and workers, simulated");
  command->add_option("folder", simulate.folder, "Folder with people.csv, workers.csv …")->required();
  command->add_option("scenario", simulate.scenario, "What is expected and what would change, as JSON")
      ->required();
  command->add_option("--replications", simulate.replications, "Runs; more make the intervals narrower")
      ->check(CLI::Range(10, 100'000))
      ->capture_default_str();
  add_seed(*command, simulate.seed, "Random seed; that of criteria.json unless set");
  command->add_option("--as-of", simulate.as_of, "The day it begins, like 2026-11-24");
  command->add_flag("--every-dial", simulate.every_dial, "The five positions of the dial side by side, too");
  command->add_flag("--json", simulate.json, "JSON instead of words and a table");
}

void add_care(CLI::App& app, Care& care) {
  add_init(app, care.init);
  add_user(app, care.user, care.user_named);
  auto* config_command = app.add_subcommand("config", "What is set, and whether it can be read");
  config_command->require_subcommand(1);
  for (const auto& [name, about_it] : {std::pair{"check", "Read every setting and name each mistake"},
                                       {"show", "Print every setting, its value and where it comes from"},
                                       {"sample", "Print a kith.toml with every setting explained"}}) {
    auto* part = config_command->add_subcommand(name, about_it);
    part->add_option("--data", care.config.data_folder, "Data folder");
  }
  auto* doctor_command =
      app.add_subcommand("doctor", "Check disk, keys, database and the rest; change nothing");
  doctor_command->add_option("--data", care.doctor.data_folder, "Data folder");
  app.add_subcommand("man", "Print the manual page (roff)");
}

int run_user(const CLI::App& user, const Care& care) {
  if (user.got_subcommand("list")) return user_list(care.user_named);
  if (user.got_subcommand("reset")) return user_reset(care.user_named);
  if (user.got_subcommand("suspend")) return user_suspend(care.user_named);
  if (user.got_subcommand("resume")) return user_resume(care.user_named);
  return user_add(care.user);
}

std::optional<int> run_care(const CLI::App& app, Care& care) {
  if (app.got_subcommand("man")) {
    std::fputs(man_page(app).c_str(), stdout);
    return 0;
  }
  if (app.got_subcommand("init")) return init(care.init);
  if (app.got_subcommand("user")) return run_user(*app.get_subcommand("user"), care);
  if (app.got_subcommand("doctor")) return doctor(care.doctor);
  if (!app.got_subcommand("config")) return {};
  const auto* asked = app.get_subcommand("config");
  if (asked->got_subcommand("show")) care.config.part = ConfigPart::show;
  if (asked->got_subcommand("sample")) care.config.part = ConfigPart::sample;
  return config(care.config);
}

// What the parser says, on one line, however hostile the words were that it quotes.
std::string complaint(std::string_view said) {
  constexpr std::size_t length_max = 160;
  std::string line = shortened(said, length_max);
  std::replace(line.begin(), line.end(), '\n', ' ');
  return line;
}

CLI::App& add_match(CLI::App& app, MatchFolder& folder, MatchPlan& plan) {
  auto* match = app.add_subcommand("match", "Who could be offered whom, in words why");
  match->add_option("folder", folder.folder, "Folder with people.csv, workers.csv …, or the word plan");
  match->add_option("--method", folder.method, "stable, optimum or arrival")
      ->check(CLI::IsMember({"stable", "optimum", "arrival"}));
  match->add_option("--as-of", folder.as_of, "The day to plan for, like 2026-11-24");
  add_seed(*match, folder.seed, "Random seed of ties; that of criteria.json unless set");
  match->add_option("--dial", folder.dial, "0 soonest, 1 sooner, 2 balanced, 3 closer, 4 closest")
      ->check(CLI::Range(0, 4));
  match->add_option(
      "--plan", folder.plan,
      "A plan made by hand, as CSV: judged, the rest planned around it. As secret as exclusions.csv");
  match->add_option("--choices", folder.choices, "Workers offered to each person")->check(CLI::Range(1, 7));
  match->add_option("--data", plan.data_folder, "Data folder (with plan)");
  match->add_flag("--json", folder.json, "JSON instead of a table");
  match->add_flag("--today", folder.today,
                  "With plan: what happens without it beside it, those who would wait longer first");
  match->add_flag("--columns", folder.columns, "Print the columns of the files");
  return *match;
}

int run_command(int count, char** arguments) {
  CLI::App app(about, "kith");
  app.set_version_flag("--version", version);
  app.require_subcommand(1);

  MatchFolder folder;
  MatchPlan plan;
  CLI::App* match = &add_match(app, folder, plan);
  MatchSimulate simulate;
  add_simulate(*match, simulate);

  Demo demo_options;
  auto* demo_command = app.add_subcommand("demo", "Make and serve a fictional service");
  demo_command->add_option("--port", demo_options.port, "Port to serve on")->check(CLI::Range(0, 65535));
  demo_command->add_option("--data", demo_options.data_folder, "Data folder");
  demo_command->add_flag("--once", demo_options.once, "Print the plan and stop instead of serving");
  demo_command->add_flag("--fresh", demo_options.fresh, "Start over");

  Serve serve_options;
  auto* serve_command = app.add_subcommand("serve", "Serve the database of the data folder");
  serve_command->add_option("--port", serve_options.port, "Port to serve on")->check(CLI::Range(0, 65535));
  serve_command->add_option("--address", serve_options.address, "Address to serve on");
  serve_command->add_option("--data", serve_options.data_folder, "Data folder");

  Care care;
  add_care(app, care);
  Import import_options;
  add_import(app, import_options);
  EngineAssign assign_options;
  add_engine(app, assign_options);

  try {
    app.parse(count, arguments);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return app.exit(error); // --help and --version
    return complain(2, complaint(error.what()) + "; see kith --help");
  }
  if (const auto code = run_care(app, care)) return *code;
  if (app.got_subcommand("import")) return import(app, import_options);
  if (app.got_subcommand("engine")) return engine_assign(assign_options);
  if (*demo_command) return demo(demo_options);
  if (*serve_command) return serve(serve_options);
  if (match->got_subcommand("simulate")) return match_simulate(simulate);
  if (folder.folder != "plan" && folder.folder.empty() && !folder.columns)
    return complain(2, "match takes a folder, or the word plan; see kith match --help");
  if (folder.today && folder.folder != "plan")
    return complain(2, "--today goes with the word plan; see kith match --help");
  if (folder.folder != "plan") return match_folder(folder);
  if (folder.plan) return complain(2, "--plan goes with a folder; see kith match --help");
  plan.method = folder.method;
  plan.as_of = folder.as_of;
  plan.seed = folder.seed;
  plan.dial = folder.dial;
  plan.choices = folder.choices;
  plan.json = folder.json;
  plan.today = folder.today;
  return match_plan(plan);
}

} // namespace

int complain(int code, const std::string& words) {
  std::fprintf(stderr, "kith: %s\n", printable(words).c_str());
  return code;
}

void add_seed(CLI::App& command, std::int64_t& seed, const std::string& about_it) {
  command.add_option("--seed", seed, about_it)->check([](const std::string& said) {
    const auto number = parse_integer(said);
    return number && *number >= 0 ? ""
                                  : "a whole number from 0 to " + std::to_string(INT64_MAX) + " is needed";
  });
}

int run(int count, char** arguments) {
  const int code = run_command(count, arguments);
  if (output_written() || code != 0) return code;
  return complain(1, "standard output could not be written: what was said there is not whole");
}

} // namespace kith::cli
