#include "people/person_store.hpp"

#include "storage/sealed.hpp"

namespace kith::people {
namespace {

using storage::Access;
using storage::Query;

const storage::RecordTable<Person>& table = person_table();

const Query by_source{"person.by_source", Access::read,
                      "select " + table.columns() + " from v_person where source_key = ?1 limit 1"};
const Query alike{"person.alike", Access::read,
                  "select id, chosen_name, case when ?2 <> '' and email = ?2 then 'email'"
                  " when ?3 <> '' and phone = ?3 then 'phone' else 'name' end from v_person where id <> ?1"
                  " and ((?2 <> '' and email = ?2) or (?3 <> '' and phone = ?3)"
                  " or (name_key = ?4 and (?5 = '' or born_on is null or substr(born_on, 1, 4) = ?5)))"
                  " order by created_at, id limit 6"};
const Query count{"person.count", Access::read, "select count(*) from v_person"};
const Query remove{"person.delete", Access::write, "delete from person where org_id = ?1 and id = ?2"};
const Query remove_preferences{"person.delete_preferences", Access::write,
                               "delete from preference where org_id = ?1 and person_id = ?2"};
const Query remove_consents{"person.delete_consents", Access::write,
                            "delete from consent where org_id = ?1 and person_id = ?2"};

} // namespace

const storage::RecordTable<Person>& person_table() {
  static const storage::RecordTable<Person> made{person_description()};
  return made;
}

Done insert_person(storage::Transaction& tx, const auth::Scope&, const Person& person) {
  return table.insert(tx, person);
}

Done update_person(storage::Transaction& tx, const auth::Scope&, const Person& person) {
  return table.update(tx, person);
}

Result<Person> load_person(storage::Transaction& tx, const auth::Scope&, Id<Person> id) {
  return table.get(tx, id);
}

Result<std::optional<Person>> find_by_source(storage::Transaction& tx, const auth::Scope&,
                                             const std::string& source_key) {
  TRY_ASSIGN(const auto row, tx.row(by_source, {source_key}));
  if (!row) return std::optional<Person>();
  Person person = table.read(*row);
  TRY(table.open_sealed(tx, person));
  return std::optional<Person>(std::move(person));
}

std::span<const std::string_view> codes_of(Alike) {
  static constexpr std::string_view codes[] = {"email", "phone", "name"};
  return codes;
}

Result<std::vector<PersonAlike>> people_like(storage::Transaction& tx, const auth::Scope&,
                                             const Person& person) {
  const std::string year = person.born_on ? to_text(*person.born_on).substr(0, 4) : std::string();
  TRY_ASSIGN(const auto rows,
             tx.rows(alike, {person.id.text(), person.email, person.phone, person.name_key, year}));
  std::vector<PersonAlike> out;
  out.reserve(rows.size());
  for (const storage::Row& row : rows)
    out.push_back({row.id<Person>(0), row.text(1), record::parse_code<Alike>(row.text(2)).value()});
  return out;
}

Result<std::int64_t> count_people(storage::Transaction& tx, const auth::Scope&) {
  TRY_ASSIGN(const auto row, tx.row(count));
  return row->integer(0);
}

Done empty_person(storage::Transaction& tx, const auth::Scope& scope, const Person& person) {
  TRY(tx.send(remove_preferences, {scope.organisation().text(), person.id.text()}));
  Person nobody;
  nobody.id = person.id;
  nobody.version = person.version;
  nobody.created_at = person.created_at;
  nobody.chosen_name = "-";
  return table.update(tx, with_name_keys(std::move(nobody)));
}

Done delete_person(storage::Transaction& tx, const auth::Scope& scope, Id<Person> id) {
  const std::string org = scope.organisation().text();
  TRY(tx.send(remove_preferences, {org, id.text()}));
  TRY(tx.send(remove_consents, {org, id.text()}));
  TRY(storage::drop_sealed_row(tx, "person", id.text()));
  TRY_ASSIGN(const std::int64_t gone, tx.run(remove, {org, id.text()}));
  if (gone != 1) return not_found();
  return {};
}

} // namespace kith::people
