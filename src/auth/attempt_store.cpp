#include "auth/attempt.hpp"
#include "auth/keys.hpp"
#include "base/text.hpp"

namespace kith::auth {
namespace {

using storage::Access;
using storage::Query;

const Query failures{"sign_in_attempt.failures", Access::read,
                     "select at from v_sign_in_attempt where subject = ?1 and at > ?2"
                     " and outcome in ('open', 'refused') order by at desc, id limit " +
                         std::to_string(Attempts::failures_max)};
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

constexpr int tries_max = 64;
constexpr std::string_view outcome_codes[] = {"open", "ok", "refused", "busy", "not_a_try"};

Failure wait_until(Instant at, Instant now) {
  Failure failure = too_much("sign_in.wait");
  failure.arguments = {std::to_string((at.ms - now.ms + minutes_ms(1) - 1) / minutes_ms(1))};
  return failure;
}

} // namespace

// The id follows from the subject's latest attempt. Two attempts that saw the same latest have the same id,
// so the database lets one in and the other looks again: no isolation level or lock is relied on. The latest
// is read before the failures are counted; an attempt that comes in between is either counted or makes this
// one's id a duplicate.
Result<std::string> Attempts::try_begin(const AttemptStart& start) const {
  const std::string subject =
      hex(keyed_hash(key_, "subject|" + start.organisation.text() + "|" + std::string(start.subject)));
  TRY_ASSIGN(auto tx, database_->begin(start.organisation, Access::write));
  TRY_ASSIGN(const auto row, tx.row(latest, {subject}));
  const std::int64_t last = row ? row->integer(0) : 0;
  const std::string seen = std::to_string(last) + "|" + std::to_string(row ? row->integer(1) : 0);
  const std::string id = hex(keyed_hash(key_, "attempt|" + subject + "|" + seen));
  TRY_ASSIGN(const auto failed, tx.rows(failures, {subject, start.now.ms - window_ms}));
  if (failed.size() >= failures_max)
    return wait_until(Instant{failed.back().integer(0)} + window_ms, start.now);
  const std::int64_t at = last > start.now.ms ? last : start.now.ms; // a clock set back repeats no id
  TRY(tx.run(add, {tx.organisation_text(), id, subject, at}));
  TRY(tx.commit());
  return id;
}

Result<std::string> Attempts::begin(const AttemptStart& start) const {
  for (int i = 0; i < tries_max; ++i) {
    auto begun = try_begin(start);
    const bool again = !begun.ok() && (begun.failure().code == "storage.duplicate" ||
                                       begun.failure().code == "storage.retry");
    if (!again) return begun;
  }
  return too_much("sign_in.busy");
}

Done judge_attempt(storage::Transaction& tx, const std::string& attempt, Outcome outcome) {
  TRY(tx.run(judge, {std::string(outcome_codes[static_cast<std::size_t>(outcome)]), tx.organisation_text(),
                     attempt}));
  return {};
}

Result<std::int64_t> forget_attempts(storage::Transaction& tx, Instant before) {
  return tx.run(forget, {tx.organisation_text(), before.ms});
}

} // namespace kith::auth
