#include <algorithm>

#include "auth/attempt.hpp"
#include "auth/keys.hpp"
#include "base/text.hpp"

namespace kith::auth {
namespace {

using storage::Access;
using storage::Query;

constexpr std::size_t rows_max = Attempts::visitor_failures_max;

const Query failures{"sign_in_attempt.failures", Access::read,
                     "select at from v_sign_in_attempt where subject = ?1 and at > ?2"
                     " and outcome in ('open', 'refused') order by at desc, id limit " +
                         std::to_string(rows_max)};
const Query latest{"sign_in_attempt.latest", Access::read,
                   "select at, count(*) from v_sign_in_attempt where subject = ?1"
                   " group by at order by at desc limit 1"};
const Query add{
    "sign_in_attempt.add", Access::write,
    "insert into sign_in_attempt (org_id, id, subject, at, outcome) values (?1, ?2, ?3, ?4, 'open')"};
const Query judge{
    "sign_in_attempt.judge", Access::write,
    "update sign_in_attempt set outcome = ?1 where org_id = ?2 and id = ?3 and outcome = 'open'"};
const Query forget{"sign_in_attempt.forget", Access::write,
                   "delete from sign_in_attempt where org_id = ?1 and at < ?2"};
const Query place_known{"sign_in_place.known", Access::read,
                        "select seen_at from v_sign_in_place where id = ?1 and seen_at > ?2 limit 1"};
const Query put_place{"sign_in_place.put", Access::write,
                      "insert into sign_in_place (org_id, id, seen_at) values (?1, ?2, ?3)"
                      " on conflict (org_id, id) do update set seen_at = excluded.seen_at"};
const Query forget_places{"sign_in_place.forget", Access::write,
                          "delete from sign_in_place where org_id = ?1 and seen_at < ?2"};

constexpr int tries_max = 64;
constexpr std::string_view outcome_codes[] = {"open", "ok", "refused", "busy", "not_a_try"};

Failure wait_until(Instant at, Instant now) {
  Failure failure = too_much("sign_in.wait");
  failure.arguments = {std::to_string((at.ms - now.ms + minutes_ms(1) - 1) / minutes_ms(1))};
  return failure;
}

// When the next attempt may be made, given those that failed, newest first.
Instant allowed_at(const GuessLimit& limit, const std::vector<storage::Row>& failed) {
  const auto most = static_cast<std::size_t>(limit.failures_max);
  if (failed.size() < most) return {};
  if (limit.at_limit == AtLimit::wait) return Instant{failed[most - 1].integer(0)} + Attempts::window_ms;
  const auto doublings = std::min<std::size_t>(failed.size() - most, 8);
  const std::int64_t pause = std::min(Attempts::pause_first_ms << doublings, Attempts::pause_max_ms);
  return Instant{failed.front().integer(0)} + pause;
}

} // namespace

std::string Attempts::subject_of(const storage::Transaction& tx, std::string_view kind,
                                 std::string_view what) const {
  return hex(keyed_hash(key_, std::string(kind) + "|" + tx.organisation_text() + "|" + std::string(what)));
}

// The id follows from the subject's latest attempt. Two attempts that saw the same latest have the same id,
// so the database lets one in and the other looks again: no isolation level or lock is relied on. The latest
// is read before the failures are counted; an attempt that comes in between is either counted or makes this
// one's id a duplicate.
Result<std::string> Attempts::add_to(storage::Transaction& tx, const GuessLimit& limit, Instant now) const {
  const std::string subject = subject_of(tx, "subject", limit.subject);
  TRY_ASSIGN(const auto row, tx.row(latest, {subject}));
  const std::int64_t last = row ? row->integer(0) : 0;
  const std::string seen = std::to_string(last) + "|" + std::to_string(row ? row->integer(1) : 0);
  const std::string id = hex(keyed_hash(key_, "attempt|" + subject + "|" + seen));
  TRY_ASSIGN(const auto failed, tx.rows(failures, {subject, now.ms - window_ms}));
  if (const Instant at = allowed_at(limit, failed); now < at) return wait_until(at, now);
  const std::int64_t at = last > now.ms ? last : now.ms; // a clock set back repeats no id
  TRY(tx.run(add, {tx.organisation_text(), id, subject, at}));
  return id;
}

Result<Attempt> Attempts::try_begin(const AttemptStart& start) const {
  TRY_ASSIGN(auto tx, database_->begin(start.organisation, Access::write));
  std::size_t counting = start.limits.size();
  if (!start.place.empty()) {
    const std::string place = subject_of(tx, "place", start.place);
    TRY_ASSIGN(const auto known, tx.row(place_known, {place, start.now.ms - place_kept_ms}));
    if (known) counting = std::min(counting, start.strangers_from);
  }
  Attempt attempt;
  for (std::size_t i = 0; i < counting; ++i) {
    TRY_ASSIGN(std::string row, add_to(tx, start.limits[i], start.now));
    attempt.rows.push_back(std::move(row));
  }
  TRY(tx.commit());
  return attempt;
}

Result<Attempt> Attempts::begin(const AttemptStart& start) const {
  for (int i = 0; i < tries_max; ++i) {
    auto begun = try_begin(start);
    const bool again = !begun.ok() && (begun.failure().code == "storage.duplicate" ||
                                       begun.failure().code == "storage.retry");
    if (!again) return begun;
  }
  return too_much("sign_in.busy");
}

Done Attempts::remember_place(storage::Transaction& tx, std::string_view place, Instant now) const {
  TRY(tx.run(put_place, {tx.organisation_text(), subject_of(tx, "place", place), now.ms}));
  return {};
}

Done judge_attempt(storage::Transaction& tx, const Attempt& attempt, Outcome outcome) {
  for (const std::string& row : attempt.rows)
    TRY(tx.run(judge,
               {std::string(outcome_codes[static_cast<std::size_t>(outcome)]), tx.organisation_text(), row}));
  return {};
}

Result<std::int64_t> forget_attempts(storage::Transaction& tx, Instant now) {
  TRY(tx.run(forget_places, {tx.organisation_text(), now.ms - Attempts::place_kept_ms}));
  return tx.run(forget, {tx.organisation_text(), now.ms - Attempts::window_ms});
}

} // namespace kith::auth
