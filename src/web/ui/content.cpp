#include "web/ui/content.hpp"

#include "web/ui/field.hpp"

namespace kith::web {
namespace {

Html start_icon() {
  return el("svg",
            {cls("govuk-button__start-icon"), attr("xmlns", "http://www.w3.org/2000/svg"),
             attr("width", "17.5"), attr("height", "19"), attr("viewBox", "0 0 33 40"),
             attr("aria-hidden", "true"), attr("focusable", "false")},
            el("path", {attr("fill", "currentColor"), attr("d", "M0 0h13l20 20-20 20H0l20-20z")}));
}

const char* truth(bool value) { return value ? "true" : "false"; }

} // namespace

Html button(const Button& part) {
  std::string names = classes("govuk-button", part.classes);
  if (part.is_start) names += " govuk-button--start";
  const Attrs shared = Attrs{cls(names), attr("data-module", "govuk-button")}
                           .add(part.attributes)
                           .add(when(!part.id.empty(), id(part.id)));
  Html inner = part.content;
  if (part.is_start) inner += start_icon();
  if (part.href)
    return el("a", Attrs{href(*part.href), attr("role", "button"), attr("draggable", "false")}.add(shared),
              inner);
  Attrs attributes{attr("type", part.type), when(!part.value.empty(), attr("value", part.value)),
                   when(!part.name.empty(), attr("name", part.name)), when(part.disabled, flag("disabled")),
                   when(part.disabled, attr("aria-disabled", "true"))};
  if (part.prevent_double_click)
    attributes.add(attr("data-prevent-double-click", truth(*part.prevent_double_click)));
  return el("button", attributes.add(shared), inner);
}

Html tag(const StateTag& part) {
  return el("strong", Attrs{cls(classes("govuk-tag", part.classes))}.add(part.attributes), part.content);
}

Html details(const Details& part) {
  return el("details",
            Attrs{when(!part.id.empty(), id(part.id)), cls(classes("govuk-details", part.classes))}
                .add(part.attributes)
                .add(when(part.open, flag("open"))),
            el("summary", {cls("govuk-details__summary")},
               el("span", {cls("govuk-details__summary-text")}, part.summary)),
            el("div", {cls("govuk-details__text")}, part.content));
}

Html inset_text(const InsetText& part) {
  return el("div",
            Attrs{when(!part.id.empty(), id(part.id)), cls(classes("govuk-inset-text", part.classes))}.add(
                part.attributes),
            part.content);
}

Html notification_banner(const NotificationBanner& part) {
  const std::string kind = part.success ? "govuk-notification-banner govuk-notification-banner--success"
                                        : "govuk-notification-banner";
  const std::string role = !part.role.empty() ? part.role : part.success ? "alert" : "region";
  Attrs attributes{cls(classes(kind, part.classes)), attr("role", role),
                   attr("aria-labelledby", part.title_id), attr("data-module", "govuk-notification-banner")};
  if (part.disable_auto_focus)
    attributes.add(attr("data-disable-auto-focus", truth(*part.disable_auto_focus)));
  Html body = part.content;
  if (body.empty() && !part.heading.empty())
    body = el("p", {cls("govuk-notification-banner__heading")}, text(part.heading));
  return el(
      "div", attributes.add(part.attributes),
      el("div", {cls("govuk-notification-banner__header")},
         el(Tag::heading(part.heading_level), {cls("govuk-notification-banner__title"), id(part.title_id)},
            part.title_content.empty() ? text(part.title) : part.title_content)),
      el("div", {cls("govuk-notification-banner__content")}, body));
}

Html warning_text(const WarningText& part) {
  return el("div", Attrs{cls(classes("govuk-warning-text", part.classes))}.add(part.attributes),
            el("span", {cls("govuk-warning-text__icon"), attr("aria-hidden", "true")}, text("!")),
            el("strong", {cls("govuk-warning-text__text")},
               el("span", {cls("govuk-visually-hidden")}, text(part.icon_words)), text(" "), part.content));
}

Html back_link(const BackLink& part) {
  return el("a", Attrs{href(part.href), cls(classes("govuk-back-link", part.classes))}.add(part.attributes),
            part.content);
}

Html skip_link(const SkipLink& part) {
  return el("a",
            Attrs{href(part.href), cls(classes("govuk-skip-link", part.classes))}
                .add(part.attributes)
                .add(attr("data-module", "govuk-skip-link")),
            part.content);
}

namespace {

Html panel_action(const PanelAction& action) {
  if (action.href && action.type != "button")
    return el("a",
              Attrs{cls(classes("govuk-link govuk-link--inverse", action.classes)), href(*action.href)}.add(
                  action.attributes),
              text(action.words));
  return button({.content = text(action.words),
                 .href = action.href,
                 .type = action.type.empty() ? "button" : action.type,
                 .classes = classes("govuk-button--inverse", action.classes),
                 .attributes = action.attributes});
}

} // namespace

Html panel(const Panel& part) {
  const bool interruption = part.classes.find("govuk-panel--interruption") != std::string::npos;
  Html body;
  if (!part.content.empty()) body += el("div", {cls("govuk-panel__body")}, part.content);
  if (interruption && part.actions) {
    Html actions;
    for (const PanelAction& action : part.actions->items) actions += panel_action(action);
    body +=
        el("div",
           Attrs{cls(classes("govuk-panel__actions", part.actions->classes))}.add(part.actions->attributes),
           actions.empty() ? Html() : el("div", {cls("govuk-button-group")}, actions));
  }
  return el("div",
            Attrs{cls(classes(interruption ? "govuk-panel" : "govuk-panel govuk-panel--confirmation",
                              part.classes))}
                .add(part.attributes),
            el(Tag::heading(part.heading_level), {cls("govuk-panel__title")}, part.title), body);
}

Html phase_banner(const PhaseBanner& part) {
  StateTag phase = part.tag;
  phase.classes = classes("govuk-phase-banner__content__tag", phase.classes);
  return el(
      "div",
      Attrs{cls(classes("govuk-phase-banner govuk-width-container", part.classes))}.add(part.attributes),
      el("p", {cls("govuk-phase-banner__content")}, tag(phase),
         el("span", {cls("govuk-phase-banner__text")}, part.content)));
}

} // namespace kith::web
