// The peer worker's home: offers waiting for an answer, and current connections with what each person shares.
#include <algorithm>

#include "connections/agreement.hpp"
#include "connections/offer_actions.hpp"
#include "matching/explanation.hpp"
#include "matching/explanation_json.hpp"
#include "matching/wording.hpp"
#include "web/loaders.hpp"
#include "web/meeting_view.hpp"
#include "web/site.hpp"
#include "web/ui/content.hpp"
#include "web/ui/parts.hpp"
#include "web/worker_profile.hpp"

namespace kith::web {
namespace {

using auth::Authorised;
using auth::Call;

Html answer_button(const Site& site, const Call& call, const Offer& offer, connections::WorkerAnswer answer) {
  const std::string code(record::code_of(answer));
  return el(
      "form", {attr("method", "post"), action(Url("/offers/" + offer.id.text() + "/answer"))},
      site.form_fields(call) + hidden_field("answer", code) +
          button({.content = text(site.say("worker.answer." + code)), .classes = "govuk-button--secondary"}));
}

Html offer_card(const Site& site, const Call& call, const connections::StandingOffer& standing,
                Date answer_by) {
  const matching::Wording wording(site.words());
  Html reasons;
  if (const auto explanation = matching::parse_explanation(standing.offer.explanation); explanation.ok())
    for (const std::string& line : wording.sentences(matching::for_both(explanation.value())))
      reasons += el("li", {}, text(line));
  Html content;
  if (!standing.standing.worker_said_yes)
    content += el("p", {cls("govuk-body")},
                  text(site.say("worker.answer_by", {{"date", long_date(site.words(), answer_by)}})));
  content += el("ul", {cls("govuk-list govuk-list--bullet")}, reasons);
  if (standing.standing.worker_said_yes)
    content += el("p", {cls("govuk-body")}, text(site.say("worker.said_yes")));
  else
    content += buttons({.items = {answer_button(site, call, standing.offer, connections::WorkerAnswer::yes),
                                  answer_button(site, call, standing.offer, connections::WorkerAnswer::no),
                                  answer_button(site, call, standing.offer, connections::WorkerAnswer::talk)},
                        .even = true});
  return card({.title = site.say("worker.offer_title"), .content = std::move(content)});
}

std::string words_of(const Site& site, const std::vector<std::string>& codes) {
  const matching::Wording wording(site.words());
  std::vector<std::string> out;
  out.reserve(codes.size());
  for (const std::string& code : codes) out.push_back(wording.code(code));
  return wording.list(out);
}

// Only what the person chose to share, and only while the connection lives.
Result<Html> connection_card(const Site& site, Call& call, const Connection& connection) {
  call.shows(connection.person);
  TRY_ASSIGN(const Person person, people::load_person(call.tx, call.scope, connection.person));
  TRY_ASSIGN(const auto shared, connections::shared_with_worker(call.tx, call.scope, connection.person));
  TRY_ASSIGN(const auto meeting, connections::first_meeting_of(call.tx, call.scope, connection.id));
  const auto shares = [&](const char* piece) {
    return std::find(shared.begin(), shared.end(), piece) != shared.end();
  };
  Html content;
  if (meeting)
    content +=
        el("p", {cls("govuk-body kith-when")},
           text(moment_words(site.words(), {meeting->local_on, meeting->local_minutes}))) +
        el("p", {cls("govuk-body")}, text(meeting->location)) +
        el("p", {cls("govuk-body")}, text(site.say("meeting.introducer", {{"name", meeting->introducer}})));
  if (shares("pronouns") && !person.pronouns.empty())
    content += el("p", {cls("govuk-body")}, text(person.pronouns));
  if (shares("own_words")) {
    TRY_ASSIGN(const Referral referral, connections::load_referral(call.tx, call.scope, connection.referral));
    if (!referral.own_words.empty()) content += quote({.words = referral.own_words});
  }
  if (shares("contact"))
    content += el("p", {cls("govuk-body")},
                  text(person.contact_way == ContactWay::email ? person.email : person.phone));
  if (shares("interests") && !person.interests.empty())
    content += el("p", {cls("govuk-body")},
                  text(site.say("worker.interests", {{"interests", words_of(site, person.interests)}})));
  if (shares("access_needs") && !person.access_needs.empty())
    content +=
        el("p", {cls("govuk-body")}, text(site.say("worker.access_needs", {{"needs", person.access_needs}})));
  content += meeting_links(site, connection, meeting);
  if (!meeting)
    content += button({.content = text(site.say("meeting.plan")),
                       .href = Url("/connections/" + connection.id.text() + "/meeting"),
                       .classes = "govuk-button--secondary"});
  return card({.title = person.chosen_name, .content = std::move(content)});
}

Result<http::Response> home(const Site& site, Call& call) {
  const Id<Worker> worker = call.scope.actor().worker;
  TRY_ASSIGN(const Organisation organisation, teams::load_organisation(call.tx));
  TRY_ASSIGN(const auto offers, connections::offers_of_worker(call.tx, call.scope, worker));
  TRY_ASSIGN(const auto live, connections::connections_of_worker(call.tx, call.scope, worker));
  Html content = el("h1", {cls("govuk-heading-l")}, text(site.say("worker.title")));
  bool any = false;
  for (const auto& standing : offers) {
    if (!standing.standing.worker_asked) continue;
    any = true;
    call.shows(standing.offer.person);
    content += offer_card(site, call, standing, connections::worker_answers_by(standing, organisation));
  }
  if (!any) content += el("p", {cls("govuk-body")}, text(site.say("worker.no_offers")));
  content += el("h2", {cls("govuk-heading-m")}, text(site.say("worker.people")));
  for (const Connection& connection : live) {
    TRY_ASSIGN(Html part, connection_card(site, call, connection));
    content += part;
  }
  if (live.empty()) content += el("p", {cls("govuk-body")}, text(site.say("worker.no_people")));
  TRY_ASSIGN(const Html open, open_card(site, call, worker));
  content += open + choice_links({{.words = site.say("story.title"), .href = Url("/w/story")}});
  return site.staff_page(call, {.title = site.say("worker.title"),
                                .because = "because.worker",
                                .current = "/today",
                                .content = std::move(content)});
}

Result<http::Response> post_answer(const Authorised<Offer>& offer, Call& call) {
  const auto answer = record::parse_code<connections::WorkerAnswer>(call.form.value("answer"));
  if (!answer) return invalid("offer.answer");
  TRY(connections::answer_as_worker(call.tx, call.scope, *offer, *answer));
  return http::redirect("/w");
}

} // namespace

void add_worker_routes(auth::RouteTable& table, const Site& site) {
  using auth::AuditClass;
  using auth::By;
  using auth::Idempotency;
  using auth::Role;
  using http::Method;
  table.add<auth::NoObject>(
      {Method::get,
       "/w",
       permission::worker_home,
       {{{Role::peer_worker, By::own_worker}}},
       AuditClass::c4,
       Idempotency::safe,
       "A worker's offers and people"},
      auth::no_object(), [&site](const Authorised<auth::NoObject>&, Call& call) { return home(site, call); });
  table.add<Offer>({Method::post,
                    "/offers/{id}/answer",
                    permission::offer_answer,
                    {{{Role::peer_worker, By::offered}}},
                    AuditClass::change,
                    Idempotency::keyed,
                    "Answer an offer as the worker"},
                   load_offer(),
                   [](const Authorised<Offer>& offer, Call& call) { return post_answer(offer, call); });
}

} // namespace kith::web
