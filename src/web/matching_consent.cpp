#include "web/matching_consent.hpp"

#include <algorithm>

#include "base/zones.hpp"
#include "connections/matching_consent.hpp"
#include "web/loaders.hpp"
#include "web/ui/choices.hpp"
#include "web/ui/content.hpp"
#include "web/ui/inputs.hpp"
#include "web/ui/parts.hpp"

namespace kith::web {
namespace {

using auth::Authorised;
using auth::Call;
using NoObject = Authorised<auth::NoObject>;
using Problems = std::vector<FieldProblem>;

constexpr std::string_view ways[] = {"said_to_staff", "written"};

Html line(const std::string& words) { return el("p", {cls("govuk-body")}, text(words)); }

Html own_form(const Site& site, const Call& call, const char* answer, const Button& with) {
  return el("form", {attr("method", "post"), action(Url("/me/matching"))},
            site.form_fields(call) + hidden_field("answer", answer) + button(with));
}

struct Filled {
  std::string how{};
  DateValues on{};
  bool again{};
  Problems problems{}; // worded
};

Html agreement_form(const Site& site, const Call& call, const Person& person, const Filled& filled) {
  Choices how{.name = "how",
              .values = {filled.how},
              .fieldset = Fieldset{.legend = {.content = text(site.say("agreed.how"))}},
              .error = error_for(site.words(), filled.problems, "how"),
              .classes = "govuk-radios--small"};
  for (const std::string_view way : ways)
    how.items.push_back(
        {.value = std::string(way), .content = text(site.say("agreed.how." + std::string(way)))});
  DateInput on = date_input_for(site.words(), "on", filled.on);
  on.fieldset = Fieldset{.legend = {.content = text(site.say("agreed.on"))}};
  on.error = error_for(site.words(), filled.problems, "on-day");
  const auto which_came_last = error_for(site.words(), filled.problems, "again");
  Html again; // only when the day alone does not tell
  if (which_came_last || filled.again)
    again = checkboxes({.name = "again",
                        .values = {filled.again ? "yes" : ""},
                        .items = {{.value = "yes", .content = text(site.say("agreed.again"))}},
                        .error = which_came_last,
                        .classes = "govuk-checkboxes--small"});
  return el(
      "form",
      {attr("method", "post"), action(Url("/people/" + person.id.text() + "/matching")), flag("novalidate")},
      site.form_fields(call) + radios(how) + date_input(on) + again +
          button({.content = text(site.say("agreed.save")),
                  .classes = "govuk-button--secondary",
                  .prevent_double_click = true}));
}

Html agreement_card(const Site& site, const Call& call, const Person& person, const Filled& filled) {
  return card({.title = site.say("agreed.missing", {{"name", person.chosen_name}}),
               .content = line(site.say("agreed.about")) + agreement_form(site, call, person, filled),
               .classes = "kith-card--tint"});
}

Result<http::Response> post_own(Call& call) {
  const std::string_view answer = call.form.value("answer");
  const Id<Person> person = call.scope.actor().person;
  if (answer == "yes")
    TRY(connections::agree_to_matching(call.tx, call.scope, {person, Captured::self, {}, {}}));
  else if (answer == "no") TRY(connections::withdraw_from_matching(call.tx, call.scope, person));
  else return invalid("consent.answer");
  return http::redirect("/me");
}

Result<http::Response> refused_page(const Site& site, const Person& person, Call& call,
                                    const Filled& filled) {
  const std::string title = site.say("agreed.missing", {{"name", person.chosen_name}});
  TRY_ASSIGN(http::Response response,
             site.staff_page(call, {.title = title,
                                    .because = "because.coordinator",
                                    .current = "/people/waiting",
                                    .content = error_summary_for(site.words(), filled.problems) +
                                               el("h1", {cls("govuk-heading-l")}, text(title)) +
                                               line(site.say("agreed.about")) +
                                               agreement_form(site, call, person, filled)}));
  response.status = 422;
  return response;
}

Result<http::Response> post_told(const Site& site, const Authorised<Person>& person, Call& call) {
  Filled filled{std::string(call.form.value("how")),
                {std::string(call.form.value("on-day")), std::string(call.form.value("on-month")),
                 std::string(call.form.value("on-year"))},
                call.form.value("again") == "yes",
                {}};
  connections::MatchingAgreement agreement{person->id, Captured::said_to_staff, read_day(filled.on),
                                           filled.again};
  Problems problems;
  if (std::find(std::begin(ways), std::end(ways), filled.how) == std::end(ways))
    problems.push_back({"how", "required"});
  else agreement.captured = *record::parse_code<Captured>(filled.how);
  const bool today = filled.on.day.empty() && filled.on.month.empty() && filled.on.year.empty();
  if (!agreement.on && !today) problems.push_back({"on-day", "not_a_date"});
  if (problems.empty()) {
    const Done done = connections::agree_to_matching(call.tx, call.scope, agreement);
    if (done.ok()) return http::redirect("/people/" + person->id.text() + "/find");
    if (done.failure().fault != Fault::invalid) return done.failure();
    for (const FieldProblem& problem : done.failure().fields)
      problems.push_back({problem.field == "on" ? "on-day" : problem.field, problem.code});
  }
  filled.problems = worded(site.words(), "agreed", problems);
  return refused_page(site, *person, call, filled);
}

struct Asking {
  std::string_view title{};
  std::string_view about{};
  std::string_view yes{};
};

Html ask(const Site& site, const Call& call, const Asking& words) {
  return card({.title = site.say(words.title),
               .content = line(site.say(words.about)) +
                          own_form(site, call, "yes", {.content = text(site.say(words.yes))}),
               .classes = "kith-card--tint"});
}

} // namespace

Html may_we_look(const Site& site, const Call& call) {
  return ask(site, call, {"me.may_we_look", "me.may_we_look_about", "me.look"});
}

Html may_we_still(const Site& site, const Call& call) {
  return ask(site, call, {"me.yes_over", "me.yes_over_about", "me.yes_again"});
}

Html stop_looking(const Site& site, const Call& call) {
  return details({.summary = text(site.say("me.stop_looking")),
                  .content = line(site.say("me.stop_looking_about")) +
                             own_form(site, call, "no",
                                      {.content = text(site.say("me.stop_looking_go")),
                                       .classes = "govuk-button--secondary"})});
}

Html not_agreed(const Site& site, const Call& call, const Person& person, Date today) {
  return agreement_card(site, call, person, {.on = boxes_of(today)});
}

void add_matching_consent_routes(auth::RouteTable& table, const Site& site) {
  using auth::AuditClass;
  using auth::Idempotency;
  using http::Method;
  const auth::RelationshipRule own{{{auth::Role::person, auth::By::self}}};
  const auth::RelationshipRule coordinators{{{auth::Role::coordinator, auth::By::organisation}}};
  table.add<auth::NoObject>({Method::post, "/me/matching", permission::own_consent, own, AuditClass::change,
                             Idempotency::keyed, "Agree to be matched, or take it back"},
                            auth::no_object(), [](const NoObject&, Call& call) { return post_own(call); });
  table.add<Person>({Method::post, "/people/{id}/matching", permission::consent_record, coordinators,
                     AuditClass::change, Idempotency::keyed, "Record that a person agreed to be matched"},
                    load_person(), [&site](const Authorised<Person>& person, Call& call) {
                      return post_told(site, person, call);
                    });
}

} // namespace kith::web
