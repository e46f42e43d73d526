#include "teams/organisation.hpp"

#include "base/text.hpp"
#include "storage/trail.hpp"

namespace kith::teams {
namespace {

using storage::Access;
using storage::Query;

// The organisation's own row has no org_id column, so its statements are written out from the description
// here.
std::string names() {
  std::string out;
  for (const record::Field& field : organisation_description().fields)
    out += (out.empty() ? "" : ", ") + std::string(field.name);
  return out;
}

std::string places() {
  std::string out;
  for (std::size_t i = 1; i <= organisation_description().fields.size(); ++i)
    out += (out.empty() ? "?" : ", ?") + std::to_string(i);
  return out;
}

const Query add{"organisation.insert", Access::write,
                "insert into organisation (" + names() + ") values (" + places() + ")"};
const Query exit_to{"organisation.exit_to", Access::write,
                    "update organisation set exit_url = ?1, version = version + 1 where id = ?2"};
const Query first_asked{"organisation.first_asked", Access::write,
                        "update organisation set first_asked = ?1, version = version + 1 where id = ?2"};
const Query own{"organisation.get", Access::read,
                "select " + names() + " from v_organisation where id = ?1 limit 1"};
const Query all{"organisation.all", Access::read,
                "select id, slug, name from v_organisation order by name, id limit 1000"};

} // namespace

Done insert_organisation(storage::Transaction& tx, const Organisation& organisation) {
  if (!good_exit_url(organisation.exit_url))
    return invalid("organisation.exit_url", {{"exit_url", "not_https"}});
  std::vector<storage::Value> values;
  for (const record::Field& field : organisation_description().fields)
    values.push_back(field.get(&organisation));
  TRY(tx.run(add, values));
  return {};
}

Result<Organisation> load_organisation(storage::Transaction& tx) {
  TRY_ASSIGN(const auto row, tx.row(own, {tx.organisation_text()}));
  if (!row) return not_found();
  Organisation organisation;
  std::size_t column = 0;
  for (const record::Field& field : organisation_description().fields)
    CHECK(field.set(&organisation, row->values.at(column++)));
  return organisation;
}

Done set_exit_url(storage::Transaction& tx, const auth::Scope& scope, const std::string& url) {
  const std::string wanted(trim(url));
  if (!good_exit_url(wanted)) return invalid("organisation.exit_url", {{"exit_url", "not_https"}});
  TRY_ASSIGN(const std::int64_t changed, tx.run(exit_to, {wanted, tx.organisation_text()}));
  if (changed != 1) return not_found();
  return storage::record_fact(
      tx, scope.random(),
      {scope.now(), auth::actor_text(scope), "exit_url_changed", "organisation", tx.organisation_text(), {}});
}

Done set_first_asked(storage::Transaction& tx, const auth::Scope& scope, FirstAsked first) {
  TRY_ASSIGN(const std::int64_t changed,
             tx.run(first_asked, {std::string(record::code_of(first)), tx.organisation_text()}));
  if (changed != 1) return not_found();
  return storage::record_fact(tx, scope.random(),
                              {scope.now(),
                               auth::actor_text(scope),
                               "first_asked_changed",
                               "organisation",
                               tx.organisation_text(),
                               {}});
}

Result<std::vector<PublicOrganisation>> organisations(storage::Transaction& tx) {
  TRY_ASSIGN(const auto rows, tx.rows(all));
  std::vector<PublicOrganisation> out;
  out.reserve(rows.size());
  for (const storage::Row& row : rows) out.push_back({row.id<Organisation>(0), row.text(1), row.text(2)});
  return out;
}

} // namespace kith::teams
