#include "web/loaders.hpp"

namespace kith::web {
namespace {

template <class T> using Load = Result<T> (*)(storage::Transaction&, const auth::Scope&, Id<T>);

// An id that is no id is answered like an id that is nobody's.
template <class T, Load<T> load>
Result<T> by_text(storage::Transaction& tx, const auth::Scope& scope, const std::string& text) {
  const auto id = Id<T>::parse(text);
  if (!id) return not_found();
  return load(tx, scope, *id);
}

} // namespace

auth::Loader<Person> load_person() {
  return {"id", by_text<Person, people::load_person>,
          [](const Person& person) { return auth::Facets{"person", person.id.text(), person.id, {}}; }};
}

auth::Loader<Referral> load_referral() {
  return {"id", by_text<Referral, connections::load_referral>, [](const Referral& referral) {
            return auth::Facets{"referral", referral.id.text(), referral.person, {}};
          }};
}

auth::Loader<Offer> load_offer() {
  return {"id", by_text<Offer, connections::load_offer>, [](const Offer& offer) {
            return auth::Facets{"offer", offer.id.text(), offer.person, offer.worker};
          }};
}

auth::Loader<Connection> load_connection() {
  return {"id", by_text<Connection, connections::load_connection>, [](const Connection& connection) {
            return auth::Facets{"connection", connection.id.text(), connection.person, connection.worker};
          }};
}

auth::Loader<Task> load_task() {
  return {"id", by_text<Task, connections::load_task>,
          [](const Task& task) { return auth::Facets{"task", task.id.text(), {}, {}}; }};
}

auth::Loader<Worker> load_worker() {
  return {"id", by_text<Worker, workforce::load_worker>,
          [](const Worker& worker) { return auth::Facets{"worker", worker.id.text(), {}, worker.id}; }};
}

auth::Loader<WorkerItem> load_item() {
  return {"id", by_text<WorkerItem, workforce::load_item>, [](const WorkerItem& item) {
            return auth::Facets{"worker_item", item.id.text(), {}, item.worker};
          }};
}

auth::Loader<MatchingRun> load_run() {
  return {"id", by_text<MatchingRun, connections::load_run>,
          [](const MatchingRun& run) { return auth::Facets{"matching_run", run.id.text(), {}, {}}; }};
}

namespace permission {
using auth::Permission;
using auth::Role;
const Permission staff_home{"home.read",
                            {Role::coordinator, Role::clinician, Role::peer_worker, Role::administrator}};
const Permission organisation_read{"organisation.read", {Role::administrator}};
const Permission organisation_change{"organisation.change", {Role::administrator}};
const Permission waiting_list{"waiting_list.read", {Role::coordinator}};
const Permission referral_make{"referral.make", {Role::coordinator, Role::clinician}};
const Permission referral_triage{"referral.triage", {Role::coordinator}};
const Permission task_finish{"task.finish", {Role::coordinator}};
const Permission find_connection{"connection.find", {Role::coordinator}};
const Permission pair_exclude{"pair.exclude", {Role::coordinator}};
const Permission pair_lift{"pair.lift", {Role::coordinator}};
const Permission profile_read{"profile.read", {Role::coordinator}};
const Permission profile_change{"profile.change", {Role::coordinator}};
const Permission offer_make{"offer.make", {Role::coordinator}};
const Permission worker_home{"worker_home.read", {Role::peer_worker}};
const Permission own_work{"own_work.change", {Role::peer_worker}};
const Permission own_story{"own_story.read", {Role::peer_worker}};
const Permission own_story_change{"own_story.change", {Role::peer_worker}};
const std::vector<Role> everybody{Role::administrator, Role::coordinator, Role::peer_worker,
                                  Role::clinician,     Role::person,      Role::supporter};
const Permission own_account{"own_account.read", everybody};
const Permission own_account_change{"own_account.change", everybody};
const Permission own_password{"own_password.read", staff_home.roles};
const Permission team_read{"team.read", {Role::coordinator}};
const Permission team_change{"team.change", {Role::coordinator}};
const Permission offer_answer{"offer.answer", {Role::peer_worker}};
const Permission connection_read{"connection.read", {Role::coordinator}};
const Permission meeting_book{"meeting.book", {Role::peer_worker, Role::coordinator}};
const Permission own_page{"own_page.read", {Role::person}};
const Permission own_profile{"own_profile.change", {Role::person}};
const Permission own_choice{"own_choice.answer", {Role::person}};
const Permission own_meeting{"own_meeting.cancel", {Role::person}};
const Permission own_consent{"own_consent.change", {Role::person}};
const Permission consent_record{"consent.record", {Role::coordinator}};
const Permission own_withdrawal{"own.withdraw", {Role::person}};
const Permission link_send{"link.send", {Role::coordinator}};
} // namespace permission

} // namespace kith::web
