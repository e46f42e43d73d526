// Fresh, migrated databases for tests: SQLite in a temporary folder always, PostgreSQL when
// KITH_TEST_POSTGRES names a server (./x test starts one). Each call gives databases in which nothing of
// another call is left.
#pragma once
#include <functional>
#include <string>

#include "storage/database.hpp"

namespace kith {

const storage::Sealer& test_sealer(); // reversible and bound to its context, but no cryptography

void for_each_database(const std::function<void(storage::Database&)>& body);
void for_each_empty_database(const std::function<void(const std::string& url)>& body); // not migrated
void for_each_database_without_rows(const std::function<void(const std::string& url)>& body);
bool postgres_wanted();

} // namespace kith
