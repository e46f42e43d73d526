#include "teams/organisation.hpp"

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
const Query own{"organisation.get", Access::read,
                "select " + names() + " from v_organisation where id = ?1 limit 1"};
const Query all{"organisation.all", Access::read,
                "select id, slug, name from v_organisation order by name, id limit 1000"};

} // namespace

Done insert_organisation(storage::Transaction& tx, const Organisation& organisation) {
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

Result<std::vector<PublicOrganisation>> organisations(storage::Transaction& tx) {
  TRY_ASSIGN(const auto rows, tx.rows(all));
  std::vector<PublicOrganisation> out;
  out.reserve(rows.size());
  for (const storage::Row& row : rows) out.push_back({row.id<Organisation>(0), row.text(1), row.text(2)});
  return out;
}

} // namespace kith::teams
