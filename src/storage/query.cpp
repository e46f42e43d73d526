#include "storage/query.hpp"

#include "base/check.hpp"
#include "base/text.hpp"

namespace kith::storage {
namespace {

std::vector<const Query*>& entries() {
  static std::vector<const Query*> list;
  return list;
}

std::string with_dollars(std::string_view sql) {
  std::string out;
  bool quoted = false;
  for (const char c : sql) {
    if (c == '\'') quoted = !quoted;
    out += c == '?' && !quoted ? '$' : c;
  }
  return out;
}

// The traps of trust.md section 4, refused before any database sees them.
const char* fault_in(Access access, const std::string& sql) {
  const std::string lower = " " + ascii_lower(sql);
  const auto has = [&](const char* word) { return lower.find(word) != std::string::npos; };
  if (has(" replace")) return "REPLACE is banned";
  if (has("with v_") || has(", v_") || has(",v_")) return "v_ names are views only";
  if (access == Access::write && has("select ")) return "a write holds no sub-select";
  if (access == Access::read && (has(" insert ") || has(" update ") || has(" delete ")))
    return "a read only reads";
  if (has(";")) return "one statement a query";
  return nullptr;
}

} // namespace

Query::Query(std::string name, Access access, std::string sql)
    : name_(std::move(name)), sql_(std::move(sql)), postgres_sql_(with_dollars(sql_)), access_(access),
      number_(entries().size()) {
  if (const char* fault = fault_in(access_, sql_)) FATAL((name_ + ": " + fault).c_str());
  entries().push_back(this);
}

const std::vector<const Query*>& catalogue() { return entries(); }

} // namespace kith::storage
