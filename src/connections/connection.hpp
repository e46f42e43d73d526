// A connection: the agreed working relationship of one person and one worker. It begins with both sides' yes
// and, in this first part, goes as far as a booked first meeting or the person's stopping.
#pragma once
#include <string>

#include "base/id.hpp"
#include "base/result.hpp"
#include "base/zones.hpp"
#include "connections/offer.hpp"
#include "record/field.hpp"

namespace kith {

struct Connection {
  Id<Connection> id{};
  Id<Referral> referral{};
  Id<Offer> offer{};
  Id<Person> person{};
  Id<Worker> worker{};
  Instant agreed_at{};
  std::optional<Instant> ended_at{}; // for the one-live-connection rule; the state comes from the events
};
const record::Description& connection_description();

enum class ConnectionEventKind {
  agreed,
  first_meeting_booked,
  first_meeting_cancelled,
  ended_early_by_person
};
std::span<const std::string_view> codes_of(ConnectionEventKind);

enum class ConnectionState { agreed, first_meeting_booked, ended };
std::span<const std::string_view> codes_of(ConnectionState);

// Failure: connection.not_possible (conflict).
Result<ConnectionState> next(ConnectionState state, ConnectionEventKind event);

// The first meeting is its own record: its day predicts whether the connection lives. Local wall time and
// zone are kept beside the instant.
struct FirstMeeting {
  Id<FirstMeeting> id{};
  Id<Connection> connection{};
  Id<Worker> worker{};
  Instant starts_at{};
  Instant ends_at{};
  Date local_on{};
  int local_minutes{};
  std::string zone{};
  std::string location{};   // where, in words both will know
  std::string introducer{}; // who brings the two together
  Instant booked_at{};
  Id<Account> booked_by{};
  std::optional<Instant> cancelled_at{};
};
const record::Description& first_meeting_description();

struct BookingRequest {
  LocalTime at{};
  int minutes{60};
  std::string location{};
  std::string introducer{};
};
// Checks all at once: meeting.past, meeting.too_far (a year), meeting.minutes (15..240), location and
// introducer required; time.gap when that time does not exist in the zone.
struct BookingCheck {
  Instant now{};
  std::string_view zone{};
};
Result<FirstMeeting> plan_first_meeting(const BookingRequest& request, const BookingCheck& check);

} // namespace kith
