#include "storage/database.hpp"

#include "storage/drivers.hpp"

namespace kith::storage {

bool Row::null(std::size_t column) const { return std::holds_alternative<std::monostate>(values.at(column)); }

std::int64_t Row::integer(std::size_t column) const {
  const auto* number = std::get_if<std::int64_t>(&values.at(column));
  return number ? *number : 0;
}

std::string Row::text(std::size_t column) const {
  const auto* text = std::get_if<std::string>(&values.at(column));
  return text ? *text : std::string();
}

std::optional<Instant> Row::instant(std::size_t column) const {
  if (null(column)) return {};
  return Instant{integer(column)};
}

Done Wanted::met_by(std::int64_t rows) const {
  if (changed && *changed != rows) return conflict(otherwise);
  return {};
}

Done Session::send(const Query& query, const std::vector<Value>& values, const Wanted& wanted) {
  TRY_ASSIGN(const Answer answer, execute(query, values));
  return wanted.met_by(answer.changed);
}

Transaction::Transaction(std::unique_ptr<Session> session, OrganisationId organisation, const Sealer& sealer)
    : session_(std::move(session)), organisation_(organisation), sealer_(&sealer) {}

template <class Answered> Answered Transaction::noted(Answered answered) {
  if (!answered.ok() && !failed_) failed_ = answered.failure();
  return answered;
}

Result<std::vector<Row>> Transaction::rows(const Query& query, const std::vector<Value>& values) {
  TRY_ASSIGN(Answer answer, noted(session_->execute(query, values)));
  return std::move(answer.rows);
}

Result<std::optional<Row>> Transaction::row(const Query& query, const std::vector<Value>& values) {
  TRY_ASSIGN(Answer answer, noted(session_->execute(query, values)));
  CHECK(answer.rows.size() <= 1);
  if (answer.rows.empty()) return std::optional<Row>();
  return std::optional<Row>(std::move(answer.rows[0]));
}

Result<std::int64_t> Transaction::run(const Query& query, const std::vector<Value>& values) {
  CHECK(query.access() == Access::write);
  TRY_ASSIGN(const Answer answer, noted(session_->execute(query, values)));
  return answer.changed;
}

Done Transaction::send(const Query& query, const std::vector<Value>& values, const Wanted& wanted) {
  CHECK(query.access() == Access::write);
  return noted(session_->send(query, values, wanted));
}

Done Transaction::settle() { return noted(session_->settle()); }

Done Transaction::commit() {
  if (failed_) return *failed_;
  return session_->commit();
}

Result<std::unique_ptr<Database>> open(const OpenOptions& options, const Sealer& sealer) {
  return is_sqlite(options.url) ? open_sqlite(options, sealer) : open_postgres(options, sealer);
}

bool is_sqlite(const std::string& url) { return url.starts_with("sqlite:"); }

} // namespace kith::storage
