#include "connections/run_job.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "auth/audit.hpp"
#include "base/zones.hpp"
#include "connections/offer_actions.hpp"
#include "connections/run_actions.hpp"
#include "connections/task.hpp"
#include "matching/explanation_json.hpp"
#include "storage/again.hpp"
#include "storage/some_ids.hpp"
#include "workforce/worker_store.hpp"

namespace kith::connections {
namespace {

constexpr int rows_in_a_piece = static_cast<int>(storage::some_ids_max); // one reading of their people

// What a job did for the coordinator, of whom.
Done audit_row(storage::Transaction& tx, const auth::Scope& scope, const RunRow& row, const char* fields) {
  auth::AuditRow audit{.operation = "run", .object_kind = "referral", .object = row.referral.text()};
  audit.subjects = {row.person};
  audit.care = "change";
  audit.fields = fields;
  audit.basis = "run:" + row.run.text();
  return auth::write_audit(tx, scope, audit);
}

std::vector<Id<Worker>> workers_of(const RunRow& row) {
  std::vector<Id<Worker>> out;
  out.reserve(row.workers.size());
  for (const std::string& id : row.workers) out.push_back(Id<Worker>::parse(id).value_or(Id<Worker>{}));
  return out;
}

// Referrals first, then places, each in the order of ids, as everybody locks who changes several. A worker
// who is not there any more has no place to lock.
Done lock_rows(storage::Transaction& tx, const auth::Scope& scope, const std::vector<RunRow>& rows) {
  TRY_ASSIGN(const auto places, workforce::all_places(tx, scope));
  std::set<Id<Worker>> here;
  for (const Places& each : places) here.insert(each.worker);
  std::vector<Id<Referral>> referrals;
  std::vector<Id<Worker>> workers;
  referrals.reserve(rows.size());
  for (const RunRow& row : rows) {
    referrals.push_back(row.referral);
    for (const Id<Worker> worker : workers_of(row))
      if (here.contains(worker)) workers.push_back(worker);
  }
  std::sort(referrals.begin(), referrals.end());
  for (const Id<Referral> referral : referrals) TRY(lock_referral(tx, scope, referral));
  return workforce::touch_places(tx, scope, std::move(workers));
}

// What holds now of the people of some rows, read after these are locked.
struct Present {
  SnapshotCheck check;
  std::string weights{};
  std::vector<std::pair<RawId, Id<Referral>>> referrals{}; // person -> open referral, by person
};

Result<Present> present_state(storage::Transaction& tx, const auth::Scope& scope,
                              const std::vector<RunRow>& rows) {
  TRY_ASSIGN(const matching::Settings settings, default_settings(tx, scope));
  std::vector<Id<Person>> people;
  people.reserve(rows.size());
  for (const RunRow& row : rows) people.push_back(row.person);
  TRY_ASSIGN(Snapshot snapshot, take_snapshot(tx, scope, settings, {std::move(people)}));
  TRY_ASSIGN(auto list,
             matching::WaitingList::prepare(std::move(snapshot.input), matching::WaitingList::Pairs::none));
  return Present{SnapshotCheck(std::move(list)), settings.weights_version, std::move(snapshot.referrals)};
}

// Places that rows of this piece took before, beside what the snapshot says.
using TakenPlaces = std::map<Id<Worker>, int>;

bool possible(const Present& now, const RunRow& row, const TakenPlaces& taken) {
  const std::pair<RawId, Id<Referral>> own{row.person.raw,
                                           row.referral}; // not a later one of the same person
  if (!std::binary_search(now.referrals.begin(), now.referrals.end(), own)) return false;
  const matching::WaitingList& list = now.check.list();
  const auto person = list.find_person(row.person.raw);
  if (!person || !list.people()[*person].profile.open_offers.empty()) return false;
  const auto workers = workers_of(row);
  return std::all_of(workers.begin(), workers.end(), [&](Id<Worker> worker) {
    if (!now.check.feasible(row.person, worker)) return false;
    const auto used = taken.find(worker);
    const auto at = *list.find_worker(worker.raw);
    return used == taken.end() || list.workers()[at].profile.free_places() > used->second;
  });
}

// Explained as of now, so it carries the versions of now.
OfferRequest request_of(const MatchingRun& run, const RunRow& row, const Present& now) {
  const SnapshotCheck& check = now.check;
  OfferRequest request;
  request.referral = row.referral;
  request.engine = matching::engine_version;
  request.weights = now.weights;
  request.seed = run.seed;
  request.made_by = run.made_by;
  request.ask_later = true;
  const auto& person = check.list().people()[*check.list().find_person(row.person.raw)];
  for (const Id<Worker> worker : workers_of(row)) {
    const matching::Explanation why = check.list().explanation(person, *check.list().find_worker(worker.raw));
    request.workers.push_back({worker, why.fit, matching::explanation_bytes(why)});
  }
  return request;
}

Done drop(storage::Transaction& tx, const auth::Scope& scope, const RunRow& row) {
  TRY(mark(tx, scope, row.id, RowMark::dropped));
  return audit_row(tx, scope, row, "dropped");
}

Done offer_rows(storage::Transaction& tx, const auth::Scope& scope, const MatchingRun& run,
                const std::vector<RunRow>& rows) {
  TRY(lock_rows(tx, scope, rows));
  TRY_ASSIGN(const Present now, present_state(tx, scope, rows));
  TRY_ASSIGN(const Organisation organisation, teams::load_organisation(tx));
  const Date asked_on = local_date(std::max(*run.send_at, scope.now()), organisation.zone);
  // Whoever said "not now" before the run was kept was ticked all the same; whoever said it since was not.
  const AskedLater not_now{local_date(scope.now(), organisation.zone), run.made_at};
  TRY_ASSIGN(const auto later, referrals_to_ask_later(tx, scope, not_now));
  TakenPlaces taken;
  for (const RunRow& row : rows) {
    if (std::binary_search(later.begin(), later.end(), row.referral) || !possible(now, row, taken)) {
      TRY(drop(tx, scope, row));
      continue;
    }
    OfferRequest request = request_of(run, row, now);
    request.asked_on = asked_on;
    TRY_ASSIGN(const auto made, make_offers(tx, scope, request, now.check));
    TRY_ASSIGN(const Offer offer, load_offer(tx, scope, made.front()));
    for (const Id<Worker> worker : workers_of(row)) ++taken[worker];
    TRY(mark_offered(tx, scope, row.id, offer.choice));
    TRY(audit_row(tx, scope, row, "offered"));
  }
  return {};
}

// A referral has one open choice at a time. What somebody took back meanwhile, or offered instead, stays.
Done ask_rows(storage::Transaction& tx, const auth::Scope& scope, const std::vector<RunRow>& rows) {
  TRY(lock_rows(tx, scope, rows));
  TRY_ASSIGN(const Present now, present_state(tx, scope, rows));
  for (const RunRow& row : rows) {
    const ChoiceOf choice{row.referral, row.choice};
    TRY_ASSIGN(const bool open, has_unasked_offers(tx, scope, choice));
    if (!open) {
      TRY(mark(tx, scope, row.id, RowMark::taken_back));
      continue;
    }
    TRY_ASSIGN(const bool asked, ask_about(tx, scope, choice, now.check));
    if (!asked) {
      TRY(drop(tx, scope, row));
      continue;
    }
    TRY(mark(tx, scope, row.id, RowMark::asked));
    TRY(audit_row(tx, scope, row, "asked"));
  }
  return {};
}

Done take_back_rows(storage::Transaction& tx, const auth::Scope& scope, const std::vector<RunRow>& rows) {
  TRY(lock_rows(tx, scope, rows));
  for (const RunRow& row : rows) {
    TRY_ASSIGN(const bool open, has_unasked_offers(tx, scope, {row.referral, row.choice}));
    if (open) TRY(take_back_offers(tx, scope, row.referral));
    TRY(mark(tx, scope, row.id, RowMark::taken_back));
    TRY(audit_row(tx, scope, row, "taken_back"));
  }
  return {};
}

// The rows that come next, and what is to be done with them.
struct Piece {
  RunStep step{};
  std::vector<RunRow> rows{};
  bool last{}; // nothing is left of the run, now or later
};

Result<Piece> next_piece(storage::Transaction& tx, const auth::Scope& scope, const MatchingRun& run, int most,
                         const PassedOver& passed) {
  const RunStage stage = stage_of(run, scope.now());
  Piece piece;
  if (stage == RunStage::planned || stage == RunStage::kept) return piece;
  if (stage != RunStage::undone) {
    TRY_ASSIGN(piece.rows, next_rows(tx, scope, run.id, {piece.step, most, passed.to_offer}));
    if (!piece.rows.empty() || stage == RunStage::going_on) return piece;
    TRY_ASSIGN(const Organisation organisation, teams::load_organisation(tx));
    if (!is_awake(scope.now(), organisation)) return piece; // a service that was away does not ask at night
  }
  piece.step = RunStep::after_offer;
  TRY_ASSIGN(piece.rows, next_rows(tx, scope, run.id, {piece.step, most, passed.after_offer}));
  piece.last = piece.rows.empty() && passed.to_offer == 0 && passed.after_offer == 0;
  return piece;
}

template <class Body> auto in_transaction(const RunJob& job, OrganisationId organisation, const Body& body) {
  return storage::until_alone(
      [&]() -> decltype(body(std::declval<storage::Transaction&>(), std::declval<const auth::Scope&>())) {
        TRY_ASSIGN(auto tx, job.database->begin(organisation, storage::Access::write));
        auto result = body(tx, auth::service_scope({"run", organisation}, job.clock->now(), *job.random));
        if (result.ok()) TRY(tx.commit());
        return result;
      });
}

} // namespace

Result<int> carry_on(storage::Transaction& tx, const auth::Scope& scope, Id<MatchingRun> id, int most,
                     const PassedOver& passed) {
  TRY(lock_run(tx, scope, id)); // read after it: taking the run back comes before or after this piece
  TRY_ASSIGN(const MatchingRun run, load_run(tx, scope, id));
  TRY_ASSIGN(const Piece piece, next_piece(tx, scope, run, std::min(most, rows_in_a_piece), passed));
  if (piece.last) TRY(set_done(tx, scope, id));
  if (piece.rows.empty()) return 0;
  if (piece.step == RunStep::offer) TRY(offer_rows(tx, scope, run, piece.rows));
  else if (run.undone_at) TRY(take_back_rows(tx, scope, piece.rows));
  else TRY(ask_rows(tx, scope, piece.rows));
  return static_cast<int>(piece.rows.size());
}

namespace {

// The rows of a whole run: planned on what a reading saw, while nobody waits for it, and put in at once.
Done put_together(const RunJob& job, OrganisationId organisation, const MatchingRun& run) {
  std::vector<RunChoice> choices;
  {
    TRY_ASSIGN(auto tx, job.database->begin(organisation, storage::Access::read));
    const auth::Scope scope = auth::service_scope({"run", organisation}, job.clock->now(), *job.random);
    TRY_ASSIGN(const matching::Settings settings, default_settings(tx, scope));
    TRY_ASSIGN(PlanSnapshot taken, take_plan_snapshot(tx, scope, settings));
    const std::vector<matching::HandRow> kept = kept_rows(run.keeps, taken.snapshot.names);
    TRY_ASSIGN(const matching::TwoPlans plans,
               matching::today_and_suggested(std::move(taken.snapshot.input), kept));
    choices = suggested_choices(plans, taken.snapshot);
  }
  return in_transaction(job, organisation, [&](auto& tx, const auth::Scope& scope) -> Done {
    TRY(lock_run(tx, scope, run.id));
    TRY_ASSIGN(const MatchingRun now, load_run(tx, scope, run.id));
    if (stage_of(now, scope.now()) != RunStage::planned) return {}; // by another instance, or taken back
    TRY(put_in(tx, scope, run.id, choices));
    return set_put_together(tx, scope, run.id);
  });
}

// Somebody else was quicker, so the row cannot be offered any more. What the database itself refuses may go
// well the next time.
bool is_ours(const Failure& failure) {
  return failure.fault == Fault::conflict && !failure.code.starts_with("storage.");
}

// A row that fails all by itself is dropped when somebody was quicker, and passed over otherwise.
Done leave_behind(const RunJob& job, OrganisationId organisation, const Piece& alone, const Failure& why,
                  PassedOver& passed) {
  const RunRow& row = alone.rows.front();
  if (alone.step == RunStep::after_offer) {
    passed.after_offer = row.place;
    return {};
  }
  if (!is_ours(why)) {
    passed.to_offer = row.place;
    return {};
  }
  return in_transaction(job, organisation, [&](auto& tx, const auth::Scope& scope) -> Done {
    TRY(lock_run(tx, scope, row.run));
    TRY_ASSIGN(const auto now, next_rows(tx, scope, row.run, {RunStep::offer, 1, passed.to_offer}));
    if (now.empty() || now.front().id != row.id) return {}; // somebody else was here
    return drop(tx, scope, row);
  });
}

// One run, piece by piece. A piece that fails is halved; what is passed over has its turn in the next round.
// Pieces grow again after that.
Result<int> carry_on_run(const RunJob& job, OrganisationId organisation, Id<MatchingRun> id,
                         const std::atomic<bool>& stopping) {
  int settled = 0, most = rows_in_a_piece;
  PassedOver passed;
  std::optional<Failure> failed;
  while (!stopping.load()) {
    Piece first;
    const auto piece =
        in_transaction(job, organisation, [&](auto& tx, const auth::Scope& scope) -> Result<int> {
          TRY_ASSIGN(const MatchingRun run, load_run(tx, scope, id));
          TRY_ASSIGN(first, next_piece(tx, scope, run, 1, passed));
          return carry_on(tx, scope, id, most, passed);
        });
    if (piece.ok()) {
      if (piece.value() == 0) break;
      settled += piece.value();
      most = std::min(rows_in_a_piece, most * 2);
      continue;
    }
    if (piece.failure().fault == Fault::unavailable || first.rows.empty()) return piece.failure();
    if (most == 1) {
      failed = piece.failure();
      TRY(leave_behind(job, organisation, first, *failed, passed));
      if (is_ours(*failed) && first.step == RunStep::offer) failed.reset();
    }
    most = std::max(1, most / 2);
  }
  if (failed) return *failed;
  return settled;
}

} // namespace

Result<int> carry_on_runs(const RunJob& job, OrganisationId organisation, const std::atomic<bool>& stopping) {
  std::vector<Id<MatchingRun>> runs;
  std::vector<MatchingRun> whole;
  const auto scope = [&] {
    return auth::service_scope({"run", organisation}, job.clock->now(), *job.random);
  };
  {
    TRY_ASSIGN(auto tx, job.database->begin(organisation, storage::Access::read));
    TRY_ASSIGN(runs, runs_to_carry_on(tx, scope()));
    TRY_ASSIGN(whole, runs_to_put_together(tx, scope()));
  }
  int settled = 0;
  std::optional<Failure> failed; // one run that cannot go on now keeps no other one waiting
  for (const MatchingRun& run : whole)
    if (const Done done = put_together(job, organisation, run); !done.ok()) failed = done.failure();
  for (const Id<MatchingRun> run : runs) {
    const auto done = carry_on_run(job, organisation, run, stopping);
    if (done.ok()) settled += done.value();
    else failed = done.failure();
  }
  if (failed) return *failed;
  return settled;
}

} // namespace kith::connections
