#include "connections/meeting_days.hpp"

#include <algorithm>

#include "base/zones.hpp"
#include "connections/connection_store.hpp"
#include "connections/snapshot.hpp"
#include "matching/nearness.hpp"
#include "people/person_store.hpp"
#include "teams/organisation.hpp"
#include "workforce/worker_store.hpp"

namespace kith::connections {
namespace {

using matching::Location;
using matching::engine::Day;
using matching::engine::day_contacts_most;

constexpr std::int32_t day_minutes = 1'440;

std::int32_t way_minutes(const std::optional<Location>& from, const std::optional<Location>& to) {
  if (!from || !to) return 0;
  constexpr std::int64_t metres_an_hour = way_kmh * 1'000;
  const std::int64_t minutes =
      (matching::metres_between(*from, *to) * 60 + metres_an_hour - 1) / metres_an_hour;
  return static_cast<std::int32_t>(std::min<std::int64_t>(minutes, day_minutes));
}

// The kept meetings of the day, then the one that is wished, then home.
Day day_of(const MeetingWish& wish, const std::vector<KeptMeeting>& kept) {
  Day day;
  std::vector<std::optional<Location>> places;
  for (const KeptMeeting& meeting : kept) {
    day.contacts.push_back({meeting.from, meeting.until, meeting.until - meeting.from});
    places.push_back(meeting.at);
  }
  day.contacts.push_back({0, day_minutes, wish.minutes});
  places.push_back(wish.person);
  places.push_back(wish.worker);
  for (const auto& from : places)
    for (const auto& to : places) day.travel.push_back(way_minutes(from, to));
  return day;
}

template <class Record> std::optional<Location> meets_at(const Record& record) {
  const auto& modes = record.modes;
  if (std::find(modes.begin(), modes.end(), "in_person") == modes.end()) return {};
  return location_of(record.east_m, record.north_m);
}

Result<std::vector<KeptMeeting>> kept_meetings(storage::Transaction& tx, const auth::Scope& scope,
                                               const Connection& connection, Date first) {
  std::vector<KeptMeeting> out;
  TRY_ASSIGN(const auto meetings, meetings_of_worker(tx, scope, connection.worker, {first, days_ahead}));
  for (const FirstMeeting& meeting : meetings) {
    if (meeting.connection == connection.id) continue;
    TRY_ASSIGN(const Connection other, load_connection(tx, scope, meeting.connection));
    TRY_ASSIGN(const Person person, people::load_person(tx, scope, other.person));
    const auto minutes = static_cast<int>((meeting.ends_at.ms - meeting.starts_at.ms) / minutes_ms(1));
    out.push_back({meeting.local_on, meeting.local_minutes,
                   std::min(meeting.local_minutes + minutes, day_minutes), meets_at(person)});
  }
  return out;
}

} // namespace

std::vector<MeetingDay> days_that_fit(const MeetingWish& wish, const std::vector<KeptMeeting>& kept) {
  std::vector<MeetingDay> out;
  const auto hours = windows(wish.week);
  for (Date on = wish.first; on < wish.first + days_ahead; on = on + 1) {
    std::vector<KeptMeeting> others;
    std::copy_if(kept.begin(), kept.end(), std::back_inserter(others),
                 [&](const KeptMeeting& meeting) { return meeting.on == on; });
    if (others.size() >= day_contacts_most) continue;
    Day day = day_of(wish, others);
    MeetingDay found{on, {}};
    for (const WeekWindow& hour : hours) {
      if (hour.day != weekday_of(on) || hour.until_minutes - hour.from_minutes < wish.minutes) continue;
      day.contacts.back().from = hour.from_minutes;
      day.contacts.back().until = hour.until_minutes;
      const auto starts = matching::engine::starts_of_last(day);
      found.starts.insert(found.starts.end(), starts.begin(), starts.end());
    }
    if (!found.starts.empty()) out.push_back(std::move(found));
  }
  return out;
}

Result<std::vector<MeetingDay>> meeting_days(storage::Transaction& tx, const auth::Scope& scope,
                                             const Connection& connection, int minutes) {
  TRY_ASSIGN(const Person person, people::load_person(tx, scope, connection.person));
  TRY_ASSIGN(const Worker worker, workforce::load_worker(tx, scope, connection.worker));
  TRY_ASSIGN(const Organisation organisation, teams::load_organisation(tx));
  const auto theirs = parse_week(person.availability), own = parse_week(worker.availability);
  if (!theirs.ok() || !own.ok()) return std::vector<MeetingDay>();
  const Date first = local_date(scope.now(), organisation.zone) + 1;
  TRY_ASSIGN(const auto kept, kept_meetings(tx, scope, connection, first));
  return days_that_fit({.week = *theirs & *own,
                        .worker = meets_at(worker),
                        .person = meets_at(person),
                        .minutes = minutes,
                        .first = first},
                       kept);
}

} // namespace kith::connections
