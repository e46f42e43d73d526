#include "web/ui/parts.hpp"

#include "web/ui/content.hpp"

namespace kith::web {

Html card(const Card& part) {
  Html heading;
  if (!part.title.empty()) heading = el(Tag::heading(part.heading_level), {}, text(part.title));
  return el("section",
            {cls(classes("kith-card", part.classes)), when(!part.id.empty(), kith::web::id(part.id))},
            heading, part.content);
}

Html cards(const std::vector<Card>& parts) {
  Html inner;
  for (const Card& part : parts) inner += card(part);
  return el("div", {cls("kith-grid")}, inner);
}

Html quote(const Quote& part) {
  return el("blockquote", {cls("kith-quote")}, el("p", {}, text("“") + text_lines(part.words) + text("”")),
            when(!part.source.empty(), el("footer", {}, text(part.source))));
}

Html facts(const std::vector<Fact>& list) {
  Html items;
  for (const Fact& fact : list)
    items += el("li", {}, text(fact.before.empty() ? "" : fact.before + " "),
                el("strong", {}, text(fact.fact)), text(fact.after.empty() ? "" : " " + fact.after));
  return el("ul", {cls("kith-facts")}, items);
}

Html segments(const Segments& part) {
  Html options;
  int number = 0;
  for (const Segment& option : part.options) {
    const std::string option_id = ++number == 1 ? part.name : part.name + "-" + std::to_string(number);
    options +=
        el("div", {cls("kith-segment")},
           void_el("input", {attr("type", "radio"), attr("name", part.name), id(option_id),
                             attr("value", option.value), when(option.value == part.value, flag("checked"))}),
           el("label", {attr("for", option_id)}, text(option.words)));
  }
  const Described around = described(part.name, "", std::nullopt, part.error);
  return el("fieldset",
            {cls(part.error ? "kith-segments kith-segments--error" : "kith-segments"),
             when(!around.by.empty(), attr("aria-describedby", around.by))},
            el("legend", {}, text(part.legend)), around.content,
            el("div", {cls("kith-segments__box")}, el("div", {cls("kith-segments__row")}, options)));
}

Html preference_segments(Segments part, const Words& words) {
  part.options = {{"must", words("ui.must")},
                  {"matters", words("ui.matters")},
                  {"a_little", words("ui.a_little")},
                  {"not_important", words("ui.not_important")},
                  {"rather_not", words("ui.rather_not")}};
  return segments(part);
}

Html choice_links(const std::vector<ChoiceLink>& links) {
  Html items;
  for (const ChoiceLink& link : links)
    items += el("li", {}, el("a", {cls("kith-choice"), href(link.href)}, text(link.words)));
  return el("ul", {cls("kith-choices")}, items);
}

Html who(const Who& part) {
  return el("div", {cls("kith-who")},
            el("div", {cls("kith-initial"), attr("aria-hidden", "true")}, text(part.initial)),
            el("div", {}, el("p", {}, el("strong", {}, text(part.title))), el("p", {}, text(part.about))));
}

Html help_link(const HelpLine& line) {
  std::string dial = "tel:";
  for (const char c : line.number)
    if ((c >= '0' && c <= '9') || (c == '+' && dial.size() == 4)) dial += c;
  // The number stays on one line, and out of messages, which would write it as a quantity.
  std::string shown;
  for (const char c : line.number) shown += c == ' ' ? std::string("\u00a0") : std::string(1, c);
  return el("a", {href(dial)}, text(line.name + ": " + shown));
}

Html help_box(const HelpBox& part) {
  Html lines;
  for (const HelpLine& line : part.lines) lines += el("p", {}, help_link(line));
  return el("section", {cls("kith-help")}, el("h2", {}, text(part.title)),
            when(!part.about.empty(), el("p", {}, text(part.about))), lines);
}

Html buttons(const Buttons& part) {
  Html inner;
  for (const Html& item : part.items) inner += item;
  return el("div", {cls(part.even ? "kith-buttons kith-buttons--even" : "kith-buttons")}, inner);
}

Html action_bar(const Html& actions, const Html& hint_words) {
  return el("div", {cls("kith-actions")}, actions, when(!hint_words.empty(), el("p", {}, hint_words)));
}

Html notice(const Notice& part, const FormToken& token, const Words& words) {
  Html undo;
  if (part.undo)
    undo = el("form", {attr("method", "post"), action(*part.undo)}, hidden_field(token),
              button({.content = text(words("ui.undo")), .classes = "govuk-button--secondary"}));
  return el("div", {cls("kith-notice"), attr("role", "status")}, el("p", {}, text(part.words)), undo);
}

Html day_list(const std::vector<DayItem>& items) {
  Html rows;
  for (const DayItem& item : items) {
    const Html when_part = item.datetime.empty()
                               ? el("span", {cls("kith-day__length")}, text(item.when))
                               : el("time", {attr("datetime", item.datetime)}, text(item.when));
    const Html title =
        item.href ? el("a", {href(*item.href)}, text(item.title)) : el("strong", {}, text(item.title));
    rows += el("li", {}, when_part,
               el("div", {}, el("p", {}, title), when(!item.detail.empty(), el("p", {}, text(item.detail)))));
  }
  return el("ol", {cls("kith-day")}, rows);
}

namespace {
Html missing_line(const PersonRow& row) {
  if (!row.missing) return {};
  return el("p", {}, el("a", {href(row.missing->href)}, text(row.missing->words)));
}
} // namespace

Html person_rows(const std::vector<PersonRow>& rows) {
  Html items;
  for (const PersonRow& row : rows)
    items += el(
        "li", {cls(row.late ? "kith-row kith-row__late" : "kith-row")},
        el("div", {}, el("p", {cls("kith-row__name")}, el("a", {href(row.href)}, text(row.name))),
           el("p", {}, text(row.wait))),
        el("div", {},
           when(!row.own_words.empty(), el("p", {cls("kith-row__words")}, text("“" + row.own_words + "”")))),
        el("div", {}, el("p", {cls("kith-soft")}, text(row.why)), el("p", {}, text(row.next)),
           when(row.missing.has_value(), missing_line(row))));
  return el("ol", {cls("kith-rows")}, items);
}

} // namespace kith::web
