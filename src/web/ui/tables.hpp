// Facts in rows: the summary list (one thing's facts, each with what can be done about it, plain or in a
// card) and the table. Mark-up as in govuk-frontend, whose fixtures are the test.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "web/ui/html.hpp"

namespace kith::web {

struct RowAction {
  Html content{};
  Url href{"#"};
  std::string hidden_words{}; // which row this is about, for screen readers
  std::string classes{};
  Attrs attributes{};
};
struct SummaryRow {
  Html key{};
  Html value{};
  std::vector<RowAction> actions{};
  std::string classes{};
  std::string key_classes{};
  std::string value_classes{};
  std::string actions_classes{};
  bool keeps_action_column{}; // no actions, yet no note of their absence
};
struct SummaryCard {
  Html title{};
  int heading_level{2};
  std::string title_classes{};
  std::vector<RowAction> actions{};
  std::string actions_classes{};
  std::string classes{};
  Attrs attributes{};
};
struct SummaryList {
  std::vector<SummaryRow> rows{};
  std::optional<SummaryCard> card{};
  std::string classes{};
  Attrs attributes{};
};
Html summary_list(const SummaryList& part);

struct Cell {
  Html content{};
  std::string format{}; // "numeric"
  std::string classes{};
  int colspan{};
  int rowspan{};
  Attrs attributes{};
};
struct Table {
  std::string caption{};
  std::string caption_classes{};
  std::vector<Cell> head{};
  std::vector<std::vector<Cell>> rows{};
  bool first_cell_is_header{};
  std::string classes{};
  Attrs attributes{};
};
Html table(const Table& part);

} // namespace kith::web
