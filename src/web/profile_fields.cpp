#include "web/profile_fields.hpp"

#include <algorithm>

#include "matching/wording.hpp"
#include "web/ui/choices.hpp"
#include "web/ui/inputs.hpp"
#include "web/ui/parts.hpp"
#include "web/week_choice.hpp"

namespace kith::web {

Html ProfileFields::words(const std::string& key) const {
  const std::string own = voice + key.substr(key.find('.') + 1);
  return text(site.say(!voice.empty() && site.words().has(own) ? own : key));
}
std::optional<ErrorMessage> ProfileFields::error(const std::string& field) const {
  return error_for(site.words(), problems, field);
}
Fieldset ProfileFields::titled(const std::string& key) const {
  return {.legend = {.content = words(key), .classes = "govuk-fieldset__legend--s"}};
}
Html ProfileFields::one_line(const std::string& name, const char* width) const {
  return input({.name = name,
                .value = std::string(form.value(name)),
                .label = {.content = words("profile." + name)},
                .hint = Hint{.content = words("profile." + name + "_hint")},
                .error = error(name),
                .classes = width});
}

Html ProfileFields::ways() const {
  return checkboxes({.name = "mode",
                     .values = form.values("mode"),
                     .items = {{.value = "in_person", .content = words("profile.mode.in_person")},
                               {.value = "remote", .content = words("profile.mode.remote")}},
                     .fieldset = titled("profile.mode"),
                     .error = error("mode")});
}

Html ProfileFields::day(int number) const {
  const std::string code(day_code(number));
  Choices part{.name = "time",
               .id_prefix = number == 0 ? "time" : "time-" + code,
               .values = form.values("time"),
               .fieldset = Fieldset{.legend = {.content = words("match.day." + code)}},
               .classes = "govuk-checkboxes--small"};
  for (const std::string_view each : day_parts())
    part.items.push_back(
        {.value = code + "-" + std::string(each), .content = words("profile.part." + std::string(each))});
  return checkboxes(part);
}

Html ProfileFields::times() const {
  Html days;
  for (int number = 0; number < 7; ++number) days += day(number);
  const auto week = parse_week(profile.person.availability);
  std::vector<std::string> besides;
  if (week.ok())
    for (const WeekWindow& window : windows(times_besides(*week)))
      besides.push_back(matching::Wording(site.words()).window(window));
  if (!besides.empty())
    days += checkboxes(
        {.name = "time",
         .id_prefix = "time-other",
         .values = form.values("time"),
         .items = {{.value = std::string(other_times),
                    .content = text(site.say("profile.keep_times",
                                             {{"times", matching::Wording(site.words()).list(besides)}}))}},
         .fieldset = Fieldset{.legend = {.content = words("profile.other_times")}},
         .classes = "govuk-checkboxes--small"});
  const Described around = described("week", "", Hint{.content = words("profile.time_hint")}, error("time"));
  Fieldset whole = titled("profile.time");
  whole.described_by = around.by;
  whole.content = around.content + el("div", {cls("kith-week")}, days);
  return form_group({{}, error("time").has_value()}, fieldset(whole));
}

Html ProfileFields::area() const {
  if (profile.areas.empty() && profile.person.area.empty()) return {};
  Select part{.name = "area",
              .value = std::string(form.value("area")),
              .items = {{.content = site.say("profile.area_none"), .value = std::string()}},
              .label = {.content = words("profile.area")},
              .hint = Hint{.content = words("profile.area_hint")},
              .error = error("area")};
  bool listed = profile.person.area.empty();
  for (const workforce::Area& each : profile.areas) {
    part.items.push_back({.content = each.name, .value = each.name});
    listed = listed || each.name == profile.person.area;
  }
  if (!listed) part.items.push_back({.content = profile.person.area, .value = profile.person.area});
  return select(part);
}

Html ProfileFields::distance() const {
  return input({.name = "travel",
                .value = std::string(form.value("travel")),
                .label = {.content = words("profile.travel")},
                .hint = Hint{.content = words("profile.travel_hint")},
                .error = error("travel"),
                .classes = "govuk-input--width-4",
                .inputmode = "numeric",
                .suffix = Affix{.content = words("profile.kilometres")}});
}

Html ProfileFields::boxes_of(const std::string& criterion, std::span<const std::string_view> choices) const {
  Choices part{.name = "v_" + criterion,
               .values = form.values("v_" + criterion),
               .fieldset = Fieldset{.legend = {.content = words("profile.wanted." + criterion)}},
               .classes = "govuk-checkboxes--small"};
  for (const std::string_view choice : choices)
    part.items.push_back(
        {.value = std::string(choice), .content = words("profile." + criterion + "." + std::string(choice))});
  const Preference* before = preference_on(profile, criterion);
  for (const std::string& code : before ? before->wanted : std::vector<std::string>())
    if (std::find(choices.begin(), choices.end(), code) == choices.end())
      part.items.push_back({.value = code, .content = text(matching::Wording(site.words()).code(code))});
  return el("div", {cls("kith-week")}, checkboxes(part));
}

Html ProfileFields::view_on(const std::string& criterion) const {
  const std::string name = "w_" + criterion;
  Html row = preference_segments({.name = name,
                                  .legend = site.say("profile.criterion." + criterion),
                                  .value = std::string(form.value(name)),
                                  .error = error(name)},
                                 site.words());
  if (criterion == "gender") row += boxes_of(criterion, gender_choices());
  if (criterion == "age") row += boxes_of(criterion, age_choices());
  if (criterion == "culture")
    row += input({.name = "v_culture",
                  .value = std::string(form.value("v_culture")),
                  .label = {.content = words("profile.wanted.culture")},
                  .error = error("v_culture"),
                  .classes = "govuk-input--width-20"});
  return row;
}

Html ProfileFields::fields_of_person() const {
  Html out = ways() + times() + one_line("languages", "govuk-input--width-20") + area() + distance() +
             one_line("interests", "govuk-input--width-30") + one_line("pronouns", "govuk-input--width-10");
  out += el("h2", {cls("govuk-heading-m")}, words("profile.matters")) +
         el("p", {cls("govuk-body")}, words("profile.matters_about"));
  for (const std::string_view criterion : criteria_of(profile)) out += view_on(std::string(criterion));
  return out;
}

Html ProfileFields::fields_of_worker() const {
  return ways() + times() + one_line("languages", "govuk-input--width-20") + area() + distance() +
         one_line("interests", "govuk-input--width-30") + one_line("pronouns", "govuk-input--width-10");
}

} // namespace kith::web
