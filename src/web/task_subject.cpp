#include "web/task_subject.hpp"

#include "connections/connection_store.hpp"
#include "people/person_store.hpp"
#include "workforce/worker_store.hpp"

namespace kith::web {
namespace {

using auth::Call;

struct Pair {
  Id<Person> person{};
  Id<Worker> worker{};
};

Result<std::string> names_of(const Site& site, Call& call, const Pair& pair) {
  TRY_ASSIGN(const Person person, people::load_person(call.tx, call.scope, pair.person));
  call.shows(person.id);
  TRY_ASSIGN(const Worker worker, workforce::load_worker(call.tx, call.scope, pair.worker));
  return site.say("connection.names", {{"person", person.chosen_name}, {"worker", worker.chosen_name}});
}

// Where somebody's offers are looked after; before they are on the list and after, what is known of them.
Result<Url> page_of(Call& call, const Referral& referral) {
  TRY_ASSIGN(const ReferralState state, connections::state_of(call.tx, call.scope, referral.id));
  const bool listed = state == ReferralState::waiting || state == ReferralState::offered;
  return Url("/people/" + referral.person.text() + (listed ? "/find" : "/profile"));
}

Result<TaskSubject> of_referral(Call& call, Id<Referral> id) {
  TRY_ASSIGN(const Referral referral, connections::load_referral(call.tx, call.scope, id));
  TRY_ASSIGN(const Person person, people::load_person(call.tx, call.scope, referral.person));
  call.shows(person.id);
  TRY_ASSIGN(const Url href, page_of(call, referral));
  return TaskSubject{person.chosen_name, href};
}

Result<TaskSubject> of_offer(const Site& site, Call& call, Id<Offer> id) {
  TRY_ASSIGN(const Offer offer, connections::load_offer(call.tx, call.scope, id));
  TRY_ASSIGN(const Referral referral, connections::load_referral(call.tx, call.scope, offer.referral));
  TRY_ASSIGN(std::string names, names_of(site, call, {offer.person, offer.worker}));
  TRY_ASSIGN(const Url href, page_of(call, referral));
  return TaskSubject{std::move(names), href};
}

Result<TaskSubject> of_person(Call& call, Id<Person> id) {
  TRY_ASSIGN(const Person person, people::load_person(call.tx, call.scope, id));
  call.shows(id);
  return TaskSubject{person.chosen_name, Url("/people/" + id.text() + "/profile")};
}

Result<TaskSubject> of_connection(const Site& site, Call& call, Id<Connection> id) {
  TRY_ASSIGN(const Connection connection, connections::load_connection(call.tx, call.scope, id));
  TRY_ASSIGN(std::string names, names_of(site, call, {connection.person, connection.worker}));
  return TaskSubject{std::move(names), Url("/connections/" + id.text())};
}

} // namespace

Result<TaskSubject> subject_of(const Site& site, Call& call, const Task& task) {
  if (const auto id = Id<Referral>::parse(task.about); id && task.about_kind == "referral")
    return of_referral(call, *id);
  if (const auto id = Id<Offer>::parse(task.about); id && task.about_kind == "offer")
    return of_offer(site, call, *id);
  if (const auto id = Id<Connection>::parse(task.about); id && task.about_kind == "connection")
    return of_connection(site, call, *id);
  if (const auto id = Id<Person>::parse(task.about); id && task.about_kind == "person")
    return of_person(call, *id);
  return TaskSubject{};
}

std::string task_words(const Site& site, const Task& task, const TaskSubject& subject) {
  std::string words = site.say("task." + std::string(record::code_of(task.kind)));
  if (subject.names.empty()) return words;
  return site.say("task.about_pair", {{"task", words}, {"names", subject.names}});
}

} // namespace kith::web
