#include "connections/connection_store.hpp"
#include "storage/some_ids.hpp"
#include "workforce/worker_store.hpp"

namespace kith::connections {
namespace {

using storage::Access;
using storage::Query;

const storage::RecordTable<Offer>& offers() {
  static const storage::RecordTable<Offer> made{offer_description()};
  return made;
}

const Query of_referral{"offer.of_referral", Access::read,
                        "select " + offers().columns() +
                            " from v_offer where referral_id = ?1 order by made_at desc, id limit 200"};
const Query of_worker{
    "offer.of_worker", Access::read,
    "select " + offers().columns() +
        " from v_offer where worker_id = ?1 and closed_at is null order by answer_by, id limit 200"};
const Query lately{"offer.asked_lately", Access::read,
                   "select coalesce(sum(case when e.kind = 'worker_asked' then 1 else 0 end), 0),"
                   " coalesce(sum(case when e.kind = 'worker_no' then 1 else 0 end), 0) from v_offer o"
                   " join v_offer_event e on e.org_id = o.org_id and e.offer_id = o.id"
                   " where o.worker_id = ?1 and e.at > ?2"};
const Query overdue{"offer.overdue", Access::read,
                    "select " + offers().columns() +
                        " from v_offer where closed_at is null and answer_by < ?1"
                        " order by answer_by, id limit 10000"};
const Query asked_before{"offer.asked_before", Access::read,
                         "select " + offers().columns("o") +
                             " from v_offer o where o.closed_at is null and (select max(e.at) from"
                             " v_offer_event e where e.org_id = o.org_id and e.offer_id = o.id and"
                             " e.kind = 'person_asked') < ?1 order by o.answer_by, o.id limit 10000"};
const Query close{"offer.close", Access::write,
                  "update offer set closed_at = ?1 where org_id = ?2 and id = ?3 and closed_at is null"};
const Query answer_by{"offer.answer_by", Access::write,
                      "update offer set answer_by = ?1 where org_id = ?2 and id = ?3 and closed_at is null"};
Query pairs_query(const char* name, const std::string& of) {
  return {name, Access::read,
          "select o.referral_id, o.worker_id, o.closed_at, (select e.kind from v_offer_event e"
          " where e.org_id = o.org_id and e.offer_id = o.id order by e.seq desc limit 1)"
          " from v_offer o join v_referral r on r.org_id = o.org_id and r.id = o.referral_id where " +
              of + "r.closed_at is null order by o.referral_id, o.worker_id, o.id limit 100000"};
}
const Query pairs = pairs_query("offer.pairs", "");
const Query pairs_of_some =
    pairs_query("offer.pairs_some", "r.person_id in " + storage::some_ids_from(1) + " and ");

const Query add_event{"offer_event.add", Access::write,
                      "insert into offer_event (org_id, offer_id, seq, kind, at, actor_id)"
                      " values (?1, ?2, ?3, ?4, ?5, ?6)"};
const Query events{"offer_event.of", Access::read,
                   "select kind, at from v_offer_event where offer_id = ?1 order by seq limit 1000"};

Result<std::vector<OfferEvent>> history(storage::Transaction& tx, Id<Offer> id) {
  TRY_ASSIGN(const auto rows, tx.rows(events, {id.text()}));
  std::vector<OfferEvent> out;
  out.reserve(rows.size());
  for (const storage::Row& row : rows)
    out.push_back({record::parse_code<OfferEventKind>(row.text(0)).value(), Instant{row.integer(1)}});
  return out;
}

Result<std::vector<StandingOffer>> read_all(storage::Transaction& tx, const std::vector<storage::Row>& rows) {
  std::vector<StandingOffer> out;
  for (const storage::Row& row : rows) {
    StandingOffer found{offers().read(row), {}};
    TRY(offers().open_sealed(tx, found.offer));
    TRY_ASSIGN(const auto past, history(tx, found.offer.id));
    found.standing = standing(past);
    out.push_back(std::move(found));
  }
  return out;
}

} // namespace

Done insert_offer(storage::Transaction& tx, const auth::Scope& scope, const Offer& offer) {
  TRY(offers().insert(tx, offer));
  TRY(tx.send(add_event, {scope.organisation().text(), offer.id.text(), std::int64_t{1}, std::string("made"),
                          scope.now().ms, auth::actor_text(scope)}));
  return {};
}

Result<Offer> load_offer(storage::Transaction& tx, const auth::Scope&, Id<Offer> id) {
  return offers().get(tx, id);
}

Result<std::vector<StandingOffer>> offers_of_referral(storage::Transaction& tx, const auth::Scope&,
                                                      Id<Referral> referral) {
  TRY_ASSIGN(const auto rows, tx.rows(of_referral, {referral.text()}));
  return read_all(tx, rows);
}

Result<std::vector<StandingOffer>> offers_of_worker(storage::Transaction& tx, const auth::Scope&,
                                                    Id<Worker> worker) {
  TRY_ASSIGN(const auto rows, tx.rows(of_worker, {worker.text()}));
  return read_all(tx, rows);
}

Result<AskedLately> asked_lately(storage::Transaction& tx, const auth::Scope& scope, Id<Worker> worker) {
  constexpr std::int64_t day = 24 * 60 * 60 * 1'000;
  const Instant since = scope.now() + -asked_lately_days * day;
  TRY_ASSIGN(const auto row, tx.row(lately, {worker.text(), since.ms}));
  return row ? AskedLately{row->integer(0), row->integer(1)} : AskedLately{};
}

Result<std::vector<StandingOffer>> overdue_offers(storage::Transaction& tx, const auth::Scope&, Date today) {
  TRY_ASSIGN(const auto rows, tx.rows(overdue, {to_text(today)}));
  return read_all(tx, rows);
}

Result<std::vector<StandingOffer>> offers_asked_before(storage::Transaction& tx, const auth::Scope&,
                                                       Instant moment) {
  TRY_ASSIGN(const auto rows, tx.rows(asked_before, {moment.ms}));
  return read_all(tx, rows);
}

Done put_off_answer(storage::Transaction& tx, const auth::Scope& scope, const AnswerBy& wanted) {
  TRY(tx.send(answer_by, {to_text(wanted.on), scope.organisation().text(), wanted.offer.text()}));
  return {};
}

Done lock_open_places(storage::Transaction& tx, const auth::Scope& scope, Id<Referral> referral) {
  TRY_ASSIGN(const auto all, offers_of_referral(tx, scope, referral));
  std::vector<Id<Worker>> workers;
  for (const StandingOffer& o : all)
    if (o.standing.state == OfferState::open) workers.push_back(o.offer.worker);
  return workforce::touch_places(tx, scope, std::move(workers));
}

Result<OfferStanding> standing_of(storage::Transaction& tx, const auth::Scope&, Id<Offer> offer) {
  TRY_ASSIGN(const auto past, history(tx, offer));
  return standing(past);
}

Result<OfferStanding> append(storage::Transaction& tx, const auth::Scope& scope, Id<Offer> id,
                             OfferEventKind event) {
  TRY_ASSIGN(auto past, history(tx, id));
  TRY(may_follow(standing(past), event));
  TRY(tx.send(add_event, {scope.organisation().text(), id.text(), static_cast<std::int64_t>(past.size() + 1),
                          std::string(record::code_of(event)), scope.now().ms, auth::actor_text(scope)}));
  if (closes(event)) {
    TRY(tx.send(close, {scope.now().ms, scope.organisation().text(), id.text()}, {1, "offer.closed"}));
  }
  past.push_back({event, scope.now()});
  return standing(past);
}

Done may_follow_now(storage::Transaction& tx, const auth::Scope&, Id<Offer> id, OfferEventKind event) {
  TRY_ASSIGN(const auto past, history(tx, id));
  return may_follow(standing(past), event);
}

Result<std::vector<AskedPair>> asked_pairs(storage::Transaction& tx, const auth::Scope&, const Waiters& of) {
  TRY_ASSIGN(const auto rows,
             of.people ? tx.rows(pairs_of_some, storage::id_values(*of.people)) : tx.rows(pairs));
  std::vector<AskedPair> out;
  out.reserve(rows.size());
  for (const storage::Row& row : rows) {
    const bool open = row.null(2), declined = row.text(3) == "worker_no" || row.text(3) == "person_no";
    if (open || declined) out.push_back({row.id<Referral>(0), row.id<Worker>(1), open});
  }
  return out;
}

} // namespace kith::connections
