#include "web/ui/inputs.hpp"

namespace kith::web {
namespace {

Attr optional_attr(AttributeName name, const std::optional<std::string>& value) {
  return value ? attr(name, *value) : Attr();
}
const char* truth(bool value) { return value ? "true" : "false"; }

Html labelled(Label part, const std::string& control_id) {
  part.for_id = control_id;
  return label(part);
}

Html affix(const std::optional<Affix>& part, std::string_view kind) {
  if (!part || part->content.empty()) return {};
  return el("div",
            Attrs{cls(classes(kind, part->classes)), attr("aria-hidden", "true")}.add(part->attributes),
            part->content);
}

} // namespace

Html input(const Input& part) {
  const std::string control_id = part.id.empty() ? part.name : part.id;
  const Described around = described(control_id, part.described_by, part.hint, part.error);
  std::string names = classes("govuk-input", part.classes);
  if (part.error) names += " govuk-input--error";
  Attrs attributes{cls(names), id(control_id), attr("name", part.name), attr("type", part.type)};
  if (part.spellcheck) attributes.add(attr("spellcheck", truth(*part.spellcheck)));
  attributes.add(optional_attr("value", part.value))
      .add(when(part.disabled, flag("disabled")))
      .add(when(!around.by.empty(), attr("aria-describedby", around.by)))
      .add(optional_attr("autocomplete", part.autocomplete))
      .add(optional_attr("autocapitalize", part.autocapitalize))
      .add(optional_attr("pattern", part.pattern))
      .add(optional_attr("inputmode", part.inputmode))
      .add(part.attributes);
  Html control = void_el("input", attributes);
  const Html before = affix(part.prefix, "govuk-input__prefix");
  const Html after = affix(part.suffix, "govuk-input__suffix");
  if (!before.empty() || !after.empty() || !part.group.before.empty() || !part.group.after.empty())
    control = el(
        "div", Attrs{cls(classes("govuk-input__wrapper", part.wrapper_classes))}.add(part.wrapper_attributes),
        part.group.before, before, control, after, part.group.after);
  return form_group({part.group, part.error.has_value()},
                    labelled(part.label, control_id) + around.content + control);
}

Html textarea(const Textarea& part) {
  const std::string control_id = part.id.empty() ? part.name : part.id;
  const Described around = described(control_id, part.described_by, part.hint, part.error);
  const std::string base = part.error ? "govuk-textarea govuk-textarea--error" : "govuk-textarea";
  Attrs attributes{cls(classes(base, part.classes)), id(control_id), attr("name", part.name),
                   attr("rows", part.rows)};
  if (part.spellcheck) attributes.add(attr("spellcheck", truth(*part.spellcheck)));
  attributes.add(when(part.disabled, flag("disabled")))
      .add(when(!around.by.empty(), attr("aria-describedby", around.by)))
      .add(when(!part.autocomplete.empty(), attr("autocomplete", part.autocomplete)))
      .add(part.attributes);
  return form_group({part.group, part.error.has_value()},
                    labelled(part.label, control_id) + around.content + part.group.before +
                        el("textarea", attributes, text(part.value)) + part.group.after);
}

Html select(const Select& part) {
  const std::string control_id = part.id.empty() ? part.name : part.id;
  const Described around = described(control_id, part.described_by, part.hint, part.error);
  Html options;
  for (const SelectItem& item : part.items) {
    const bool chosen =
        item.selected.value_or(!part.value.empty() && item.value.value_or(item.content) == part.value);
    options += el("option",
                  Attrs{optional_attr("value", item.value), when(chosen, flag("selected")),
                        when(item.disabled, flag("disabled"))}
                      .add(item.attributes),
                  text(item.content));
  }
  std::string names = classes("govuk-select", part.classes);
  if (part.error) names += " govuk-select--error";
  const Html control =
      el("select",
         Attrs{cls(names), id(control_id), attr("name", part.name), when(part.disabled, flag("disabled")),
               when(!around.by.empty(), attr("aria-describedby", around.by))}
             .add(part.attributes),
         options);
  return form_group({part.group, part.error.has_value()}, labelled(part.label, control_id) + around.content +
                                                              part.group.before + control + part.group.after);
}

namespace {

bool marked(const DateItem& item) {
  return item.has_error.value_or(false) || item.classes.find("govuk-input--error") != std::string::npos;
}

Html date_box(const DateInput& part, const DateItem& item, bool any_marked) {
  std::string names;
  const bool by_class = item.classes.find("govuk-input--error") != std::string::npos;
  if (!by_class && (marked(item) || (item.has_error.value_or(true) && part.error && !any_marked)))
    names = "govuk-input--error";
  if (item.classes.find("govuk-input--width-") == std::string::npos)
    names = classes(names, "govuk-input--width-" + std::to_string(item.width));
  names = classes(names, item.classes);
  Input box{.name = (part.name_prefix.empty() ? "" : part.name_prefix + "-") + item.name,
            .id = item.id.empty() ? part.id + "-" + item.name : item.id,
            .value = item.value,
            .label = {.content = text(item.label), .classes = "govuk-date-input__label"},
            .classes = classes("govuk-date-input__input", names),
            .autocomplete = item.autocomplete,
            .pattern = item.pattern,
            .inputmode = item.inputmode,
            .attributes = item.attributes};
  return el("div", {cls("govuk-date-input__item")}, input(box));
}

} // namespace

Html date_input(const DateInput& part) {
  const Described around =
      described(part.id, part.fieldset ? part.fieldset->described_by : "", part.hint, part.error);
  bool any_marked = false;
  for (const DateItem& item : part.items) any_marked = any_marked || marked(item);
  Html boxes = part.group.before;
  for (const DateItem& item : part.items) boxes += date_box(part, item, any_marked);
  boxes += part.group.after;
  Html inner = around.content + el("div",
                                   Attrs{cls(classes("govuk-date-input", part.classes))}
                                       .add(part.attributes)
                                       .add(when(!part.id.empty(), id(part.id))),
                                   boxes);
  if (part.fieldset) {
    Fieldset whole = *part.fieldset;
    whole.described_by = around.by;
    whole.role = "group"; // otherwise some screen readers leave out the description
    whole.content = std::move(inner);
    inner = fieldset(whole);
  }
  return form_group({part.group, part.error.has_value()}, inner);
}

DateInput date_input_for(const Words& words, const std::string& id, const DateValues& values) {
  return {.id = id,
          .name_prefix = id,
          .items = {{.name = "day", .label = words("ui.day"), .value = values.day},
                    {.name = "month", .label = words("ui.month"), .value = values.month},
                    {.name = "year", .label = words("ui.year"), .value = values.year, .width = 4}}};
}

} // namespace kith::web
