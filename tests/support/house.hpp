// One organisation whose people and workers all fit each other, and whole actions on it, each in a
// transaction of its own that is tried again as the router does. Thread-safe but for `now`.
#pragma once
#include <atomic>
#include <string>
#include <type_traits>
#include <vector>

#include "auth/grants.hpp"
#include "base/random.hpp"
#include "connections/offer_actions.hpp"
#include "connections/referral_actions.hpp"
#include "connections/task.hpp"
#include "storage/database.hpp"
#include "teams/organisation.hpp"
#include "workforce/worker_store.hpp"

namespace kith::test {

inline constexpr Instant morning{1'795'500'000'000};

template <class Result> std::string code_of(const Result& result) { // "" for what was done
  return result.ok() ? "" : result.failure().code;
}

struct HouseOptions {
  FirstAsked first_asked{FirstAsked::worker};
  std::string zone{"UTC"};
};

struct House {
  explicit House(storage::Database& with, const HouseOptions& options = {});

  storage::Database& database;
  SystemRandom random{};
  OrganisationId id{{8, 8}};
  Instant now{morning};
  std::atomic<int> retries{0};

  auth::Scope scope() { return auth::service_scope({"test", id}, now, random); }
  template <class Body> auto change(const Body& body) {
    for (int tries = 1;; ++tries) {
      auto result = once(body);
      const std::string code = code_of(result);
      if (tries == tries_max || (code != "storage.retry" && code != "storage.duplicate")) return result;
      ++retries;
    }
  }
  template <class Body> auto look(const Body& body) {
    auto tx = database.begin(id, storage::Access::read).value();
    return body(tx, scope()).value();
  }

  Id<Worker> worker(const std::string& name, int places = 1);
  connections::Referred person(const std::string& name);
  std::vector<connections::Referred> people(int count);

  static Result<std::vector<Id<Offer>>> offer_within(storage::Transaction& tx, const auth::Scope& mine,
                                                     const connections::Referred& to,
                                                     const std::vector<Id<Worker>>& workers);
  Result<std::vector<Id<Offer>>> offer(const connections::Referred& to,
                                       const std::vector<Id<Worker>>& workers);
  Done worker_says(Id<Offer> which, connections::WorkerAnswer answer);
  Done person_says(const connections::Referred& who, connections::PersonAnswer answer, Id<Offer> which = {});
  Done take_back(const connections::Referred& who);
  Done stop(const connections::Referred& who);

  std::vector<std::string> letters_to(Id<Worker> worker); // what waits to be sent, by the name of its words
  std::vector<Task> tasks_of(TaskKind kind);
  void send_all(); // what waits goes out, as the outbox would send it

  Places places(Id<Worker> which);
  ReferralState state(const connections::Referred& of);

private:
  static constexpr int tries_max = 5; // as the router

  template <class Body>
  std::invoke_result_t<const Body&, storage::Transaction&, const auth::Scope&> once(const Body& body) {
    auto tx = database.begin(id, storage::Access::write);
    for (int again = 0; again < 3 && !tx.ok(); ++again) // a slow machine: many wait
      tx = database.begin(id, storage::Access::write);
    if (!tx.ok()) return tx.failure();
    auto result = body(*tx, scope());
    if (result.ok()) TRY(tx->commit());
    return result;
  }
};

} // namespace kith::test
