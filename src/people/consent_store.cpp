#include "base/text.hpp"
#include "people/consent.hpp"

namespace kith {

std::span<const std::string_view> codes_of(Purpose) {
  static constexpr std::string_view codes[] = {"matching", "contact", "sharing"};
  return codes;
}

std::span<const std::string_view> codes_of(Captured) {
  static constexpr std::string_view codes[] = {"self", "said_to_staff", "written", "imported"};
  return codes;
}

bool holds(const Consent& consent, Instant now) {
  return !consent.withdrawn_at && consent.from_at <= now && utc_date(now) <= consent.until_on;
}

namespace people {
namespace {

using storage::Access;
using storage::Query;

const Query add{
    "consent.add", Access::write,
    "insert into consent (org_id, id, person_id, purpose, audience, categories, from_at, until_on,"
    " captured, by_account, text_version) values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)"};
const Query withdraw{
    "consent.withdraw", Access::write,
    "update consent set withdrawn_at = ?1 where org_id = ?2 and person_id = ?3 and purpose = ?4"
    " and withdrawn_at is null"};
const Query replaced{
    "consent.replaced", Access::write,
    "update consent set withdrawn_at = ?1 where org_id = ?2 and person_id = ?3 and purpose = ?4"
    " and audience = ?5 and withdrawn_at is null"};
const std::string columns = consent_columns("c");
const Query of_person{"consent.of_person", Access::read,
                      "select " + columns +
                          " from v_consent c where c.person_id = ?1 order by c.from_at desc, c.id"
                          " limit 200"};
std::vector<Consent> read_all(const std::vector<storage::Row>& rows) {
  std::vector<Consent> out;
  out.reserve(rows.size());
  for (const storage::Row& row : rows) out.push_back(read_consent(row));
  return out;
}

} // namespace

std::string consent_columns(std::string_view alias) {
  std::string out;
  for (const char* name : {"id", "person_id", "purpose", "audience", "categories", "from_at", "until_on",
                           "captured", "text_version", "withdrawn_at"})
    out += (out.empty() ? "" : ", ") + std::string(alias) + "." + name;
  return out;
}

Consent read_consent(const storage::Row& row) {
  Consent consent;
  consent.id = row.id<Consent>(0);
  consent.person = row.id<Person>(1);
  consent.purpose = record::parse_code<Purpose>(row.text(2)).value();
  consent.audience = row.text(3);
  consent.categories = split_words(row.text(4));
  consent.from_at = {row.integer(5)};
  consent.until_on = parse_date(row.text(6)).value();
  consent.captured = record::parse_code<Captured>(row.text(7)).value();
  consent.text_version = row.text(8);
  consent.withdrawn_at = row.instant(9);
  return consent;
}

Done give_consent(storage::Transaction& tx, const auth::Scope& scope, const GiveConsent& given) {
  const std::string org = scope.organisation().text();
  const std::string purpose(record::code_of(given.purpose));
  TRY(tx.send(replaced, {scope.now().ms, org, given.person.text(), purpose, given.audience}));
  const storage::Value by =
      scope.actor().account.empty() ? storage::Value{} : storage::Value{scope.actor().account.text()};
  const Instant from = given.from.value_or(scope.now());
  TRY(tx.send(add,
              {org, Id<Consent>::make(scope.random()).text(), given.person.text(), purpose, given.audience,
               join(given.categories, " "), from.ms, to_text(utc_date(from) + consent_days),
               std::string(record::code_of(given.captured)), by, std::string(consent_text_version)}));
  return {};
}

Done withdraw_consent(storage::Transaction& tx, const auth::Scope& scope, Id<Person> person,
                      Purpose purpose) {
  TRY(tx.send(withdraw, {scope.now().ms, scope.organisation().text(), person.text(),
                         std::string(record::code_of(purpose))}));
  return {};
}

Result<std::vector<Consent>> consents_of(storage::Transaction& tx, const auth::Scope&, Id<Person> person) {
  TRY_ASSIGN(const auto rows, tx.rows(of_person, {person.text()}));
  return read_all(rows);
}

Result<std::optional<Consent>> live_consent(storage::Transaction& tx, const auth::Scope& scope,
                                            Id<Person> person, Purpose purpose) {
  TRY_ASSIGN(const auto all, consents_of(tx, scope, person));
  for (const Consent& consent : all)
    if (consent.purpose == purpose && holds(consent, scope.now())) return std::optional<Consent>(consent);
  return std::optional<Consent>();
}

} // namespace people
} // namespace kith
