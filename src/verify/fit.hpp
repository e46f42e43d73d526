// How well a pair fits, line by line as an explanation writes it: the person's budget of 1,000 points, the
// worker's of 500, and continuity; each line points x grade, the fit their sum. Pure; any thread.
#pragma once
#include "verify/service.hpp"

namespace kith::verify {

struct Line {
  std::string_view criterion{}; // or "nothing_in_particular", "continuity"
  std::string_view side{};      // "person", "worker", "service"
  std::int32_t points{};
  std::int32_t grade{}; // for `avoid` already reversed; what is not known counts 0 either way
  bool avoided{};
  std::int32_t value() const { return points * grade; }
};

struct Fit {
  std::vector<Line> lines{};
  std::int32_t person_part{};
  std::int32_t worker_part{};
  std::int32_t service_part{};
  std::int32_t total() const { return person_part + worker_part + service_part; }
};

Fit fit_of(const Service& service, Pair pair);

std::string_view closeness_word(std::int32_t person_part, const matching::ClosenessRule& rule);

} // namespace kith::verify
