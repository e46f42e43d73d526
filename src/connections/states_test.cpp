#include "connections/connection.hpp"
#include "connections/offer.hpp"
#include "connections/referral.hpp"

#include "support/test.hpp"

using namespace kith;

namespace {

// One line per state, one word per event in the order of codes_of; "." = not possible.
template <class State, class Event> void check_table(const std::vector<std::vector<std::string>>& rows) {
  REQUIRE_EQ(rows.size(), codes_of(State{}).size());
  for (std::size_t s = 0; s < rows.size(); ++s) {
    REQUIRE_EQ(rows[s].size(), codes_of(Event{}).size());
    for (std::size_t e = 0; e < rows[s].size(); ++e) {
      INFO(codes_of(State{})[s] << " + " << codes_of(Event{})[e]);
      const auto after = next(static_cast<State>(s), static_cast<Event>(e));
      CHECK_EQ(after.ok() ? std::string(record::code_of(after.value())) : ".", rows[s][e]);
    }
  }
}

OfferStanding after(std::initializer_list<OfferEventKind> kinds) {
  std::vector<OfferEvent> events;
  for (const OfferEventKind kind : kinds) events.push_back({kind, Instant{1}});
  return standing(events);
}

std::string answer(const OfferStanding& now, OfferEventKind event) {
  const Done may = may_follow(now, event);
  return may.ok() ? "ok" : may.failure().code;
}

} // namespace

TEST_CASE("service.md 5: every referral state meets every event") {
  // events: referred triaged accepted declined offered offers_closed connected withdrawn
  check_table<ReferralState, ReferralEventKind>({
      {".", "triaged", ".", ".", ".", ".", ".", "withdrawn"},                   // referred
      {".", ".", "waiting", "declined_by_service", ".", ".", ".", "withdrawn"}, // triaged
      {".", ".", ".", ".", "offered", ".", ".", "withdrawn"},                   // waiting
      {".", ".", ".", ".", ".", "waiting", "connected", "withdrawn"},           // offered
      {".", ".", ".", ".", ".", ".", ".", "withdrawn"},                         // connected
      {".", ".", ".", ".", ".", ".", ".", "withdrawn"},                         // declined_by_service
      {".", ".", ".", ".", ".", ".", ".", "."},                                 // withdrawn
  });
  using E = ReferralEventKind;
  CHECK_EQ(replay({E::referred, E::triaged, E::accepted, E::offered, E::offers_closed}).value(),
           ReferralState::waiting);
  CHECK_EQ(replay({E::triaged}).failure().code, "referral.broken_history");
  CHECK_EQ(replay({}).failure().code, "referral.broken_history");
}

TEST_CASE("service.md 5: every connection state meets every event") {
  // events: agreed first_meeting_booked first_meeting_cancelled ended_early_by_person
  check_table<ConnectionState, ConnectionEventKind>({
      {".", "first_meeting_booked", ".", "ended"}, // agreed
      {".", ".", "agreed", "ended"},               // first_meeting_booked
      {".", ".", ".", "."},                        // ended
  });
}

TEST_CASE("each side answers an offer only when it is asked, once, and while it is open") {
  using K = OfferEventKind;
  const OfferStanding made = after({K::made}), worker_turn = after({K::made, K::worker_asked});
  const OfferStanding person_turn = after({K::made, K::worker_asked, K::worker_yes, K::person_asked});
  for (const K worker : {K::worker_yes, K::worker_no, K::worker_talk}) {
    CHECK_EQ(answer(made, worker), "offer.not_your_turn");
    CHECK_EQ(answer(worker_turn, worker), "ok");
    CHECK_EQ(answer(person_turn, worker), "offer.already_answered");
  }
  for (const K person : {K::person_yes, K::person_no, K::person_not_now, K::person_talk}) {
    CHECK_EQ(answer(made, person), "offer.not_your_turn");
    CHECK_EQ(answer(worker_turn, person), "offer.not_your_turn");
    CHECK_EQ(answer(person_turn, person), "ok");
  }
  const OfferStanding both = after({K::made, K::worker_asked, K::worker_yes, K::person_asked, K::person_yes});
  CHECK_EQ(answer(person_turn, K::agreed), "offer.not_both_yes");
  CHECK_EQ(answer(both, K::person_yes), "offer.already_answered");
  CHECK_EQ(answer(both, K::agreed), "ok");
}

TEST_CASE("an offer that is closed stays closed, however it was closed") {
  using K = OfferEventKind;
  for (const std::string_view how : codes_of(K{})) {
    const K kind = record::parse_code<K>(how).value();
    const OfferStanding now = after({K::made, K::worker_asked, K::worker_yes, K::person_asked, kind});
    INFO(how);
    CHECK_EQ(now.state != OfferState::open, closes(kind));
    if (!closes(kind)) continue;
    for (const std::string_view event : codes_of(K{}))
      CHECK_EQ(answer(now, record::parse_code<K>(event).value()), "offer.closed");
  }
}

TEST_CASE("C1 a first meeting is planned whole: every fault of it is named at once") {
  const Instant now{1'795'500'000'000}; // 24 November 2026
  const BookingCheck check{now, "Australia/Sydney"};
  BookingRequest request{{utc_date(now) + 7, 14 * 60 + 30}, 60, " Riverside Library ", "Priya"};
  const FirstMeeting meeting = plan_first_meeting(request, check).value();
  CHECK_EQ(meeting.location, "Riverside Library");
  CHECK_EQ(meeting.ends_at.ms - meeting.starts_at.ms, minutes_ms(60));
  request = {{utc_date(now) + -1, 0}, 5, std::string(201, 'x'), "Pri\x01ya"};
  const Failure whole = plan_first_meeting(request, check).failure();
  CHECK_EQ(whole.fields, std::vector<FieldProblem>{{"location", "too_long"},
                                                   {"introducer", "not_text"},
                                                   {"minutes", "out_of_range"},
                                                   {"at", "past"}});
  request = {{utc_date(now) + 400, 0}, 60, " ", ""};
  CHECK_EQ(
      plan_first_meeting(request, check).failure().fields,
      std::vector<FieldProblem>{{"location", "required"}, {"introducer", "required"}, {"at", "too_far"}});
}
