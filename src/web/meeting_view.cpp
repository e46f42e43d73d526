#include "web/meeting_view.hpp"

#include "people/person_store.hpp"
#include "web/ui/content.hpp"
#include "web/ui/parts.hpp"
#include "workforce/worker_store.hpp"

namespace kith::web {

using auth::Call;

Result<Pair> pair_of(Call& call, const Connection& connection) {
  Pair pair;
  TRY_ASSIGN(pair.person, people::load_person(call.tx, call.scope, connection.person));
  TRY_ASSIGN(pair.worker, workforce::load_worker(call.tx, call.scope, connection.worker));
  TRY_ASSIGN(pair.state, connections::state_of(call.tx, call.scope, connection.id));
  TRY_ASSIGN(pair.meeting, connections::first_meeting_of(call.tx, call.scope, connection.id));
  call.shows(connection.person);
  return pair;
}

std::string names_of(const Site& site, const Pair& pair) {
  return site.say("connection.names",
                  {{"person", pair.person.chosen_name}, {"worker", pair.worker.chosen_name}});
}

bool coordinates(const Call& call) { return call.scope.actor().has(auth::Role::coordinator); }

bool may_plan(const Connection& connection, const Call& call) {
  return coordinates(call) || connection.worker == call.scope.actor().worker;
}

std::string connection_path(const Connection& connection) { return "/connections/" + connection.id.text(); }

std::string after_planning(const Connection& connection, const Call& call) {
  return coordinates(call) ? connection_path(connection) : "/w";
}

std::string moment_of(const Site& site, const FirstMeeting& meeting) {
  return moment_words(site.words(), {meeting.local_on, meeting.local_minutes});
}

Html meeting_words(const Site& site, const FirstMeeting& meeting) {
  return el("strong", {}, text(moment_of(site, meeting))) + void_el("br", {}) + text(meeting.location) +
         void_el("br", {}) + text(site.say("connection.introducer", {{"name", meeting.introducer}}));
}

Html meeting_links(const Site& site, const Connection& connection,
                   const std::optional<FirstMeeting>& meeting) {
  if (!meeting) return {};
  const std::string path = connection_path(connection) + "/meeting/";
  const auto link = [&](const char* what, const char* words) {
    return button(
        {.content = text(site.say(words)), .href = Url(path + what), .classes = "govuk-button--secondary"});
  };
  return buttons({.items = {link("change", "meeting.change"), link("cancel", "meeting.cancel")}});
}

} // namespace kith::web
