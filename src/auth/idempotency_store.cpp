#include <sodium.h>

#include <algorithm>

#include "auth/idempotency.hpp"
#include "base/text.hpp"

namespace kith::auth {
namespace {

using storage::Access;
using storage::Query;

const Query find{"idempotency.find", Access::read,
                 "select body_hash, status, location from v_idempotency"
                 " where actor_id = ?1 and route = ?2 and key = ?3 limit 1"};
const Query add{"idempotency.add", Access::write,
                "insert into idempotency (org_id, actor_id, route, key, body_hash, status, location, at)"
                " values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"};
const Query forget{"idempotency.forget", Access::write,
                   "delete from idempotency where org_id = ?1 and at < ?2"};

} // namespace

Result<std::optional<StoredAnswer>> earlier_answer(storage::Transaction& tx, const KeyedRequest& request) {
  TRY_ASSIGN(const auto row, tx.row(find, {request.actor, request.route, request.key}));
  if (!row) return std::optional<StoredAnswer>();
  if (row->text(0) != request.body_hash) return invalid("idempotency.other_body");
  return std::optional<StoredAnswer>(StoredAnswer{static_cast<int>(row->integer(1)), row->text(2)});
}

Done remember(storage::Transaction& tx, const KeyedRequest& request, const StoredAnswer& answer,
              Instant now) {
  const storage::Value location =
      answer.location.empty() ? storage::Value{} : storage::Value{answer.location};
  TRY(tx.run(add, {tx.organisation_text(), request.actor, request.route, request.key, request.body_hash,
                   std::int64_t{answer.status}, location, now.ms}));
  return {};
}

bool good_key(std::string_view key) {
  return key.size() >= 16 && key.size() <= 64 && std::all_of(key.begin(), key.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                  c == '_';
         });
}

std::string body_hash(std::string_view body) {
  std::string hash(32, '\0');
  crypto_generichash(reinterpret_cast<unsigned char*>(hash.data()), hash.size(),
                     reinterpret_cast<const unsigned char*>(body.data()), body.size(), nullptr, 0);
  return hex(hash);
}

Result<std::int64_t> forget_old_keys(storage::Transaction& tx, Instant now) {
  return tx.run(forget, {tx.organisation_text(), now.ms - days_ms(remembered_days)});
}

} // namespace kith::auth
