#include "web/ui/plan_rows.hpp"

namespace kith::web {
namespace {

Html side(const std::string& title, const std::string& what) {
  return el("p", {}, el("span", {cls("kith-soft")}, text(title + " ")), text(what));
}

Html both_sides(const PlanRow& row, const Words& words) {
  if (row.today == row.suggested) return el("p", {}, text(row.suggested));
  return side(words("plan.today"), row.today) + side(words("plan.suggested"), row.suggested);
}

Html tick_box(const PlanRows& part, const PlanRow& row, const std::string& box, const Words& words) {
  return el("div", {cls("govuk-checkboxes govuk-checkboxes--small")},
            el("div", {cls("govuk-checkboxes__item")},
               void_el("input", {cls("govuk-checkboxes__input"), attr("type", "checkbox"), id(box),
                                 attr("name", part.tick_name), attr("value", row.tick)}),
               el("label", {cls("govuk-label govuk-checkboxes__label"), attr("for", box)},
                  text(words("plan.tick", {{"name", row.name}})))));
}

} // namespace

Html plan_rows(const PlanRows& part, const Words& words) {
  Html items;
  int number = 0;
  for (const PlanRow& row : part.rows) {
    const std::string box = part.tick_name + (++number == 1 ? "" : "-" + std::to_string(number));
    Html last = when(!row.change.empty(), el("p", {}, text(row.change)));
    if (!row.tick.empty()) last += tick_box(part, row, box, words);
    if (row.kept) last += el("p", {}, text(words("plan.kept")));
    if (row.keep) last += el("p", {}, el("a", {href(row.keep->href)}, text(row.keep->words)));
    items += el("li", {cls(row.late ? "kith-row kith-row__late" : "kith-row")},
                el("div", {}, el("p", {cls("kith-row__name")}, el("a", {href(row.href)}, text(row.name))),
                   el("p", {}, text(row.wait))),
                el("div", {}, both_sides(row, words)), el("div", {}, last));
  }
  return el("ol", {cls("kith-rows")}, items);
}

} // namespace kith::web
