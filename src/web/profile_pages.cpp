// "What helps us find somebody": a person's own page and the coordinator's about them. One form, two frames.
// A form that another one overtook is shown again with what was typed, and saves at the second try.
#include <algorithm>

#include "connections/connection_store.hpp"
#include "matching/wording.hpp"
#include "web/loaders.hpp"
#include "web/profile_form.hpp"
#include "web/site.hpp"
#include "web/spent_link.hpp"
#include "web/ui/choices.hpp"
#include "web/ui/content.hpp"
#include "web/ui/inputs.hpp"
#include "web/ui/parts.hpp"
#include "web/week_choice.hpp"

namespace kith::web {
namespace {

using auth::Authorised;
using auth::Call;
using NoObject = Authorised<auth::NoObject>;
using Problems = std::vector<FieldProblem>;

bool is_own(const Call& call, const Person& person) { return call.scope.actor().person == person.id; }

Result<Profile> profile_of(Call& call, const Person& person) {
  Profile profile;
  profile.person = person;
  TRY_ASSIGN(profile.preferences, people::preferences_of(call.tx, call.scope, person.id));
  TRY_ASSIGN(profile.areas, workforce::known_areas(call.tx, call.scope));
  if (!is_own(call, person)) return profile;
  profile.areas = workforce::areas_of_several(std::move(profile.areas));
  return profile;
}

struct FormView {
  const Site& site;
  const Profile& profile;
  const http::Form& form;
  const Problems& problems; // worded

  Html words(const std::string& key) const { return text(site.say(key)); }
  std::optional<ErrorMessage> error(const std::string& field) const {
    return error_for(site.words(), problems, field);
  }
  Fieldset titled(const std::string& key) const {
    return {.legend = {.content = words(key), .classes = "govuk-fieldset__legend--s"}};
  }
  Html one_line(const std::string& name, const char* width) const {
    return input({.name = name,
                  .value = std::string(form.value(name)),
                  .label = {.content = words("profile." + name)},
                  .hint = Hint{.content = words("profile." + name + "_hint")},
                  .error = error(name),
                  .classes = width});
  }

  Html ways() const {
    return checkboxes({.name = "mode",
                       .values = form.values("mode"),
                       .items = {{.value = "in_person", .content = words("profile.mode.in_person")},
                                 {.value = "remote", .content = words("profile.mode.remote")}},
                       .fieldset = titled("profile.mode"),
                       .error = error("mode")});
  }

