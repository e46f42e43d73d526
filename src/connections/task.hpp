// A task: one thing for one role to do, about one record, by a day. Made by events and by the clock; the
// clock never closes anything else. Values and functions on the caller's transaction; any thread.
#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "auth/actor.hpp"
#include "base/time.hpp"
#include "storage/database.hpp"

namespace kith {

struct Referral;

enum class TaskKind {
  triage, // a new referral: Today shows it as such, never among the tasks
  offer_again,
  ask_again_later,
  talk_with_worker,
  talk_with_person,
  phone_person,
  book_first_meeting,
  message_not_delivered,
  call_with_news, // a message whose reader asked for calls
  tell_worker_it_ended,
};
std::span<const std::string_view> codes_of(TaskKind);
// Those no event closes, so that somebody says they are done. The others close with what they ask for.
bool finished_by_hand(TaskKind kind);

struct Task {
  Id<Task> id{};
  TaskKind kind{};
  std::string about_kind{}; // referral, offer, connection
  std::string about{};
  std::string for_role{};
  Date due_on{};
};

namespace connections {

Done add_task(storage::Transaction& tx, const auth::Scope& scope, const Task& task); // the id is made here
// Closes the open tasks about this record, of this kind or of all.
Done close_tasks(storage::Transaction& tx, const auth::Scope& scope, const std::string& about);
Done close_tasks(storage::Transaction& tx, const auth::Scope& scope, const std::string& about, TaskKind kind);
Result<bool> has_open_task(storage::Transaction& tx, const auth::Scope& scope, const std::string& about,
                           TaskKind kind);
// One that is open, or was made since then and is done: what the clock asks for once, it asks once.
struct TaskSince {
  std::string about{};
  TaskKind kind{};
  Instant since{};
};
Result<bool> has_task_since(storage::Transaction& tx, const auth::Scope& scope, const TaskSince& asked);

// Referrals whose person said "not now" and is to be asked again after this day.
struct AskedLater {
  Date today{};
  Instant said_after{};
};
Result<std::vector<Id<Referral>>> referrals_to_ask_later(storage::Transaction& tx, const auth::Scope& scope,
                                                         const AskedLater& asked); // sorted

Result<Task> load_task(storage::Transaction& tx, const auth::Scope& scope, Id<Task> id);
// By hand, and back for a day by the same account; doing either again changes nothing. Failures:
// task.closes_itself (conflict), task.not_yours (conflict).
Done finish_task(storage::Transaction& tx, const auth::Scope& scope, const Task& task);
Done reopen_task(storage::Transaction& tx, const auth::Scope& scope, const Task& task);
Result<bool> may_reopen(storage::Transaction& tx, const auth::Scope& scope, Id<Task> id);

inline constexpr int tasks_max = 200; // of one list; count_open_tasks says how many there are
// Everything to do but new referrals, soonest first.
Result<std::vector<Task>> open_tasks(storage::Transaction& tx, const auth::Scope& scope,
                                     const std::string& for_role);
Result<std::vector<Task>> open_tasks(storage::Transaction& tx, const auth::Scope& scope, TaskKind kind);
Result<std::int64_t> count_open_tasks(storage::Transaction& tx, const auth::Scope& scope,
                                      const std::string& for_role);

} // namespace connections
} // namespace kith
