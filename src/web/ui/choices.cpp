#include "web/ui/choices.hpp"

#include <algorithm>

namespace kith::web {
namespace {

struct Kind {
  std::string base{}; // "govuk-radios"
  std::string type{};
  bool boxes{};
};

bool is_chosen(const Kind& kind, const Choices& part, const ChoiceItem& item) {
  if (item.checked) return *item.checked;
  if (kind.boxes) return std::find(part.values.begin(), part.values.end(), item.value) != part.values.end();
  return !part.values.empty() && part.values.front() == item.value;
}

struct Place {
  std::string item_id{};
  std::string described_by{};
};

Html choice(const Kind& kind, const Choices& part, const ChoiceItem& item, const Place& place) {
  const std::string conditional_id = "conditional-" + place.item_id;
  const bool chosen = is_chosen(kind, part, item);
  const bool has_hint = item.hint && !item.hint->content.empty();
  const std::string hint_id = place.item_id + "-item-hint";
  const std::string by = classes(place.described_by, has_hint ? hint_id : "");
  const Html control = void_el(
      "input",
      Attrs{cls(kind.base + "__input"), id(place.item_id),
            attr("name", kind.boxes && !item.name.empty() ? item.name : part.name), attr("type", kind.type),
            attr("value", item.value), when(chosen, flag("checked")), when(item.disabled, flag("disabled")),
            when(!item.conditional.empty(), attr("data-aria-controls", conditional_id)),
            when(kind.boxes && !item.behaviour.empty(), attr("data-behaviour", item.behaviour)),
            when(!by.empty(), attr("aria-describedby", by))}
          .add(item.attributes));
  Html row = control + label({.content = item.content,
                              .classes = classes(kind.base + "__label", item.label_classes),
                              .attributes = item.label_attributes,
                              .for_id = place.item_id});
  if (has_hint) {
    Hint below = *item.hint;
    below.id = hint_id;
    below.classes = classes(kind.base + "__hint", below.classes);
    row += hint(below);
  }
  Html whole = el("div", {cls(kind.base + "__item")}, row);
  if (!item.conditional.empty())
    whole += el("div",
                {cls(kind.base + "__conditional" + (chosen ? "" : " " + kind.base + "__conditional--hidden")),
                 id(conditional_id)},
                item.conditional);
  return whole;
}

Html choices(const Kind& kind, const Choices& part) {
  const std::string prefix = part.id_prefix.empty() ? part.name : part.id_prefix;
  const std::string outer =
      part.fieldset && !part.fieldset->described_by.empty() ? part.fieldset->described_by : part.described_by;
  const Described around = described(prefix, outer, part.hint, part.error);
  Html items = part.group.before;
  int number = 0;
  for (const ChoiceItem& item : part.items) {
    ++number;
    if (!item.divider.empty()) {
      items += el("div", {cls(kind.base + "__divider")}, text(item.divider));
      continue;
    }
    // The first id has no number, so that the error summary links to it easily.
    const std::string numbered = number > 1 ? prefix + "-" + std::to_string(number) : prefix;
    items += choice(kind, part, item,
                    {item.id.empty() ? numbered : item.id, kind.boxes && !part.fieldset ? around.by : ""});
  }
  items += part.group.after;
  Html inner = around.content + el("div",
                                   Attrs{cls(classes(kind.base, part.classes))}
                                       .add(part.attributes)
                                       .add(attr("data-module", kind.base)),
                                   items);
  if (part.fieldset) {
    Fieldset whole = *part.fieldset;
    whole.described_by = around.by;
    whole.content = std::move(inner);
    inner = fieldset(whole);
  }
  return form_group({part.group, part.error.has_value()}, inner);
}

} // namespace

Html radios(const Choices& part) { return choices({"govuk-radios", "radio", false}, part); }
Html checkboxes(const Choices& part) { return choices({"govuk-checkboxes", "checkbox", true}, part); }

} // namespace kith::web
