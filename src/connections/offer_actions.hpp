// Making offers, answering them, and what time does to them. Every hard constraint is checked again here, on
// the state of this transaction, whatever page or plan the request came from: consent, exclusions from either
// side, boundaries, musts and places. All refusals that could betray a secret have one code,
// offer.not_available.
#pragma once
#include <string>
#include <vector>

#include "auth/actor.hpp"
#include "connections/connection_store.hpp"
#include "teams/organisation.hpp"

namespace kith::connections {

// What the engine said of a pair, kept with the offer so that it explains itself years later.
struct OfferedWorker {
  Id<Worker> worker{};
  int fit{};
  std::string explanation{}; // JSON
};

struct OfferRequest {
  Id<Referral> referral{};
  std::vector<OfferedWorker> workers{}; // one to seven
  std::optional<Date> answer_by{};      // default: the service's answer days after they are asked
  std::string engine{};
  std::string weights{};
  std::int64_t seed{};
  Id<Account> made_by{};          // the coordinator, when a job does it for them; default: who acts
  bool ask_later{};               // the places are held, and nobody is told before `ask_about`
  std::optional<Date> asked_on{}; // when that is; default: today
};

// The check of a pair against the present state; implemented by matching over the snapshot (snapshot.hpp).
class PairCheck {
public:
  virtual ~PairCheck() = default;
  virtual bool feasible(Id<Person> person, Id<Worker> worker) const = 0;
  // Of a pair whose open offer nobody knows of yet: whether nothing else stands against it.
  virtual bool still_feasible(Id<Person> person, Id<Worker> worker) const { return feasible(person, worker); }
};

// Failures: referral.not_possible, offer.not_available (conflict); offer.none_chosen, offer.too_many,
// offer.answer_by (invalid).
Result<std::vector<Id<Offer>>> make_offers(storage::Transaction& tx, const auth::Scope& scope,
                                           const OfferRequest& request, const PairCheck& check);

// Offers made together for a referral.
struct ChoiceOf {
  Id<Referral> referral{};
  std::string choice{}; // "" any
};
// Asks whom the service asks first, about those that were made to be asked about later and are still open.
// One that is no longer possible is withdrawn without a word to anybody. Returns whether anybody was asked.
Result<bool> ask_about(storage::Transaction& tx, const auth::Scope& scope, const ChoiceOf& which,
                       const PairCheck& check);
Result<bool> has_unasked_offers(storage::Transaction& tx, const auth::Scope& scope, const ChoiceOf& which);

// Takes back every open offer of a referral: places given back, messages not yet sent cancelled, waiting
// again. A person who was asked hears that somebody else is looked for, unless it is they who changed their
// mind.
enum class TakenBackBy : std::uint8_t { service, person };
Done take_back_offers(storage::Transaction& tx, const auth::Scope& scope, Id<Referral> referral,
                      TakenBackBy who = TakenBackBy::service);
Done take_back_open_offers(storage::Transaction& tx, const auth::Scope& scope,
                           Id<Referral> referral); // no event

// By when the worker is to answer: the offer's own day, or the service's usual days after they were asked
// when that is the later one, as it is for a worker the person chose first.
Date worker_answers_by(const StandingOffer& offer, const Organisation& organisation);

// These two are never put together from now on: an open offer between them is withdrawn, in the words of any
// other, and the person is asked about those left or waits again. A connection goes on. Again: no change.
Done keep_apart(storage::Transaction& tx, const auth::Scope& scope, const Exclusion& exclusion);

enum class WorkerAnswer { yes, no, talk };
std::span<const std::string_view> codes_of(WorkerAnswer);
Done answer_as_worker(storage::Transaction& tx, const auth::Scope& scope, const Offer& offer,
                      WorkerAnswer answer);

enum class PersonAnswer { this_one, none, not_now, talk };
std::span<const std::string_view> codes_of(PersonAnswer);
struct PersonReply {
  Id<Referral> referral{};
  PersonAnswer answer{};
  Id<Offer> offer{};                 // of this_one, and optionally of talk
  std::vector<std::string> shares{}; // pieces the person lets the chosen worker see
};
Done answer_as_person(storage::Transaction& tx, const auth::Scope& scope, const PersonReply& reply);

// The clock's part, run by a job: workers lapse who have not answered in time; a person who has not answered
// gets a telephone call (a task), and the offers stay. Each change has an audit row that names the person.
// Returns how many offers lapsed, those of two hundred people at most: until it is none, there may be more.
Result<int> let_time_pass(storage::Transaction& tx, const auth::Scope& scope);

} // namespace kith::connections
