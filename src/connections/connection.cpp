#include "connections/connection.hpp"

namespace kith {

std::span<const std::string_view> codes_of(ConnectionEventKind) {
  static constexpr std::string_view codes[] = {"agreed", "first_meeting_booked", "first_meeting_cancelled",
                                               "ended_early_by_person"};
  return codes;
}

std::span<const std::string_view> codes_of(ConnectionState) {
  static constexpr std::string_view codes[] = {"agreed", "first_meeting_booked", "ended"};
  return codes;
}

Result<ConnectionState> next(ConnectionState state, ConnectionEventKind event) {
  using S = ConnectionState;
  using E = ConnectionEventKind;
  if (state == S::agreed && event == E::first_meeting_booked) return S::first_meeting_booked;
  if (state == S::first_meeting_booked && event == E::first_meeting_cancelled) return S::agreed;
  if (state != S::ended && event == E::ended_early_by_person) return S::ended;
  return conflict("connection.not_possible");
}

Result<FirstMeeting> plan_first_meeting(const BookingRequest& request, const BookingCheck& check) {
  Failure problems = invalid("meeting.invalid");
  FirstMeeting meeting;
  for (const auto& [name, text] :
       {std::pair<std::string_view, std::string_view>{"location", request.location},
        {"introducer", request.introducer}}) {
    const record::Field* field = first_meeting_description().find(name);
    const record::ReadText read = record::read_text(*field, text);
    if (!read.problem.empty()) problems.fields.push_back({std::string(name), read.problem});
    else CHECK(field->set(&meeting, *read.value));
  }
  if (request.minutes < 15 || request.minutes > 240) problems.fields.push_back({"minutes", "out_of_range"});
  const auto starts = resolve(request.at, check.zone);
  if (!starts.ok()) problems.fields.push_back({"at", "gap"});
  else if (starts.value() <= check.now) problems.fields.push_back({"at", "past"});
  else if (starts.value() > check.now + days_ms(366)) problems.fields.push_back({"at", "too_far"});
  if (!problems.fields.empty()) return problems;
  meeting.starts_at = starts.value();
  meeting.ends_at = meeting.starts_at + minutes_ms(request.minutes);
  meeting.local_on = request.at.on;
  meeting.local_minutes = request.at.minutes;
  meeting.zone = check.zone;
  return meeting;
}

} // namespace kith
