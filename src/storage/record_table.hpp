// Plain reads and writes of a described record, for both databases. The statements are made once from the
// description (its names are code, never input) and stand in the catalogue. C4 fields never enter the
// record's own table: they lie sealed in `sealed_value`, bound to organisation, table, row and field. The
// record needs a field `id`; a field `version`, when there is one, makes updates conditional (failure
// storage.stale: conflict).
#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "record/field.hpp"
#include "storage/database.hpp"

namespace kith::storage {

class RecordQueries {
public:
  explicit RecordQueries(const record::Description& record);
  Done insert(Transaction& tx, const void* object) const;
  Done update(Transaction& tx, const void* object) const;
  Result<bool> get(Transaction& tx, const std::string& id, void* object) const; // false: no such row here
  Done open_sealed(Transaction& tx, const std::string& id, void* object) const; // fills the C4 fields
  void read(const Row& row, std::size_t first_column, void* object) const;      // columns() order, without C4
  const std::string& columns() const { return columns_; }
  std::string columns(std::string_view alias) const;
  std::size_t column_count() const { return plain_.size(); }

private:
  Done write_sealed(Transaction& tx, const void* object) const;
  std::string id_of(const void* object) const;

  const record::Description& record_;
  std::vector<const record::Field*> plain_{};
  std::vector<const record::Field*> sealed_{};
  bool versioned_{};
  std::string columns_{};
  std::unique_ptr<Query> insert_{};
  std::unique_ptr<Query> update_{};
  std::unique_ptr<Query> get_{};
};

template <class T> class RecordTable {
public:
  explicit RecordTable(const record::Description& record) : queries_(record) {}
  Done insert(Transaction& tx, const T& object) const { return queries_.insert(tx, &object); }
  Done update(Transaction& tx, const T& object) const { return queries_.update(tx, &object); }
  Result<T> get(Transaction& tx, Id<T> id) const {
    T object;
    TRY_ASSIGN(const bool found, queries_.get(tx, id.text(), &object));
    if (!found) return not_found();
    return object;
  }
  Done open_sealed(Transaction& tx, T& object) const {
    return queries_.open_sealed(tx, object.id.text(), &object);
  }
  T read(const Row& row, std::size_t first_column = 0) const {
    T object;
    queries_.read(row, first_column, &object);
    return object;
  }
  const std::string& columns() const { return queries_.columns(); }
  std::string columns(std::string_view alias) const { return queries_.columns(alias); }
  std::size_t column_count() const { return queries_.column_count(); }

private:
  RecordQueries queries_;
};

} // namespace kith::storage
