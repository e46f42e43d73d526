#include "connections/referral_actions.hpp"

#include "auth/grants.hpp"
#include "base/text.hpp"
#include "base/zones.hpp"
#include "connections/offer_actions.hpp"
#include "connections/parties.hpp"
#include "connections/task.hpp"
#include "connections/telling.hpp"
#include "people/person_store.hpp"
#include "storage/trail.hpp"
#include "workforce/worker_store.hpp"

namespace kith::connections {
namespace {

// Reads one typed value by the field's own description, so that a form, an import and this action agree.
void read_into(const record::Description& record, void* object, std::string_view name, std::string_view text,
               Failure& problems) {
  const record::Field* field = record.find(name);
  CHECK(field != nullptr);
  const record::ReadText read = record::read_text(*field, text);
  if (!read.problem.empty()) problems.fields.push_back({std::string(name), read.problem});
  else CHECK(field->set(object, *read.value));
}

Result<Person> new_person(const auth::Scope& scope, const ReferralRequest& request, Failure problems) {
  Person person;
  person.id = Id<Person>::make(scope.random());
  person.created_at = scope.now();
  const record::Description& record = person_description();
  read_into(record, &person, "chosen_name", request.chosen_name, problems);
  read_into(record, &person, "languages", join(request.languages, " "), problems);
  read_into(record, &person, "access_needs", request.access_needs, problems);
  person.interpreter = request.interpreter;
  person.contact_way = request.contact_way;
  const bool by_mail = request.contact_way == ContactWay::email;
  if (request.contact_way == ContactWay::none || trim(request.contact).empty())
    problems.fields.push_back({"contact", "required"});
  else read_into(record, &person, by_mail ? "email" : "phone", request.contact, problems);
  if (by_mail && !person.email.empty() && person.email.find('@') == std::string::npos)
    problems.fields.push_back({"contact", "not_an_address"});
  if (!problems.fields.empty()) return problems;
  return with_name_keys(std::move(person));
}

Result<Referral> new_referral(const auth::Scope& scope, const ReferralRequest& request,
                              const Organisation& organisation) {
  Failure problems = invalid("referral.invalid");
  Referral referral;
  referral.id = Id<Referral>::make(scope.random());
  referral.source = request.source;
  referral.source_kind = request.source_kind;
  referral.referrer = request.source == ReferralSource::self ? Id<Account>{} : scope.actor().account;
  referral.referred_at = request.referred_at.value_or(scope.now());
  referral.waiting_on = local_date(referral.referred_at, organisation.zone);
  referral.promise_on = referral.waiting_on + organisation.promise_days;
  read_into(referral_description(), &referral, "own_words", request.own_words, problems);
  read_into(referral_description(), &referral, "must_know", request.must_know, problems);
  read_into(referral_description(), &referral, "triage_reason", request.triage_reason, problems);
  if (!request.asked_and_agreed) problems.fields.push_back({"asked_and_agreed", "required"});
  if (!problems.fields.empty()) return problems;
  return referral;
}

Result<Person> person_of(storage::Transaction& tx, const auth::Scope& scope, const ReferralRequest& request,
                         const Result<Referral>& referral) {
  if (request.person.empty()) {
    Failure problems = referral.ok() ? invalid("referral.invalid") : referral.failure();
    TRY_ASSIGN(Person person, new_person(scope, request, std::move(problems)));
    TRY(people::insert_person(tx, scope, person));
    return person;
  }
  TRY_ASSIGN(Person person, people::load_person(tx, scope, request.person));
  if (!alive(person)) return conflict("person.died");
  return person;
}

Done tell_and_plan(storage::Transaction& tx, const auth::Scope& scope, const Referral& referral) {
  if (!referral.referrer.empty())
    TRY(auth::write_grant(tx, scope,
                          {referral.referrer, auth::Relation::referrer, "referral", referral.id.text(),
                           "referral:" + referral.id.text()}));
  TRY(add_task(
      tx, scope,
      {{}, TaskKind::triage, "referral", referral.id.text(), "coordinator", referral.waiting_on + 2}));
  return storage::record_fact(
      tx, scope.random(),
      {scope.now(), auth::actor_text(scope), "referral_made", "referral", referral.id.text(), {}});
}

// The worker may be on the way to a first meeting: they are told, and a coordinator makes sure of it today.
Done end_by_person(storage::Transaction& tx, const auth::Scope& scope, const Connection& connection) {
  const std::string id = connection.id.text();
  TRY_ASSIGN(const Organisation organisation, teams::load_organisation(tx));
  TRY(append(tx, scope, connection.id, ConnectionEventKind::ended_early_by_person));
  TRY(end_connection(tx, scope, connection.id));
  TRY(workforce::give_back_live_place(tx, scope, connection.worker));
  TRY(close_tasks(tx, scope, id));
  TRY(storage::cancel_messages(tx, scope.now(), "connection", id));
  TRY(tell(tx, scope,
           {.worker = connection.worker, .words = "worker_ended", .about_kind = "connection", .about = id}));
  return add_task(tx, scope,
                  {{},
                   TaskKind::tell_worker_it_ended,
                   "connection",
                   id,
                   "coordinator",
                   local_date(scope.now(), organisation.zone)});
}

} // namespace

Result<Referred> refer(storage::Transaction& tx, const auth::Scope& scope, const ReferralRequest& request) {
  TRY_ASSIGN(const Organisation organisation, teams::load_organisation(tx));
  Result<Referral> made = new_referral(scope, request, organisation);
  TRY_ASSIGN(const Person person, person_of(tx, scope, request, made));
  TRY_ASSIGN(Referral referral, std::move(made));
  referral.person = person.id;
  TRY_ASSIGN(const auto already, open_referral_of(tx, scope, person.id));
  if (already) return conflict("referral.already_open");
  TRY_ASSIGN(const auto live, live_connection_of(tx, scope, person.id));
  if (live) return conflict("referral.already_open");
  TRY(insert_referral(tx, scope, referral));
  TRY(people::give_consent(tx, scope, {person.id, Purpose::contact, "service", {}, request.captured}));
  if (request.agrees_to_matching)
    TRY(people::give_consent(tx, scope, {person.id, Purpose::matching, "service", {}, request.captured}));
  TRY_ASSIGN(const Id<Account> account, account_for(tx, scope, person));
  TRY(tell_and_plan(tx, scope, referral));
  return Referred{referral.id, person.id, account};
}

Done accept(storage::Transaction& tx, const auth::Scope& scope, Id<Referral> referral) {
  TRY(append(tx, scope, referral, ReferralEventKind::triaged));
  TRY(append(tx, scope, referral, ReferralEventKind::accepted));
  TRY(close_tasks(tx, scope, referral.text(), TaskKind::triage));
  return storage::record_fact(
      tx, scope.random(),
      {scope.now(), auth::actor_text(scope), "referral_accepted", "referral", referral.text(), {}});
}

std::span<const std::string_view> codes_of(DeclineReason) {
  static constexpr std::string_view codes[] = {"duplicate", "not_meant", "not_this_service", "no_answer",
                                               "something_else"};
  return codes;
}

Done decline(storage::Transaction& tx, const auth::Scope& scope, Id<Referral> referral,
             DeclineReason reason) {
  TRY(append(tx, scope, referral, ReferralEventKind::triaged));
  TRY(append(tx, scope, referral, ReferralEventKind::declined, std::string(record::code_of(reason))));
  TRY(close_referral(tx, scope, referral));
  TRY(close_tasks(tx, scope, referral.text()));
  return storage::record_fact(
      tx, scope.random(),
      {scope.now(), auth::actor_text(scope), "referral_declined", "referral", referral.text(), {}});
}

Done withdraw(storage::Transaction& tx, const auth::Scope& scope, Id<Person> person) {
  TRY_ASSIGN(auto referral, open_referral_of(tx, scope, person));
  if (referral) {
    // Both may have agreed while we waited for the lock: then it is the connection that ends.
    TRY(lock_referral(tx, scope, referral->id));
    TRY_ASSIGN(referral, open_referral_of(tx, scope, person));
  }
  if (referral) {
    TRY(take_back_open_offers(tx, scope, referral->id));
    TRY(append(tx, scope, referral->id, ReferralEventKind::withdrawn));
    TRY(close_referral(tx, scope, referral->id));
    TRY(close_tasks(tx, scope, referral->id.text()));
  }
  TRY_ASSIGN(const auto connection, live_connection_of(tx, scope, person));
  if (connection) TRY(end_by_person(tx, scope, *connection));
  TRY(auth::revoke_grants(tx, scope, {auth::Relation::matched_worker, "person", person.text()}));
  TRY(people::withdraw_consent(tx, scope, person, Purpose::matching));
  TRY(people::withdraw_consent(tx, scope, person, Purpose::sharing));
  return storage::record_fact(
      tx, scope.random(),
      {scope.now(), auth::actor_text(scope), "person_withdrew", "person", person.text(), {}});
}

} // namespace kith::connections
