#include <algorithm>

#include "auth/session.hpp"

namespace kith::auth {
namespace {

using storage::Access;
using storage::Query;

const Query add{"session.add", Access::write,
                "insert into session (org_id, id, account_id, strength, made_at, seen_at, step_up_at)"
                " values (?1, ?2, ?3, ?4, ?5, ?6, ?7)"};
// One row for each active role; a holder without one has no session here.
const Query live{"session.live", Access::read,
                 "select s.strength, s.made_at, s.seen_at, s.step_up_at, a.id, a.holder, a.name, a.person_id,"
                 " a.worker_id, m.role from v_session s"
                 " join v_account a on a.id = s.account_id and a.status = 'active'"
                 " join v_membership m on m.account_id = a.id and m.status = 'active'"
                 " where s.id = ?1 and s.ended_at is null order by m.role limit 20"};
const Query put_seen{"session.touch", Access::write,
                     "update session set seen_at = ?1"
                     " where org_id = ?2 and id = ?3 and ended_at is null and seen_at <= ?4"};
const Query put_end{"session.end", Access::write,
                    "update session set ended_at = ?1 where org_id = ?2 and id = ?3 and ended_at is null"};
const Query put_end_of_account{
    "session.end_of_account", Access::write,
    "update session set ended_at = ?1 where org_id = ?2 and account_id = ?3 and ended_at is null"};
const Query put_end_of_own{"session.end_of_own", Access::write,
                           "update session set ended_at = ?1"
                           " where org_id = ?2 and account_id = ?3 and id = ?4 and ended_at is null"};
const Query put_end_of_others{"session.end_of_others", Access::write,
                              "update session set ended_at = ?1"
                              " where org_id = ?2 and account_id = ?3 and id <> ?4 and ended_at is null"};
const Query own{
    "session.own", Access::read,
    "select id, strength, made_at, seen_at from v_session where account_id = ?1 and ended_at is null"
    " and made_at > ?2 order by made_at desc, id limit 100"};

constexpr std::int64_t longest_ms = hours_ms(24);

} // namespace

SessionLimits session_limits(Holder holder, Strength strength) {
  if (strength == Strength::password) return {minutes_ms(10), minutes_ms(10)};
  if (holder == Holder::staff) return {minutes_ms(15), hours_ms(12)};
  return {minutes_ms(30), longest_ms};
}

Result<NewSession> Sessions::begin(storage::Transaction& tx, const SessionStart& start,
                                   Random& random) const {
  const Reference reference = new_reference(tx.organisation(), random);
  const std::string id = stored_id(key_, reference);
  const storage::Value step_up =
      start.strength == Strength::full ? storage::Value{start.now.ms} : storage::Value{};
  TRY(tx.run(add, {tx.organisation_text(), id, start.account.text(),
                   std::string(record::code_of(start.strength)), start.made_at.ms, start.now.ms, step_up}));
  return NewSession{reference.text(), id,
                    start.made_at + session_limits(start.holder, start.strength).absolute_ms};
}

Result<std::optional<LiveSession>> Sessions::look_up(storage::Transaction& tx, const Reference& reference,
                                                     Instant now) const {
  const std::optional<LiveSession> nobody;
  if (reference.organisation != tx.organisation()) return nobody;
  const std::string id = stored_id(key_, reference);
  TRY_ASSIGN(const auto rows, tx.rows(live, {id}));
  if (rows.empty()) return nobody;
  const storage::Row& row = rows.front();
  const auto strength = record::parse_code<Strength>(row.text(0));
  const auto holder = record::parse_code<Holder>(row.text(5));
  if (!strength || !holder) return nobody;

  const SessionLimits limits = session_limits(*holder, *strength);
  const Instant made{row.integer(1)}, seen{row.integer(2)};
  LiveSession session{.holder = *holder,
                      .made_at = made,
                      .idle_ends_at = seen + limits.idle_ms,
                      .ends_at = made + limits.absolute_ms,
                      .step_up_at = row.instant(3),
                      .touch_due = now.ms - seen.ms >= touch_every_ms};
  if (now >= session.idle_ends_at || now >= session.ends_at) return nobody;

  Actor& actor = session.actor;
  actor.organisation = tx.organisation();
  actor.account = row.id<Account>(4);
  actor.name = row.text(6);
  actor.person = row.id<Person>(7);
  actor.worker = row.id<Worker>(8);
  actor.strength = *strength;
  actor.session = id;
  for (const storage::Row& each : rows) {
    const auto role = record::parse_code<Role>(each.text(9));
    if (role && *role != Role::service) actor.roles.push_back(*role);
  }
  if (actor.roles.empty()) return nobody;
  if (*strength == Strength::password) actor.roles.clear();
  return std::optional<LiveSession>{std::move(session)};
}

Done touch_session(storage::Transaction& tx, std::string_view id, Instant now) {
  TRY(tx.run(put_seen, {now.ms, tx.organisation_text(), std::string(id), now.ms - touch_every_ms}));
  return {};
}

Done end_session(storage::Transaction& tx, std::string_view id, Instant now) {
  TRY(tx.run(put_end, {now.ms, tx.organisation_text(), std::string(id)}));
  return {};
}

Done end_sessions_of(storage::Transaction& tx, Id<Account> account, Instant now) {
  TRY(tx.run(put_end_of_account, {now.ms, tx.organisation_text(), account.text()}));
  return {};
}

Result<std::vector<SessionEntry>> own_sessions(storage::Transaction& tx, const Scope& scope) {
  TRY_ASSIGN(const auto rows, tx.rows(own, {scope.actor().account.text(), scope.now().ms - longest_ms}));
  std::vector<SessionEntry> out;
  out.reserve(rows.size());
  for (const storage::Row& row : rows) {
    SessionEntry entry{row.text(0),
                       record::parse_code<Strength>(row.text(1)).value_or(Strength::none),
                       {row.integer(2)},
                       {row.integer(3)}};
    const Holder holder = entry.strength == Strength::link ? Holder::person : Holder::staff;
    const SessionLimits limits = session_limits(holder, entry.strength);
    const bool works =
        scope.now() < entry.seen_at + limits.idle_ms && scope.now() < entry.made_at + limits.absolute_ms;
    if (works) out.push_back(std::move(entry));
  }
  return out;
}

Done end_other_sessions(storage::Transaction& tx, const Scope& scope) {
  TRY(tx.run(put_end_of_others,
             {scope.now().ms, tx.organisation_text(), scope.actor().account.text(), scope.actor().session}));
  return {};
}

Done end_own_session(storage::Transaction& tx, const Scope& scope, std::string_view id) {
  TRY_ASSIGN(const auto changed, tx.run(put_end_of_own, {scope.now().ms, tx.organisation_text(),
                                                         scope.actor().account.text(), std::string(id)}));
  if (changed != 1) return not_found();
  return {};
}

} // namespace kith::auth
