#include "web/worker_profile.hpp"

#include "base/zones.hpp"
#include "connections/snapshot.hpp"
#include "web/ui/content.hpp"
#include "web/ui/parts.hpp"
#include "workforce/worker_store.hpp"

namespace kith::web {
namespace {

Html open_form(const Site& site, const auth::Call& call, const char* answer) {
  return el("form", {attr("method", "post"), action(Url("/w/open"))},
            site.form_fields(call) + hidden_field("answer", answer) +
                button({.content = text(site.say("own_work.open." + std::string(answer))),
                        .classes = "govuk-button--secondary"}));
}

} // namespace

Profile profile_of(const Worker& worker, std::vector<workforce::Area> areas) {
  Profile profile;
  profile.areas = std::move(areas);
  Person& person = profile.person;
  person.modes = worker.modes;
  person.availability = worker.availability;
  person.languages = worker.languages;
  person.area = worker.area;
  person.east_m = worker.east_m;
  person.north_m = worker.north_m;
  person.travel_m = worker.travel_m;
  person.interests = worker.interests;
  person.pronouns = worker.pronouns;
  return profile;
}

Worker with_answers(Worker worker, const Person& answers) {
  worker.modes = answers.modes;
  worker.availability = answers.availability;
  worker.languages = answers.languages;
  worker.area = answers.area;
  worker.east_m = answers.east_m;
  worker.north_m = answers.north_m;
  worker.travel_m = answers.travel_m;
  worker.interests = answers.interests;
  worker.pronouns = answers.pronouns;
  return worker;
}

bool open_now(const Worker& worker, Date today, int willing_days) {
  return worker.open_to_new && worker.open_on && today - *worker.open_on <= willing_days;
}

Worker with_openness(Worker worker, const Openness& said) {
  const bool stands = open_now(worker, said.today, said.willing_days);
  worker.open_to_new = said.open;
  if (said.open && (said.by_the_worker || !stands)) worker.open_on = said.today;
  return worker;
}

Result<Html> open_card(const Site& site, auth::Call& call, Id<Worker> id) {
  TRY_ASSIGN(const Organisation organisation, teams::load_organisation(call.tx));
  TRY_ASSIGN(const matching::Settings settings, connections::default_settings(call.tx, call.scope));
  TRY_ASSIGN(const Worker worker, workforce::load_worker(call.tx, call.scope, id));
  const Date today = local_date(call.scope.now(), organisation.zone);
  std::string words = site.say(worker.open_to_new ? "own_work.open_never" : "own_work.open_no_words");
  if (worker.open_to_new && worker.open_on) {
    const bool open = open_now(worker, today, settings.willing_days);
    const Date until = *worker.open_on + settings.willing_days;
    words = site.say(open ? "own_work.open_until" : "own_work.open_was",
                     {{"date", long_date(site.words(), until)}});
  }
  return card({.title = site.say("own_work.open"),
               .content = el("p", {cls("govuk-body")}, text(words)) +
                          buttons({.items = {open_form(site, call, "yes"), open_form(site, call, "no")},
                                   .even = true}) +
                          el("p", {cls("govuk-body")},
                             el("a", {href(Url("/w/profile"))}, text(site.say("own_work.change"))))});
}

} // namespace kith::web
