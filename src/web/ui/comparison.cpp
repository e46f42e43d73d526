#include "web/ui/comparison.hpp"

#include "base/check.hpp"

namespace kith::web {
namespace {

std::string sign_words(Sign which, const Words& words) {
  switch (which) {
  case Sign::meets:
    return words("ui.sign_meets");
  case Sign::part:
    return words("ui.sign_part");
  case Sign::not_met:
    return words("ui.sign_not");
  }
  FATAL("a sign outside its list");
}

// Which worker shows on a phone. Outside any form's data: the name is not sent because it has no meaning
// there.
Html show_one(const Comparison& part, const Words& words) {
  if (part.columns.size() < 2) return {};
  Html options;
  int number = 0;
  for (const ComparisonColumn& column : part.columns) {
    const std::string place = std::to_string(++number);
    const std::string option_id = part.tick_name + "-show-" + place;
    options +=
        el("div", {cls("kith-segment")},
           void_el("input", {attr("type", "radio"), attr("name", part.tick_name + "-show"), id(option_id),
                             cls("kith-show__" + place), attr("form", part.tick_name + "-show-form"),
                             attr("value", place), when(number == 1, flag("checked"))}),
           el("label", {attr("for", option_id)}, text(column.name)));
  }
  return el("fieldset", {cls("kith-show")}, el("legend", {}, text(words("ui.show_one"))),
            el("div", {cls("kith-show__row")}, options));
}

Html head(const Comparison& part, const Words& words) {
  Html cells = el("td", {}, el("span", {cls("govuk-visually-hidden")}, text(words("ui.criterion"))));
  int number = 0;
  for (const ComparisonColumn& column : part.columns) {
    const std::string tick_id = part.tick_name + (++number == 1 ? "" : "-" + std::to_string(number));
    cells += el("th", {attr("scope", "col")},
                el("div", {cls("govuk-checkboxes__item")},
                   void_el("input", {cls("govuk-checkboxes__input"), attr("type", "checkbox"), id(tick_id),
                                     attr("name", part.tick_name), attr("value", column.value),
                                     when(column.ticked, flag("checked"))}),
                   el("label", {cls("govuk-label govuk-checkboxes__label"), attr("for", tick_id)},
                      text(column.name))));
  }
  return el("thead", {}, el("tr", {}, cells));
}

Html fact_row(const ComparisonFact& fact) {
  Html cells = el("th", {attr("scope", "row")}, text(fact.title));
  for (const std::string& words : fact.cells) cells += el("td", {}, text(words));
  return el("tr", {cls("kith-compare__facts")}, cells);
}

Html criterion_row(const ComparisonRow& row, const Words& words) {
  Html cells = el("th", {attr("scope", "row")}, text(row.criterion), text(" "),
                  when(!row.weight.empty(), el("small", {}, text(row.weight))));
  for (const ComparisonCell& cell : row.cells)
    cells += el("td", {},
                el("div", {cls("kith-cell")}, sign(cell.sign),
                   el("span", {},
                      el("span", {cls("govuk-visually-hidden")}, text(sign_words(cell.sign, words) + " ")),
                      text(cell.words))));
  return el("tr", {}, cells);
}

Html key(const Words& words) {
  Html items;
  items += el("li", {}, sign(Sign::meets), text(words("ui.key_meets")));
  items += el("li", {}, sign(Sign::part), text(words("ui.key_part")));
  items += el("li", {}, sign(Sign::not_met), text(words("ui.key_not")));
  return el("ul", {cls("kith-key")}, items);
}

} // namespace

Html comparison(const Comparison& part, const Words& words) {
  CHECK(!part.columns.empty() && part.columns.size() <= 4);
  Html rows;
  for (const ComparisonFact& fact : part.facts) {
    CHECK(fact.cells.size() == part.columns.size());
    rows += fact_row(fact);
  }
  for (const ComparisonRow& row : part.rows) {
    CHECK(row.cells.size() == part.columns.size());
    rows += criterion_row(row, words);
  }
  const Html caption = el("caption", {}, el("span", {cls("govuk-visually-hidden")}, text(part.caption)));
  return el("div", {cls("kith-compare-wrap")}, show_one(part, words),
            el("table", {cls("kith-compare")}, caption, head(part, words), el("tbody", {}, rows)),
            key(words));
}

} // namespace kith::web
