// Up to four workers side by side for one person. The header holds a name and a tick box only; each cell is a
// sign and words; there is no total, figure or rank. On phones one worker shows at a time, without
// JavaScript.
#pragma once
#include <string>
#include <vector>

#include "base/words.hpp"
#include "web/ui/html.hpp"
#include "web/ui/icons.hpp"

namespace kith::web {

struct ComparisonColumn {
  std::string name{};
  std::string value{}; // of its tick box
  bool ticked{};
};
// Words that hold for a worker as a whole: closeness, likely first meeting, room.
struct ComparisonFact {
  std::string title{};
  std::vector<std::string> cells{};
};
struct ComparisonCell {
  Sign sign{Sign::not_met};
  std::string words{};
};
struct ComparisonRow {
  std::string criterion{};
  std::string weight{}; // "must", "matters", in the person's words
  std::vector<ComparisonCell> cells{};
};
struct Comparison {
  std::string caption{};
  std::string tick_name{}; // name of the tick boxes
  std::vector<ComparisonColumn> columns{};
  std::vector<ComparisonFact> facts{};
  std::vector<ComparisonRow> rows{};
};
// Every row must have one cell a column, and there are one to four columns; otherwise a Defect.
Html comparison(const Comparison& part, const Words& words);

} // namespace kith::web
