// What somebody asks of the simulated list: how a service is expected to go on, and one change. Read from the
// address, so that a question can be kept and sent to a colleague. Pure; any thread.
#pragma once
#include <string>
#include <vector>

#include "base/words.hpp"
#include "connections/connection_store.hpp"
#include "http/message.hpp"
#include "matching/scenario.hpp"
#include "workforce/area.hpp"
#include "workforce/worker.hpp"

namespace kith::web {

struct WhatIfKnown { // what there is to choose from, and to begin with
  std::vector<Worker> workers{};
  std::vector<workforce::Area> areas{};
  connections::Lately lately{};
};

enum class WhatIfChange : std::uint8_t { none, like, made, stops, arrivals };

struct WhatIfQuestion {
  bool asked{}; // the address says something; otherwise these are the usual values
  std::string arrivals{};
  std::string weeks{"52"};
  std::string length{"26"};
  std::string declines{"10"};
  WhatIfChange change{};
  std::string count{"1"};
  std::string like{}; // the id of a worker
  std::string hours{"100"};
  std::string made_count{"1"};
  std::string language{};
  std::string area{};
  std::string travel{"20"};
  std::string places{"4"};
  std::string stops{}; // the id of a worker
  std::string then{};  // people a week
};

WhatIfQuestion question_in(const http::Request& request, const WhatIfKnown& known);

struct ReadWhatIf {
  matching::Scenario scenario{};
  std::vector<FieldProblem> problems{}; // not worded yet; the rest counts only when there are none
};
ReadWhatIf read_what_if(const WhatIfQuestion& question, const WhatIfKnown& known, const Words& words);

std::string_view code_of(WhatIfChange change);
std::string per_week(std::int64_t hundredths); // 250 -> "2.5"

} // namespace kith::web
