#include "storage/sealed.hpp"

#include <algorithm>

#include "storage/some_ids.hpp"

namespace kith::storage {
namespace {

const Query of_table{"sealed_value.of_table", Access::read,
                     "select row_id, field, key_id, sealed from v_sealed_value where table_name = ?1"
                     " order by row_id, field limit 400000"};
const Query of_some{"sealed_value.of_some", Access::read,
                    "select row_id, field, key_id, sealed from v_sealed_value where table_name = ?1 and"
                    " row_id in " +
                        some_ids_from(2) + " order by row_id, field limit 400000"};
const Query drop_row{"sealed_value.drop_row", Access::write,
                     "delete from sealed_value where org_id = ?1 and table_name = ?2 and row_id = ?3"};

Result<std::vector<SealedRow>> opened(Transaction& tx, std::string_view table, const std::vector<Row>& rows) {
  std::vector<SealedRow> out;
  out.reserve(rows.size());
  for (const Row& row : rows) {
    SealedRow each{row.text(0), row.text(1), {}};
    TRY_ASSIGN(each.plain, tx.sealer().open({tx.organisation(), table, each.row, each.field},
                                            {row.text(2), row.text(3)}));
    out.push_back(std::move(each));
  }
  return out;
}

} // namespace

Result<std::vector<SealedRow>> sealed_of_table(Transaction& tx, std::string_view table) {
  TRY_ASSIGN(const auto rows, tx.rows(of_table, {std::string(table)}));
  return opened(tx, table, rows);
}

Result<std::vector<SealedRow>> sealed_of_rows(Transaction& tx, std::string_view table,
                                              const std::vector<std::string>& ids) {
  if (ids.empty()) return std::vector<SealedRow>();
  if (ids.size() > some_ids_max) return sealed_of_table(tx, table);
  std::vector<Value> values{std::string(table)};
  add_ids(values, ids);
  TRY_ASSIGN(const auto rows, tx.rows(of_some, values));
  return opened(tx, table, rows);
}

Done drop_sealed_row(Transaction& tx, std::string_view table, const std::string& row) {
  TRY(tx.send(drop_row, {tx.organisation_text(), std::string(table), row}));
  return {};
}

void place_sealed(const record::Description& record, const std::vector<SealedRow>& sealed,
                  const std::string& id, void* object) {
  auto at =
      std::lower_bound(sealed.begin(), sealed.end(), id,
                       [](const SealedRow& row, const std::string& wanted) { return row.row < wanted; });
  for (; at != sealed.end() && at->row == id; ++at)
    if (const record::Field* field = record.find(at->field)) CHECK(field->set(object, Value{at->plain}));
}

} // namespace kith::storage
