// A statement of the catalogue: written once with ?1 ?2 …, for both databases, beside its only user. Queries
// are namespace-scope constants; each enters the catalogue when the program starts, and a test prepares every
// one on both engines. Reads name the scoped views (v_person), never tables; writes name tables and hold no
// sub-select.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace kith::storage {

enum class Access { read, write };

class Query {
public:
  // A malformed catalogue entry (REPLACE, a CTE named v_…, a write with a sub-select) is a Defect at start.
  Query(std::string name, Access access, std::string sql);
  Query(const Query&) = delete;
  Query& operator=(const Query&) = delete;

  const std::string& name() const { return name_; }
  const std::string& sql() const { return sql_; }                   // ?1 form
  const std::string& postgres_sql() const { return postgres_sql_; } // $1 form
  Access access() const { return access_; }
  std::size_t number() const { return number_; } // its place in the catalogue

private:
  std::string name_{};
  std::string sql_{};
  std::string postgres_sql_{};
  Access access_{};
  std::size_t number_{};
};

const std::vector<const Query*>& catalogue();

} // namespace kith::storage
