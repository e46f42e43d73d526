// The first meeting of a connection: planned, changed to another time or place, or called off. A meeting that
// no longer stands is kept beside the new one, the worker's hour is free again, and what was still to be said
// of it is withdrawn. Whoever may have heard of it is told; who did it is not. Used by the pages of all three
// sides. Functions on the caller's transaction; any thread.
#pragma once
#include "auth/actor.hpp"
#include "connections/connection_store.hpp"

namespace kith::connections {

// Failures: those of plan_first_meeting; meeting.worker_busy, connection.not_possible (conflict).
Result<FirstMeeting> book_first_meeting(storage::Transaction& tx, const auth::Scope& scope,
                                        Id<Connection> connection, const BookingRequest& request);

// The meeting somebody saw when they decided: another one that stands by now is left alone.
struct MeetingSeen {
  Id<Connection> connection{};
  Id<FirstMeeting> meeting{};
};
// One step from the old to the new; the same again changes nothing. Failures: those of booking;
// meeting.changed (conflict).
Result<FirstMeeting> change_first_meeting(storage::Transaction& tx, const auth::Scope& scope,
                                          const MeetingSeen& seen, const BookingRequest& request);
// A coordinator is asked to plan a new one; no reason is kept. Again changes nothing. Failures (conflict):
// meeting.changed; meeting.started, of the person alone.
Done cancel_first_meeting(storage::Transaction& tx, const auth::Scope& scope, const MeetingSeen& seen);

} // namespace kith::connections
