// Offering a choice: every message as it will go out, the day to answer by, and then the offers themselves;
// and taking open offers back.
#include <algorithm>

#include "base/zones.hpp"
#include "connections/offer_actions.hpp"
#include "connections/snapshot.hpp"
#include "matching/explanation_json.hpp"
#include "matching/wording.hpp"
#include "teams/organisation.hpp"
#include "web/finding.hpp"
#include "web/letters.hpp"
#include "web/loaders.hpp"
#include "web/site.hpp"
#include "web/ui/content.hpp"
#include "web/ui/inputs.hpp"
#include "web/ui/parts.hpp"
#include "workforce/worker_store.hpp"

namespace kith::web {
namespace {

using auth::Authorised;
using auth::Call;
using Problems = std::vector<FieldProblem>;

Html line(const std::string& words) { return el("p", {cls("govuk-body")}, text(words)); }

Result<Html> letters(const Site& site, const Call& call, const Person& person,
                     const Organisation& organisation, const std::vector<Id<Worker>>& workers) {
  Html to_workers;
  for (const Id<Worker> id : workers) {
    TRY_ASSIGN(const Worker worker, workforce::load_worker(call.tx, call.scope, id));
    to_workers += letter_card(site, letter_to(site, call, worker));
  }
  const Html to_person = letter_card(site, letter_to(site, call, person));
  const bool workers_first = organisation.first_asked == FirstAsked::worker;
  const Html later = el("h2", {cls("govuk-heading-m")},
                        text(site.say(workers_first ? "preview.later" : "preview.later_workers")));
  return workers_first ? to_workers + later + to_person : to_person + later + to_workers;
}

// The chosen among those who can be asked now, in the order of the page.
std::vector<Id<Worker>> chosen_of(const Found& found, const std::vector<std::string>& wanted) {
  std::vector<Id<Worker>> chosen;
  for (const auto& candidate : found.page.candidates)
    if (std::find(wanted.begin(), wanted.end(), to_text(candidate.worker)) != wanted.end())
      chosen.push_back(Id<Worker>{candidate.worker});
  return chosen;
}

std::vector<std::string> ticked(const http::Request& request) {
  std::vector<std::string> ids;
  for (const http::Parameter& parameter : request.query)
    if (parameter.name == "worker") ids.push_back(parameter.value);
  return ids;
}

Html answer_by_part(const Site& site, const Call& call, const Organisation& organisation,
                    const Problems& problems) {
  const Date usual = local_date(call.scope.now(), organisation.zone) + organisation.answer_days;
  DateValues boxes = boxes_of(usual);
  if (call.form.has("answer_by-day"))
    boxes = {std::string(call.form.value("answer_by-day")), std::string(call.form.value("answer_by-month")),
             std::string(call.form.value("answer_by-year"))};
  DateInput day = date_input_for(site.words(), "answer_by", boxes);
  day.fieldset = Fieldset{.legend = {.content = text(site.say("preview.answer_by"))}};
  day.hint = Hint{.content = text(site.say("preview.answer_by_hint"))};
  day.error = error_for(site.words(), problems, "answer_by-day");
  return date_input(day);
}

struct Shown {
  std::vector<Id<Worker>> workers{};
  std::vector<std::string> only_tried{}; // names: they could be asked once the change that was tried is saved
  std::size_t gone_count{};              // ticked, and nobody who can be asked now
  int status{200};
  Problems problems{}; // worded
};

// Who was ticked and is not among the offers, in words: nobody is dropped in silence.
Html left_out(const Site& site, const Person& person, const Call& call, const Shown& shown) {
  if (shown.only_tried.empty() && shown.gone_count == 0) return {};
  Html content;
  if (!shown.only_tried.empty()) {
    const std::string names = matching::Wording(site.words()).list(shown.only_tried);
    content += line(site.say("preview.only_tried", {{"names", names}}));
    content += el("p", {cls("govuk-body")},
                  el("a", {href(Url("/people/" + person.id.text() + "/profile"))},
                     text(site.say("preview.save_change"))));
  }
  if (shown.gone_count > 0)
    content += line(site.say("preview.gone", {{"count", std::to_string(shown.gone_count)}}));
  content += el("p", {cls("govuk-body")},
                el("a", {href(Url("/people/" + person.id.text() + "/find" + tried_query(call.request)))},
                   text(site.say("preview.back"))));
  return inset_text({.content = std::move(content)});
}

Html offer_form(const Site& site, const Person& person, const Call& call, const Organisation& organisation,
                const Shown& shown) {
  Html fields = site.form_fields(call);
  for (const Id<Worker> worker : shown.workers) fields += hidden_field("worker", worker.text());
  fields += answer_by_part(site, call, organisation, shown.problems);
  fields += button({.content = text(site.say("preview.send"))});
  return el(
      "form",
      {attr("method", "post"), action(Url("/people/" + person.id.text() + "/offers")), flag("novalidate")},
      fields);
}

// The whole list, planned around this choice: before it is sent, what it would mean for everybody else.
Html plan_around(const Site& site, const Person& person, const std::vector<Id<Worker>>& workers) {
  std::string address = "/plan?keep=" + person.id.text();
  for (const Id<Worker> worker : workers) address += "." + worker.text();
  return el("p", {cls("govuk-body")}, el("a", {href(Url(address))}, text(site.say("preview.plan_around"))));
}

Result<http::Response> preview_page(const Site& site, const Person& person, Call& call, const Shown& shown) {
  TRY_ASSIGN(const Organisation organisation, teams::load_organisation(call.tx));
  const std::string title = site.say("preview.title", {{"name", person.chosen_name}});
  Html content = error_summary_for(site.words(), shown.problems) +
                 el("h1", {cls("govuk-heading-l")}, text(title)) + left_out(site, person, call, shown);
  if (!shown.workers.empty()) {
    TRY_ASSIGN(const Html messages, letters(site, call, person, organisation, shown.workers));
    content += line(site.say("preview.hold")) + messages +
               offer_form(site, person, call, organisation, shown) + plan_around(site, person, shown.workers);
  }
  TRY_ASSIGN(http::Response response, site.staff_page(call, {.title = title,
                                                             .because = "because.coordinator",
                                                             .current = "/people/waiting",
                                                             .content = std::move(content)}));
  response.status = shown.status;
  return response;
}

Result<http::Response> get_preview(const Site& site, const Authorised<Person>& person, Call& call) {
  const std::vector<std::string> wanted = ticked(call.request);
  TRY_ASSIGN(const Found stored, find_workers(call, person->id, Wished::stored));
  Shown shown{chosen_of(stored, wanted)};
  const std::string tried = tried_query(call.request);
  std::size_t known = shown.workers.size();
  if (!tried.empty()) {
    TRY_ASSIGN(const Found found, find_workers(call, person->id, Wished::tried));
    for (const Id<Worker> worker : chosen_of(found, wanted)) {
      if (std::find(shown.workers.begin(), shown.workers.end(), worker) != shown.workers.end()) continue;
      shown.only_tried.push_back(found.snapshot.names.of_worker(worker.raw));
      ++known;
    }
  }
  if (known == 0)
    return http::redirect("/people/" + person->id.text() + "/find" + tried + (tried.empty() ? "?" : "&") +
                          "none=1");
  shown.gone_count = wanted.size() - known;
  return preview_page(site, *person, call, shown);
}

// Nothing: the boxes hold no day. Empty boxes are the usual day.
std::optional<Date> answer_by(const Call& call, Date usual) {
  const DateValues boxes{std::string(call.form.value("answer_by-day")),
                         std::string(call.form.value("answer_by-month")),
                         std::string(call.form.value("answer_by-year"))};
  if (boxes.day.empty() && boxes.month.empty() && boxes.year.empty()) return usual;
  return read_day(boxes);
}

Result<http::Response> post_offers(const Site& site, const Authorised<Person>& person, Call& call) {
  TRY_ASSIGN(const Organisation organisation, teams::load_organisation(call.tx));
  TRY_ASSIGN(const auto open, connections::open_referral_of(call.tx, call.scope, person->id));
  if (open) TRY(connections::lock_referral(call.tx, call.scope, open->id)); // before looking who is free
  TRY_ASSIGN(Found found, find_workers(call, person->id, Wished::stored));
  const auto again = [&](const char* code) {
    return preview_page(site, *person, call,
                        {.workers = chosen_of(found, call.form.values("worker")),
                         .status = 422,
                         .problems = worded(site.words(), "offer", {{"answer_by-day", code}})});
  };
  connections::OfferRequest request;
  request.referral = found.referral;
  request.engine = matching::engine_version;
  request.weights = found.page.settings.weights_version;
  request.answer_by =
      answer_by(call, local_date(call.scope.now(), organisation.zone) + organisation.answer_days);
  if (!request.answer_by) return again("not_a_date");
  for (const std::string& id : call.form.values("worker")) {
    const auto worker = Id<Worker>::parse(id);
    if (!worker) return conflict("offer.not_available");
    connections::OfferedWorker offered{*worker, 0, {}};
    for (const auto& candidate : found.page.candidates)
      if (candidate.worker == worker->raw) {
        offered.fit = candidate.explanation.fit;
        offered.explanation = matching::explanation_bytes(candidate.explanation);
      }
    request.workers.push_back(std::move(offered));
  }
  TRY_ASSIGN(auto list, matching::WaitingList::prepare(found.snapshot.input));
  const connections::SnapshotCheck check(std::move(list));
  const auto made = connections::make_offers(call.tx, call.scope, request, check);
  if (!made.ok() && made.failure().code == "offer.answer_by") return again("out_of_range");
  if (!made.ok()) return made.failure();
  return http::redirect("/people/waiting");
}

} // namespace

void add_offer_routes(auth::RouteTable& table, const Site& site) {
  using auth::AuditClass;
  using auth::Idempotency;
  using http::Method;
  const auth::RelationshipRule coordinators{{{auth::Role::coordinator, auth::By::organisation}}};
  table.add<Person>({Method::get, "/people/{id}/offers", permission::offer_make, coordinators, AuditClass::c4,
                     Idempotency::safe, "Preview what an offer would send"},
                    load_person(), [&site](const Authorised<Person>& person, Call& call) {
                      return get_preview(site, person, call);
                    });
  table.add<Person>({Method::post, "/people/{id}/offers", permission::offer_make, coordinators,
                     AuditClass::change, Idempotency::keyed, "Offer a person a choice of workers"},
                    load_person(), [&site](const Authorised<Person>& person, Call& call) {
                      return post_offers(site, person, call);
                    });
  table.add<Referral>({Method::post, "/referrals/{id}/take-back", permission::offer_make, coordinators,
                       AuditClass::change, Idempotency::keyed, "Take open offers back"},
                      load_referral(),
                      [](const Authorised<Referral>& referral, Call& call) -> Result<http::Response> {
                        TRY(connections::take_back_offers(call.tx, call.scope, referral->id));
                        return http::redirect("/people/" + referral->person.text() + "/find");
                      });
}

} // namespace kith::web
