// The person's own pages: where things stand, the choice, and stopping. At most two required fields a page,
// no red.
#include <algorithm>

#include "base/unicode.hpp"
#include "connections/agreement.hpp"
#include "connections/matching_consent.hpp"
#include "connections/offer_actions.hpp"
#include "connections/referral_actions.hpp"
#include "connections/snapshot.hpp"
#include "connections/task.hpp"
#include "matching/wording.hpp"
#include "web/loaders.hpp"
#include "web/matching_consent.hpp"
#include "web/site.hpp"
#include "web/ui/choices.hpp"
#include "web/ui/content.hpp"
#include "web/ui/parts.hpp"
#include "workforce/worker_store.hpp"

namespace kith::web {
namespace {

using auth::Authorised;
using auth::Call;
using NoObject = Authorised<auth::NoObject>;
using connections::PersonAnswer;

enum class Together : std::uint8_t { not_yet, connected };

Html line(const std::string& words) { return el("p", {cls("govuk-body")}, text(words)); }

Html answer_form(const Site& site, const Call& call, PersonAnswer answer, const std::string& words,
                 const Html& inside) {
  return el("form", {attr("method", "post"), action(Url("/me/choose"))},
            site.form_fields(call) + hidden_field("answer", record::code_of(answer)) + inside +
                button({.content = text(words), .classes = "govuk-button--secondary"}));
}

Html sharing(const Site& site, const std::string& prefix) {
  std::vector<ChoiceItem> items;
  for (const std::string_view piece : connections::shareable_pieces())
    items.push_back({.value = std::string(piece), .content = text(site.say("share." + std::string(piece)))});
  return checkboxes({.name = "share",
                     .id_prefix = "share-" + prefix,
                     .items = std::move(items),
                     .fieldset = Fieldset{.legend = {.content = text(site.say("choose.share"))}}});
}

// What the worker lets this person know of their own life, in the worker's words or else by its name. Until
// both said yes, only what is released to everybody who is asked.
Result<Html> lived_experience(const Site& site, Call& call, Id<Worker> worker, Together together) {
  TRY_ASSIGN(const auto items, workforce::items_of(call.tx, call.scope, worker));
  const matching::Wording wording(site.words());
  Html quotes, lines;
  std::vector<std::string> names;
  names.reserve(items.size());
  for (const WorkerItem& item : items) {
    const bool open = item.release == Release::released ||
                      (item.release == Release::after_agreement && together == Together::connected);
    if (!open) continue;
    if (item.words.empty()) names.push_back(wording.code(item.tag));
    else quotes += quote({.words = item.words});
  }
  if (names.empty()) return quotes;
  std::sort(names.begin(), names.end()); // the same at every visit; a random id gives no order
  for (const std::string& name : names) lines += el("li", {}, text(name));
  return quotes + el("p", {cls("govuk-body")}, text(site.say("choose.lived"))) +
         el("ul", {cls("govuk-list govuk-list--bullet")}, lines);
}

Result<bool> agrees(Call& call) {
  return connections::agrees_to_matching(call.tx, call.scope, call.scope.actor().person);
}

// Whom they could meet; with a button once they agree.
Result<Html> worker_card(const Site& site, Call& call, const Offer& offer, bool agreed) {
  TRY_ASSIGN(const Worker worker, workforce::load_worker(call.tx, call.scope, offer.worker));
  TRY_ASSIGN(const Html experience, lived_experience(site, call, offer.worker, Together::not_yet));
  Html content = line(worker.about) + experience;
  if (agreed)
    content += answer_form(
        site, call, PersonAnswer::this_one, site.say("choose.this_one", {{"name", worker.chosen_name}}),
        hidden_field("offer", offer.id.text()) + sharing(site, offer.id.text().substr(0, 8)));
  return card({.title = worker.chosen_name, .content = std::move(content)});
}

// The worker they chose is asked now; the others are still there when nothing comes of it. The year of their
// yes may have ended meanwhile: nobody is agreed without one, so it is asked for again.
Result<http::Response> chosen_page(const Site& site, Call& call, const Offer& offer) {
  TRY_ASSIGN(const Worker worker, workforce::load_worker(call.tx, call.scope, offer.worker));
  Html content =
      el("h1", {cls("govuk-heading-l")}, text(site.say("choose.chosen", {{"name", worker.chosen_name}})));
  content += line(site.say("choose.chosen_about", {{"name", worker.chosen_name}}));
  TRY_ASSIGN(const bool agreed, agrees(call));
  if (!agreed) content += may_we_still(site, call);
  content += answer_form(site, call, PersonAnswer::not_now, site.say("choose.not_now"), {});
  content += stop_looking(site, call);
  return site.person_page(
      call, {.title = site.say("me.title"), .because = "because.person", .content = std::move(content)});
}

Result<http::Response> choose_page(const Site& site, Call& call, const Referral& referral) {
  TRY_ASSIGN(const auto offers, connections::offers_of_referral(call.tx, call.scope, referral.id));
  TRY_ASSIGN(const bool calls,
             connections::has_open_task(call.tx, call.scope, referral.id.text(), TaskKind::talk_with_person));
  TRY_ASSIGN(const bool agreed, agrees(call));
  const std::string title = site.say(agreed ? "choose.title" : "choose.title_not_yet");
  Html content = el("h1", {cls("govuk-heading-l")}, text(title));
  if (calls) content += inset_text({.content = text(site.say("choose.we_call"))});
  if (!agreed) content += may_we_still(site, call);
  content += line(site.say("choose.about"));
  for (const auto& standing : offers) {
    if (standing.standing.state != OfferState::open || !standing.standing.person_asked) continue;
    TRY_ASSIGN(Html part, worker_card(site, call, standing.offer, agreed));
    content += part;
  }
  std::vector<Html> answers{answer_form(site, call, PersonAnswer::none, site.say("choose.none"), {}),
                            answer_form(site, call, PersonAnswer::not_now, site.say("choose.not_now"), {})};
  if (!calls) answers.push_back(answer_form(site, call, PersonAnswer::talk, site.say("choose.talk"), {}));
  content += buttons({.items = std::move(answers), .even = true});
  content += stop_looking(site, call);
  return site.person_page(call, {.title = title, .because = "because.person", .content = std::move(content)});
}

// Before it begins; no reason is asked.
Html cannot_come(const Site& site, const Call& call, const FirstMeeting& meeting) {
  if (meeting.starts_at <= call.scope.now()) return {};
  return button({.content = text(site.say("me.cannot_come")),
                 .href = Url("/me/meeting/cancel"),
                 .classes = "govuk-button--secondary"});
}

Result<http::Response> connected_page(const Site& site, Call& call, const Connection& connection) {
  TRY_ASSIGN(const Worker worker, workforce::load_worker(call.tx, call.scope, connection.worker));
  TRY_ASSIGN(const auto meeting, connections::first_meeting_of(call.tx, call.scope, connection.id));
  Html content =
      el("h1", {cls("govuk-heading-l")}, text(site.say("me.hello", {{"name", call.scope.actor().name}})));
  content += who({.initial = std::string(first_character(worker.chosen_name)),
                  .title = site.say("me.worker", {{"name", worker.chosen_name}}),
                  .about = worker.about});
  if (meeting)
    content +=
        card({.title = site.say("me.meeting"),
              .content = el("p", {cls("kith-when")},
                            text(moment_words(site.words(), {meeting->local_on, meeting->local_minutes}))) +
                         line(meeting->location) +
                         line(site.say("meeting.introducer", {{"name", meeting->introducer}})) +
                         cannot_come(site, call, *meeting),
              .classes = "kith-card--tint"});
  else content += line(site.say("me.no_meeting"));
  TRY_ASSIGN(const Html experience, lived_experience(site, call, connection.worker, Together::connected));
  if (!experience.empty())
    content +=
        el("h2", {cls("govuk-heading-m")}, text(site.say("me.from_worker", {{"name", worker.chosen_name}}))) +
        experience;
  return site.person_page(
      call, {.title = site.say("me.title"), .because = "because.person", .content = std::move(content)});
}

// While nobody is found yet: that we look, or what we still need before we can, first of all a yes.
Result<Html> waiting_words(const Site& site, Call& call) {
  TRY_ASSIGN(const Person person, people::load_person(call.tx, call.scope, call.scope.actor().person));
  TRY_ASSIGN(const bool agreed, agrees(call));
  const auto missing = connections::missing_for_matching(person);
  const Html profile = choice_links({{.words = site.say("profile.title"), .href = Url("/me/profile")}});
  if (missing.empty() && agreed) return line(site.say("me.waiting")) + profile + stop_looking(site, call);
  Html content = line(site.say("me.on_the_list"));
  if (!agreed) content += may_we_look(site, call);
  if (missing.empty()) return content + profile;
  const std::string words = matching::Wording(site.words()).missing(missing);
  content +=
      card({.title = site.say("profile.title"),
            .content = line(site.say("me.missing", {{"missing", words}})) +
                       button({.content = text(site.say("profile.fill_in")), .href = Url("/me/profile")}),
            .classes = "kith-card--tint"});
  return agreed ? content + stop_looking(site, call) : content;
}

Result<http::Response> own_page(const Site& site, Call& call) {
  const Id<Person> person = call.scope.actor().person;
  TRY_ASSIGN(const auto connection, connections::live_connection_of(call.tx, call.scope, person));
  if (connection) return connected_page(site, call, *connection);
  TRY_ASSIGN(const auto referral, connections::open_referral_of(call.tx, call.scope, person));
  if (referral) {
    TRY_ASSIGN(const auto offers, connections::offers_of_referral(call.tx, call.scope, referral->id));
    const auto chosen =
        std::find_if(offers.begin(), offers.end(), [](const auto& o) { return o.standing.chosen(); });
    if (chosen != offers.end()) return chosen_page(site, call, chosen->offer);
    const bool asked = std::any_of(offers.begin(), offers.end(), [](const auto& o) {
      return o.standing.state == OfferState::open && o.standing.person_asked;
    });
    if (asked) return choose_page(site, call, *referral);
  }
  Html content =
      el("h1", {cls("govuk-heading-l")}, text(site.say("me.hello", {{"name", call.scope.actor().name}})));
  if (referral) {
    TRY_ASSIGN(const Html about, waiting_words(site, call));
    content += about;
  } else content += line(site.say("me.nothing"));
  return site.person_page(
      call, {.title = site.say("me.title"), .because = "because.person", .content = std::move(content)});
}

Result<http::Response> post_choice(Call& call) {
  TRY_ASSIGN(const auto referral,
             connections::open_referral_of(call.tx, call.scope, call.scope.actor().person));
  if (!referral) return conflict("offer.closed");
  const auto answer = record::parse_code<PersonAnswer>(call.form.value("answer"));
  if (!answer) return invalid("offer.answer");
  connections::PersonReply reply{referral->id, *answer, {}, {}};
  if (const auto offer = Id<Offer>::parse(call.form.value("offer"))) reply.offer = *offer;
  const auto pieces = connections::shareable_pieces();
  for (const std::string& piece : call.form.values("share"))
    if (std::find(pieces.begin(), pieces.end(), piece) != pieces.end()) reply.shares.push_back(piece);
  TRY(connections::answer_as_person(call.tx, call.scope, reply));
  return http::redirect("/me");
}

Result<http::Response> stop_page(const Site& site, Call& call) {
  Html content = el("h1", {cls("govuk-heading-l")}, text(site.say("stop.title")));
  content += line(site.say("stop.about"));
  content += el("form", {attr("method", "post"), action(Url("/me/stop"))},
                site.form_fields(call) + button({.content = text(site.say("stop.go"))}));
  return site.person_page(
      call, {.title = site.say("stop.title"), .because = "because.person", .content = std::move(content)});
}

} // namespace

void add_person_routes(auth::RouteTable& table, const Site& site) {
  using auth::AuditClass;
  using auth::Idempotency;
  using http::Method;
  const auth::RelationshipRule own{{{auth::Role::person, auth::By::self}}};
  table.add<auth::NoObject>({Method::get, "/me", permission::own_page, own, AuditClass::c4, Idempotency::safe,
                             "A person's own page"},
                            auth::no_object(),
                            [&site](const NoObject&, Call& call) { return own_page(site, call); });
  table.add<auth::NoObject>({Method::post, "/me/choose", permission::own_choice, own, AuditClass::change,
                             Idempotency::keyed, "Answer a choice of workers"},
                            auth::no_object(), [](const NoObject&, Call& call) { return post_choice(call); });
  table.add<auth::NoObject>({Method::get, "/me/stop", permission::own_page, own, AuditClass::c3,
                             Idempotency::safe, "Stop taking part: what it means"},
                            auth::no_object(),
                            [&site](const NoObject&, Call& call) { return stop_page(site, call); });
  table.add<auth::NoObject>({Method::post, "/me/stop", permission::own_withdrawal, own, AuditClass::change,
                             Idempotency::keyed, "Stop taking part"},
                            auth::no_object(), [](const NoObject&, Call& call) -> Result<http::Response> {
                              TRY(connections::withdraw(call.tx, call.scope, call.scope.actor().person));
                              return http::redirect("/me");
                            });
}

} // namespace kith::web
