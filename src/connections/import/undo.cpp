// Taking an import back. Made records go, unless somebody was referred by it: a referral's facts stay, so the
// referral is withdrawn and the record emptied. Changed records get back what stood in them. Whatever was
// changed or taken up since stays as it is: somebody who signed in, or said yes or no to anything, is not
// undone.
#include "auth/account_store.hpp"
#include "connections/import/import.hpp"
#include "connections/referral_actions.hpp"
#include "people/person_store.hpp"
#include "record/json.hpp"
#include "storage/sealed.hpp"
#include "storage/trail.hpp"
#include "workforce/worker_store.hpp"

namespace kith::connections {
namespace {

struct Undo {
  storage::Transaction& tx;
  const auth::Scope& scope;
  UndoReport& report;
};

void put_back(const record::Description& record, void* object, const std::string& before) {
  const Result<record::JsonValue> json = record::parse_json(before);
  CHECK(json.ok());
  for (const auto& [name, value] : json->members) {
    const record::Field* field = record.find(name);
    if (!field) continue; // a field of an older version
    record::Value old;
    if (value.is_text()) old = value.text;
    else if (const auto number = value.integer()) old = *number;
    CHECK(field->set(object, old));
  }
}

// What happened stays; the words it came with go.
Done undo_referral(const Undo& undo, const ImportEffect& effect, Id<Person> person) {
  TRY(withdraw(undo.tx, undo.scope, person));
  return storage::drop_sealed_row(undo.tx, "referral", effect.referral.text());
}

Done empty_person(const Undo& undo, const Person& person, const ImportEffect& effect) {
  TRY(undo_referral(undo, effect, person.id));
  TRY_ASSIGN(const auto account, auth::account_of_person(undo.tx, undo.scope, person.id));
  if (account) TRY(auth::empty_account(undo.tx, undo.scope, account->id));
  ++undo.report.emptied;
  return people::empty_person(undo.tx, undo.scope, person);
}

Done undo_person(const Undo& undo, const ImportEffect& effect) {
  const Id<Person> id = Id<Person>::parse(effect.object).value();
  TRY_ASSIGN(Person person, people::load_person(undo.tx, undo.scope, id));
  TRY_ASSIGN(const bool ties, person_has_ties(undo.tx, undo.scope, effect));
  if (person.version != effect.version_after || (ties && (effect.made || !effect.referral.empty()))) {
    ++undo.report.kept;
    return {};
  }
  if (effect.made && !effect.referral.empty()) return empty_person(undo, person, effect);
  if (effect.made) {
    ++undo.report.removed;
    return people::delete_person(undo.tx, undo.scope, id);
  }
  if (!effect.referral.empty()) TRY(undo_referral(undo, effect, id));
  ++undo.report.restored;
  if (effect.before.empty()) return {};
  put_back(person_description(), &person, effect.before);
  TRY(people::update_person(undo.tx, undo.scope, with_name_keys(person)));
  return follow_restored(undo.tx, undo.scope,
                         {effect.object, effect.version_before, effect.version_after + 1});
}

Done undo_worker(const Undo& undo, const ImportEffect& effect) {
  const Id<Worker> id = Id<Worker>::parse(effect.object).value();
  TRY_ASSIGN(Worker worker, workforce::load_worker(undo.tx, undo.scope, id));
  TRY_ASSIGN(const bool ties, worker_has_ties(undo.tx, undo.scope, effect.object));
  if (worker.version != effect.version_after || (effect.made && ties)) {
    ++undo.report.kept;
    return {};
  }
  if (effect.made) {
    ++undo.report.removed;
    return workforce::delete_worker(undo.tx, undo.scope, id);
  }
  ++undo.report.restored;
  put_back(worker_description(), &worker, effect.before);
  TRY(workforce::update_worker(undo.tx, undo.scope, with_name_key(worker)));
  return follow_restored(undo.tx, undo.scope,
                         {effect.object, effect.version_before, effect.version_after + 1});
}

} // namespace

Result<UndoReport> undo_import(storage::Transaction& tx, const auth::Scope& scope, Id<ImportBatch> batch) {
  TRY_ASSIGN(const ImportBatch known, load_batch(tx, scope, batch));
  TRY(mark_undone(tx, scope, batch));
  TRY_ASSIGN(const auto effects, effects_of(tx, scope, batch));
  UndoReport report;
  const Undo undo{tx, scope, report};
  for (const ImportEffect& effect : effects) {
    TRY(effect.object_kind == "person" ? undo_person(undo, effect) : undo_worker(undo, effect));
    TRY(audit_effect(tx, scope, "import.undo", effect));
  }
  TRY(storage::record_fact(
      tx, scope.random(),
      {scope.now(), auth::actor_text(scope), "import_undone", "import_batch", known.id.text(), {}}));
  return report;
}

} // namespace kith::connections
