// kith import: people and workers from files, batches listed and taken back. A dry run unless --commit.
#include <CLI/CLI.hpp>
#include <cstdio>

#include "app/service.hpp"
#include "app/staff.hpp"
#include "base/file.hpp"
#include "base/zones.hpp"
#include "cli/commands.hpp"
#include "cli/import_text.hpp"
#include "connections/import/import.hpp"
#include "connections/import/map.hpp"
#include "fhir/patient_mapping.hpp"
#include "storage/again.hpp"

namespace kith::cli {
namespace {

using connections::ImportKind;

constexpr std::uintmax_t file_bytes_most = 64 << 20;

Failure about(const char* code, const std::string& argument) {
  Failure failure = invalid(code);
  failure.arguments = {argument};
  return failure;
}

std::string name_of(const std::string& path) { return path.substr(path.find_last_of('/') + 1); }

// Every file as rows, with what the map and the command line say about them.
struct Read {
  connections::ImportRows rows{};
  std::vector<connections::ImportDefault> defaults{};
  std::vector<std::string> ignored{}; // columns, once each
};

Result<Read> read_files(const Import& options, ImportKind kind) {
  Read read;
  for (const std::string& text : options.defaults) {
    TRY_ASSIGN(auto given, connections::parse_import_default(kind, text));
    read.defaults.push_back(std::move(given));
  }
  connections::ImportMap map = connections::map_by_field_name();
  if (!options.map.empty()) {
    TRY_ASSIGN(const std::string toml, read_file(options.map, file_bytes_most));
    TRY_ASSIGN(map, connections::parse_import_map(kind, toml));
  }
  for (const std::string& path : options.files) {
    TRY_ASSIGN(std::string bytes, read_file(path, file_bytes_most));
    if (path.ends_with(".json")) {
      if (kind == ImportKind::workers) return about("import.workers_are_csv", name_of(path));
      connections::append(read.rows, fhir::read_people(name_of(path), bytes));
      continue;
    }
    auto csv = connections::rows_of_csv(map, kind, name_of(path), std::move(bytes));
    connections::append(read.rows, std::move(csv.rows));
    for (std::string& column : csv.ignored)
      if (std::find(read.ignored.begin(), read.ignored.end(), column) == read.ignored.end())
        read.ignored.push_back(std::move(column));
  }
  for (const auto& given : map.defaults)
    if (std::none_of(read.defaults.begin(), read.defaults.end(),
                     [&](const auto& other) { return other.field == given.field; }))
      read.defaults.push_back(given);
  connections::fill_defaults(read.rows, read.defaults);
  return read;
}

// What every subcommand begins with.
struct Opened {
  std::unique_ptr<app::Service> kith{};
  teams::PublicOrganisation organisation{};
};
Result<Opened> open(const Import& options) {
  TRY_ASSIGN(const app::Config config, app::load_config(options.data_folder));
  Opened opened;
  TRY_ASSIGN(opened.kith, app::open_service(config, {}));
  TRY_ASSIGN(opened.organisation, app::choose_organisation(*opened.kith->database, options.organisation));
  return opened;
}

auth::Scope scope_in(Opened& opened) {
  return auth::service_scope({"import", opened.organisation.id}, opened.kith->clock.now(),
                             opened.kith->random);
}

// All of it in one transaction. On PostgreSQL a server or another import that is busy with the same people
// may make it start over. A dry run rolls back.
template <class Body> auto whole(Opened& opened, storage::Access access, bool commit, Body body) {
  return storage::until_alone([&]() -> decltype(body(std::declval<storage::Transaction&>())) {
    TRY_ASSIGN(auto tx, opened.kith->database->begin(opened.organisation.id, access));
    TRY_ASSIGN(auto done, body(tx));
    if (commit) TRY(tx.commit());
    return done;
  });
}

template <class Draft, class Run>
Result<ImportOutcome> run_drafts(Opened& opened, const Import& options, connections::Drafts<Draft> drafts,
                                 Run run) {
  ImportOutcome outcome{drafts.drafts.size(), drafts.refused, std::move(drafts.problems), {}, false};
  outcome.written = options.commit && (drafts.refused == 0 || options.skip_refused);
  const connections::ImportOptions how{.write = outcome.written, .refer = options.refer};
  TRY_ASSIGN(outcome.report,
             whole(opened, outcome.written ? storage::Access::write : storage::Access::read, outcome.written,
                   [&](storage::Transaction& tx) { return run(tx, scope_in(opened), drafts.drafts, how); }));
  return outcome;
}

Result<ImportOutcome> run_import(const Import& options, ImportKind kind, const Read& read) {
  TRY_ASSIGN(Opened opened, open(options));
  Date today;
  {
    TRY_ASSIGN(auto tx, opened.kith->database->begin(opened.organisation.id, storage::Access::read));
    TRY_ASSIGN(const Organisation organisation, teams::load_organisation(tx));
    today = local_date(opened.kith->clock.now(), organisation.zone);
  }
  if (kind == ImportKind::people)
    return run_drafts(opened, options, connections::person_drafts(read.rows, today),
                      connections::import_people);
  return run_drafts(opened, options, connections::worker_drafts(read.rows, today),
                    connections::import_workers);
}

int exit_code(const Failure& failure) {
  if (failure.code.starts_with("config.")) return 3;
  return failure.fault == Fault::invalid || failure.fault == Fault::not_found ? 2 : 1;
}

int import_files(const Import& options, ImportKind kind) {
  if (options.columns) return print_columns(connections::import_fields(kind));
  if (options.files.empty()) return complain(2, "import takes files; see kith import --help");
  const Result<Read> read = read_files(options, kind);
  if (!read.ok()) return complain(exit_code(read.failure()), app::sentence(read.failure()));
  if (read->rows.unusable) {
    std::fputs(problems_text(read->rows.problems).c_str(), stderr);
    return complain(2, "a file could not be read; nothing was written");
  }
  const auto outcome = run_import(options, kind, read.value());
  if (!outcome.ok()) return complain(exit_code(outcome.failure()), app::sentence(outcome.failure()));
  const std::string text =
      options.json ? outcome_json(outcome.value())
                   : outcome_text(outcome.value(),
                                  {read->defaults, read->ignored, read->rows.passed_over, options.refer});
  std::fwrite(text.data(), 1, text.size(), stdout);
  if (outcome->refused == 0 || outcome->written) return 0;
  if (options.commit)
    return complain(1, "nothing was written: mend the rows above, or leave them out with --skip-refused");
  return 1;
}

int undo(const Import& options) {
  const auto id = Id<ImportBatch>::parse(options.batch);
  if (!id) return complain(2, "that is no batch; see kith import list");
  auto opened = open(options);
  if (!opened.ok()) return complain(exit_code(opened.failure()), app::sentence(opened.failure()));
  const auto undone = whole(*opened, storage::Access::write, options.commit, [&](storage::Transaction& tx) {
    return connections::undo_import(tx, scope_in(*opened), *id);
  });
  if (!undone.ok()) return complain(exit_code(undone.failure()), app::sentence(undone.failure()));
  const std::string text = undo_text(undone.value(), options.commit);
  std::fwrite(text.data(), 1, text.size(), stdout);
  return 0;
}

int list(const Import& options) {
  auto opened = open(options);
  if (!opened.ok()) return complain(exit_code(opened.failure()), app::sentence(opened.failure()));
  auto tx = opened->kith->database->begin(opened->organisation.id, storage::Access::read);
  if (!tx.ok()) return complain(1, app::sentence(tx.failure()));
  const auto batches = connections::list_batches(*tx, scope_in(*opened));
  if (!batches.ok()) return complain(1, app::sentence(batches.failure()));
  std::fputs(batches_text(batches.value()).c_str(), stdout);
  return 0;
}

} // namespace

void add_import(CLI::App& app, Import& options) {
  auto* command =
      app.add_subcommand("import", "People and peer workers from files; a dry run unless --commit");
  command->require_subcommand(1);
  const auto common = [&](CLI::App* part) {
    part->add_option("--data", options.data_folder, "Data folder");
    part->add_option("--organisation", options.organisation, "Short name, where there are several");
  };
  for (const bool people : {true, false}) {
    auto* part = command->add_subcommand(people ? "people" : "workers",
                                         people ? "From FHIR R4 bundles (.json) and CSV" : "From CSV");
    part->add_option("files", options.files, "Files");
    part->add_option("--map", options.map, "How the columns are to be read (TOML)");
    part->add_option("--default", options.defaults, "FIELD=VALUE for rows that say nothing; may be repeated")
        ->expected(1)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    part->add_flag("--commit", options.commit, "Write; otherwise only say what would be written");
    part->add_flag("--skip-refused", options.skip_refused, "Write the good rows although some are refused");
    if (people)
      part->add_flag("--refer", options.refer, "Put those with recorded consent on the waiting list");
    part->add_flag("--columns", options.columns, "Print the fields a row can have");
    part->add_flag("--json", options.json, "JSON instead of text");
    common(part);
  }
  auto* undo_command = command->add_subcommand("undo", "Take a batch back; a dry run unless --commit");
  undo_command->add_option("batch", options.batch, "Batch, as import said or list says")->required();
  undo_command->add_flag("--commit", options.commit, "Write; otherwise only say what would happen");
  common(undo_command);
  common(command->add_subcommand("list", "Batches, the newest first"));
}

int import(const CLI::App& app, const Import& options) {
  const CLI::App& command = *app.get_subcommand("import");
  if (command.got_subcommand("undo")) return undo(options);
  if (command.got_subcommand("list")) return list(options);
  return import_files(options, command.got_subcommand("people") ? ImportKind::people : ImportKind::workers);
}

} // namespace kith::cli
