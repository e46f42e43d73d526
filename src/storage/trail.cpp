#include "storage/trail.hpp"

namespace kith::storage {
namespace {

const Query add_fact{"fact.add", Access::write,
                     "insert into fact (org_id, id, at, actor_id, kind, object_kind, object_id, detail)"
                     " values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"};
const Query add_outbox{
    "outbox.add", Access::write,
    "insert into outbox (org_id, id, made_at, send_after, recipient_kind, recipient_id, template,"
    " about_kind, about_id, dedupe_key) values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)"
    " on conflict (org_id, dedupe_key) do nothing"};
const Query cancel_about{
    "outbox.cancel_about", Access::write,
    "update outbox set cancelled_at = ?1, outcome = 'withdrawn' where org_id = ?2"
    " and about_kind = ?3 and about_id = ?4 and sent_at is null and cancelled_at is null"};
constexpr const char* columns =
    "id, made_at, send_after, recipient_kind, recipient_id, template, about_kind, about_id,"
    " dedupe_key, attempts";
const Query due{"outbox.due", Access::read,
                std::string("select ") + columns +
                    " from v_outbox where sent_at is null and cancelled_at is null"
                    " and send_after <= ?1 order by send_after, id limit 100"};
const Query held{"outbox.held", Access::read,
                 std::string("select ") + columns +
                     " from v_outbox where sent_at is null and cancelled_at is null"
                     " and about_kind = ?1 and about_id = ?2 order by send_after, id limit 100"};
const Query unsent{"outbox.unsent", Access::read,
                   "select count(*), coalesce(sum(case when send_after <= ?1 then 1 else 0 end), 0),"
                   " min(send_after) from v_outbox where sent_at is null and cancelled_at is null"};
const Query count_to{"outbox.count_to", Access::read,
                     "select count(*) from v_outbox where recipient_kind = ?1 and recipient_id = ?2"
                     " and template = ?3 and made_at > ?4"};
const Query newest{"fact.newest", Access::read, "select max(at) from v_fact limit 1"};
const Query claim{"outbox.claim", Access::write,
                  "update outbox set send_after = ?1, outcome = 'being_sent', attempts = attempts + 1"
                  " where org_id = ?2 and id = ?3 and sent_at is null and cancelled_at is null"
                  " and send_after <= ?4"};
const Query sent{"outbox.sent", Access::write,
                 "update outbox set sent_at = ?1, outcome = ?2 where org_id = ?3 and id = ?4"
                 " and sent_at is null"};
const Query attempted{"outbox.attempted", Access::write,
                      "update outbox set send_after = ?1, outcome = ?2"
                      " where org_id = ?3 and id = ?4 and sent_at is null and cancelled_at is null"};
const Query cancel{"outbox.cancel", Access::write,
                   "update outbox set cancelled_at = ?1, outcome = ?2 where org_id = ?3 and id = ?4"
                   " and sent_at is null and cancelled_at is null"};

std::vector<OutboxMessage> read(const std::vector<Row>& rows) {
  std::vector<OutboxMessage> out;
  out.reserve(rows.size());
  for (const Row& row : rows)
    out.push_back({row.text(0), Instant{row.integer(1)}, Instant{row.integer(2)}, row.text(3), row.text(4),
                   row.text(5), row.text(6), row.text(7), row.text(8), static_cast<int>(row.integer(9))});
  return out;
}

} // namespace

Done record_fact(Transaction& tx, Random& random, const Fact& fact) {
  TRY(tx.send(add_fact, {tx.organisation_text(), to_text(random_id(random)), fact.at.ms, fact.actor,
                         std::string(fact.kind), std::string(fact.object_kind), fact.object,
                         fact.detail.empty() ? Value{} : Value{fact.detail}}));
  return {};
}

Done add_message(Transaction& tx, Random& random, const OutboxMessage& message) {
  TRY(tx.send(add_outbox, {tx.organisation_text(), to_text(random_id(random)), message.made_at.ms,
                           message.send_after.ms, message.recipient_kind, message.recipient,
                           message.template_name, message.about_kind, message.about, message.dedupe_key}));
  return {};
}

Done cancel_messages(Transaction& tx, Instant now, std::string_view about_kind, const std::string& about) {
  TRY(tx.send(cancel_about, {now.ms, tx.organisation_text(), std::string(about_kind), about}));
  return {};
}

Result<std::vector<OutboxMessage>> due_messages(Transaction& tx, Instant now) {
  TRY_ASSIGN(const auto rows, tx.rows(due, {now.ms}));
  return read(rows);
}

Result<std::int64_t> count_messages_to(Transaction& tx, const MessagesTo& asked) {
  TRY_ASSIGN(const auto row,
             tx.row(count_to, {asked.recipient_kind, asked.recipient, asked.template_name, asked.since.ms}));
  CHECK(row.has_value());
  return row->integer(0);
}

Result<WaitingMessages> count_waiting_messages(Transaction& tx, Instant now) {
  TRY_ASSIGN(const auto row, tx.row(unsent, {now.ms}));
  CHECK(row.has_value());
  return WaitingMessages{row->integer(0), row->integer(1), row->instant(2)};
}

Result<std::vector<OutboxMessage>> held_messages(Transaction& tx, std::string_view about_kind,
                                                 const std::string& about) {
  TRY_ASSIGN(const auto rows, tx.rows(held, {std::string(about_kind), about}));
  return read(rows);
}

Result<std::optional<Instant>> newest_fact(Transaction& tx) {
  TRY_ASSIGN(const auto row, tx.row(newest));
  CHECK(row.has_value());
  return row->instant(0);
}

Result<bool> claim_message(Transaction& tx, const std::string& id, const Claim& terms) {
  TRY_ASSIGN(const std::int64_t changed,
             tx.run(claim, {terms.again_at.ms, tx.organisation_text(), id, terms.now.ms}));
  return changed == 1;
}

Done mark_sent(Transaction& tx, const std::string& id, Instant now, const std::string& outcome) {
  TRY(tx.send(sent, {now.ms, outcome, tx.organisation_text(), id}));
  return {};
}

Done mark_attempt(Transaction& tx, const std::string& id, Instant try_again_at, const std::string& outcome) {
  TRY(tx.send(attempted, {try_again_at.ms, outcome, tx.organisation_text(), id}));
  return {};
}

Done mark_cancelled(Transaction& tx, const std::string& id, Instant now, const std::string& outcome) {
  TRY(tx.send(cancel, {now.ms, outcome, tx.organisation_text(), id}));
  return {};
}

} // namespace kith::storage
