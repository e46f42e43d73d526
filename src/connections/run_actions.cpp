#include "connections/run_actions.hpp"

#include <algorithm>

#include "base/check.hpp"
#include "base/text.hpp"
#include "base/zones.hpp"
#include "storage/trail.hpp"

namespace kith::connections {
namespace {

constexpr int ten_in_the_morning = 10 * 60, awake_from = 8 * 60, awake_until = 20 * 60;

Done fact(storage::Transaction& tx, const auth::Scope& scope, std::string_view kind, Id<MatchingRun> run) {
  return storage::record_fact(tx, scope.random(),
                              {scope.now(), auth::actor_text(scope), kind, "matching_run", run.text(), {}});
}

} // namespace

Done put_in(storage::Transaction& tx, const auth::Scope& scope, Id<MatchingRun> run,
            const std::vector<RunChoice>& choices) {
  int place = 0;
  for (const RunChoice& choice : choices) {
    RunRow row;
    row.id = Id<RunRow>::make(scope.random());
    row.run = run;
    row.referral = choice.referral;
    row.person = choice.person;
    for (const Id<Worker> worker : choice.workers) row.workers.push_back(worker.text());
    row.place = ++place;
    TRY(insert_row(tx, scope, row));
  }
  return {};
}

MatchingRun run_of(const matching::Settings& settings) {
  MatchingRun run;
  run.method = matching::name_of(settings.method);
  run.dial = matching::name_of(settings.dial);
  run.choices = settings.choices;
  run.seed = static_cast<std::int64_t>(settings.seed);
  run.as_of = settings.as_of;
  run.engine = matching::engine_version;
  run.weights = settings.weights_version;
  return run;
}

std::vector<matching::HandRow> kept_rows(const std::vector<std::string>& texts, const Names& here) {
  std::vector<matching::HandRow> rows;
  for (const std::string& each : texts) {
    const auto parts = split(each, '.');
    const auto person = Id<Person>::parse(parts[0]);
    const bool again = person && std::any_of(rows.begin(), rows.end(), [&](const matching::HandRow& row) {
                         return row.person == person->raw;
                       });
    if (!person || again || here.of_person(person->raw).empty()) continue;
    for (std::size_t i = 1; i < parts.size() && i <= 7; ++i) {
      const auto worker = Id<Worker>::parse(parts[i]);
      if (!worker || here.of_worker(worker->raw).empty()) continue;
      const matching::HandRow row{person->raw, worker->raw};
      if (std::find(rows.begin(), rows.end(), row) == rows.end()) rows.push_back(row);
    }
  }
  return rows;
}

std::vector<RunChoice> suggested_choices(const matching::TwoPlans& plans, const Snapshot& snapshot) {
  std::vector<RunChoice> out;
  for (const matching::ComparedPerson& person : plans.people) {
    if (person.suggested.offers.empty()) continue;
    RunChoice choice;
    choice.person = Id<Person>{person.suggested.person};
    const auto at = std::lower_bound(snapshot.referrals.begin(), snapshot.referrals.end(), choice.person.raw,
                                     [](const auto& entry, RawId wanted) { return entry.first < wanted; });
    CHECK(at != snapshot.referrals.end() && at->first == choice.person.raw);
    choice.referral = at->second;
    for (const auto& offer : person.suggested.offers) choice.workers.push_back(Id<Worker>{offer.worker});
    out.push_back(std::move(choice));
  }
  return out;
}

Result<Id<MatchingRun>> keep_run(storage::Transaction& tx, const auth::Scope& scope, MatchingRun run,
                                 const std::vector<RunChoice>& choices) {
  if (choices.empty()) return invalid("run.nothing", {{"person", "required"}});
  run.id = Id<MatchingRun>::make(scope.random());
  run.made_by = scope.actor().account;
  run.made_at = scope.now();
  TRY(insert_run(tx, scope, run));
  TRY(put_in(tx, scope, run.id, choices));
  return run.id;
}

Result<Id<MatchingRun>> keep_whole_run(storage::Transaction& tx, const auth::Scope& scope, MatchingRun run) {
  run.id = Id<MatchingRun>::make(scope.random());
  run.made_by = scope.actor().account;
  run.made_at = scope.now();
  run.whole = true;
  TRY(insert_run(tx, scope, run));
  return run.id;
}

bool is_awake(Instant at, const Organisation& organisation) {
  const int minutes = local_time(at, organisation.zone).minutes;
  return minutes >= awake_from && minutes < awake_until;
}

Done confirm_run(storage::Transaction& tx, const auth::Scope& scope, Id<MatchingRun> id, Instant send_at) {
  if (send_at <= scope.now() || send_at > scope.now() + days_ms(send_within_days))
    return invalid("run.send_at", {{"send_at", "out_of_range"}});
  TRY_ASSIGN(const Organisation organisation, teams::load_organisation(tx));
  if (!is_awake(send_at, organisation)) return invalid("run.send_at", {{"send_at", "quiet_hours"}});
  MatchingRun run;
  run.id = id;
  run.send_at = send_at;
  TRY(set_send_at(tx, scope, run));
  return fact(tx, scope, "run_confirmed", id);
}

Done undo_run(storage::Transaction& tx, const auth::Scope& scope, Id<MatchingRun> id) {
  TRY(set_undone(tx, scope, id));
  // Whoever waited for the run's lock may have begun before its moment and go on after it.
  TRY_ASSIGN(const RunCounts counts, counts_of_run(tx, scope, id));
  if (counts.asked > 0) return conflict("run.not_possible");
  return fact(tx, scope, "run_undone", id);
}

Instant usual_send_at(Instant now, const Organisation& organisation) {
  Date on = local_date(now, organisation.zone) + 1;
  while (!is_weekday(on)) on = on + 1;
  const auto at = resolve({on, ten_in_the_morning}, organisation.zone);
  CHECK(at.ok()); // no zone of the world skips ten in the morning
  return at.value();
}

} // namespace kith::connections
