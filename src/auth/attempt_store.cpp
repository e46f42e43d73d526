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
const Query latest{
    "sign_in_attempt.latest", Access::read,
    "select max(at), count(case when at > ?2 then 1 end) from v_sign_in_attempt where subject = ?1"};
const Query add{
    "sign_in_attempt.add", Access::write,
    "insert into sign_in_attempt (org_id, id, subject, at, outcome) values (?1, ?2, ?3, ?4, 'open')"};
const Query judge{
    "sign_in_attempt.judge", Access::write,
    "update sign_in_attempt set outcome = ?1 where org_id = ?2 and id = ?3 and outcome = 'open'"};
const Query forget{"sign_in_attempt.forget", Access::write,
                   "delete from sign_in_attempt where org_id = ?1 and at < ?2"};

constexpr int tries_max = 64;
constexpr std::string_view outcome_codes[] = {"open", "ok", "refused", "busy"};

Failure wait_until(Instant at, Instant now) {
  Failure failure = too_much("sign_in.wait");
  failure.arguments = {std::to_string((at.ms - now.ms + minutes_ms(1) - 1) / minutes_ms(1))};
  return failure;
}

} // namespace

// The id follows from what was counted. Two attempts that counted the same have the same id, so the database
// lets one in and the other counts again: no isolation level or lock is relied on.
Result<std::string> Attempts::try_begin(const AttemptStart& start) const {
  const std::string subject =
      hex(keyed_hash(key_, "subject|" + start.organisation.text() + "|" + std::string(start.subject)));
  const std::int64_t since = start.now.ms - window_ms;
  TRY_ASSIGN(auto tx, database_->begin(start.organisation, Access::write));
  TRY_ASSIGN(const auto failed, tx.rows(failures, {subject, since}));
  if (failed.size() >= failures_max)
    return wait_until(Instant{failed.back().integer(0)} + window_ms, start.now);
  TRY_ASSIGN(const auto row, tx.row(latest, {subject, since}));
  CHECK(row.has_value());
  const std::int64_t last = row->integer(0);
  const std::string counted = std::to_string(last) + "|" + std::to_string(row->integer(1));
  const std::string id = hex(keyed_hash(key_, "attempt|" + subject + "|" + counted));
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
