// What a connection and its first meeting hold, field by field, with their care levels.
#include "connections/connection.hpp"

namespace kith {

using record::CareLevel;
using record::field;

const record::Description& connection_description() {
  static const record::Description description{
      "connection",
      {
          field<&Connection::id>("id", CareLevel::C3, {.required = true}),
          field<&Connection::referral>("referral_id", CareLevel::C3, {.required = true}),
          field<&Connection::offer>("offer_id", CareLevel::C3, {.required = true}),
          field<&Connection::person>("person_id", CareLevel::C3, {.required = true}),
          field<&Connection::worker>("worker_id", CareLevel::C3, {.required = true}),
          field<&Connection::agreed_at>("agreed_at", CareLevel::C3),
          field<&Connection::ended_at>("ended_at", CareLevel::C3),
      }};
  return description;
}

const record::Description& first_meeting_description() {
  static const record::Description description{
      "first_meeting",
      {
          field<&FirstMeeting::id>("id", CareLevel::C3, {.required = true}),
          field<&FirstMeeting::connection>("connection_id", CareLevel::C3, {.required = true}),
          field<&FirstMeeting::worker>("worker_id", CareLevel::C3, {.required = true}),
          field<&FirstMeeting::starts_at>("starts_at", CareLevel::C3),
          field<&FirstMeeting::ends_at>("ends_at", CareLevel::C3),
          field<&FirstMeeting::local_on>("local_on", CareLevel::C3, {.required = true}),
          field<&FirstMeeting::local_minutes>("local_minutes", CareLevel::C3, {.least = 0, .most = 1439}),
          field<&FirstMeeting::zone>("zone", CareLevel::C1, {.required = true}),
          field<&FirstMeeting::location>("location", CareLevel::C3, {.required = true, .length_max = 200}),
          field<&FirstMeeting::introducer>("introducer", CareLevel::C3, {.required = true, .length_max = 80}),
          field<&FirstMeeting::booked_at>("booked_at", CareLevel::C3),
          field<&FirstMeeting::booked_by>("booked_by", CareLevel::C3),
          field<&FirstMeeting::cancelled_at>("cancelled_at", CareLevel::C3),
      }};
  return description;
}

} // namespace kith
