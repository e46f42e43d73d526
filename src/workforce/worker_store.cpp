#include "workforce/worker_store.hpp"

#include <algorithm>

#include "storage/sealed.hpp"

namespace kith::workforce {
namespace {

using storage::Access;
using storage::Query;

const storage::RecordTable<Worker>& table = worker_table();
const storage::RecordTable<WorkerItem> items{worker_item_description()};
const storage::RecordTable<WorkerBoundary> boundaries{worker_boundary_description()};

const Query by_source{"worker.by_source", Access::read,
                      "select " + table.columns() + " from v_worker where source_key = ?1 limit 1"};
const Query all{"worker.all", Access::read,
                "select " + table.columns() + " from v_worker order by name_key, id limit 4000"};
const Query remove{"worker.delete", Access::write, "delete from worker where org_id = ?1 and id = ?2"};
const Query remove_places{"worker_places.delete", Access::write,
                          "delete from worker_places where org_id = ?1 and id = ?2"};
const Query remove_items{"worker_item.delete", Access::write,
                         "delete from worker_item where org_id = ?1 and worker_id = ?2"};
const Query item_columns_of{"worker_item.of_worker", Access::read,
                            "select " + items.columns() +
                                " from v_worker_item where worker_id = ?1 and withdrawn_at is null"
                                " order by made_at, id limit 256"};
const Query every_item{
    "worker_item.all", Access::read,
    "select " + items.columns() +
        " from v_worker_item where withdrawn_at is null order by worker_id, id limit 100000"};
const Query one_item{"worker_item.live", Access::read,
                     "select " + items.columns() +
                         " from v_worker_item where id = ?1 and withdrawn_at is null limit 1"};
const Query put_release{
    "worker_item.release", Access::write,
    "update worker_item set release = ?1 where org_id = ?2 and id = ?3 and withdrawn_at is null"};
const Query withdraw{
    "worker_item.withdraw", Access::write,
    "update worker_item set withdrawn_at = ?1 where org_id = ?2 and id = ?3 and withdrawn_at is null"};
const Query every_boundary{"worker_boundary.all", Access::read,
                           "select " + boundaries.columns() +
                               " from v_worker_boundary where withdrawn_at is null"
                               " order by worker_id, id limit 100000"};

const Query add_places{"worker_places.insert", Access::write,
                       "insert into worker_places (org_id, id, agreed) values (?1, ?2, ?3)"};
const Query every_places{"worker_places.all", Access::read,
                         "select id, agreed, live, reserved from v_worker_places order by id limit 4000"};
const Query one_places{"worker_places.get", Access::read,
                       "select id, agreed, live, reserved from v_worker_places where id = ?1 limit 1"};
// trust.md section 8: the conditional update that cannot overbook under any interleaving.
const Query reserve{"worker_places.reserve", Access::write,
                    "update worker_places set reserved = reserved + 1"
                    " where org_id = ?1 and id = ?2 and live + reserved < agreed"};
const Query release{
    "worker_places.release", Access::write,
    "update worker_places set reserved = reserved - 1 where org_id = ?1 and id = ?2 and reserved > 0"};
const Query convert{"worker_places.convert", Access::write,
                    "update worker_places set reserved = reserved - 1, live = live + 1"
                    " where org_id = ?1 and id = ?2 and reserved > 0"};
const Query give_back{"worker_places.give_back", Access::write,
                      "update worker_places set live = live - 1 where org_id = ?1 and id = ?2 and live > 0"};
const Query touch{"worker_places.touch", Access::write,
                  "update worker_places set live = live where org_id = ?1 and id = ?2"};
const Query set_agreed{"worker_places.set_agreed", Access::write,
                       "update worker_places set agreed = ?1 where org_id = ?2 and id = ?3"};

const Query exclude{"exclusion.add", Access::write,
                    "insert into exclusion (org_id, id, person_id, worker_id, side, made_at, made_by)"
                    " values (?1, ?2, ?3, ?4, ?5, ?6, ?7) on conflict do nothing"};
const Query lift{"exclusion.lift", Access::write,
                 "update exclusion set lifted_at = ?1 where org_id = ?2 and person_id = ?3 and worker_id = ?4"
                 " and side = ?5 and lifted_at is null"};
const Query every_exclusion{"exclusion.live", Access::read,
                            "select id, person_id, worker_id, side from v_exclusion where lifted_at is null"
                            " order by person_id, worker_id, id limit 100000"};

const Query excluded{"exclusion.of_pair", Access::read,
                     "select count(*) from v_exclusion where person_id = ?1 and worker_id = ?2"
                     " and lifted_at is null"};

Places read_places(const storage::Row& row) {
  return {row.id<Worker>(0), static_cast<int>(row.integer(1)), static_cast<int>(row.integer(2)),
          static_cast<int>(row.integer(3))};
}

Done change_places(storage::Transaction& tx, const Query& change, Id<Worker> worker) {
  return tx.send(change, {tx.organisation_text(), worker.text()}, {1, "offer.not_available"});
}

} // namespace

const storage::RecordTable<Worker>& worker_table() {
  static const storage::RecordTable<Worker> made{worker_description()};
  return made;
}

Done insert_worker(storage::Transaction& tx, const auth::Scope& scope, const Worker& worker,
                   int places_agreed) {
  TRY(table.insert(tx, worker));
  TRY(tx.send(add_places, {scope.organisation().text(), worker.id.text(), std::int64_t{places_agreed}}));
  return {};
}

Done update_worker(storage::Transaction& tx, const auth::Scope&, const Worker& worker) {
  return table.update(tx, worker);
}

Result<Worker> load_worker(storage::Transaction& tx, const auth::Scope&, Id<Worker> id) {
  return table.get(tx, id);
}

Result<std::optional<Worker>> find_by_source(storage::Transaction& tx, const auth::Scope&,
                                             const std::string& source_key) {
  TRY_ASSIGN(const auto row, tx.row(by_source, {source_key}));
  if (!row) return std::optional<Worker>();
  return std::optional<Worker>(table.read(*row));
}

Result<std::vector<Worker>> all_workers(storage::Transaction& tx, const auth::Scope&) {
  TRY_ASSIGN(const auto rows, tx.rows(all));
  std::vector<Worker> out;
  out.reserve(rows.size());
  for (const storage::Row& row : rows) out.push_back(table.read(row));
  return out;
}

Done delete_worker(storage::Transaction& tx, const auth::Scope& scope, Id<Worker> id) {
  const std::string org = scope.organisation().text();
  TRY_ASSIGN(const auto own_items, items_of(tx, scope, id));
  for (const WorkerItem& item : own_items) TRY(storage::drop_sealed_row(tx, "worker_item", item.id.text()));
  TRY(tx.send(remove_items, {org, id.text()}));
  TRY(tx.send(remove_places, {org, id.text()}));
  TRY_ASSIGN(const std::int64_t gone, tx.run(remove, {org, id.text()}));
  if (gone != 1) return not_found();
  return {};
}

Done add_item(storage::Transaction& tx, const auth::Scope&, const WorkerItem& item) {
  return items.insert(tx, item);
}

Result<WorkerItem> load_item(storage::Transaction& tx, const auth::Scope&, Id<WorkerItem> id) {
  TRY_ASSIGN(const auto row, tx.row(one_item, {id.text()}));
  if (!row) return not_found();
  WorkerItem item = items.read(*row);
  TRY(items.open_sealed(tx, item));
  return item;
}

Done set_item_release(storage::Transaction& tx, const auth::Scope& scope, const ItemRelease& wanted) {
  TRY_ASSIGN(const std::int64_t changed,
             tx.run(put_release, {std::string(record::code_of(wanted.release)), scope.organisation().text(),
                                  wanted.item.text()}));
  if (changed != 1) return not_found();
  return {};
}

Done withdraw_item(storage::Transaction& tx, const auth::Scope& scope, Id<WorkerItem> id) {
  TRY_ASSIGN(const std::int64_t changed,
             tx.run(withdraw, {scope.now().ms, scope.organisation().text(), id.text()}));
  if (changed != 1) return not_found();
  return storage::drop_sealed_row(tx, "worker_item", id.text());
}

Result<std::vector<WorkerItem>> items_of(storage::Transaction& tx, const auth::Scope&, Id<Worker> worker) {
  TRY_ASSIGN(const auto rows, tx.rows(item_columns_of, {worker.text()}));
  std::vector<WorkerItem> out;
  for (const storage::Row& row : rows) {
    out.push_back(items.read(row));
    TRY(items.open_sealed(tx, out.back()));
  }
  return out;
}

Result<std::vector<WorkerItem>> all_items(storage::Transaction& tx, const auth::Scope&) {
  TRY_ASSIGN(const auto rows, tx.rows(every_item));
  std::vector<WorkerItem> out;
  out.reserve(rows.size());
  for (const storage::Row& row : rows) out.push_back(items.read(row));
  TRY(storage::open_sealed_all(tx, worker_item_description(), out));
  return out;
}

Done add_boundary(storage::Transaction& tx, const auth::Scope&, const WorkerBoundary& boundary) {
  return boundaries.insert(tx, boundary);
}

Result<std::vector<WorkerBoundary>> all_boundaries(storage::Transaction& tx, const auth::Scope&) {
  TRY_ASSIGN(const auto rows, tx.rows(every_boundary));
  std::vector<WorkerBoundary> out;
  out.reserve(rows.size());
  for (const storage::Row& row : rows) out.push_back(boundaries.read(row));
  TRY(storage::open_sealed_all(tx, worker_boundary_description(), out));
  return out;
}

Result<std::vector<Places>> all_places(storage::Transaction& tx, const auth::Scope&) {
  TRY_ASSIGN(const auto rows, tx.rows(every_places));
  std::vector<Places> out;
  out.reserve(rows.size());
  for (const storage::Row& row : rows) out.push_back(read_places(row));
  return out;
}

Result<Places> places_of(storage::Transaction& tx, const auth::Scope&, Id<Worker> worker) {
  TRY_ASSIGN(const auto row, tx.row(one_places, {worker.text()}));
  if (!row) return not_found();
  return read_places(*row);
}

Done reserve_place(storage::Transaction& tx, const auth::Scope&, Id<Worker> worker) {
  TRY(change_places(tx, reserve, worker));
  return tx.settle(); // whoever is too late is told at once
}

Done release_reserved_place(storage::Transaction& tx, const auth::Scope&, Id<Worker> worker) {
  return change_places(tx, release, worker);
}

Done convert_reserved_place(storage::Transaction& tx, const auth::Scope&, Id<Worker> worker) {
  return change_places(tx, convert, worker);
}

Done give_back_live_place(storage::Transaction& tx, const auth::Scope&, Id<Worker> worker) {
  return change_places(tx, give_back, worker);
}

Done touch_places(storage::Transaction& tx, const auth::Scope&, Id<Worker> worker) {
  return change_places(tx, touch, worker);
}

Done touch_places(storage::Transaction& tx, const auth::Scope& scope, std::vector<Id<Worker>> workers) {
  std::sort(workers.begin(), workers.end());
  workers.erase(std::unique(workers.begin(), workers.end()), workers.end());
  for (const Id<Worker> worker : workers) TRY(touch_places(tx, scope, worker));
  return {};
}

Done set_places_agreed(storage::Transaction& tx, const auth::Scope& scope, const Places& places) {
  TRY_ASSIGN(
      const std::int64_t changed,
      tx.run(set_agreed, {std::int64_t{places.agreed}, scope.organisation().text(), places.worker.text()}));
  if (changed != 1) return not_found();
  return {};
}

Done add_exclusion(storage::Transaction& tx, const auth::Scope& scope, const Exclusion& exclusion) {
  const storage::Value by =
      scope.actor().account.empty() ? storage::Value{} : storage::Value{scope.actor().account.text()};
  TRY(tx.send(exclude,
              {scope.organisation().text(), exclusion.id.text(), exclusion.person.text(),
               exclusion.worker.text(), std::string(record::code_of(exclusion.side)), scope.now().ms, by}));
  return {};
}

Done lift_exclusion(storage::Transaction& tx, const auth::Scope& scope, const Exclusion& exclusion) {
  TRY(tx.send(lift, {scope.now().ms, scope.organisation().text(), exclusion.person.text(),
                     exclusion.worker.text(), std::string(record::code_of(exclusion.side))}));
  return {};
}

Result<bool> kept_apart(storage::Transaction& tx, const auth::Scope&, Id<Person> person, Id<Worker> worker) {
  TRY_ASSIGN(const auto row, tx.row(excluded, {person.text(), worker.text()}));
  return row->integer(0) > 0;
}

Result<std::vector<Exclusion>> live_exclusions(storage::Transaction& tx, const auth::Scope&) {
  TRY_ASSIGN(const auto rows, tx.rows(every_exclusion));
  std::vector<Exclusion> out;
  out.reserve(rows.size());
  for (const storage::Row& row : rows)
    out.push_back({row.id<Exclusion>(0), row.id<Person>(1), row.id<Worker>(2),
                   record::parse_code<ExclusionSide>(row.text(3)).value()});
  return out;
}

} // namespace kith::workforce
