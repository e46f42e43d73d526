// What matching goes by of a peer worker: the worker's own page, the coordinator's about them, one press to
// say that one is still open to new connections, and the team with the places of each. A form that another
// one overtook is shown again with what was typed, and saves at the second try.
#include "base/text.hpp"
#include "base/zones.hpp"
#include "connections/snapshot.hpp"
#include "web/loaders.hpp"
#include "web/profile_fields.hpp"
#include "web/ui/choices.hpp"
#include "web/ui/content.hpp"
#include "web/ui/inputs.hpp"
#include "web/ui/tables.hpp"
#include "web/worker_profile.hpp"
#include "workforce/worker_store.hpp"

namespace kith::web {
namespace {

using auth::Authorised;
using auth::By;
using auth::Call;
using auth::Role;
using NoObject = Authorised<auth::NoObject>;
using Problems = std::vector<FieldProblem>;

constexpr std::int64_t places_most = 50; // of one worker; more is a slip of the finger

Html line(const std::string& words) { return el("p", {cls("govuk-body")}, text(words)); }

// The worker of a page, whose page it is, and what its rows choose from.
struct Subject {
  Worker worker{};
  Places places{};
  Profile profile{};
  Date today{};
  int willing_days{};
  bool own{};                       // the worker reads it; otherwise a coordinator
  connections::AskedLately asked{}; // told to the coordinator
};

struct Shown {
  http::Form form{};
  int status{200};
  Problems problems{}; // worded
};

Result<Subject> subject_of(Call& call, const Worker& worker) {
  Subject subject;
  subject.worker = worker;
  subject.own = call.scope.actor().worker == worker.id;
  TRY_ASSIGN(const Organisation organisation, teams::load_organisation(call.tx));
  TRY_ASSIGN(const matching::Settings settings, connections::default_settings(call.tx, call.scope));
  subject.today = local_date(call.scope.now(), organisation.zone);
  subject.willing_days = settings.willing_days;
  TRY_ASSIGN(subject.places, workforce::places_of(call.tx, call.scope, worker.id));
  TRY_ASSIGN(subject.asked, connections::asked_lately(call.tx, call.scope, worker.id));
  TRY_ASSIGN(auto areas, workforce::known_areas(call.tx, call.scope));
  subject.profile =
      profile_of(worker, subject.own ? workforce::areas_of_several(std::move(areas)) : std::move(areas));
  return subject;
}

http::Form form_of(const Site& site, const Subject& subject) {
  http::Form form = form_of(site.words(), subject.profile);
  const bool open = open_now(subject.worker, subject.today, subject.willing_days);
  if (open || !subject.worker.open_to_new) form.parameters.push_back({"open", open ? "yes" : "no"});
  form.parameters.push_back({"places", std::to_string(subject.places.agreed)});
  return form;
}

Html open_part(const Site& site, const Shown& shown) {
  return radios({.name = "open",
                 .values = {std::string(shown.form.value("open"))},
                 .items = {{.value = "yes", .content = text(site.say("own_work.open.yes"))},
                           {.value = "no", .content = text(site.say("own_work.open.no"))}},
                 .fieldset = Fieldset{.legend = {.content = text(site.say("own_work.open")),
                                                 .classes = "govuk-fieldset__legend--s"}},
                 .error = error_for(site.words(), shown.problems, "open")});
}

// A no is told to the coordinator beside the places, as what it may be a sign of.
Html load_part(const Site& site, const Subject& subject) {
  if (subject.own || subject.asked.said_no == 0) return {}; // a yes to everything is nothing to note
  return inset_text(
      {.content = line(site.say("team.asked", {{"name", subject.worker.chosen_name},
                                               {"days", std::to_string(connections::asked_lately_days)},
                                               {"asked", std::to_string(subject.asked.asked)},
                                               {"no", std::to_string(subject.asked.said_no)}})) +
                  line(site.say("team.asked_means"))});
}

// Places are agreed between the two; the worker reads them, the coordinator writes them down.
Html places_part(const Site& site, const Subject& subject, const Shown& shown) {
  if (subject.own)
    return line(site.say("own_work.places", {{"count", std::to_string(subject.places.agreed)}}));
  return input({.name = "places",
                .value = std::string(shown.form.value("places")),
                .label = {.content = text(site.say("team.places_agreed"))},
                .hint = Hint{.content = text(site.say("team.places_hint"))},
                .error = error_for(site.words(), shown.problems, "places"),
                .classes = "govuk-input--width-4",
                .inputmode = "numeric"});
}

std::string path_of(const Subject& subject) {
  return subject.own ? "/w/profile" : "/workers/" + subject.worker.id.text() + "/profile";
}

Result<http::Response> page_of(const Site& site, Call& call, const Subject& subject, const Shown& shown) {
  const ProfileFields rows{site, subject.profile, shown.form, shown.problems, "own_work."};
  Html content = error_summary_for(site.words(), shown.problems);
  if (shown.status == 409)
    content += inset_text({.content = el("h2", {cls("govuk-heading-s")}, rows.words("profile.stale_title")) +
                                      el("p", {cls("govuk-body")}, rows.words("profile.stale"))});
  const std::string title = subject.own ? site.say("own_work.title")
                                        : site.say("team.profile", {{"name", subject.worker.chosen_name}});
  content += el("h1", {cls("govuk-heading-l")}, text(title)) +
             line(site.say(subject.own ? "own_work.about" : "team.profile_about")) + load_part(site, subject);
  if (subject.own)
    content += el("p", {cls("govuk-body")}, el("a", {href(Url("/w/story"))}, text(site.say("story.title"))));
  content += el("form", {attr("method", "post"), action(Url(path_of(subject))), flag("novalidate")},
                site.form_fields(call) + hidden_field("version", std::to_string(subject.worker.version)) +
                    open_part(site, shown) + places_part(site, subject, shown) + rows.fields_of_worker() +
                    button({.content = text(site.say("profile.save")), .prevent_double_click = true}));
  TRY_ASSIGN(http::Response response,
             site.staff_page(call, {.title = title,
                                    .because = subject.own ? "because.worker" : "because.coordinator",
                                    .current = subject.own ? "/today" : "/team",
                                    .content = std::move(content)}));
  response.status = shown.status;
  return response;
}

Result<http::Response> show(const Site& site, Call& call, const Worker& worker) {
  TRY_ASSIGN(const Subject subject, subject_of(call, worker));
  return page_of(site, call, subject, {form_of(site, subject)});
}

// The places of the form; fewer than are taken would leave somebody without one.
std::optional<int> places_in(const http::Form& form, const Places& now, Problems& problems) {
  const auto typed = parse_integer(trim(form.value("places")));
  const bool some = typed && *typed >= 0 && *typed <= places_most;
  if (!some) problems.push_back({"places", "not_a_count"});
  else if (*typed < now.live + now.reserved) problems.push_back({"places", "taken"});
  else return static_cast<int>(*typed);
  return std::nullopt;
}

Result<http::Response> save(const Site& site, Call& call, const Worker& worker) {
  TRY(workforce::touch_places(call.tx, call.scope, worker.id)); // before counting those that are taken
  TRY_ASSIGN(const Subject subject, subject_of(call, worker));
  ProfileChange change = read_profile(site.words(), subject.profile, call.form);
  Problems found;
  const std::string_view open = call.form.value("open");
  if (open != "yes" && open != "no") found.push_back({"open", "required"});
  std::optional<int> agreed;
  if (!subject.own) agreed = places_in(call.form, subject.places, found);
  found.insert(found.end(), change.problems.begin(), change.problems.end());
  const Problems problems = worded(site.words(), "profile", found);
  if (!problems.empty()) return page_of(site, call, subject, {call.form, 422, problems});
  if (call.form.value("version") != std::to_string(worker.version))
    return page_of(site, call, subject, {call.form, 409, {}});
  Worker changed = with_answers(worker, change.person);
  changed =
      with_openness(std::move(changed), {open == "yes", subject.own, subject.today, subject.willing_days});
  TRY(workforce::update_worker(call.tx, call.scope, changed));
  if (agreed) TRY(workforce::set_places_agreed(call.tx, call.scope, {worker.id, *agreed, 0, 0}));
  return http::redirect(subject.own ? "/w" : "/team");
}

Result<Worker> self(Call& call) {
  return workforce::load_worker(call.tx, call.scope, call.scope.actor().worker);
}

Result<http::Response> post_open(Call& call) {
  const std::string_view answer = call.form.value("answer");
  if (answer != "yes" && answer != "no") return invalid("worker.open");
  TRY_ASSIGN(const Organisation organisation, teams::load_organisation(call.tx));
  TRY_ASSIGN(Worker worker, self(call));
  worker.open_to_new = answer == "yes";
  if (worker.open_to_new) worker.open_on = local_date(call.scope.now(), organisation.zone);
  TRY(workforce::update_worker(call.tx, call.scope, worker));
  return http::redirect("/w");
}

// ---- the team, by name and never by load ----

Result<http::Response> team_page(const Site& site, Call& call) {
  TRY_ASSIGN(const Organisation organisation, teams::load_organisation(call.tx));
  TRY_ASSIGN(const matching::Settings settings, connections::default_settings(call.tx, call.scope));
  TRY_ASSIGN(const auto workers, workforce::all_workers(call.tx, call.scope));
  TRY_ASSIGN(const auto all, workforce::all_places(call.tx, call.scope));
  const Date today = local_date(call.scope.now(), organisation.zone);
  Table list{.caption = site.say("team.title"), .caption_classes = "govuk-visually-hidden"};
  for (const char* key : {"team.name", "team.places", "team.open"})
    list.head.push_back({.content = text(site.say(key))});
  list.first_cell_is_header = true;
  for (const Worker& worker : workers) {
    if (!worker.active) continue;
    Places places;
    for (const Places& each : all)
      if (each.worker == worker.id) places = each;
    const bool open = open_now(worker, today, settings.willing_days);
    const std::string since =
        worker.open_on ? long_date(site.words(), *worker.open_on) : site.say("team.never");
    list.rows.push_back(
        {{.content =
              el("a", {href(Url("/workers/" + worker.id.text() + "/profile"))}, text(worker.chosen_name))},
         {.content = text(site.say("team.places_are", {{"agreed", std::to_string(places.agreed)},
                                                       {"live", std::to_string(places.live)},
                                                       {"reserved", std::to_string(places.reserved)}}))},
         {.content = text(site.say(open                 ? "team.is_open"
                                   : worker.open_to_new ? "team.not_said"
                                                        : "team.not_open",
                                   {{"date", since}}))}});
  }
  Html content = el("h1", {cls("govuk-heading-l")}, text(site.say("team.title"))) +
                 line(site.say("team.about", {{"days", std::to_string(settings.willing_days)}}));
  content += list.rows.empty() ? line(site.say("team.nobody")) : table(list);
  return site.staff_page(call, {.title = site.say("team.title"),
                                .because = "because.coordinator",
                                .current = "/team",
                                .content = std::move(content)});
}

} // namespace

void add_worker_profile_routes(auth::RouteTable& table, const Site& site) {
  using auth::AuditClass;
  using auth::Idempotency;
  using http::Method;
  const auth::RelationshipRule own{{{Role::peer_worker, By::own_worker}}};
  const auth::RelationshipRule coordinators{{{Role::coordinator, By::organisation}}};
  table.add<auth::NoObject>({Method::get, "/w/profile", permission::worker_home, own, AuditClass::c3,
                             Idempotency::safe, "What matching goes by of oneself as a worker"},
                            auth::no_object(),
                            [&site](const NoObject&, Call& call) -> Result<http::Response> {
                              TRY_ASSIGN(const Worker worker, self(call));
                              return show(site, call, worker);
                            });
  table.add<auth::NoObject>({Method::post, "/w/profile", permission::own_work, own, AuditClass::change,
                             Idempotency::keyed, "Change what matching goes by of oneself as a worker"},
                            auth::no_object(),
                            [&site](const NoObject&, Call& call) -> Result<http::Response> {
                              TRY_ASSIGN(const Worker worker, self(call));
                              return save(site, call, worker);
                            });
  table.add<auth::NoObject>({Method::post, "/w/open", permission::own_work, own, AuditClass::change,
                             Idempotency::keyed, "Say whether one is open to new connections"},
                            auth::no_object(), [](const NoObject&, Call& call) { return post_open(call); });
  table.add<auth::NoObject>({Method::get, "/team", permission::team_read, coordinators, AuditClass::c3,
                             Idempotency::safe, "The peer workers and their places"},
                            auth::no_object(),
                            [&site](const NoObject&, Call& call) { return team_page(site, call); });
  table.add<Worker>({Method::get, "/workers/{id}/profile", permission::team_read, coordinators,
                     AuditClass::c3, Idempotency::safe, "What matching goes by of a worker"},
                    load_worker(), [&site](const Authorised<Worker>& worker, Call& call) {
                      return show(site, call, *worker);
                    });
  table.add<Worker>({Method::post, "/workers/{id}/profile", permission::team_change, coordinators,
                     AuditClass::change, Idempotency::keyed, "Change what matching goes by of a worker"},
                    load_worker(), [&site](const Authorised<Worker>& worker, Call& call) {
                      return save(site, call, *worker);
                    });
}

} // namespace kith::web
