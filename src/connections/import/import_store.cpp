#include "connections/import/import_store.hpp"

#include "auth/audit.hpp"
#include "storage/record_table.hpp"
#include "storage/sealed.hpp"

namespace kith {

const record::Description& import_effect_description() {
  using record::CareLevel;
  using record::field;
  static const record::Description description{
      "import_effect",
      {
          field<&ImportEffect::id>("id", CareLevel::C3, {.required = true}),
          field<&ImportEffect::batch>("batch_id", CareLevel::C3, {.required = true}),
          field<&ImportEffect::object_kind>("object_kind", CareLevel::C3, {.required = true}),
          field<&ImportEffect::object>("object_id", CareLevel::C3, {.required = true}),
          field<&ImportEffect::made>("made", CareLevel::C3),
          field<&ImportEffect::version_before>("version_before", CareLevel::C3),
          field<&ImportEffect::version_after>("version_after", CareLevel::C3),
          field<&ImportEffect::referral>("referral_id", CareLevel::C3),
          field<&ImportEffect::before>("before", CareLevel::C4, {.length_max = 100'000}),
      }};
  return description;
}

namespace connections {
namespace {

using storage::Access;
using storage::Query;

const storage::RecordTable<ImportEffect>& effects() {
  static const storage::RecordTable<ImportEffect> made{import_effect_description()};
  return made;
}

const Query add_batch{
    "import_batch.add", Access::write,
    "insert into import_batch (org_id, id, kind, made_at, actor_id) values (?1, ?2, ?3, ?4, ?5)"};
const Query get_batch{"import_batch.get", Access::read,
                      "select id, kind, made_at, undone_at from v_import_batch where id = ?1"};
const Query all_batches{
    "import_batch.all", Access::read,
    "select b.id, b.kind, b.made_at, b.undone_at,"
    " (select count(*) from v_import_effect e where e.org_id = b.org_id and e.batch_id = b.id and e.made = "
    "1),"
    " (select count(*) from v_import_effect e where e.org_id = b.org_id and e.batch_id = b.id and e.made = 0)"
    " from v_import_batch b order by b.made_at desc, b.id limit 200"};
const Query undo_batch{
    "import_batch.undo", Access::write,
    "update import_batch set undone_at = ?1 where org_id = ?2 and id = ?3 and undone_at is null"};
const Query of_batch{"import_effect.of_batch", Access::read,
                     "select " + effects().columns() +
                         " from v_import_effect where batch_id = ?1 order by id limit 1000000"};
const Query follow{"import_effect.follow", Access::write,
                   "update import_effect set version_after = ?1"
                   " where org_id = ?2 and object_id = ?3 and version_after = ?4"};
const Query person_ties{"import.person_ties", Access::read,
                        "select (select count(*) from v_offer o where o.person_id = ?1)"
                        " + (select count(*) from v_connection c where c.person_id = ?1)"
                        " + (select count(*) from v_exclusion x where x.person_id = ?1)"
                        " + (select count(*) from v_referral r where r.person_id = ?1 and (r.id <> ?2 or "
                        "r.closed_at is not null))"
                        " + (select count(*) from v_account a where a.person_id = ?1 and ?2 = '')"
                        " + (select count(*) from v_account a join v_session s on s.org_id = a.org_id"
                        " and s.account_id = a.id where a.person_id = ?1)"
                        " + (select count(*) from v_consent c join v_import_batch b on b.org_id = c.org_id"
                        " where c.person_id = ?1 and b.id = ?3"
                        " and (c.from_at > b.made_at or c.withdrawn_at > b.made_at)) as ties"};
const Query worker_ties{"import.worker_ties", Access::read,
                        "select (select count(*) from v_offer o where o.worker_id = ?1)"
                        " + (select count(*) from v_connection c where c.worker_id = ?1)"
                        " + (select count(*) from v_exclusion x where x.worker_id = ?1)"
                        " + (select count(*) from v_worker_boundary b where b.worker_id = ?1)"
                        " + (select count(*) from v_account a where a.worker_id = ?1) as ties"};
const Query referred{"import.ever_referred", Access::read,
                     "select count(*) from v_referral where person_id = ?1"};
const Query namesake{"import.namesake", Access::read,
                     "select count(*) from v_person where name_key = ?1 and born_on = ?2"
                     " and (source_key is null or source_key <> ?3)"};

ImportBatch read_batch(const storage::Row& row) {
  return {row.id<ImportBatch>(0), row.text(1), Instant{row.integer(2)}, row.instant(3)};
}

} // namespace

Done insert_batch(storage::Transaction& tx, const auth::Scope& scope, const ImportBatch& batch) {
  TRY(tx.send(add_batch, {scope.organisation().text(), batch.id.text(), batch.kind, batch.made_at.ms,
                          auth::actor_text(scope)}));
  return {};
}

Result<ImportBatch> load_batch(storage::Transaction& tx, const auth::Scope&, Id<ImportBatch> id) {
  TRY_ASSIGN(const auto row, tx.row(get_batch, {id.text()}));
  if (!row) return not_found("import.no_batch");
  return read_batch(*row);
}

Result<std::vector<ListedBatch>> list_batches(storage::Transaction& tx, const auth::Scope&) {
  TRY_ASSIGN(const auto rows, tx.rows(all_batches));
  std::vector<ListedBatch> out;
  out.reserve(rows.size());
  for (const storage::Row& row : rows) out.push_back({read_batch(row), row.integer(4), row.integer(5)});
  return out;
}

Done mark_undone(storage::Transaction& tx, const auth::Scope& scope, Id<ImportBatch> id) {
  TRY_ASSIGN(const std::int64_t changed,
             tx.run(undo_batch, {scope.now().ms, scope.organisation().text(), id.text()}));
  if (changed != 1) return conflict("import.undone_already");
  return {};
}

Done insert_effect(storage::Transaction& tx, const auth::Scope&, const ImportEffect& effect) {
  return effects().insert(tx, effect);
}

Result<std::vector<ImportEffect>> effects_of(storage::Transaction& tx, const auth::Scope&,
                                             Id<ImportBatch> batch) {
  TRY_ASSIGN(const auto rows, tx.rows(of_batch, {batch.text()}));
  std::vector<ImportEffect> out;
  out.reserve(rows.size());
  for (const storage::Row& row : rows) out.push_back(effects().read(row));
  for (ImportEffect& effect : out)
    if (!effect.made) TRY(effects().open_sealed(tx, effect));
  return out;
}

Done audit_effect(storage::Transaction& tx, const auth::Scope& scope, std::string_view operation,
                  const ImportEffect& effect) {
  auth::AuditRow row{.operation = std::string(operation),
                     .object_kind = effect.object_kind,
                     .object = effect.object,
                     .care = "change",
                     .basis = effect.batch.text()};
  if (effect.object_kind == "person") row.subjects = {Id<Person>::parse(effect.object).value()};
  return auth::write_audit(tx, scope, row);
}

Done follow_restored(storage::Transaction& tx, const auth::Scope& scope, const Restored& restored) {
  TRY(tx.send(follow,
              {restored.to_version, scope.organisation().text(), restored.object, restored.from_version}));
  return {};
}

Result<bool> person_has_ties(storage::Transaction& tx, const auth::Scope&, const ImportEffect& effect) {
  TRY_ASSIGN(
      const auto row,
      tx.row(person_ties, {effect.object, effect.referral.empty() ? std::string() : effect.referral.text(),
                           effect.batch.text()}));
  return row->integer(0) > 0;
}

Result<bool> worker_has_ties(storage::Transaction& tx, const auth::Scope&, const std::string& worker) {
  TRY_ASSIGN(const auto row, tx.row(worker_ties, {worker}));
  return row->integer(0) > 0;
}

Result<bool> ever_referred(storage::Transaction& tx, const auth::Scope&, Id<Person> person) {
  TRY_ASSIGN(const auto row, tx.row(referred, {person.text()}));
  return row->integer(0) > 0;
}

Result<bool> has_namesake(storage::Transaction& tx, const auth::Scope&, const Person& person) {
  if (!person.born_on) return false;
  TRY_ASSIGN(const auto row,
             tx.row(namesake, {person.name_key, to_text(*person.born_on), person.source_key}));
  return row->integer(0) > 0;
}

} // namespace connections
} // namespace kith
