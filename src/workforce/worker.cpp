#include "workforce/worker.hpp"

#include "base/unicode.hpp"

namespace kith {

std::span<const std::string_view> codes_of(Release) {
  static constexpr std::string_view codes[] = {"private", "supervisor", "after_agreement", "released"};
  return codes;
}

std::span<const std::string_view> codes_of(ExclusionSide) {
  static constexpr std::string_view codes[] = {"person", "worker", "service"};
  return codes;
}

Worker with_name_key(Worker worker) {
  worker.name_key = sort_key(worker.chosen_name, "en");
  return worker;
}

bool on_leave(const Worker& worker, Date on) {
  return worker.leave_from && *worker.leave_from <= on && (!worker.leave_until || on <= *worker.leave_until);
}

} // namespace kith
