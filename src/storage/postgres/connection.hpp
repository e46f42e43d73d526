// One libpq connection: prepared statements by the query's place in the catalogue, text parameters. Not
// thread-safe: one thread at a time. A connection that was lost, or whose server fell silent, is made again
// when it is next used.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "storage/database.hpp"

struct pg_conn;
struct pg_result;

namespace kith::storage {

class PostgresConnection {
public:
  static Result<std::unique_ptr<PostgresConnection>> open(const std::string& url);
  ~PostgresConnection();
  PostgresConnection(const PostgresConnection&) = delete;
  PostgresConnection& operator=(const PostgresConnection&) = delete;

  Done ready(); // reconnects when the connection was lost
  Done prepare(const Query& query);
  Result<Answer> execute(const Query& query, const std::vector<Value>& values);
  Done script(const std::string& sql);
  Result<std::vector<Row>> rows(const std::string& sql);
  int version() const;

private:
  explicit PostgresConnection(pg_conn* handle) : handle_(handle) {}
  Failure failure(const pg_result* result, const std::string& what);

  pg_conn* handle_{};
  std::vector<bool> prepared_{};
};

} // namespace kith::storage
