// Whom a task is about, and the page where it is done. For the lists of Today and of the waiting list; any
// thread.
#pragma once
#include <optional>
#include <string>

#include "connections/task.hpp"
#include "web/site.hpp"

namespace kith::web {

struct TaskSubject {
  std::string names{}; // "Amara", "Amara and Ruth"; "" when the record is gone
  std::optional<Url> href{};
};
Result<TaskSubject> subject_of(const Site& site, auth::Call& call, const Task& task);
// "Plan the first meeting: Amara and Ruth".
std::string task_words(const Site& site, const Task& task, const TaskSubject& subject);

} // namespace kith::web
