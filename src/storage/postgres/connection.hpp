// One libpq connection: prepared statements by the query's place in the catalogue, text parameters. Not
// thread-safe: one thread at a time. A connection that was lost, or whose server fell silent, is made again
// when it is next used. Writes may be sent one behind the other (libpq's pipeline mode); their answers are
// read before those of whatever comes next.
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
  Done send(const Query& query, const std::vector<Value>& values, const Wanted& wanted);
  Done settle(); // the first failure of those sent; the server skipped what was behind it
  Done script(const std::string& sql);
  Result<std::vector<Row>> rows(const std::string& sql);
  int version() const;

private:
  struct Sent {
    const Query* query{};
    Wanted wanted{};
  };
  explicit PostgresConnection(pg_conn* handle) : handle_(handle) {}
  Failure failure(const pg_result* result, const std::string& what);
  bool prepared(const Query& query) const;
  Done post(const Query& query, const std::vector<Value>& values);
  Result<Answer> last_answer(); // of those sent

  pg_conn* handle_{};
  std::vector<bool> prepared_{};
  std::vector<Sent> sent_{};
};

} // namespace kith::storage
