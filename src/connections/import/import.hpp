// An import: drafts held against what is already here, and written as one batch that can be taken back. The
// same function serves the dry run (`write` off: only reads) and the commit, so both say the same.
//
// The same row again changes what it gives and nothing else: places, items, preferences and defaults are set
// only where somebody is made, and nobody is referred twice. The dead are recorded and never referred; who
// has died since leaves the waiting list. Somebody whose day of death is not known is left out.
#pragma once
#include <string>
#include <vector>

#include "connections/import/drafts.hpp"
#include "connections/import/import_store.hpp"

namespace kith::connections {

struct ImportOptions {
  bool write{}; // otherwise a dry run
  bool refer{}; // people with recorded consent go onto the waiting list
};

struct ImportCount {
  std::string name{};
  std::size_t count{};
};

struct ImportReport {
  Id<ImportBatch> batch{}; // empty when nothing was written
  std::size_t made{};
  std::size_t changed{};
  std::size_t same{};
  std::size_t died{};                   // recorded with the day
  std::size_t left_out{};               // died on a day that is not known
  std::size_t referred{};               // onto the waiting list
  std::size_t without_consent{};        // recorded, not referred
  std::size_t referred_before{};        // not referred again
  std::vector<ImportCount> fields{};    // what changed in people already here
  std::vector<ImportCount> not_known{}; // among the living: what must be known before anybody can be offered
  std::vector<ImportCount> namesakes{}; // rows whose name and birth date somebody here has: file:line
};

// Nothing is written when nothing would change. Failures: those of storage; referral.invalid.
Result<ImportReport> import_people(storage::Transaction& tx, const auth::Scope& scope,
                                   const std::vector<PersonDraft>& drafts, const ImportOptions& options);
Result<ImportReport> import_workers(storage::Transaction& tx, const auth::Scope& scope,
                                    const std::vector<WorkerDraft>& drafts, const ImportOptions& options);

struct UndoReport {
  std::size_t removed{};
  std::size_t emptied{};  // had been referred: the referral is withdrawn, the record keeps nothing
  std::size_t restored{}; // put back as they stood
  std::size_t kept{};     // changed or taken up since: left alone
};
// Failures: import.no_batch (not_found), import.undone_already (conflict).
Result<UndoReport> undo_import(storage::Transaction& tx, const auth::Scope& scope, Id<ImportBatch> batch);

} // namespace kith::connections
