#include "web/ui/tables.hpp"

#include "web/ui/field.hpp"

namespace kith::web {
namespace {

Html action_link(const RowAction& action, const Html& card_title) {
  Html hidden;
  if (!action.hidden_words.empty()) hidden += text(" " + action.hidden_words);
  if (!card_title.empty()) hidden += text(" (") + card_title + text(")");
  return el("a", Attrs{cls(classes("govuk-link", action.classes)), href(action.href)}.add(action.attributes),
            action.content, hidden.empty() ? Html() : el("span", {cls("govuk-visually-hidden")}, hidden));
}

Html row_actions(const SummaryRow& row, const Html& card_title) {
  if (row.actions.empty()) return {};
  Html links;
  if (row.actions.size() == 1) {
    links = action_link(row.actions.front(), card_title);
  } else {
    for (const RowAction& action : row.actions)
      links += el("li", {cls("govuk-summary-list__actions-list-item")}, action_link(action, card_title));
    links = el("ul", {cls("govuk-summary-list__actions-list")}, links);
  }
  return el("dd", {cls(classes("govuk-summary-list__actions", row.actions_classes))}, links);
}

Html card_actions(const SummaryCard& card) {
  if (card.actions.empty()) return {};
  const std::string names = classes("govuk-summary-card__actions", card.actions_classes);
  if (card.actions.size() == 1) return el("div", {cls(names)}, action_link(card.actions.front(), card.title));
  Html links;
  for (const RowAction& action : card.actions)
    links += el("li", {cls("govuk-summary-card__action")}, action_link(action, card.title));
  return el("ul", {cls(names)}, links);
}

} // namespace

Html summary_list(const SummaryList& part) {
  bool any_actions = false;
  for (const SummaryRow& row : part.rows) any_actions = any_actions || !row.actions.empty();
  const Html card_title = part.card ? part.card->title : Html();
  Html rows;
  for (const SummaryRow& row : part.rows) {
    std::string names = "govuk-summary-list__row";
    if (any_actions && row.actions.empty() && !row.keeps_action_column)
      names += " govuk-summary-list__row--no-actions";
    rows += el("div", {cls(classes(names, row.classes))},
               el("dt", {cls(classes("govuk-summary-list__key", row.key_classes))}, row.key),
               el("dd", {cls(classes("govuk-summary-list__value", row.value_classes))}, row.value),
               row_actions(row, card_title));
  }
  Html list = el("dl", Attrs{cls(classes("govuk-summary-list", part.classes))}.add(part.attributes), rows);
  if (!part.card) return list;
  Html title;
  if (!part.card->title.empty())
    title = el(Tag::heading(part.card->heading_level),
               {cls(classes("govuk-summary-card__title", part.card->title_classes))}, part.card->title);
  return el("div", Attrs{cls(classes("govuk-summary-card", part.card->classes))}.add(part.card->attributes),
            el("div", {cls("govuk-summary-card__title-wrapper")}, title, card_actions(*part.card)),
            el("div", {cls("govuk-summary-card__content")}, list));
}

namespace {

Attrs spans(const Cell& cell) {
  return Attrs{when(cell.colspan != 0, attr("colspan", cell.colspan)),
               when(cell.rowspan != 0, attr("rowspan", cell.rowspan))}
      .add(cell.attributes);
}

Html header_cell(const Cell& cell, std::string_view scope) {
  std::string names = "govuk-table__header";
  if (scope == "col" && !cell.format.empty()) names += " govuk-table__header--" + cell.format;
  return el("th", Attrs{attr("scope", scope), cls(classes(names, cell.classes))}.add(spans(cell)),
            cell.content);
}

Html body_cell(const Cell& cell) {
  std::string names = "govuk-table__cell";
  if (!cell.format.empty()) names += " govuk-table__cell--" + cell.format;
  return el("td", Attrs{cls(classes(names, cell.classes))}.add(spans(cell)), cell.content);
}

} // namespace

Html table(const Table& part) {
  Html inner;
  if (!part.caption.empty())
    inner += el("caption", {cls(classes("govuk-table__caption", part.caption_classes))}, text(part.caption));
  if (!part.head.empty()) {
    Html cells;
    for (const Cell& cell : part.head) cells += header_cell(cell, "col");
    inner += el("thead", {cls("govuk-table__head")}, el("tr", {cls("govuk-table__row")}, cells));
  }
  Html rows;
  for (const std::vector<Cell>& row : part.rows) {
    Html cells;
    for (std::size_t at = 0; at < row.size(); ++at)
      cells += at == 0 && part.first_cell_is_header ? header_cell(row[at], "row") : body_cell(row[at]);
    rows += el("tr", {cls("govuk-table__row")}, cells);
  }
  inner += el("tbody", {cls("govuk-table__body")}, rows);
  return el("table", Attrs{cls(classes("govuk-table", part.classes))}.add(part.attributes), inner);
}

} // namespace kith::web
