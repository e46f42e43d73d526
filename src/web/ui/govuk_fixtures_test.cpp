// Every published fixture of the govuk-frontend components we write must come out the same. The fixtures are
// read from assets/node_modules (npm ci), never copied; without them the test says that it was skipped.
#include "web/ui/choices.hpp"
#include "web/ui/content.hpp"
#include "web/ui/field.hpp"
#include "web/ui/inputs.hpp"
#include "web/ui/tables.hpp"

#include <filesystem>
#include <fstream>
#include <map>

#include "support/fixture_options.hpp"
#include "support/markup.hpp"
#include "support/raw_markup.hpp"
#include "support/test.hpp"

using namespace kith::web;
using namespace kith::web::fixtures;

namespace {

Label label_of(const Json& o) {
  return {content(o), str(o, "classes"), is(o, "isPageHeading"), attributes(o), str(o, "for")};
}
Hint hint_of(const Json& o) { return {content(o), str(o, "classes"), str(o, "id"), attributes(o)}; }
ErrorMessage error_of(const Json& o) {
  const Json& prefix = at(o, "visuallyHiddenText");
  return {content(o),
          prefix.is_null() ? "Error"
          : truthy(prefix) ? words_of(prefix)
                           : "",
          str(o, "classes"), str(o, "id"), attributes(o)};
}
FormGroup group_of(const Json& options) {
  const Json& o = at(options, "formGroup");
  const bool plural = !at(o, "beforeInputs").is_null() || !at(o, "afterInputs").is_null();
  return {str(o, "classes"), attributes(o), content(at(o, plural ? "beforeInputs" : "beforeInput")),
          content(at(o, plural ? "afterInputs" : "afterInput"))};
}
Fieldset fieldset_of(const Json& o) {
  const Json& l = at(o, "legend");
  return {.legend = {content(l), str(l, "classes"), is(l, "isPageHeading")},
          .content = RawMarkup::html(words_of(at(o, "html"))),
          .classes = str(o, "classes"),
          .described_by = str(o, "describedBy"),
          .role = str(o, "role"),
          .attributes = attributes(o)};
}
template <class Part> void surround(Part& part, const Json& o) {
  if (is(o, "hint")) part.hint = hint_of(at(o, "hint"));
  if (is(o, "errorMessage")) part.error = error_of(at(o, "errorMessage"));
  part.classes = str(o, "classes");
  part.group = group_of(o);
  part.attributes = attributes(o);
}
template <class Part> void control(Part& part, const Json& o) {
  surround(part, o);
  part.name = str(o, "name");
  part.id = str(o, "id");
  part.label = label_of(at(o, "label"));
  part.described_by = str(o, "describedBy");
  part.disabled = is(o, "disabled");
}
Affix affix_of(const Json& o) { return {content(o), str(o, "classes"), attributes(o)}; }

Html input_fixture(const Json& o) {
  Input part;
  control(part, o);
  if (is(o, "type")) part.type = str(o, "type");
  part.value = opt(o, "value");
  part.autocomplete = opt(o, "autocomplete");
  part.autocapitalize = opt(o, "autocapitalize");
  part.pattern = opt(o, "pattern");
  part.inputmode = opt(o, "inputmode");
  part.spellcheck = opt_bool(o, "spellcheck");
  if (is(o, "prefix")) part.prefix = affix_of(at(o, "prefix"));
  if (is(o, "suffix")) part.suffix = affix_of(at(o, "suffix"));
  part.wrapper_classes = str(at(o, "inputWrapper"), "classes");
  part.wrapper_attributes = attributes(at(o, "inputWrapper"));
  return input(part);
}
Html textarea_fixture(const Json& o) {
  Textarea part;
  control(part, o);
  part.value = words_of(at(o, "value"));
  part.rows = number(o, "rows", 5);
  part.autocomplete = str(o, "autocomplete");
  part.spellcheck = opt_bool(o, "spellcheck");
  return textarea(part);
}
Html select_fixture(const Json& o) {
  Select part;
  control(part, o);
  part.value = str(o, "value");
  for (const Json& item : at(o, "items"))
    if (truthy(item))
      part.items.push_back(
          {words_of(at(item, "text")),
           at(item, "value").is_null() ? std::nullopt : std::optional(words_of(at(item, "value"))),
           opt_bool(item, "selected"), is(item, "disabled"), attributes(item)});
  return select(part);
}

Choices choices_of(const Json& o) {
  Choices part;
  surround(part, o);
  part.name = str(o, "name");
  part.id_prefix = str(o, "idPrefix");
  part.described_by = str(o, "describedBy");
  if (is(o, "value")) part.values = {str(o, "value")};
  if (at(o, "values").is_array())
    for (const Json& value : at(o, "values")) part.values.push_back(words_of(value));
  if (is(o, "fieldset")) part.fieldset = fieldset_of(at(o, "fieldset"));
  std::size_t number_of_item = 0;
  for (const Json& item : at(o, "items")) {
    ++number_of_item;
    if (!truthy(item)) continue; // the template still counts it
    ChoiceItem one{.value = words_of(at(item, "value")),
                   .content = content(item),
                   .checked = opt_bool(item, "checked"),
                   .disabled = is(item, "disabled"),
                   .divider = str(item, "divider"),
                   .conditional = RawMarkup::html(str(at(item, "conditional"), "html")),
                   .id = str(item, "id"),
                   .name = str(item, "name"),
                   .behaviour = str(item, "behaviour"),
                   .label_classes = str(at(item, "label"), "classes"),
                   .label_attributes = attributes(at(item, "label")),
                   .attributes = attributes(item)};
    if (is(item, "hint")) one.hint = hint_of(at(item, "hint"));
    if (one.id.empty() && number_of_item != part.items.size() + 1)
      one.id = (part.id_prefix.empty() ? part.name : part.id_prefix) + "-" + std::to_string(number_of_item);
    part.items.push_back(one);
  }
  return part;
}

// The template completes an item by its place or name; here the adapter does, as date_input_for() does for
// pages.
DateItem date_item(const Json& o, const Json& given, std::string_view otherwise) {
  const std::string name = at(given, "name").is_null() ? std::string(otherwise) : str(given, "name");
  std::string key = name;
  for (const char* each : {"day", "month", "year"})
    if (name == str(at(o, each), "name")) key = each;
  const std::string prefix = str(o, "namePrefix");
  DateItem item{.name = name,
                .label = str(given, "label"),
                .value = opt(given, "value"),
                .width = key == "year" ? 4 : 2,
                .id = str(given, "id"),
                .classes = str(given, "classes"),
                .has_error = opt_bool(given, "error"),
                .autocomplete = opt(given, "autocomplete"),
                .pattern = opt(given, "pattern"),
                .attributes = attributes(given)};
  if (item.label.empty()) {
    item.label = name;
    if (!name.empty() && name[0] >= 'a' && name[0] <= 'z')
      item.label[0] = static_cast<char>(name[0] - 'a' + 'A');
  }
  if (is(given, "inputmode")) item.inputmode = str(given, "inputmode");
  const auto fallback = [&](const std::optional<std::string>& next) {
    if (!item.value) item.value = next;
  };
  if (key == "day" || key == "month" || key == "year") {
    fallback(opt(at(o, key), "value"));
    if (at(o, key).is_null()) fallback(opt(at(o, "values"), key));
  }
  fallback(opt(at(o, "values"), prefix.empty() ? name : prefix + "-" + name));
  return item;
}

Html date_fixture(const Json& o) {
  DateInput part;
  surround(part, o);
  part.id = str(o, "id");
  part.name_prefix = str(o, "namePrefix");
  if (is(o, "fieldset")) part.fieldset = fieldset_of(at(o, "fieldset"));
  const Json& items = at(o, "items");
  if (items.is_array() && !items.empty()) {
    for (const Json& item : items)
      if (truthy(item)) part.items.push_back(date_item(o, item, ""));
  } else {
    for (const char* each : {"day", "month", "year"})
      if (at(o, each).is_null() || truthy(at(o, each))) part.items.push_back(date_item(o, at(o, each), each));
  }
  return date_input(part);
}

Html button_fixture(const Json& o) {
  Button part{.content = content(o),
              .href = url(o),
              .name = str(o, "name"),
              .value = str(o, "value"),
              .id = str(o, "id"),
              .classes = str(o, "classes"),
              .disabled = is(o, "disabled"),
              .is_start = is(o, "isStartButton"),
              .prevent_double_click = opt_bool(o, "preventDoubleClick"),
              .attributes = attributes(o)};
  if (is(o, "type")) part.type = str(o, "type");
  if (part.is_start && is(o, "html")) part.content = el("span", {}, part.content);
  return button(part);
}
Html summary_fixture(const Json& o) {
  ErrorSummary part{.title = content(o, "titleHtml", "titleText"),
                    .description = content(o, "descriptionHtml", "descriptionText"),
                    .classes = str(o, "classes"),
                    .disable_auto_focus = opt_bool(o, "disableAutoFocus"),
                    .attributes = attributes(o)};
  for (const Json& item : at(o, "errorList"))
    part.errors.push_back({content(item), url(item), attributes(item)});
  return error_summary(part);
}
Html notification_fixture(const Json& o) {
  const bool success = str(o, "type") == "success";
  NotificationBanner part{.title = is(o, "titleText") ? str(o, "titleText")
                                   : success          ? "Success"
                                                      : "Important",
                          .heading = str(o, "text"),
                          .content = RawMarkup::html(str(o, "html")),
                          .success = success,
                          .role = str(o, "role"),
                          .heading_level = number(o, "titleHeadingLevel", 2),
                          .disable_auto_focus = opt_bool(o, "disableAutoFocus"),
                          .classes = str(o, "classes"),
                          .attributes = attributes(o)};
  if (is(o, "titleHtml")) part.title_content = RawMarkup::html(str(o, "titleHtml"));
  if (is(o, "titleId")) part.title_id = str(o, "titleId");
  return notification_banner(part);
}
Html panel_fixture(const Json& o) {
  Panel part{.title = content(o, "titleHtml", "titleText"),
             .content = content(o),
             .heading_level = number(o, "headingLevel", 1),
             .classes = str(o, "classes"),
             .attributes = attributes(o)};
  if (const Json& given = at(o, "actions"); truthy(given)) {
    part.actions = PanelActions{{}, str(given, "classes"), attributes(given)};
    for (const Json& item : at(given, "items"))
      part.actions->items.push_back(
          {str(item, "text"), url(item), str(item, "type"), str(item, "classes"), attributes(item)});
  }
  return panel(part);
}

std::vector<RowAction> actions_of(const Json& actions) {
  std::vector<RowAction> all;
  for (const Json& item : at(actions, "items"))
    all.push_back({content(item), RawMarkup::url(words_of(at(item, "href"))), str(item, "visuallyHiddenText"),
                   str(item, "classes"), attributes(item)});
  return all;
}
Html summary_list_fixture(const Json& o) {
  SummaryList part{.classes = str(o, "classes"), .attributes = attributes(o)};
  for (const Json& row : at(o, "rows"))
    if (truthy(row))
      part.rows.push_back({.key = content(at(row, "key")),
                           .value = content(at(row, "value")),
                           .actions = actions_of(at(row, "actions")),
                           .classes = str(row, "classes"),
                           .key_classes = str(at(row, "key"), "classes"),
                           .value_classes = str(at(row, "value"), "classes"),
                           .actions_classes = str(at(row, "actions"), "classes"),
                           .keeps_action_column = truthy(at(at(row, "actions"), "items"))});
  if (const Json& card = at(o, "card"); truthy(card))
    part.card = SummaryCard{.title = content(at(card, "title")),
                            .heading_level = number(at(card, "title"), "headingLevel", 2),
                            .title_classes = str(at(card, "title"), "classes"),
                            .actions = actions_of(at(card, "actions")),
                            .actions_classes = str(at(card, "actions"), "classes"),
                            .classes = str(card, "classes"),
                            .attributes = attributes(card)};
  return summary_list(part);
}
Cell cell_of(const Json& o) {
  return {content(o),   str(o, "format"), str(o, "classes"), number(o, "colspan", 0), number(o, "rowspan", 0),
          attributes(o)};
}
Html table_fixture(const Json& o) {
  Table part{.caption = str(o, "caption"),
             .caption_classes = str(o, "captionClasses"),
             .first_cell_is_header = is(o, "firstCellIsHeader"),
             .classes = str(o, "classes"),
             .attributes = attributes(o)};
  for (const Json& cell : at(o, "head")) part.head.push_back(cell_of(cell));
  for (const Json& row : at(o, "rows")) {
    if (!truthy(row)) continue;
    std::vector<Cell> cells;
    for (const Json& cell : row) cells.push_back(cell_of(cell));
    part.rows.push_back(cells);
  }
  return table(part);
}
Html warning_fixture(const Json& o) {
  const std::string icon = str(o, "iconFallbackText");
  return warning_text({content(o), icon.empty() ? "Warning" : icon, str(o, "classes"), attributes(o)});
}
Html back_fixture(const Json& o) {
  BackLink part{.content = content(o), .classes = str(o, "classes"), .attributes = attributes(o)};
  if (part.content.empty()) part.content = text("Back");
  if (is(o, "href")) part.href = *url(o);
  return back_link(part);
}
Html skip_fixture(const Json& o) {
  SkipLink part{.content = content(o), .classes = str(o, "classes"), .attributes = attributes(o)};
  if (is(o, "href")) part.href = *url(o);
  return skip_link(part);
}
Html phase_fixture(const Json& o) {
  const Json& phase = at(o, "tag");
  return phase_banner(
      {{content(phase), str(phase, "classes"), {}}, content(o), str(o, "classes"), attributes(o)});
}
Html details_fixture(const Json& o) {
  return details({content(o, "summaryHtml", "summaryText"), content(o), is(o, "open"), str(o, "id"),
                  str(o, "classes"), attributes(o)});
}

using Writer = Html (*)(const Json&);
const std::map<std::string, Writer>& writers() {
  static const std::map<std::string, Writer> all = {
      {"button", button_fixture},
      {"label", [](const Json& o) { return label(label_of(o)); }},
      {"hint", [](const Json& o) { return hint(hint_of(o)); }},
      {"error-message", [](const Json& o) { return error_message(error_of(o)); }},
      {"error-summary", summary_fixture},
      {"input", input_fixture},
      {"textarea", textarea_fixture},
      {"fieldset", [](const Json& o) { return fieldset(fieldset_of(o)); }},
      {"radios", [](const Json& o) { return radios(choices_of(o)); }},
      {"checkboxes", [](const Json& o) { return checkboxes(choices_of(o)); }},
      {"select", select_fixture},
      {"details", details_fixture},
      {"inset-text",
       [](const Json& o) {
         return inset_text({content(o), str(o, "id"), str(o, "classes"), attributes(o)});
       }},
      {"notification-banner", notification_fixture},
      {"summary-list", summary_list_fixture},
      {"table", table_fixture},
      {"tag", [](const Json& o) { return tag({content(o), str(o, "classes"), attributes(o)}); }},
      {"warning-text", warning_fixture},
      {"back-link", back_fixture},
      {"skip-link", skip_fixture},
      {"panel", panel_fixture},
      {"phase-banner", phase_fixture},
      {"date-input", date_fixture}};
  return all;
}

} // namespace

TEST_CASE("every govuk-frontend fixture of the components we write comes out the same") {
  const std::filesystem::path folder =
      std::string(KITH_SOURCE_DIR) + "/assets/node_modules/govuk-frontend/dist/govuk/components";
  if (!std::filesystem::exists(folder)) {
    MESSAGE("skipped: no assets/node_modules; run `npm ci --ignore-scripts` in assets/ to read the fixtures");
    return;
  }
  int count = 0;
  for (const auto& [name, write] : writers()) {
    std::ifstream file(folder / name / "fixtures.json");
    REQUIRE_MESSAGE(file.good(), name);
    const Json whole = Json::parse(file);
    for (const Json& fixture : whole.at("fixtures")) {
      const auto expected = markup_tokens(fixture.at("html").get<std::string>());
      const Html written = write(fixture.at("options"));
      INFO(name << ": " << fixture.at("name") << "\nexpected " << fixture.at("html") << "\nwritten "
                << written.bytes());
      CHECK_EQ(markup_tokens(written.bytes()), expected);
      ++count;
    }
  }
  MESSAGE("fixtures compared: " << count << " of " << writers().size() << " components");
  CHECK_GT(count, 450);
}
