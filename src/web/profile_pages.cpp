// "What helps us find somebody": a person's own page and the coordinator's about them. One form, two frames.
// A form that another one overtook is shown again with what was typed, and saves at the second try.
#include <algorithm>

#include "connections/connection_store.hpp"
#include "web/loaders.hpp"
#include "web/profile_fields.hpp"
#include "web/site.hpp"
#include "web/spent_link.hpp"
#include "web/ui/content.hpp"
#include "web/ui/parts.hpp"

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

struct Shown {
  int status{200};
  Problems problems{}; // worded
};

std::string path_of(const Call& call, const Person& person) {
  return is_own(call, person) ? "/me/profile" : "/people/" + person.id.text() + "/profile";
}

Html content_of(const Site& site, const Call& call, const ProfileFields& view, const Shown& shown) {
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
  content += el("form", {attr("method", "post"), action(Url(path_of(call, person))), flag("novalidate")},
                site.form_fields(call) + hidden_field("version", std::to_string(person.version)) +
                    view.fields_of_person() +
                    button({.content = view.words("profile.save"), .prevent_double_click = true}));
  return own ? content : content + new_link_part(site, call, person);
}

// `form` is what the boxes hold: the record's, or what was typed.
Result<http::Response> page_of(const Site& site, Call& call, const ProfileFields& view, const Shown& shown) {
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
  const ProfileFields view{site, profile, call.form, problems};
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
