// kith match FOLDER: the engine over files, without a database. kith match plan: over a database's waiting
// list.
#include <cstdio>

#include "app/service.hpp"
#include "base/file.hpp"
#include "base/words.hpp"
#include "cli/commands.hpp"
#include "connections/groups.hpp"
#include "matching/folder.hpp"
#include "matching/plan_json.hpp"
#include "matching/plan_table.hpp"
#include "matching/scenario.hpp"
#include "record/json.hpp"

namespace kith::cli {
namespace {

std::optional<matching::Method> method_of(const std::string& name) {
  if (name == "stable") return matching::Method::stable;
  if (name == "optimum") return matching::Method::optimum;
  if (name == "arrival") return matching::Method::arrival;
  return {};
}

void put(const std::string& bytes) { std::fwrite(bytes.data(), 1, bytes.size(), stdout); }

struct Printing {
  bool json{};
  const matching::Wording& wording;
  const matching::IdNames& person_ids;
  const matching::IdNames& worker_ids;
  const matching::IdNames& person_names;
  const matching::IdNames& worker_names;
};

int print(const Result<matching::Plan>& plan, const Printing& how) {
  if (!plan.ok()) return complain(1, app::sentence(plan.failure()));
  if (how.json)
    put(matching::plan_json(plan.value(), {how.person_ids, how.worker_ids}, matching::Proof::written) + "\n");
  else put(matching::plan_table(plan.value(), how.wording, {how.person_names, how.worker_names}));
  return 0;
}

int print(const Result<matching::HandPlan>& plan, const Printing& how) {
  if (!plan.ok()) return complain(1, app::sentence(plan.failure()));
  if (how.json) put(matching::hand_plan_json(plan.value(), {how.person_ids, how.worker_ids}) + "\n");
  else put(matching::hand_plan_table(plan.value(), how.wording, {how.person_names, how.worker_names}));
  return 0;
}

Result<matching::FolderFiles> read_files(const MatchFolder& options) {
  TRY_ASSIGN(matching::FolderFiles files, matching::read_folder(options.folder));
  if (!options.plan) return files;
  TRY_ASSIGN(files.plan, read_file(*options.plan, matching::folder_file_bytes_most));
  files.plan_name = *options.plan;
  return files;
}

matching::IdNames ids_of(const std::vector<std::pair<RawId, std::string>>& pairs) {
  std::vector<matching::IdName> names;
  names.reserve(pairs.size());
  for (const auto& [id, name] : pairs) names.push_back({id, to_text(id)});
  return matching::IdNames(std::move(names));
}

// The plan of one organisation: a member of the JSON document, or its name and table.
Result<std::string> plan_of(app::Service& kith, const teams::PublicOrganisation& organisation,
                            const MatchPlan& options, const matching::Wording& wording) {
  TRY_ASSIGN(auto tx, kith.database->begin(organisation.id, storage::Access::read));
  const auth::Scope scope =
      auth::service_scope({"match plan", organisation.id}, kith.clock.now(), kith.random);
  TRY_ASSIGN(auto settings, connections::default_settings(tx, scope));
  if (const auto on = parse_date(options.as_of)) settings.as_of = *on;
  if (const auto method = method_of(options.method)) settings.method = *method;
  if (options.seed >= 0) settings.seed = static_cast<std::uint64_t>(options.seed);
  if (options.dial >= 0) settings.dial = static_cast<matching::Dial>(options.dial);
  if (options.choices > 0) settings.choices = options.choices;
  TRY_ASSIGN(auto taken, connections::take_plan_snapshot(tx, scope, settings));
  connections::Snapshot& snapshot = taken.snapshot;
  const connections::Names names = snapshot.names;
  const matching::IdNames people = connections::id_names(names.people),
                          workers = connections::id_names(names.workers), person_ids = ids_of(names.people),
                          worker_ids = ids_of(names.workers);
  std::string text, json;
  if (options.today) {
    TRY_ASSIGN(const matching::TwoPlans plans, matching::today_and_suggested(snapshot.input, {}));
    const auto fares = connections::fares_by_group(plans, snapshot);
    text = matching::two_plans_table(plans, fares, wording, {people, workers});
    json = matching::two_plans_json(plans, fares, {person_ids, worker_ids});
  } else {
    TRY_ASSIGN(const matching::Plan plan, matching::make_plan(std::move(snapshot.input)));
    text = matching::plan_table(plan, wording, {people, workers});
    json = matching::plan_json(plan, {person_ids, worker_ids});
  }
  if (!options.json) return organisation.name + "\n" + text;
  return "{\"organisation\":" + record::json_text(organisation.slug) +
         ",\"name\":" + record::json_text(organisation.name) + ",\"plan\":" + json + "}";
}

} // namespace

int match_folder(const MatchFolder& options) {
  if (options.columns) {
    put(matching::columns_text() + "\n" + matching::scenario_members_text());
    return 0;
  }
  matching::FolderOptions how;
  const SystemClock clock;
  how.as_of = utc_date(clock.now());
  if (!options.as_of.empty()) {
    const auto on = parse_date(options.as_of);
    if (!on) return complain(2, "--as-of takes a date like 2026-11-24");
    how.as_of = *on;
  }
  how.method = method_of(options.method);
  if (options.seed >= 0) how.seed = static_cast<std::uint64_t>(options.seed);
  if (options.dial >= 0) how.dial = static_cast<matching::Dial>(options.dial);
  if (options.choices > 0) how.choices = options.choices;
  const auto files = read_files(options);
  if (!files.ok()) return complain(2, app::sentence(files.failure()));
  matching::Folder folder = matching::parse_folder(files.value(), how);
  if (!folder.problems.empty()) return complain(2, matching::problems_text(folder.problems));
  const Words words = Words::load("en");
  const matching::Wording wording(words, folder.code_names);
  const Printing how_printed{
      options.json, wording, folder.person_ids, folder.worker_ids, folder.person_names, folder.worker_names};
  if (options.plan) return print(matching::judge(std::move(folder.input), folder.hand_rows), how_printed);
  return print(matching::make_plan(std::move(folder.input)), how_printed);
}

int match_plan(const MatchPlan& options) {
  if (!options.as_of.empty() && !parse_date(options.as_of))
    return complain(2, "--as-of takes a date like 2026-11-24");
  auto config = app::load_config(options.data_folder);
  if (!config.ok()) return complain(3, app::sentence(config.failure()));
  if (!options.database.empty()) config->database = options.database;
  const auto service = app::open_service(*config, {});
  if (!service.ok()) return complain(4, app::sentence(service.failure()));
  app::Service& kith = *service.value();
  auto all = kith.database->begin({}, storage::Access::read);
  if (!all.ok()) return complain(4, app::sentence(all.failure()));
  const auto organisations = teams::organisations(*all);
  if (!organisations.ok()) return complain(4, app::sentence(organisations.failure()));
  const Words words = Words::load("en");
  const matching::Wording wording(words);
  std::string plans; // printed when all are made, so that what is printed is whole
  for (const auto& organisation : organisations.value()) {
    const auto plan = plan_of(kith, organisation, options, wording);
    if (!plan.ok()) return complain(1, app::sentence(plan.failure()));
    if (options.json && !plans.empty()) plans += ",";
    plans += *plan;
  }
  put(options.json ? "{\"format\":\"kith-match-plans/1\",\"organisations\":[" + plans + "]}\n" : plans);
  return 0;
}

} // namespace kith::cli
