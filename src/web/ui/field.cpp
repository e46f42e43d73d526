#include "web/ui/field.hpp"

namespace kith::web {

std::string classes(std::string_view base, std::string_view more) {
  std::string all(base);
  if (!more.empty()) {
    if (!all.empty()) all += ' ';
    all += more;
  }
  return all;
}

Html label(const Label& part) {
  if (part.content.empty()) return {};
  const Html inner = el("label",
                        Attrs{cls(classes("govuk-label", part.classes))}
                            .add(part.attributes)
                            .add(when(!part.for_id.empty(), attr("for", part.for_id))),
                        part.content);
  return part.is_page_heading ? el("h1", {cls("govuk-label-wrapper")}, inner) : inner;
}

Html hint(const Hint& part) {
  return el("div",
            Attrs{when(!part.id.empty(), id(part.id)), cls(classes("govuk-hint", part.classes))}.add(
                part.attributes),
            part.content);
}

Html error_message(const ErrorMessage& part) {
  const Html prefix = part.prefix.empty()
                          ? Html()
                          : el("span", {cls("govuk-visually-hidden")}, text(part.prefix + ":")) + text(" ");
  return el("p",
            Attrs{when(!part.id.empty(), id(part.id)), cls(classes("govuk-error-message", part.classes))}.add(
                part.attributes),
            prefix, part.content);
}

Html error_summary(const ErrorSummary& part) {
  Html list;
  for (const ErrorLink& error : part.errors)
    list += el("li", {},
               error.href ? el("a", Attrs{href(*error.href)}.add(error.attributes), error.content)
                          : error.content);
  const Html body = el("div", {cls("govuk-error-summary__body")},
                       part.description.empty() ? Html() : el("p", {}, part.description),
                       list.empty() ? Html() : el("ul", {cls("govuk-list govuk-error-summary__list")}, list));
  Attrs attributes{cls(classes("govuk-error-summary", part.classes))};
  if (part.disable_auto_focus)
    attributes.add(attr("data-disable-auto-focus", *part.disable_auto_focus ? "true" : "false"));
  attributes.add(part.attributes).add(attr("data-module", "govuk-error-summary"));
  return el(
      "div", attributes,
      el("div", {attr("role", "alert")}, el("h2", {cls("govuk-error-summary__title")}, part.title), body));
}

Html fieldset(const Fieldset& part) {
  Html legend;
  if (!part.legend.content.empty())
    legend = el("legend", {cls(classes("govuk-fieldset__legend", part.legend.classes))},
                part.legend.is_page_heading ? el("h1", {cls("govuk-fieldset__heading")}, part.legend.content)
                                            : part.legend.content);
  return el("fieldset",
            Attrs{cls(classes("govuk-fieldset", part.classes)),
                  when(!part.role.empty(), attr("role", part.role)),
                  when(!part.described_by.empty(), attr("aria-describedby", part.described_by))}
                .add(part.attributes),
            legend, part.content);
}

Html form_group(const FormGroupParts& part, const Html& content) {
  const std::string base = part.has_error ? "govuk-form-group govuk-form-group--error" : "govuk-form-group";
  return el("div", Attrs{cls(classes(base, part.group.classes))}.add(part.group.attributes), content);
}

Described described(const std::string& base_id, const std::string& described_by,
                    const std::optional<Hint>& hint_part, const std::optional<ErrorMessage>& error) {
  Described found{{}, described_by};
  if (hint_part) {
    Hint with_id = *hint_part;
    with_id.id = base_id + "-hint";
    found.by = classes(found.by, with_id.id);
    found.content += hint(with_id);
  }
  if (error) {
    ErrorMessage with_id = *error;
    with_id.id = base_id + "-error";
    found.by = classes(found.by, with_id.id);
    found.content += error_message(with_id);
  }
  return found;
}

std::optional<ErrorMessage> error_for(const Words& words, const std::vector<FieldProblem>& problems,
                                      std::string_view field) {
  for (const FieldProblem& problem : problems)
    if (problem.field == field)
      return ErrorMessage{.content = text(words(problem.code)), .prefix = words("ui.error")};
  return std::nullopt;
}

Html error_summary_for(const Words& words, const std::vector<FieldProblem>& problems) {
  if (problems.empty()) return {};
  ErrorSummary summary{.title = text(words("ui.error_summary"))};
  for (const FieldProblem& problem : problems)
    summary.errors.push_back(
        {.content = text(words(problem.code)),
         .href = problem.field.empty() ? std::optional<Url>() : Url("#" + problem.field)});
  return error_summary(summary);
}

} // namespace kith::web
