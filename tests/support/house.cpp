#include "support/house.hpp"

#include <algorithm>

#include "connections/snapshot.hpp"
#include "connections/telling.hpp"
#include "people/person_store.hpp"
#include "storage/trail.hpp"
#include "support/organisation.hpp"

#include "support/test.hpp"

namespace kith::test {
namespace {

Result<connections::Referred> referred(storage::Transaction& tx, const auth::Scope& scope,
                                       const std::string& name) {
  Person made;
  made.id = Id<Person>::make(scope.random());
  made.chosen_name = name;
  made.languages = {"en"};
  made.modes = {"remote"};
  made.availability = "mon 09:00-17:00";
  made.contact_way = ContactWay::email;
  made.email = "a@people.example";
  TRY(people::insert_person(tx, scope, with_name_keys(made)));
  connections::ReferralRequest request;
  request.person = made.id;
  request.asked_and_agreed = true;
  request.agrees_to_matching = true;
  request.own_words = "Company";
  TRY_ASSIGN(const connections::Referred done, connections::refer(tx, scope, request));
  TRY(connections::accept(tx, scope, done.referral));
  return done;
}

} // namespace

House::House(storage::Database& with, const HouseOptions& options) : database(with) {
  Organisation organisation = plain_organisation(id, "north");
  organisation.first_asked = options.first_asked;
  organisation.zone = options.zone;
  add_organisation(database, organisation);
}

Id<Worker> House::worker(const std::string& name, int places) {
  Worker made;
  made.id = Id<Worker>::make(random);
  made.chosen_name = name;
  made.languages = {"en"};
  made.modes = {"remote"};
  made.availability = "mon 09:00-17:00";
  made.open_on = utc_date(now);
  REQUIRE(change([&](auto& tx, const auto& mine) {
            return workforce::insert_worker(tx, mine, with_name_key(made), places);
          }).ok());
  return made.id;
}

connections::Referred House::person(const std::string& name) {
  return change([&](auto& tx, const auto& mine) { return referred(tx, mine, name); }).value();
}

std::vector<connections::Referred> House::people(int count) {
  std::vector<connections::Referred> out;
  REQUIRE(change([&](auto& tx, const auto& mine) -> Done {
            for (int i = 0; i < count; ++i) {
              TRY_ASSIGN(const auto one, referred(tx, mine, "Amara " + std::to_string(i)));
              out.push_back(one);
            }
            return {};
          }).ok());
  return out;
}

Result<std::vector<Id<Offer>>> House::offer_within(storage::Transaction& tx, const auth::Scope& mine,
                                                   const connections::Referred& to,
                                                   const std::vector<Id<Worker>>& workers) {
  TRY_ASSIGN(const auto settings, connections::default_settings(tx, mine));
  TRY_ASSIGN(connections::Snapshot snapshot, connections::take_snapshot(tx, mine, settings));
  TRY_ASSIGN(auto list, matching::WaitingList::prepare(std::move(snapshot.input)));
  connections::OfferRequest request;
  request.referral = to.referral;
  request.engine = "test";
  request.weights = "1";
  for (const Id<Worker> one : workers) request.workers.push_back({one, 0, "{}"});
  return connections::make_offers(tx, mine, request, connections::SnapshotCheck(std::move(list)));
}

Result<std::vector<Id<Offer>>> House::offer(const connections::Referred& to,
                                            const std::vector<Id<Worker>>& workers) {
  return change([&](auto& tx, const auto& mine) { return offer_within(tx, mine, to, workers); });
}

Done House::worker_says(Id<Offer> which, connections::WorkerAnswer answer) {
  return change([&](auto& tx, const auto& mine) -> Done {
    TRY_ASSIGN(const Offer offer, connections::load_offer(tx, mine, which));
    return connections::answer_as_worker(tx, mine, offer, answer);
  });
}

Done House::person_says(const connections::Referred& who, connections::PersonAnswer answer, Id<Offer> which) {
  return change([&](auto& tx, const auto& mine) -> Done {
    return connections::answer_as_person(tx, mine, {who.referral, answer, which, {"own_words"}});
  });
}

Done House::take_back(const connections::Referred& who) {
  return change(
      [&](auto& tx, const auto& mine) { return connections::take_back_offers(tx, mine, who.referral); });
}

Done House::stop(const connections::Referred& who) {
  return change([&](auto& tx, const auto& mine) { return connections::withdraw(tx, mine, who.person); });
}

std::vector<std::string> House::letters_to(Id<Worker> worker) {
  auto tx = database.begin(id, storage::Access::read).value();
  std::vector<std::string> names;
  for (const auto& message : storage::due_messages(tx, now + connections::hold_ms).value())
    if (message.recipient == worker.text()) names.push_back(message.template_name);
  std::sort(names.begin(), names.end());
  return names;
}

std::vector<Task> House::tasks_of(TaskKind kind) {
  auto tx = database.begin(id, storage::Access::read).value();
  std::vector<Task> tasks = connections::open_tasks(tx, scope(), "coordinator").value();
  std::erase_if(tasks, [&](const Task& task) { return task.kind != kind; });
  return tasks;
}

void House::send_all() {
  now = now + connections::hold_ms;
  REQUIRE(change([&](auto& tx, const auto&) -> Done {
            TRY_ASSIGN(const auto due, storage::due_messages(tx, now));
            for (const auto& message : due) TRY(storage::mark_sent(tx, message.id, now, "sent"));
            return {};
          }).ok());
}

Places House::places(Id<Worker> which) {
  return look([&](auto& tx, const auto& mine) { return workforce::places_of(tx, mine, which); });
}

ReferralState House::state(const connections::Referred& of) {
  return look([&](auto& tx, const auto& mine) { return connections::state_of(tx, mine, of.referral); });
}

} // namespace kith::test
