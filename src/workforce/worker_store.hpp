// Workers in the database, within one organisation: profiles, items, boundaries, places and exclusions.
#pragma once
#include <vector>

#include "auth/actor.hpp"
#include "storage/record_table.hpp"
#include "workforce/worker.hpp"

namespace kith::workforce {

const storage::RecordTable<Worker>& worker_table();

Done insert_worker(storage::Transaction& tx, const auth::Scope& scope, const Worker& worker,
                   int places_agreed);
Done update_worker(storage::Transaction& tx, const auth::Scope& scope, const Worker& worker);
Result<Worker> load_worker(storage::Transaction& tx, const auth::Scope& scope, Id<Worker> id);
Result<std::optional<Worker>> find_by_source(storage::Transaction& tx, const auth::Scope& scope,
                                             const std::string& source_key);
Result<std::vector<Worker>> all_workers(storage::Transaction& tx,
                                        const auth::Scope& scope); // by name, <= 4,000
Done delete_worker(storage::Transaction& tx, const auth::Scope& scope,
                   Id<Worker> id); // undo of an import only

Done add_item(storage::Transaction& tx, const auth::Scope& scope, const WorkerItem& item);
// Live ones only, sealed fields opened: an item that was withdrawn is nobody's any more.
Result<WorkerItem> load_item(storage::Transaction& tx, const auth::Scope& scope, Id<WorkerItem> id);
struct ItemRelease {
  Id<WorkerItem> item{};
  Release release{};
};
Done set_item_release(storage::Transaction& tx, const auth::Scope& scope, const ItemRelease& wanted);
// For good: what it said is dropped with it, and the row tells only that there was one.
Done withdraw_item(storage::Transaction& tx, const auth::Scope& scope, Id<WorkerItem> id);
constexpr std::size_t items_most = 100; // of one worker, as their page lets them; items_of reads 256
// Live items of one worker, or of all, sealed fields opened.
Result<std::vector<WorkerItem>> items_of(storage::Transaction& tx, const auth::Scope& scope,
                                         Id<Worker> worker);
Result<std::vector<WorkerItem>> all_items(storage::Transaction& tx, const auth::Scope& scope);

Done add_boundary(storage::Transaction& tx, const auth::Scope& scope, const WorkerBoundary& boundary);
Result<std::vector<WorkerBoundary>> all_boundaries(storage::Transaction& tx, const auth::Scope& scope);

Result<std::vector<Places>> all_places(storage::Transaction& tx, const auth::Scope& scope);
Result<Places> places_of(storage::Transaction& tx, const auth::Scope& scope, Id<Worker> worker);
// One conditional update each: the place is taken only where one is free. Failure: offer.not_available
// (conflict).
Done reserve_place(storage::Transaction& tx, const auth::Scope& scope, Id<Worker> worker);
Done release_reserved_place(storage::Transaction& tx, const auth::Scope& scope, Id<Worker> worker);
Done convert_reserved_place(storage::Transaction& tx, const auth::Scope& scope, Id<Worker> worker);
Done give_back_live_place(storage::Transaction& tx, const auth::Scope& scope, Id<Worker> worker);
// Takes the row lock of the worker's places, so that what follows in this transaction is alone with this
// worker.
Done touch_places(storage::Transaction& tx, const auth::Scope& scope, Id<Worker> worker);
// The same of several workers, in the order of their ids: two transactions about the same workers wait for
// each other and never in a ring. For whoever changes the places of more than one.
Done touch_places(storage::Transaction& tx, const auth::Scope& scope, std::vector<Id<Worker>> workers);
Done set_places_agreed(storage::Transaction& tx, const auth::Scope& scope, const Places& places);

Done add_exclusion(storage::Transaction& tx, const auth::Scope& scope, const Exclusion& exclusion);
// One written down by mistake; nothing happens when there is none. The id does not count.
Done lift_exclusion(storage::Transaction& tx, const auth::Scope& scope, const Exclusion& exclusion);
// Whether either side, or the service, asked that these two never meet. Asked again wherever the two come
// together, after the worker's places are locked: a page or a plan may be older.
Result<bool> kept_apart(storage::Transaction& tx, const auth::Scope& scope, Id<Person> person,
                        Id<Worker> worker);
Result<std::vector<Exclusion>> live_exclusions(storage::Transaction& tx, const auth::Scope& scope);

} // namespace kith::workforce
