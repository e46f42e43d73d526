// Exactly once: the key of an unsafe request, with a hash of its body, stands in the transaction of its
// effect. A repeat finds it and is answered again without a second effect; the same key with another body is
// refused.
#pragma once
#include <optional>
#include <string>

#include "auth/actor.hpp"
#include "storage/database.hpp"

namespace kith::auth {

struct KeyedRequest {
  std::string actor{};     // account id, or a stable word for public routes
  std::string route{};     // "POST /people/{id}/offers"
  std::string key{};       // 16 to 64 characters
  std::string body_hash{}; // hexadecimal
};
struct StoredAnswer {
  int status{};
  std::string location{};
};
// Nothing when new. Failure: idempotency.other_body (invalid).
Result<std::optional<StoredAnswer>> earlier_answer(storage::Transaction& tx, const KeyedRequest& request);
// Failure storage.duplicate (conflict): the same request was just done elsewhere; ask earlier_answer again.
Done remember(storage::Transaction& tx, const KeyedRequest& request, const StoredAnswer& answer, Instant now);
bool good_key(std::string_view key);
std::string body_hash(std::string_view body);
inline constexpr std::int64_t remembered_days = 7;
Result<std::int64_t> forget_old_keys(storage::Transaction& tx, Instant now); // a job

} // namespace kith::auth
