// The two drivers, seen only by storage itself: how each opens, and the plain administrative connection that
// migrations use (no scope guard, no catalogue). One other comes for that connection: app/sandbox_store,
// which moves a fictional service to today.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "storage/database.hpp"

namespace kith::storage {

bool is_sqlite(const std::string& url);

Result<std::unique_ptr<Database>> open_sqlite(const OpenOptions& options, const Sealer& sealer);
Result<std::unique_ptr<Database>> open_postgres(const OpenOptions& options, const Sealer& sealer);

class AdminConnection {
public:
  virtual ~AdminConnection() = default;
  virtual Done script(const std::string& sql) = 0; // statements, no parameters
  virtual Result<std::vector<Row>> rows(const std::string& sql) = 0;
  virtual Engine engine() const = 0;
};
Result<std::unique_ptr<AdminConnection>> admin_sqlite(const std::string& url);
// For looking only: beside a running server, and of a file that exists (storage.no_database).
Result<std::unique_ptr<AdminConnection>> look_sqlite(const std::string& url);
Result<std::unique_ptr<AdminConnection>> admin_postgres(const std::string& url);

} // namespace kith::storage
