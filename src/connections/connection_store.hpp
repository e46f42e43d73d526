// Referrals, offers and connections in the database, with their events. Appending an event checks the rule
// first and loses cleanly against somebody quicker (failure storage.duplicate: conflict).
#pragma once
#include <vector>

#include "auth/actor.hpp"
#include "connections/connection.hpp"
#include "people/consent.hpp"
#include "people/preference.hpp"
#include "storage/record_table.hpp"

namespace kith::connections {

// ---- referrals ----
Done insert_referral(storage::Transaction& tx, const auth::Scope& scope, const Referral& referral);
Result<Referral> load_referral(storage::Transaction& tx, const auth::Scope& scope, Id<Referral> id);
Result<std::optional<Referral>> open_referral_of(storage::Transaction& tx, const auth::Scope& scope,
                                                 Id<Person> person);
// Whether anybody here ever took a request of theirs on.
Result<bool> ever_accepted(storage::Transaction& tx, const auth::Scope& scope, Id<Person> person);
Result<ReferralState> state_of(storage::Transaction& tx, const auth::Scope& scope, Id<Referral> id);
Result<ReferralState> append(storage::Transaction& tx, const auth::Scope& scope, Id<Referral> id,
                             ReferralEventKind event, const std::string& reason = "");
// Takes the referral's row lock: answers, lapses and withdrawals of one referral come one after the other.
Done lock_referral(storage::Transaction& tx, const auth::Scope& scope, Id<Referral> id);
Done close_referral(storage::Transaction& tx, const auth::Scope& scope, Id<Referral> id);

struct WaitingRow {
  Referral referral{}; // own_words opened
  ReferralState state{};
  std::string person_name{};
  std::string pronouns{};
  bool asked{}; // somebody was, about an offer still open
};
struct WaitingPage {
  int offset{};
  int limit{200};
};
// Those somebody still has to accept or decline, the oldest first.
Result<std::vector<WaitingRow>> new_referrals(storage::Transaction& tx, const auth::Scope& scope,
                                              WaitingPage page);
// Who of the waiting list: everybody, past the promise, nobody asked yet, or answers coming in.
enum class Waiting { all, late, find, answers };
std::span<const std::string_view> codes_of(Waiting);
struct WaitingChoice {
  Waiting show{Waiting::all};
  Date today{};
};
// One page of those, soonest promise first, and the people of all pages in the same order.
Result<std::vector<WaitingRow>> waiting_referrals(storage::Transaction& tx, const auth::Scope& scope,
                                                  const WaitingChoice& choice, WaitingPage page);
Result<std::vector<Id<Person>>> waiting_order(storage::Transaction& tx, const auth::Scope& scope,
                                              const WaitingChoice& choice);
// Counts only, nothing of anybody: how many asked and are not yet on the list, wait on it, and wait too long.
struct OpenCounts {
  std::int64_t asked{};
  std::int64_t waiting{};
  std::int64_t late{};    // of the waiting
  std::int64_t answers{}; // of the waiting: asked already
};
Result<OpenCounts> count_open_referrals(storage::Transaction& tx, const auth::Scope& scope, Date today);
// How many people came onto the list lately: in half a year, or since the first of them came.
struct Lately {
  std::int64_t people{};
  std::int32_t days{}; // 0: nobody ever came
  std::int64_t hundredths_per_week() const { return days == 0 ? 0 : (people * 700 + days / 2) / days; }
};
Result<Lately> came_lately(storage::Transaction& tx, const auth::Scope& scope, Date today);
Result<std::vector<WaitingRow>> referrals_by(storage::Transaction& tx, const auth::Scope& scope,
                                             Id<Account> referrer);

// ---- what matching needs of those who wait ----
// Of everybody who waits, or of those among these people who do (storage::some_ids_max at most).
struct Waiters {
  std::optional<std::vector<Id<Person>>> people{};
};
Result<std::vector<Referral>> referrals_waiting(storage::Transaction& tx, const auth::Scope& scope,
                                                const Waiters& of = {}); // sealed fields left closed
Result<std::vector<Person>> people_waiting(storage::Transaction& tx, const auth::Scope& scope,
                                           const Waiters& of = {});
// Everybody waiting of whom missing_for_matching may say something, and some others; without sealed fields.
Result<std::vector<Person>> people_waiting_incomplete(storage::Transaction& tx, const auth::Scope& scope);
Result<std::vector<Preference>> preferences_waiting(storage::Transaction& tx, const auth::Scope& scope,
                                                    const Waiters& of = {});
Result<std::vector<Consent>> matching_consents_waiting(storage::Transaction& tx, const auth::Scope& scope,
                                                       const Waiters& of = {});

// ---- offers ----
Done insert_offer(storage::Transaction& tx, const auth::Scope& scope, const Offer& offer);
Result<Offer> load_offer(storage::Transaction& tx, const auth::Scope& scope, Id<Offer> id);
struct StandingOffer {
  Offer offer{};
  OfferStanding standing{};
};
Result<std::vector<StandingOffer>> offers_of_referral(storage::Transaction& tx, const auth::Scope& scope,
                                                      Id<Referral> referral); // newest first
Result<std::vector<StandingOffer>> offers_of_worker(storage::Transaction& tx, const auth::Scope& scope,
                                                    Id<Worker> worker); // open ones
// How often a worker was asked lately, and said no: a sign of load. Nothing else may be made of it (B4).
struct AskedLately {
  std::int64_t asked{};
  std::int64_t said_no{};
};
constexpr std::int64_t asked_lately_days = 90;
Result<AskedLately> asked_lately(storage::Transaction& tx, const auth::Scope& scope, Id<Worker> worker);
// Open, and past the day by which the worker was to answer.
Result<std::vector<StandingOffer>> overdue_offers(storage::Transaction& tx, const auth::Scope& scope,
                                                  Date today);
// Open, and the person was last asked about it before that moment.
Result<std::vector<StandingOffer>> offers_asked_before(storage::Transaction& tx, const auth::Scope& scope,
                                                       Instant moment);
struct AnswerBy {
  Id<Offer> offer{};
  Date on{};
};
Done put_off_answer(storage::Transaction& tx, const auth::Scope& scope, const AnswerBy& wanted);
// Takes the row locks of every place the referral's open offers hold, before any of them is given back.
Done lock_open_places(storage::Transaction& tx, const auth::Scope& scope, Id<Referral> referral);
Result<OfferStanding> standing_of(storage::Transaction& tx, const auth::Scope& scope, Id<Offer> offer);
Result<OfferStanding> append(storage::Transaction& tx, const auth::Scope& scope, Id<Offer> id,
                             OfferEventKind event);
// Checks the rule without writing.
Done may_follow_now(storage::Transaction& tx, const auth::Scope& scope, Id<Offer> id, OfferEventKind event);
struct AskedPair {
  Id<Referral> referral{};
  Id<Worker> worker{};
  bool open{}; // being decided now; otherwise one side declined, and the pair is not asked again
};
// Of referrals still open. An offer that was taken back, lapsed or met a "not now" is no decline and is not
// here.
Result<std::vector<AskedPair>> asked_pairs(storage::Transaction& tx, const auth::Scope& scope,
                                           const Waiters& of = {});

// ---- connections ----
Done insert_connection(storage::Transaction& tx, const auth::Scope& scope, const Connection& connection);
Result<Connection> load_connection(storage::Transaction& tx, const auth::Scope& scope, Id<Connection> id);
Result<std::optional<Connection>> live_connection_of(storage::Transaction& tx, const auth::Scope& scope,
                                                     Id<Person> person);
Result<std::vector<Connection>> connections_of_worker(storage::Transaction& tx, const auth::Scope& scope,
                                                      Id<Worker> worker); // live
Result<std::vector<Connection>> live_connections(storage::Transaction& tx, const auth::Scope& scope);
Result<ConnectionState> state_of(storage::Transaction& tx, const auth::Scope& scope, Id<Connection> id);
Result<ConnectionState> append(storage::Transaction& tx, const auth::Scope& scope, Id<Connection> id,
                               ConnectionEventKind event);
Done end_connection(storage::Transaction& tx, const auth::Scope& scope, Id<Connection> id);

Done insert_first_meeting(storage::Transaction& tx, const auth::Scope& scope, const FirstMeeting& meeting);
Result<std::optional<FirstMeeting>> first_meeting_of(storage::Transaction& tx, const auth::Scope& scope,
                                                     Id<Connection> connection);
// All that were ever planned, the last one first.
Result<std::vector<FirstMeeting>> first_meetings_of(storage::Transaction& tx, const auth::Scope& scope,
                                                    Id<Connection> connection);
// The row alone; the event is the caller's. Failure: meeting.changed (conflict).
Done call_off_first_meeting(storage::Transaction& tx, const auth::Scope& scope, Id<FirstMeeting> id);
Result<bool> worker_is_busy(storage::Transaction& tx, const auth::Scope& scope, const FirstMeeting& meeting);
// Those of a worker's live connections that stand on these days, in order.
struct Days {
  Date first{};
  int count{};
};
Result<std::vector<FirstMeeting>> meetings_of_worker(storage::Transaction& tx, const auth::Scope& scope,
                                                     Id<Worker> worker, Days days);

} // namespace kith::connections
