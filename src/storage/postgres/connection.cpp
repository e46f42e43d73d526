#include "storage/postgres/connection.hpp"

#include <libpq-fe.h>
#include <poll.h>

#include <cerrno>
#include <utility>

#include "base/log.hpp"
#include "base/text.hpp"

namespace kith::storage {
namespace {

using Answered = std::unique_ptr<PGresult, decltype(&PQclear)>;

Answered own(PGresult* result) { return {result, PQclear}; }

constexpr int silence_ms_max = 6000;
constexpr std::size_t sent_most = 64; // answers that may wait unread: far less than a socket holds
constexpr Oid bool_oid = 16, int8_oid = 20, int2_oid = 21, int4_oid = 23, numeric_oid = 1700;

Value read_value(const PGresult* result, int row, int column) {
  if (PQgetisnull(result, row, column)) return {};
  std::string text(PQgetvalue(result, row, column),
                   static_cast<std::size_t>(PQgetlength(result, row, column)));
  switch (PQftype(result, column)) {
  case bool_oid:
    return std::int64_t{text == "t" ? 1 : 0};
  case int2_oid:
  case int4_oid:
  case int8_oid:
  case numeric_oid:
    if (const auto number = parse_integer(text)) return *number;
    return text;
  default:
    return text;
  }
}

std::vector<Row> read_rows(const PGresult* result) {
  std::vector<Row> rows;
  const int columns = PQnfields(result);
  for (int r = 0; r < PQntuples(result); ++r) {
    Row row;
    row.values.reserve(columns);
    for (int c = 0; c < columns; ++c) row.values.push_back(read_value(result, r, c));
    rows.push_back(std::move(row));
  }
  return rows;
}

// The last result of what was just sent, as PQexec gives it; null when the server falls silent. Its own
// statement_timeout ends a slow statement earlier, so silence means that it hangs or that the way to it is
// cut.
Answered answer_of(PGconn* handle) {
  Answered last = own(nullptr);
  for (;;) {
    while (PQisBusy(handle)) {
      pollfd answer{PQsocket(handle), POLLIN, 0};
      const int heard = answer.fd < 0 ? 0 : poll(&answer, 1, silence_ms_max);
      if (heard < 0 && errno == EINTR) continue;
      if (heard <= 0 || !PQconsumeInput(handle)) return own(nullptr);
    }
    Answered next = own(PQgetResult(handle));
    if (!next) return last;
    last = std::move(next);
  }
}

bool succeeded(const PGresult* result) {
  const ExecStatusType status = PQresultStatus(result);
  return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
}

} // namespace

Result<std::unique_ptr<PostgresConnection>> PostgresConnection::open(const std::string& url) {
  const char* names[] = {"dbname",           "client_encoding", "connect_timeout",
                         "tcp_user_timeout", "options",         nullptr};
  const char* values[] = {
      url.c_str(),
      "UTF8",
      "5",
      "3000",
      "-c statement_timeout=5000 -c lock_timeout=2000 -c idle_in_transaction_session_timeout=10000",
      nullptr};
  std::unique_ptr<PostgresConnection> connection(new PostgresConnection(PQconnectdbParams(names, values, 1)));
  if (PQstatus(connection->handle_) != CONNECTION_OK) return unavailable("storage.unavailable");
  PQsetNoticeProcessor(connection->handle_, [](void*, const char*) {}, nullptr);
  return connection;
}

PostgresConnection::~PostgresConnection() { PQfinish(handle_); }

Done PostgresConnection::ready() {
  if (PQstatus(handle_) == CONNECTION_OK && PQtransactionStatus(handle_) == PQTRANS_IDLE &&
      PQpipelineStatus(handle_) == PQ_PIPELINE_OFF)
    return {};
  PQreset(handle_);
  prepared_.clear();
  sent_.clear();
  if (PQstatus(handle_) != CONNECTION_OK) return unavailable("storage.unavailable");
  return {};
}

int PostgresConnection::version() const { return PQserverVersion(handle_); }

Failure PostgresConnection::failure(const PGresult* result, const std::string& what) {
  const char* state_text = result ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : nullptr;
  const std::string state = state_text ? state_text : "";
  if (state.empty() || PQstatus(handle_) != CONNECTION_OK) return unavailable("storage.unavailable");
  if (state == "23505") return conflict("storage.duplicate");
  if (state.starts_with("23")) return conflict("storage.constraint");
  if (state == "40001" || state == "40P01" || state == "55P03") return unavailable("storage.retry");
  if (state == "57014") return unavailable("storage.too_slow");
  if (state.starts_with("53")) return unavailable("storage.full");
  if (state.starts_with("08") || state.starts_with("57")) return unavailable("storage.unavailable");
  if (state == "42P01") return invalid("storage.no_such_table");
  if (state == "42501") return conflict("storage.constraint"); // row-level security said no
  FATAL((what + ": " + state + " " + PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY)).c_str());
}

