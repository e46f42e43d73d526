// An offer: one worker put to one person. Offers made together are one choice. Each side answers for itself,
// each answer is a stored event, and an agreement needs both sides' own yes. While an offer is open it holds
// one of the worker's places. Declining costs nobody anything and asks no reason.
//
// Who is asked first is the service's setting. Worker first: the person is asked once every worker of the
// choice has answered, or at the answer-by date, and sees only those who said yes. Person first: a worker is
// asked once the person has chosen them and has the usual days from then on; when nothing comes of it, the
// person is asked about the others again, or told that we look on.
#pragma once
#include <string>
#include <vector>

#include "base/id.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "connections/referral.hpp"
#include "record/field.hpp"
#include "workforce/worker.hpp"

namespace kith {

struct Offer {
  Id<Offer> id{};
  Id<Referral> referral{};
  Id<Person> person{};
  Id<Worker> worker{};
  std::string choice{}; // offers made together share it
  Instant made_at{};
  Id<Account> made_by{}; // the coordinator
  Date answer_by{};
  int fit{}; // 0..16,000; for coordinators through the API and the audit, never on a page
  std::string engine{};
  std::string weights{};
  std::int64_t seed{};
  std::optional<Instant> closed_at{}; // for the one-open-offer-per-pair rule; the state comes from the events
  std::string explanation{};          // sealed: JSON, re-renderable with the stored versions
};
const record::Description& offer_description();

enum class OfferEventKind {
  made,
  worker_asked,
  worker_yes,
  worker_no,
  worker_talk, // wants to talk first: stays open, makes a task
  person_asked,
  person_yes,
  person_no,
  person_not_now,
  person_talk,
  agreed,
  not_chosen, // another offer of the choice was agreed
  lapsed,
  withdrawn, // taken back by the coordinator, or the person withdrew
};
std::span<const std::string_view> codes_of(OfferEventKind);

enum class OfferState { open, agreed, declined_by_person, declined_by_worker, not_chosen, lapsed, withdrawn };
std::span<const std::string_view> codes_of(OfferState);

// What an offer's events add up to.
struct OfferStanding {
  OfferState state{OfferState::open};
  bool worker_asked{};
  bool person_asked{};
  bool worker_said_yes{};
  bool person_said_yes{};
  bool worker_wants_to_talk{};
  bool person_wants_to_talk{};
  std::optional<Instant> worker_asked_at{};
  std::optional<Instant> person_asked_at{}; // the last time
  bool worker_answered() const { return worker_said_yes || state == OfferState::declined_by_worker; }
  bool both_said_yes() const { return worker_said_yes && person_said_yes; }
  bool chosen() const { return state == OfferState::open && person_said_yes && !worker_said_yes; }
};

struct OfferEvent {
  OfferEventKind kind{};
  Instant at{};
};

OfferStanding standing(const std::vector<OfferEvent>& events);
// Whether the event may follow. Failures (conflict): offer.closed, offer.not_your_turn,
// offer.already_answered.
Done may_follow(const OfferStanding& standing, OfferEventKind event);
bool closes(OfferEventKind event);

} // namespace kith
