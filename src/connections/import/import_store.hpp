// Import batches and what each did, record by record.
#pragma once
#include <string>
#include <vector>

#include "auth/actor.hpp"
#include "connections/referral.hpp"
#include "storage/database.hpp"
#include "workforce/worker.hpp"

namespace kith {

struct ImportBatch {
  Id<ImportBatch> id{};
  std::string kind{}; // people, workers
  Instant made_at{};
  std::optional<Instant> undone_at{};
};

struct ImportEffect {
  Id<ImportEffect> id{};
  Id<ImportBatch> batch{};
  std::string object_kind{}; // person, worker
  std::string object{};
  bool made{};                   // otherwise changed
  std::int64_t version_before{}; // 0 when made
  std::int64_t version_after{};
  Id<Referral> referral{}; // that this import made
  std::string before{};    // sealed: the changed fields as they stood, as JSON
};
const record::Description& import_effect_description();

namespace connections {

struct ListedBatch {
  ImportBatch batch{};
  std::int64_t made{};
  std::int64_t changed{};
};

Done insert_batch(storage::Transaction& tx, const auth::Scope& scope, const ImportBatch& batch);
Result<ImportBatch> load_batch(storage::Transaction& tx, const auth::Scope& scope, Id<ImportBatch> id);
Result<std::vector<ListedBatch>> list_batches(storage::Transaction& tx,
                                              const auth::Scope& scope); // newest first, 200
Done mark_undone(storage::Transaction& tx, const auth::Scope& scope, Id<ImportBatch> id);

// The audit row of one record that an import or its undoing changed.
Done audit_effect(storage::Transaction& tx, const auth::Scope& scope, std::string_view operation,
                  const ImportEffect& effect);
Done insert_effect(storage::Transaction& tx, const auth::Scope& scope, const ImportEffect& effect);
Result<std::vector<ImportEffect>> effects_of(storage::Transaction& tx, const auth::Scope& scope,
                                             Id<ImportBatch> batch);
struct Restored { // a record was put back: earlier effects on it now end at its new version
  std::string object{};
  std::int64_t from_version{};
  std::int64_t to_version{};
};
Done follow_restored(storage::Transaction& tx, const auth::Scope& scope, const Restored& restored);

// What ties a record to others, beside an untouched referral of its own import: it cannot be taken back then.
Result<bool> person_has_ties(storage::Transaction& tx, const auth::Scope& scope, const ImportEffect& effect);
Result<bool> worker_has_ties(storage::Transaction& tx, const auth::Scope& scope, const std::string& worker);
Result<bool> ever_referred(storage::Transaction& tx, const auth::Scope& scope, Id<Person> person);
// Somebody here with this name and birth date, who did not come from this source key.
Result<bool> has_namesake(storage::Transaction& tx, const auth::Scope& scope, const Person& person);

} // namespace connections
} // namespace kith
