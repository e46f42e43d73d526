// Sealed values of many rows at once: one statement for all of them instead of one per row.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "storage/database.hpp"

namespace kith::storage {

struct SealedRow {
  std::string row{};
  std::string field{};
  std::string plain{};
};
// Every sealed value of a table in this organisation, opened, ordered by row and field.
Result<std::vector<SealedRow>> sealed_of_table(Transaction& tx, std::string_view table);
// The sealed values of these rows of a table, opened, ordered by row and field; those of other rows may stand
// among them.
Result<std::vector<SealedRow>> sealed_of_rows(Transaction& tx, std::string_view table,
                                              const std::vector<std::string>& ids);
Done drop_sealed_row(Transaction& tx, std::string_view table, const std::string& row);
void place_sealed(const record::Description& record, const std::vector<SealedRow>& sealed,
                  const std::string& id, void* object);

template <class T>
Done open_sealed_all(Transaction& tx, const record::Description& record, std::vector<T>& objects) {
  std::vector<std::string> ids;
  ids.reserve(objects.size());
  for (const T& object : objects) ids.push_back(object.id.text());
  TRY_ASSIGN(const auto sealed, sealed_of_rows(tx, record.table, ids));
  for (T& object : objects) place_sealed(record, sealed, object.id.text(), &object);
  return {};
}

} // namespace kith::storage
