#include "connections/first_meeting.hpp"

#include <algorithm>

#include "base/zones.hpp"
#include "connections/task.hpp"
#include "connections/telling.hpp"
#include "storage/trail.hpp"
#include "workforce/worker_store.hpp"

namespace kith::connections {
namespace {

constexpr int plan_again_days = 1;

// What one side is told: of a meeting, that it is another one now, that it is off.
struct Letters {
  std::string_view planned{};
  std::string_view changed{};
  std::string_view cancelled{};
  bool has(std::string_view words) const {
    return words == planned || words == changed || words == cancelled;
  }
};
constexpr Letters to_person{"person_meeting", "person_meeting_changed", "person_meeting_cancelled"};
constexpr Letters to_worker{"worker_meeting", "worker_meeting_changed", "worker_meeting_cancelled"};

enum class Stood : std::uint8_t { no, yes };

// Withdraws what waits to be said of the meeting, and says of each side whether an earlier meeting may be
// known to them.
struct Known {
  bool person{};
  bool worker{};
};

bool knows(const std::vector<storage::OutboxMessage>& withdrawn, const Letters& letters, Stood stood) {
  const auto own = std::find_if(withdrawn.begin(), withdrawn.end(),
                                [&](const auto& message) { return letters.has(message.template_name); });
  if (own == withdrawn.end()) return stood == Stood::yes;
  return own->template_name != letters.planned || own->attempts > 0; // tried: it may have arrived
}

Result<Known> withdraw_letters(storage::Transaction& tx, const auth::Scope& scope, Id<Connection> id,
                               Stood stood) {
  TRY_ASSIGN(auto held, storage::held_messages(tx, "connection", id.text()));
  std::erase_if(held, [](const auto& message) {
    return !to_person.has(message.template_name) && !to_worker.has(message.template_name);
  });
  for (const storage::OutboxMessage& message : held)
    TRY(storage::mark_cancelled(tx, message.id, scope.now(), "withdrawn"));
  return Known{knows(held, to_person, stood), knows(held, to_worker, stood)};
}

bool is_person(const auth::Scope& scope, const Connection& connection) {
  return !scope.actor().person.empty() && scope.actor().person == connection.person;
}
bool is_worker(const auth::Scope& scope, const Connection& connection) {
  return !scope.actor().worker.empty() && scope.actor().worker == connection.worker;
}

Done tell_of_meeting(storage::Transaction& tx, const auth::Scope& scope, const Connection& connection,
                     const FirstMeeting& meeting, const Known& known) {
  const std::string id = connection.id.text(), once = meeting.id.text();
  if (!is_person(scope, connection))
    TRY(tell(tx, scope,
             {.person = connection.person,
              .words = known.person ? to_person.changed : to_person.planned,
              .about_kind = "connection",
              .about = id,
              .once = once}));
  if (is_worker(scope, connection)) return {};
  return tell(tx, scope,
              {.worker = connection.worker,
               .words = known.worker ? to_worker.changed : to_worker.planned,
               .about_kind = "connection",
               .about = id,
               .once = once});
}

Done tell_it_is_off(storage::Transaction& tx, const auth::Scope& scope, const Connection& connection,
                    const FirstMeeting& meeting, const Known& known) {
  const std::string id = connection.id.text(), once = meeting.id.text();
  if (known.person && !is_person(scope, connection))
    TRY(tell(tx, scope,
             {.person = connection.person,
              .words = to_person.cancelled,
              .about_kind = "connection",
              .about = id,
              .once = once}));
  if (!known.worker || is_worker(scope, connection)) return {};
  return tell(tx, scope,
              {.worker = connection.worker,
               .words = to_worker.cancelled,
               .about_kind = "connection",
               .about = id,
               .once = once});
}

Done fact(storage::Transaction& tx, const auth::Scope& scope, std::string_view kind, Id<Connection> id) {
  return storage::record_fact(tx, scope.random(),
                              {scope.now(), auth::actor_text(scope), kind, "connection", id.text(), {}});
}

Result<FirstMeeting> planned(storage::Transaction& tx, const auth::Scope& scope, const Connection& connection,
                             const BookingRequest& request) {
  TRY_ASSIGN(const Organisation organisation, teams::load_organisation(tx));
  TRY_ASSIGN(FirstMeeting meeting, plan_first_meeting(request, {scope.now(), organisation.zone}));
  meeting.id = Id<FirstMeeting>::make(scope.random());
  meeting.connection = connection.id;
  meeting.worker = connection.worker;
  meeting.booked_at = scope.now();
  meeting.booked_by = scope.actor().account;
  return meeting;
}

Done book(storage::Transaction& tx, const auth::Scope& scope, const Connection& connection,
          const FirstMeeting& meeting) {
  TRY(append(tx, scope, connection.id, ConnectionEventKind::first_meeting_booked));
  // The worker's row is written first, so that two bookings of one worker meet there and the second sees the
  // first.
  TRY(workforce::touch_places(tx, scope, connection.worker));
  TRY_ASSIGN(const bool busy, worker_is_busy(tx, scope, meeting));
  if (busy) return conflict("meeting.worker_busy");
  TRY(insert_first_meeting(tx, scope, meeting));
  TRY(close_tasks(tx, scope, connection.id.text(), TaskKind::book_first_meeting));
  return fact(tx, scope, "first_meeting_booked", connection.id);
}

// The meeting's row is written first: of two who change it the second is told that it was changed, and never
// of a connection that the first has moved on.
Done call_off(storage::Transaction& tx, const auth::Scope& scope, const FirstMeeting& meeting) {
  TRY(call_off_first_meeting(tx, scope, meeting.id));
  TRY(append(tx, scope, meeting.connection, ConnectionEventKind::first_meeting_cancelled));
  return fact(tx, scope, "first_meeting_cancelled", meeting.connection);
}

bool same_plan(const FirstMeeting& a, const FirstMeeting& b) {
  return a.starts_at == b.starts_at && a.ends_at == b.ends_at && a.location == b.location &&
         a.introducer == b.introducer;
}

} // namespace

Result<FirstMeeting> book_first_meeting(storage::Transaction& tx, const auth::Scope& scope, Id<Connection> id,
                                        const BookingRequest& request) {
  TRY_ASSIGN(const Connection connection, load_connection(tx, scope, id));
  TRY_ASSIGN(const FirstMeeting meeting, planned(tx, scope, connection, request));
  TRY(book(tx, scope, connection, meeting));
  TRY_ASSIGN(const Known known, withdraw_letters(tx, scope, id, Stood::no));
  TRY(tell_of_meeting(tx, scope, connection, meeting, known));
  return meeting;
}

Result<FirstMeeting> change_first_meeting(storage::Transaction& tx, const auth::Scope& scope,
                                          const MeetingSeen& seen, const BookingRequest& request) {
  TRY_ASSIGN(const Connection connection, load_connection(tx, scope, seen.connection));
  TRY_ASSIGN(const FirstMeeting meeting, planned(tx, scope, connection, request));
  TRY_ASSIGN(const auto standing, first_meeting_of(tx, scope, seen.connection));
  if (standing && same_plan(*standing, meeting)) return *standing;
  if (!standing || standing->id != seen.meeting) return conflict("meeting.changed");
  TRY(call_off(tx, scope, *standing));
  TRY(book(tx, scope, connection, meeting));
  TRY_ASSIGN(const Known known, withdraw_letters(tx, scope, seen.connection, Stood::yes));
  TRY(tell_of_meeting(tx, scope, connection, meeting, known));
  return meeting;
}

Done cancel_first_meeting(storage::Transaction& tx, const auth::Scope& scope, const MeetingSeen& seen) {
  TRY_ASSIGN(const Connection connection, load_connection(tx, scope, seen.connection));
  TRY_ASSIGN(const auto all, first_meetings_of(tx, scope, seen.connection));
  const auto meeting =
      std::find_if(all.begin(), all.end(), [&](const FirstMeeting& each) { return each.id == seen.meeting; });
  if (meeting == all.end()) return not_found();
  if (meeting->cancelled_at) {
    const bool another =
        std::any_of(all.begin(), all.end(), [](const FirstMeeting& each) { return !each.cancelled_at; });
    if (another) return conflict("meeting.changed");
    return {};
  }
  if (is_person(scope, connection) && meeting->starts_at <= scope.now()) return conflict("meeting.started");
  TRY_ASSIGN(const Organisation organisation, teams::load_organisation(tx));
  TRY(call_off(tx, scope, *meeting));
  TRY_ASSIGN(const Known known, withdraw_letters(tx, scope, seen.connection, Stood::yes));
  TRY(tell_it_is_off(tx, scope, connection, *meeting, known));
  return add_task(tx, scope,
                  {{},
                   TaskKind::book_first_meeting,
                   "connection",
                   seen.connection.text(),
                   "coordinator",
                   local_date(scope.now(), organisation.zone) + plan_again_days});
}

} // namespace kith::connections
