// Ordered migrations, one list for both databases, embedded from migrations/*.sql. A file holds plain
// statements ended by `;` at a line's end, with `bigint` and `text` columns, and three directives:
//   -- only: sqlite | postgres        the next statement runs on that database only
//   -- scoped: t [append-only|shared] the scope guard of table t, made anew (after create table or added
//   columns)
//   -- end                            nothing; for reading
// append-only: no update or delete for the application. shared: readable by all, written by its own
// organisation, which is the column `id` (the table organisation alone).
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "storage/database.hpp"

namespace kith::storage {

struct Migration {
  std::string name{}; // file name without ".sql"
  std::string sql{};
  std::string checksum{}; // 64-bit, hexadecimal: tells an edited file, not an attacker
};

std::vector<Migration> embedded_migrations();
std::vector<std::string> statements_for(const Migration& migration, Engine engine); // failures are Defects
Result<MigrateReport> migrate_with(const std::string& url, const std::vector<Migration>& migrations);

} // namespace kith::storage
