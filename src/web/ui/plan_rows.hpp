// Rows of two plans side by side, one person a row: today's worker, the suggested choice, why they differ,
// and a tick box that is empty. Words only: no figure of a worker. Page functions of src/web use it.
#pragma once
#include <string>
#include <vector>

#include "base/words.hpp"
#include "web/ui/parts.hpp"

namespace kith::web {

struct PlanRow {
  std::string name{};
  Url href{"/"};
  std::string wait{};
  bool late{};
  std::string today{};
  std::string suggested{};          // the same words as today's stand once
  std::string change{};             // why they differ, "" when they do not
  std::string tick{};               // the value of the box; "" no box
  bool kept{};                      // by hand
  std::optional<ChoiceLink> keep{}; // plan the rest around this, or no longer
};
struct PlanRows {
  std::string tick_name{};
  std::vector<PlanRow> rows{};
};
Html plan_rows(const PlanRows& part, const Words& words);

} // namespace kith::web
