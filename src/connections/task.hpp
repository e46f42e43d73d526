// A task: one thing for one role to do, about one record, by a day. Made by events and by the clock; the
// clock never closes anything else.
#pragma once
#include <string>
#include <vector>

#include "auth/actor.hpp"
#include "base/time.hpp"
#include "storage/database.hpp"

namespace kith {

struct Task {
  Id<Task> id{};
  std::string kind{};       // "triage", "offer_again", "talk_first", "phone_person", "book_first_meeting", …
  std::string about_kind{}; // referral, offer, connection
  std::string about{};
  std::string for_role{};
  Date due_on{};
};

namespace connections {

Done add_task(storage::Transaction& tx, const auth::Scope& scope, const Task& task); // the id is made here
// Closes the open tasks of this kind about this record; "" closes all kinds.
Done close_tasks(storage::Transaction& tx, const auth::Scope& scope, const std::string& about,
                 const std::string& kind = "");
Result<bool> has_open_task(storage::Transaction& tx, const auth::Scope& scope, const std::string& about,
                           const std::string& kind);
Done finish_task(storage::Transaction& tx, const auth::Scope& scope, Id<Task> id); // by hand
Result<std::vector<Task>> open_tasks(storage::Transaction& tx, const auth::Scope& scope,
                                     const std::string& for_role);

} // namespace connections
} // namespace kith
