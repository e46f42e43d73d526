#include <algorithm>

#include "connections/connection_store.hpp"
#include "people/person_store.hpp"
#include "storage/sealed.hpp"
#include "storage/some_ids.hpp"

namespace kith::connections {
namespace {

using storage::Access;
using storage::Query;

const storage::RecordTable<Referral>& referrals() {
  static const storage::RecordTable<Referral> made{referral_description()};
  return made;
}

// The kind of the last event of referral r, which names its state.
const std::string last_event =
    "(select e.kind from v_referral_event e where e.org_id = r.org_id and e.referral_id = r.id"
    " order by e.seq desc limit 1)";

// The two parties are looked up by key, row by row, never joined: until autovacuum has seen an import,
// PostgreSQL expects one row and compares every referral with every person.
constexpr const char* name_and_pronouns =
    ", (select p.chosen_name from v_person p where p.org_id = r.org_id and p.id = r.person_id)"
    ", (select p.pronouns from v_person p where p.org_id = r.org_id and p.id = r.person_id)";

// How many of referral r's open offers somebody was asked about.
constexpr const char* asked_about =
    ", (select count(*) from v_offer o where o.org_id = r.org_id and o.referral_id = r.id and o.closed_at is"
    " null and (select min(e.seq) from v_offer_event e where e.org_id = o.org_id and e.offer_id = o.id and"
    " e.kind in ('worker_asked', 'person_asked')) is not null)";

std::string has_open_referral(const std::string& organisation, const std::string& person) {
  return "(select r.id from v_referral r where r.org_id = " + organisation + " and r.person_id = " + person +
         " and r.closed_at is null) is not null";
}

// Who may lack something for matching; missing_for_matching decides.
constexpr const char* perhaps_incomplete =
    "(coalesce(p.languages, '') = '' or coalesce(p.availability, '') = ''"
    " or coalesce(p.modes, '') not like '%remote%')";

const Query open_of{"referral.open_of_person", Access::read,
                    "select " + referrals().columns() +
                        " from v_referral where person_id = ?1 and closed_at is null order by id limit 1"};
const Query accepted{"referral.ever_accepted", Access::read,
                     "select count(*) from v_referral_event e join v_referral r on r.org_id = e.org_id"
                     " and r.id = e.referral_id where r.person_id = ?1 and e.kind = 'accepted'"};
const Query open_counts{
    "referral.open_counts", Access::read,
    "select o.kind, count(*), sum(case when o.promise_on < ?1 then 1 else 0 end) from (select " + last_event +
        " as kind, r.promise_on as promise_on from v_referral r where r.closed_at is null) o"
        " group by o.kind order by o.kind limit 20"};
const Query lately{"referral.lately", Access::read,
                   "select coalesce(sum(case when r.waiting_on > ?1 then 1 else 0 end), 0), min(r.waiting_on)"
                   " from v_referral r where r.waiting_on <= ?2 and exists (select 1 from v_referral_event e"
                   " where e.org_id = r.org_id and e.referral_id = r.id and e.kind = 'accepted')"};
const Query by_referrer{
    "referral.by_referrer", Access::read,
    "select " + referrals().columns("r") + ", " + last_event + name_and_pronouns + asked_about +
        " from v_referral r where r.referrer_account = ?1 order by r.referred_at desc, r.id limit 200"};
const Query close{"referral.close", Access::write,
                  "update referral set closed_at = ?1 where org_id = ?2 and id = ?3 and closed_at is null"};

const Query lock{"referral.lock", Access::write,
                 "update referral set person_id = person_id where org_id = ?1 and id = ?2"};

const Query add_event{"referral_event.add", Access::write,
                      "insert into referral_event (org_id, referral_id, seq, kind, at, actor_id, reason)"
                      " values (?1, ?2, ?3, ?4, ?5, ?6, ?7)"};
const Query events{"referral_event.of", Access::read,
                   "select kind from v_referral_event where referral_id = ?1 order by seq limit 10000"};

// Each twice: of everybody who waits, and of some of them.
std::string among(const char* person) {
  return std::string(person) + " in " + storage::some_ids_from(1) + " and ";
}

Query people_query(const char* name, const std::string& of) {
  return {name, Access::read,
          "select " + people::person_table().columns("p") + " from v_person p where " + of +
              has_open_referral("p.org_id", "p.id") + " order by p.name_key, p.id limit 100000"};
}
const Query people[] = {people_query("waiting.people", ""),
                        people_query("waiting.people_some", among("p.id"))};
const Query incomplete{"waiting.incomplete", Access::read,
                       "select " + people::person_table().columns("p") + " from v_person p where " +
                           perhaps_incomplete + " and " + has_open_referral("p.org_id", "p.id") +
                           " order by p.name_key, p.id limit 100000"};
Query preferences_query(const char* name, const std::string& of) {
  return {name, Access::read,
          "select f.person_id, f.criterion, f.strength, f.wanted from v_preference f where " + of +
              has_open_referral("f.org_id", "f.person_id") +
              " order by f.person_id, f.criterion limit 1000000"};
}
const Query preferences[] = {preferences_query("waiting.preferences", ""),
                             preferences_query("waiting.preferences_some", among("f.person_id"))};
Query consents_query(const char* name, const std::string& of) {
  return {name, Access::read,
          "select " + people::consent_columns("c") +
              " from v_consent c where c.purpose = 'matching' and c.withdrawn_at is null and " + of +
              has_open_referral("c.org_id", "c.person_id") + " order by c.person_id, c.id limit 200000"};
}
const Query consents[] = {consents_query("waiting.consents", ""),
                          consents_query("waiting.consents_some", among("c.person_id"))};

Result<std::vector<ReferralEventKind>> history(storage::Transaction& tx, Id<Referral> id) {
  TRY_ASSIGN(const auto rows, tx.rows(events, {id.text()}));
  std::vector<ReferralEventKind> kinds;
  kinds.reserve(rows.size());
  for (const storage::Row& row : rows)
    kinds.push_back(record::parse_code<ReferralEventKind>(row.text(0)).value());
  return kinds;
}

// Each kind of event leads to one state only, so the last one names it.
ReferralState after(ReferralEventKind last) {
  switch (last) {
  case ReferralEventKind::referred:
    return ReferralState::referred;
  case ReferralEventKind::triaged:
    return ReferralState::triaged;
  case ReferralEventKind::accepted:
  case ReferralEventKind::offers_closed:
    return ReferralState::waiting;
  case ReferralEventKind::declined:
    return ReferralState::declined_by_service;
  case ReferralEventKind::offered:
    return ReferralState::offered;
  case ReferralEventKind::connected:
    return ReferralState::connected;
  case ReferralEventKind::withdrawn:
    return ReferralState::withdrawn;
  }
  return ReferralState::referred;
}

Result<std::vector<WaitingRow>> read_rows(storage::Transaction& tx, const std::vector<storage::Row>& rows) {
  std::vector<WaitingRow> out;
  const std::size_t columns = referrals().column_count();
  for (const storage::Row& row : rows) {
    WaitingRow waiting{referrals().read(row),
                       {},
                       row.text(columns + 1),
                       row.text(columns + 2),
                       row.integer(columns + 3) > 0};
    waiting.state = after(record::parse_code<ReferralEventKind>(row.text(columns)).value());
    out.push_back(std::move(waiting));
  }
  std::vector<std::string> ids;
  ids.reserve(out.size());
  for (const WaitingRow& row : out) ids.push_back(row.referral.id.text());
  TRY_ASSIGN(const auto sealed, storage::sealed_of_rows(tx, "referral", ids));
  for (WaitingRow& row : out)
    storage::place_sealed(referral_description(), sealed, row.referral.id.text(), &row.referral);
  return out;
}

// ---- pages of Today and of the waiting list: the state is asked of the database, so that a page holds whole
// rows of its own and nobody is cut off by those of another list ----

const std::string rows_of_page = "select " + referrals().columns("r") + ", " + last_event +
                                 ", p.chosen_name, p.pronouns" + asked_about +
                                 " from v_referral r left join v_person p on p.org_id = r.org_id"
                                 " and p.id = r.person_id where r.closed_at is null and ";

const Query new_page{"referral.new_page", Access::read,
                     rows_of_page + last_event +
                         " = 'referred' order by r.referred_at, r.id limit ?1 offset ?2"};

std::string waits(Waiting show) {
  std::string any = last_event + " in ('accepted', 'offers_closed', 'offered')";
  switch (show) {
  case Waiting::all:
    return any;
  case Waiting::late:
    return "r.promise_on < ?1 and " + any;
  case Waiting::find:
    return last_event + " in ('accepted', 'offers_closed')";
  case Waiting::answers:
    return last_event + " = 'offered'";
  }
  return any;
}

Query waiting_query(const char* name, const std::string& of) {
  return {name, Access::read,
          "select " + referrals().columns("r") + " from v_referral r where " + of +
              "r.closed_at is null and " + waits(Waiting::all) + " order by r.promise_on, r.id limit 100000"};
}
const Query waiting[] = {waiting_query("waiting.referrals", ""),
                         waiting_query("waiting.referrals_some", among("r.person_id"))};

Query page_of(const char* name, Waiting show) {
  const std::string at = show == Waiting::late ? " limit ?2 offset ?3" : " limit ?1 offset ?2";
  return {name, Access::read, rows_of_page + waits(show) + " order by r.promise_on, r.id" + at};
}
Query order_of(const char* name, Waiting show) {
  return {name, Access::read,
          "select r.person_id from v_referral r where r.closed_at is null and " + waits(show) +
              " order by r.promise_on, r.id limit 100000"};
}

const Query pages[] = {page_of("waiting.page", Waiting::all), page_of("waiting.page_late", Waiting::late),
                       page_of("waiting.page_find", Waiting::find),
                       page_of("waiting.page_answers", Waiting::answers)};
const Query orders[] = {
    order_of("waiting.order", Waiting::all), order_of("waiting.order_late", Waiting::late),
    order_of("waiting.order_find", Waiting::find), order_of("waiting.order_answers", Waiting::answers)};

// One of such a pair of queries.
Result<std::vector<storage::Row>> rows_of(storage::Transaction& tx, const Query (&pair)[2],
                                          const Waiters& of) {
  if (!of.people) return tx.rows(pair[0]);
  return tx.rows(pair[1], storage::id_values(*of.people));
}

std::vector<storage::Value> chosen(const WaitingChoice& choice) {
  std::vector<storage::Value> values;
  if (choice.show == Waiting::late) values.emplace_back(to_text(choice.today));
  return values;
}

} // namespace

std::span<const std::string_view> codes_of(Waiting) {
  static constexpr std::string_view codes[] = {"all", "late", "find", "answers"};
  return codes;
}

Result<std::vector<WaitingRow>> new_referrals(storage::Transaction& tx, const auth::Scope&,
                                              WaitingPage page) {
  TRY_ASSIGN(const auto rows, tx.rows(new_page, {std::int64_t{page.limit}, std::int64_t{page.offset}}));
  return read_rows(tx, rows);
}

Result<std::vector<WaitingRow>> waiting_referrals(storage::Transaction& tx, const auth::Scope&,
                                                  const WaitingChoice& choice, WaitingPage page) {
  std::vector<storage::Value> values = chosen(choice);
  values.emplace_back(std::int64_t{page.limit});
  values.emplace_back(std::int64_t{page.offset});
  TRY_ASSIGN(const auto rows, tx.rows(pages[static_cast<std::size_t>(choice.show)], values));
  return read_rows(tx, rows);
}

Result<std::vector<Id<Person>>> waiting_order(storage::Transaction& tx, const auth::Scope&,
                                              const WaitingChoice& choice) {
  TRY_ASSIGN(const auto rows, tx.rows(orders[static_cast<std::size_t>(choice.show)], chosen(choice)));
  std::vector<Id<Person>> out;
  out.reserve(rows.size());
  for (const storage::Row& row : rows) out.push_back(row.id<Person>(0));
  return out;
}

Done insert_referral(storage::Transaction& tx, const auth::Scope& scope, const Referral& referral) {
  TRY(referrals().insert(tx, referral));
  TRY(tx.send(add_event,
              {scope.organisation().text(), referral.id.text(), std::int64_t{1}, std::string("referred"),
               scope.now().ms, auth::actor_text(scope), storage::Value{}}));
  return {};
}

Result<Referral> load_referral(storage::Transaction& tx, const auth::Scope&, Id<Referral> id) {
  return referrals().get(tx, id);
}

Result<bool> ever_accepted(storage::Transaction& tx, const auth::Scope&, Id<Person> person) {
  TRY_ASSIGN(const auto row, tx.row(accepted, {person.text()}));
  return row->integer(0) > 0;
}

Result<std::optional<Referral>> open_referral_of(storage::Transaction& tx, const auth::Scope&,
                                                 Id<Person> person) {
  TRY_ASSIGN(const auto row, tx.row(open_of, {person.text()}));
  if (!row) return std::optional<Referral>();
  Referral referral = referrals().read(*row);
  TRY(referrals().open_sealed(tx, referral));
  return std::optional<Referral>(std::move(referral));
}

Result<ReferralState> state_of(storage::Transaction& tx, const auth::Scope&, Id<Referral> id) {
  TRY_ASSIGN(const auto kinds, history(tx, id));
  return replay(kinds);
}

Result<ReferralState> append(storage::Transaction& tx, const auth::Scope& scope, Id<Referral> id,
                             ReferralEventKind event, const std::string& reason) {
  TRY_ASSIGN(const auto kinds, history(tx, id));
  TRY_ASSIGN(const ReferralState before, replay(kinds));
  TRY_ASSIGN(const ReferralState state, next(before, event));
  TRY(tx.send(add_event, {scope.organisation().text(), id.text(), static_cast<std::int64_t>(kinds.size() + 1),
                          std::string(record::code_of(event)), scope.now().ms, auth::actor_text(scope),
                          reason.empty() ? storage::Value{} : storage::Value{reason}}));
  return state;
}

Done lock_referral(storage::Transaction& tx, const auth::Scope& scope, Id<Referral> id) {
  TRY_ASSIGN(const std::int64_t changed, tx.run(lock, {scope.organisation().text(), id.text()}));
  if (changed != 1) return not_found();
  return {};
}

Done close_referral(storage::Transaction& tx, const auth::Scope& scope, Id<Referral> id) {
  TRY_ASSIGN(const std::int64_t changed,
             tx.run(close, {scope.now().ms, scope.organisation().text(), id.text()}));
  if (changed != 1) return conflict("referral.not_possible");
  return {};
}

Result<OpenCounts> count_open_referrals(storage::Transaction& tx, const auth::Scope&, Date today) {
  TRY_ASSIGN(const auto rows, tx.rows(open_counts, {to_text(today)}));
  OpenCounts counts;
  for (const storage::Row& row : rows) {
    const ReferralState state = after(record::parse_code<ReferralEventKind>(row.text(0)).value());
    if (state == ReferralState::waiting || state == ReferralState::offered) {
      counts.waiting += row.integer(1);
      counts.late += row.integer(2);
      if (state == ReferralState::offered) counts.answers += row.integer(1);
    } else counts.asked += row.integer(1);
  }
  return counts;
}

Result<Lately> came_lately(storage::Transaction& tx, const auth::Scope&, Date today) {
  constexpr std::int32_t half_a_year = 182, four_weeks = 28; // fewer days say little about a week
  TRY_ASSIGN(const auto row, tx.row(lately, {to_text(today + -half_a_year), to_text(today)}));
  const auto first = row ? parse_date(row->text(1)) : std::nullopt;
  if (!first) return Lately{};
  return Lately{row->integer(0), std::clamp(today - *first + 1, four_weeks, half_a_year)};
}

Result<std::vector<WaitingRow>> referrals_by(storage::Transaction& tx, const auth::Scope&,
                                             Id<Account> referrer) {
  TRY_ASSIGN(const auto rows, tx.rows(by_referrer, {referrer.text()}));
  return read_rows(tx, rows);
}

Result<std::vector<Referral>> referrals_waiting(storage::Transaction& tx, const auth::Scope&,
                                                const Waiters& of) {
  TRY_ASSIGN(const auto rows, rows_of(tx, waiting, of));
  std::vector<Referral> out;
  out.reserve(rows.size());
  for (const storage::Row& row : rows) out.push_back(referrals().read(row));
  return out;
}

Result<std::vector<Person>> people_waiting(storage::Transaction& tx, const auth::Scope&, const Waiters& of) {
  TRY_ASSIGN(const auto rows, rows_of(tx, people, of));
  std::vector<Person> out;
  out.reserve(rows.size());
  for (const storage::Row& row : rows) out.push_back(people::person_table().read(row));
  TRY(storage::open_sealed_all(tx, person_description(), out));
  return out;
}

Result<std::vector<Person>> people_waiting_incomplete(storage::Transaction& tx, const auth::Scope&) {
  TRY_ASSIGN(const auto rows, tx.rows(incomplete));
  std::vector<Person> out;
  out.reserve(rows.size());
  for (const storage::Row& row : rows) out.push_back(people::person_table().read(row));
  return out;
}

Result<std::vector<Preference>> preferences_waiting(storage::Transaction& tx, const auth::Scope&,
                                                    const Waiters& of) {
  TRY_ASSIGN(const auto rows, rows_of(tx, preferences, of));
  std::vector<Preference> out;
  out.reserve(rows.size());
  for (const storage::Row& row : rows) out.push_back(people::read_preference(row));
  return out;
}

Result<std::vector<Consent>> matching_consents_waiting(storage::Transaction& tx, const auth::Scope&,
                                                       const Waiters& of) {
  TRY_ASSIGN(const auto rows, rows_of(tx, consents, of));
  std::vector<Consent> out;
  out.reserve(rows.size());
  for (const storage::Row& row : rows) out.push_back(people::read_consent(row));
  return out;
}

} // namespace kith::connections
