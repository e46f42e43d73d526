// kith match FOLDER: the engine over files, without a database. kith match plan: over a database's waiting
// list.
#include <algorithm>
#include <cstdio>

#include "app/service.hpp"
#include "base/words.hpp"
#include "cli/commands.hpp"
#include "connections/snapshot.hpp"
#include "matching/folder.hpp"
#include "matching/plan_json.hpp"
#include "matching/plan_table.hpp"

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
  if (how.json) put(matching::plan_json(plan.value(), {how.person_ids, how.worker_ids}) + "\n");
  else put(matching::plan_table(plan.value(), how.wording, {how.person_names, how.worker_names}));
  return 0;
}

matching::IdNames names_of(const std::vector<std::pair<RawId, std::string>>& pairs) {
  std::vector<matching::IdName> names;
  names.reserve(pairs.size());
  for (const auto& [id, name] : pairs) names.push_back({id, name});
  return matching::IdNames(std::move(names));
}

matching::IdNames ids_of(const std::vector<std::pair<RawId, std::string>>& pairs) {
  std::vector<matching::IdName> names;
  names.reserve(pairs.size());
  for (const auto& [id, name] : pairs) names.push_back({id, to_text(id)});
  return matching::IdNames(std::move(names));
}

} // namespace

int match_folder(const MatchFolder& options) {
  if (options.columns) {
    put(matching::columns_text());
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
  if (options.choices > 0) how.choices = options.choices;
  const auto files = matching::read_folder(options.folder);
  if (!files.ok()) return complain(2, app::sentence(files.failure()));
  matching::Folder folder = matching::parse_folder(files.value(), how);
  if (!folder.problems.empty()) return complain(2, matching::problems_text(folder.problems));
  const Words words = Words::load("en");
  const matching::Wording wording(words, folder.code_names);
  return print(matching::make_plan(std::move(folder.input)),
               {options.json, wording, folder.person_ids, folder.worker_ids, folder.person_names,
                folder.worker_names});
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
  int code = 0;
  for (const auto& organisation : organisations.value()) {
    auto tx = kith.database->begin(organisation.id, storage::Access::read);
    if (!tx.ok()) return complain(4, app::sentence(tx.failure()));
    const auth::Scope scope =
        auth::service_scope({"match plan", organisation.id}, kith.clock.now(), kith.random);
    auto settings = connections::default_settings(*tx, scope);
    if (!settings.ok()) return complain(1, app::sentence(settings.failure()));
    if (const auto on = parse_date(options.as_of)) settings->as_of = *on;
    if (const auto method = method_of(options.method)) settings->method = *method;
    if (options.seed >= 0) settings->seed = static_cast<std::uint64_t>(options.seed);
    auto snapshot = connections::take_snapshot(*tx, scope, settings.value());
    if (!snapshot.ok()) return complain(1, app::sentence(snapshot.failure()));
    if (!options.json) put(organisation.name + "\n");
    const auto person_ids = ids_of(snapshot->names.people), worker_ids = ids_of(snapshot->names.workers);
    const auto person_names = names_of(snapshot->names.people),
               worker_names = names_of(snapshot->names.workers);
    code = std::max(code, print(matching::make_plan(std::move(snapshot->input)),
                                {options.json, wording, person_ids, worker_ids, person_names, worker_names}));
  }
  return code;
}

} // namespace kith::cli
