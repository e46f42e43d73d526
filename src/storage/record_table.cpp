#include "storage/record_table.hpp"

#include "base/text.hpp"

namespace kith::storage {
namespace {

const Query seal_value{"sealed_value.put", Access::write,
                       "insert into sealed_value (org_id, table_name, row_id, field, key_id, sealed)"
                       " values (?1, ?2, ?3, ?4, ?5, ?6)"
                       " on conflict (org_id, table_name, row_id, field)"
                       " do update set key_id = excluded.key_id, sealed = excluded.sealed"};
const Query drop_value{
    "sealed_value.drop", Access::write,
    "delete from sealed_value where org_id = ?1 and table_name = ?2 and row_id = ?3 and field = ?4"};
const Query sealed_of_row{"sealed_value.of_row", Access::read,
                          "select field, key_id, sealed from v_sealed_value"
                          " where table_name = ?1 and row_id = ?2 order by field limit 100"};

std::string parameter(std::size_t number) { return "?" + std::to_string(number); }

} // namespace

RecordQueries::RecordQueries(const record::Description& record) : record_(record) {
  for (const record::Field& field : record.fields)
    (field.care == record::CareLevel::C4 ? sealed_ : plain_).push_back(&field);
  CHECK(!plain_.empty() && plain_[0]->name == "id");
  versioned_ = record.find("version") != nullptr;
  std::vector<std::string> names, places, changes;
  for (std::size_t i = 0; i < plain_.size(); ++i) {
    names.emplace_back(plain_[i]->name);
    places.push_back(parameter(i + 2));
    if (i > 0) changes.push_back(names[i] + " = " + parameter(i + 2) + (names[i] == "version" ? " + 1" : ""));
  }
  columns_ = join(names, ", ");
  const std::string table(record.table);
  insert_ = std::make_unique<Query>(table + ".insert", Access::write,
                                    "insert into " + table + " (org_id, " + columns_ + ") values (?1, " +
                                        join(places, ", ") + ")");
  std::string condition = " where org_id = ?1 and id = ?2";
  if (versioned_)
    for (std::size_t i = 0; i < names.size(); ++i)
      if (names[i] == "version") condition += " and version = " + parameter(i + 2);
  update_ = std::make_unique<Query>(table + ".update", Access::write,
                                    "update " + table + " set " + join(changes, ", ") + condition);
  get_ = std::make_unique<Query>(table + ".get", Access::read,
                                 "select " + columns_ + " from v_" + table + " where id = ?1 limit 1");
}

std::string RecordQueries::columns(std::string_view alias) const {
  std::vector<std::string> names;
  names.reserve(plain_.size());
  for (const record::Field* field : plain_)
    names.push_back(std::string(alias) + "." + std::string(field->name));
  return join(names, ", ");
}

std::string RecordQueries::id_of(const void* object) const {
  return std::get<std::string>(plain_[0]->get(object));
}

Done RecordQueries::insert(Transaction& tx, const void* object) const {
  std::vector<Value> values{tx.organisation_text()};
  for (const record::Field* field : plain_) values.push_back(field->get(object));
  TRY(tx.send(*insert_, values));
  return write_sealed(tx, object);
}

Done RecordQueries::update(Transaction& tx, const void* object) const {
  std::vector<Value> values{tx.organisation_text()};
  for (const record::Field* field : plain_) values.push_back(field->get(object));
  TRY_ASSIGN(const std::int64_t changed, tx.run(*update_, values));
  if (changed != 1) return versioned_ ? conflict("storage.stale") : not_found();
  return write_sealed(tx, object);
}

Done RecordQueries::write_sealed(Transaction& tx, const void* object) const {
  const std::string id = sealed_.empty() ? std::string() : id_of(object);
  for (const record::Field* field : sealed_) {
    const std::string table(record_.table), name(field->name);
    const Value value = field->get(object);
    if (const auto* text = std::get_if<std::string>(&value)) {
      const Sealed sealed = tx.sealer().seal({tx.organisation(), table, id, name}, *text);
      TRY(tx.send(seal_value, {tx.organisation_text(), table, id, name, sealed.key_id, sealed.text}));
    } else {
      TRY(tx.send(drop_value, {tx.organisation_text(), table, id, name}));
    }
  }
  return {};
}

Result<bool> RecordQueries::get(Transaction& tx, const std::string& id, void* object) const {
  TRY_ASSIGN(const auto row, tx.row(*get_, {id}));
  if (!row) return false;
  read(*row, 0, object);
  TRY(open_sealed(tx, id, object));
  return true;
}

Done RecordQueries::open_sealed(Transaction& tx, const std::string& id, void* object) const {
  if (sealed_.empty()) return {};
  const std::string table(record_.table);
  TRY_ASSIGN(const auto rows, tx.rows(sealed_of_row, {table, id}));
  for (const Row& row : rows)
    for (const record::Field* field : sealed_)
      if (field->name == row.text(0)) {
        const std::string name = row.text(0);
        TRY_ASSIGN(std::string plain,
                   tx.sealer().open({tx.organisation(), table, id, name}, {row.text(1), row.text(2)}));
        CHECK(field->set(object, Value{std::move(plain)}));
      }
  return {};
}

void RecordQueries::read(const Row& row, std::size_t first_column, void* object) const {
  for (std::size_t i = 0; i < plain_.size(); ++i)
    CHECK(plain_[i]->set(object, row.values.at(first_column + i)));
}

} // namespace kith::storage