bool PostgresConnection::prepared(const Query& query) const {
  return query.number() < prepared_.size() && prepared_[query.number()];
}

Done PostgresConnection::prepare(const Query& query) {
  if (prepared(query)) return {};
  if (prepared_.size() <= query.number()) prepared_.resize(catalogue().size() + 8);
  TRY(settle());
  const std::string name = "q" + std::to_string(query.number());
  if (!PQsendPrepare(handle_, name.c_str(), query.postgres_sql().c_str(), 0, nullptr))
    return unavailable("storage.unavailable"); // lost, or still waiting for an earlier answer
  const auto result = answer_of(handle_);
  if (!succeeded(result.get())) {
    Failure refused = failure(result.get(), query.name());
    if (refused.code == "storage.no_such_table") FATAL((query.name() + ": no such table").c_str());
    return refused;
  }
  prepared_[query.number()] = true;
  return {};
}

namespace {

Answer answer_in(const PGresult* result, const Query& query) {
  Answer answer;
  answer.rows = read_rows(result);
  if (query.access() == Access::write)
    answer.changed = parse_integer(PQcmdTuples(const_cast<PGresult*>(result))).value_or(0);
  return answer;
}

// No text of PostgreSQL holds a NUL.
Done no_nul(const std::vector<Value>& values) {
  for (const Value& value : values)
    if (const auto* text = std::get_if<std::string>(&value); text && text->find('\0') != std::string::npos)
      return invalid("storage.nul");
  return {};
}

} // namespace

// REQUIRES values without NUL.
Done PostgresConnection::post(const Query& query, const std::vector<Value>& values) {
  std::vector<std::string> numbers(values.size());
  std::vector<const char*> texts(values.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (const auto* number = std::get_if<std::int64_t>(&values[i])) {
      numbers[i] = std::to_string(*number);
      texts[i] = numbers[i].c_str();
    } else if (const auto* text = std::get_if<std::string>(&values[i])) {
      texts[i] = text->c_str();
    }
  }
  const std::string name = "q" + std::to_string(query.number());
  if (!PQsendQueryPrepared(handle_, name.c_str(), static_cast<int>(values.size()), texts.data(), nullptr,
                           nullptr, 0))
    return unavailable("storage.unavailable");
  return {};
}

Result<Answer> PostgresConnection::execute(const Query& query, const std::vector<Value>& values) {
  TRY(no_nul(values));
  TRY(prepare(query));
  TRY(post(query, values));
  if (!sent_.empty()) {
    sent_.push_back({&query, {}});
    return last_answer();
  }
  const auto result = answer_of(handle_);
  if (!succeeded(result.get())) return failure(result.get(), query.name());
  return answer_in(result.get(), query);
}

Done PostgresConnection::send(const Query& query, const std::vector<Value>& values, const Wanted& wanted) {
  TRY(no_nul(values));
  TRY(prepare(query));
  if (PQpipelineStatus(handle_) == PQ_PIPELINE_OFF && !PQenterPipelineMode(handle_))
    return unavailable("storage.unavailable");
  TRY(post(query, values));
  sent_.push_back({&query, wanted});
  return sent_.size() < sent_most ? Done{} : settle();
}

Done PostgresConnection::settle() {
  if (sent_.empty()) return {};
  TRY(last_answer());
  return {};
}

// Silence or a lost connection ends it at once: `ready` makes a new one.
Result<Answer> PostgresConnection::last_answer() {
  const std::vector<Sent> sent = std::exchange(sent_, {});
  if (!PQpipelineSync(handle_)) return unavailable("storage.unavailable");
  Answer last;
  std::optional<Failure> failed;
  for (const Sent& each : sent) {
    const auto result = answer_of(handle_);
    if (!result) return unavailable("storage.unavailable");
    if (failed) continue;
    if (!succeeded(result.get())) {
      failed = failure(result.get(), each.query->name());
      continue;
    }
    last = answer_in(result.get(), *each.query);
    if (const Done met = each.wanted.met_by(last.changed); !met.ok()) failed = met.failure();
  }
  const auto synced = answer_of(handle_);
  if (!synced || !PQexitPipelineMode(handle_)) return unavailable("storage.unavailable");
  if (failed) return *failed;
  return last;
}

Done PostgresConnection::script(const std::string& sql) {
  if (!PQsendQuery(handle_, sql.c_str())) return unavailable("storage.unavailable");
  const auto result = answer_of(handle_);
  if (!succeeded(result.get())) return failure(result.get(), sql.substr(0, 80));
  return {};
}

Result<std::vector<Row>> PostgresConnection::rows(const std::string& sql) {
  if (!PQsendQuery(handle_, sql.c_str())) return unavailable("storage.unavailable");
  const auto result = answer_of(handle_);
  if (!succeeded(result.get())) return failure(result.get(), sql.substr(0, 80));
  return read_rows(result.get());
}

} // namespace kith::storage