  Html day(int number) const {
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

  Html times() const {
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
    const Described around =
        described("week", "", Hint{.content = words("profile.time_hint")}, error("time"));
    Fieldset whole = titled("profile.time");
    whole.described_by = around.by;
    whole.content = around.content + el("div", {cls("kith-week")}, days);
    return form_group({{}, error("time").has_value()}, fieldset(whole));
  }

  Html area() const {
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

  Html distance() const {
    return input({.name = "travel",
                  .value = std::string(form.value("travel")),
                  .label = {.content = words("profile.travel")},
                  .hint = Hint{.content = words("profile.travel_hint")},
                  .error = error("travel"),
                  .classes = "govuk-input--width-4",
                  .inputmode = "numeric",
                  .suffix = Affix{.content = words("profile.kilometres")}});
  }

  Html boxes_of(const std::string& criterion, std::span<const std::string_view> choices) const {
    Choices part{.name = "v_" + criterion,
                 .values = form.values("v_" + criterion),
                 .fieldset = Fieldset{.legend = {.content = words("profile.wanted." + criterion)}},
                 .classes = "govuk-checkboxes--small"};
    for (const std::string_view choice : choices)
      part.items.push_back({.value = std::string(choice),
                            .content = words("profile." + criterion + "." + std::string(choice))});
    const Preference* before = preference_on(profile, criterion);
    for (const std::string& code : before ? before->wanted : std::vector<std::string>())
      if (std::find(choices.begin(), choices.end(), code) == choices.end())
        part.items.push_back({.value = code, .content = text(matching::Wording(site.words()).code(code))});
    return el("div", {cls("kith-week")}, checkboxes(part));
  }

  Html view_on(const std::string& criterion) const {
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

  Html fields() const {
    Html out = ways() + times() + one_line("languages", "govuk-input--width-20") + area() + distance() +
               one_line("interests", "govuk-input--width-30") + one_line("pronouns", "govuk-input--width-10");
    out += el("h2", {cls("govuk-heading-m")}, words("profile.matters")) +
           el("p", {cls("govuk-body")}, words("profile.matters_about"));
    for (const std::string_view criterion : criteria_of(profile)) out += view_on(std::string(criterion));
    return out;
  }
};

struct Shown {
  int status{200};
  Problems problems{}; // worded
};

std::string path_of(const Call& call, const Person& person) {
  return is_own(call, person) ? "/me/profile" : "/people/" + person.id.text() + "/profile";
}

Html content_of(const Site& site, const Call& call, const FormView& view, const Shown& shown) {
  const Person& person = view.profile.person;
  const bool own = is_own(call, person);
  Html content = error_summary_for(site.words(), shown.problems);
  if (shown.status == 409)
    content += inset_text({.content = el("h2", {cls("govuk-heading-s")}, view.words("profile.stale_title")) +
                                      el("p", {cls("govuk-body")}, view.words("profile.stale"))});
  const std::string title =
      own ? site.say("profile.title") : site.say("profile.title_of", {{"name", person.chosen_name}});
  content += el("h1", {cls("govuk-heading-l")}, text(title));
  content += el(
      "p", {cls("govuk-body")},
      text(own ? site.say("profile.about") : site.say("profile.about_of", {{"name", person.chosen_name}})));
  content +=
      el("form", {attr("method", "post"), action(Url(path_of(call, person))), flag("novalidate")},
         site.form_fields(call) + hidden_field("version", std::to_string(person.version)) + view.fields() +
             button({.content = view.words("profile.save"), .prevent_double_click = true}));
  return own ? content : content + new_link_part(site, call, person);
}

// `form` is what the boxes hold: the record's, or what was typed.
Result<http::Response> page_of(const Site& site, Call& call, const FormView& view, const Shown& shown) {
  const bool own = is_own(call, view.profile.person);
  PageView page{.title = site.say("profile.title"),
                .because = own ? "because.person" : "because.coordinator",
                .current = own ? "" : "/people/waiting",
                .content = content_of(site, call, view, shown)};
  TRY_ASSIGN(http::Response response,
             own ? site.person_page(call, std::move(page)) : site.staff_page(call, std::move(page)));
  response.status = shown.status;
  return response;
}

Result<http::Response> show(const Site& site, Call& call, const Person& person) {
  TRY_ASSIGN(const Profile profile, profile_of(call, person));
  return page_of(site, call, {site, profile, form_of(site.words(), profile), {}}, {});
}

Result<std::string> after_saving(Call& call, const Person& person) {
  if (is_own(call, person)) return std::string("/me");
  TRY_ASSIGN(const auto referral, connections::open_referral_of(call.tx, call.scope, person.id));
  if (!referral) return std::string("/today");
  TRY_ASSIGN(const ReferralState state, connections::state_of(call.tx, call.scope, referral->id));
  const bool listed = state == ReferralState::waiting || state == ReferralState::offered;
  return listed ? "/people/" + person.id.text() + "/find" : std::string("/today");
}

Result<http::Response> save(const Site& site, Call& call, const Person& person) {
  TRY_ASSIGN(const Profile profile, profile_of(call, person));
  const ProfileChange change = read_profile(site.words(), profile, call.form);
  const Problems problems = worded(site.words(), "profile", change.problems);
  const FormView view{site, profile, call.form, problems};
  if (!problems.empty()) return page_of(site, call, view, {422, problems});
  if (call.form.value("version") != std::to_string(person.version))
    return page_of(site, call, view, {409, {}});
  call.changed(record::difference(person_description(), &person, &change.person));
  TRY(people::update_person(call.tx, call.scope, change.person));
  if (!change.preferences.empty()) call.changed({"preferences"});
  for (const Preference& preference : change.preferences)
    TRY(people::set_preference(call.tx, call.scope, preference));
  TRY_ASSIGN(const std::string next, after_saving(call, person));
  return http::redirect(next);
}

Result<Person> self(Call& call) {
  return people::load_person(call.tx, call.scope, call.scope.actor().person);
}

} // namespace

void add_profile_routes(auth::RouteTable& table, const Site& site) {
  using auth::AuditClass;
  using auth::By;
  using auth::Idempotency;
  using auth::Role;
  using http::Method;
  const auth::RelationshipRule own{{{Role::person, By::self}}};
  const auth::RelationshipRule coordinators{{{Role::coordinator, By::organisation}}};
  table.add<auth::NoObject>({Method::get, "/me/profile", permission::own_page, own, AuditClass::c4,
                             Idempotency::safe, "What helps find a worker for oneself"},
                            auth::no_object(),
                            [&site](const NoObject&, Call& call) -> Result<http::Response> {
                              TRY_ASSIGN(const Person person, self(call));
                              return show(site, call, person);
                            });
  table.add<auth::NoObject>({Method::post, "/me/profile", permission::own_profile, own, AuditClass::change,
                             Idempotency::keyed, "Change what helps find a worker for oneself"},
                            auth::no_object(),
                            [&site](const NoObject&, Call& call) -> Result<http::Response> {
                              TRY_ASSIGN(const Person person, self(call));
                              return save(site, call, person);
                            });
  table.add<Person>({Method::get, "/people/{id}/profile", permission::profile_read, coordinators,
                     AuditClass::c4, Idempotency::safe, "What helps find a worker for a person"},
                    load_person(), [&site](const Authorised<Person>& person, Call& call) {
                      return show(site, call, *person);
                    });
  table.add<Person>({Method::post, "/people/{id}/profile", permission::profile_change, coordinators,
                     AuditClass::change, Idempotency::keyed, "Change what helps find a worker for a person"},
                    load_person(), [&site](const Authorised<Person>& person, Call& call) {
                      return save(site, call, *person);
                    });
}

} // namespace kith::web
