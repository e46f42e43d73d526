#include "storage/sealed.hpp"

#include <algorithm>

namespace kith::storage {
namespace {

const Query of_table{"sealed_value.of_table", Access::read,
                     "select row_id, field, key_id, sealed from v_sealed_value where table_name = ?1"
                     " order by row_id, field limit 400000"};
const Query drop_row{"sealed_value.drop_row", Access::write,
                     "delete from sealed_value where org_id = ?1 and table_name = ?2 and row_id = ?3"};

} // namespace

Result<std::vector<SealedRow>> sealed_of_table(Transaction& tx, std::string_view table) {
  TRY_ASSIGN(const auto rows, tx.rows(of_table, {std::string(table)}));
  std::vector<SealedRow> out;
  out.reserve(rows.size());
  for (const Row& row : rows) {
    SealedRow opened{row.text(0), row.text(1), {}};
    TRY_ASSIGN(opened.plain, tx.sealer().open({tx.organisation(), table, opened.row, opened.field},
                                              {row.text(2), row.text(3)}));
    out.push_back(std::move(opened));
  }
  return out;
}

Done drop_sealed_row(Transaction& tx, std::string_view table, const std::string& row) {
  TRY(tx.run(drop_row, {tx.organisation_text(), std::string(table), row}));
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
