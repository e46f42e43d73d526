// Find a connection: what matters to the person, up to four workers side by side in words, what each choice
// means for others, who is not shown and why; then the preview of what would be sent, and the offer itself.
#include <algorithm>

#include "base/week.hpp"
#include "base/zones.hpp"
#include "connections/snapshot.hpp"
#include "matching/compare.hpp"
#include "matching/explanation.hpp"
#include "matching/explanation_json.hpp"
#include "matching/wording.hpp"
#include "web/loaders.hpp"
#include "web/site.hpp"
#include "web/ui/comparison.hpp"
#include "web/ui/content.hpp"
#include "web/ui/parts.hpp"

namespace kith::web {
namespace {

using auth::Authorised;
using auth::Call;
constexpr std::size_t columns_max = 4;

struct Found {
  connections::Snapshot snapshot{};
  matching::ComparisonPage page{};
  Id<Referral> referral{};
};

// "Try a change": the five radio buttons of each criterion come back as query parameters and are never
// stored.
std::optional<matching::Wishes> tried_wishes(const Call& call, const matching::PersonProfile& profile) {
  matching::Wishes wishes = profile.wishes;
  bool changed = false;
  for (int i = 0; i < matching::criterion_count; ++i) {
    const auto criterion = static_cast<matching::Criterion>(i);
    std::string value(call.request.query_value("w_" + std::string(matching::name_of(criterion))));
    if (value == "not_important") value = "no_view";
    if (value == "rather_not") value = "avoid";
    const auto strength = record::parse_code<Strength>(value);
    if (!strength) continue;
    const auto at =
        std::find_if(wishes.begin(), wishes.end(), [&](const auto& w) { return w.criterion == criterion; });
    const auto as = static_cast<matching::Strength>(*strength);
    if (at != wishes.end()) at->strength = as;
    else if (as != matching::Strength::no_view) wishes.push_back({criterion, as, {}});
    changed = true;
  }
  return changed ? std::optional<matching::Wishes>(wishes) : std::nullopt;
}

Result<Found> find(Call& call, Id<Person> person) {
  Found found;
  TRY_ASSIGN(const matching::Settings settings, connections::default_settings(call.tx, call.scope));
  TRY_ASSIGN(found.snapshot, connections::take_snapshot(call.tx, call.scope, settings));
  const auto& people = found.snapshot.input.people;
  const auto profile =
      std::find_if(people.begin(), people.end(), [&](const auto& p) { return p.id == person.raw; });
  if (profile == people.end()) return not_found();
  const auto tried = tried_wishes(call, *profile);
  for (const auto& [id, referral] : found.snapshot.referrals)
    if (id == person.raw) found.referral = referral;
  TRY_ASSIGN(const auto list, matching::WaitingList::prepare(found.snapshot.input));
  TRY_ASSIGN(found.page, matching::compare(list, {person.raw, tried, static_cast<int>(columns_max)}));
  return found;
}

Sign sign_of(matching::Meets meets) {
  switch (meets) {
  case matching::Meets::yes:
    return Sign::meets;
  case matching::Meets::partly:
    return Sign::part;
  default:
    return Sign::not_met;
  }
}

Html comparison_of(const Site& site, const Found& found) {
  const matching::Wording wording(site.words());
  Comparison table;
  table.caption = site.say("find.compare");
  table.tick_name = "worker";
  ComparisonFact closeness{site.say("find.closeness"), {}}, earliest{site.say("find.earliest"), {}},
      room{site.say("find.room"), {}};
  const std::size_t count = std::min(columns_max, found.page.candidates.size());
  for (std::size_t i = 0; i < count; ++i) {
    const auto& candidate = found.page.candidates[i];
    table.columns.push_back({found.snapshot.names.of_worker(candidate.worker), to_text(candidate.worker)});
    closeness.cells.push_back(wording.closeness(candidate.closeness));
    earliest.cells.push_back(candidate.earliest_on ? long_date(site.words(), *candidate.earliest_on)
                                                   : site.say("find.not_known_yet"));
    room.cells.push_back(site.say("find.places", {{"count", std::to_string(candidate.free_places)}}));
  }
  table.facts = {closeness, earliest, room};
  for (std::size_t r = 0; r < found.page.candidates[0].cells.size(); ++r) {
    const auto& first = found.page.candidates[0].cells[r];
    ComparisonRow row{
        wording.criterion(matching::name_of(first.criterion)), wording.strength(first.strength), {}};
    for (std::size_t i = 0; i < count; ++i) {
      const auto& cell = found.page.candidates[i].cells[r];
      row.cells.push_back({sign_of(cell.meets), wording.justification(cell.why)});
    }
    table.rows.push_back(std::move(row));
  }
  return comparison(table, site.words());
}

Html effects_of(const Site& site, const Found& found) {
  const matching::Wording wording(site.words());
  std::vector<Html> items;
  for (const auto& candidate : found.page.candidates) {
    if (!candidate.effects_known) continue;
    std::vector<std::string> lines;
    lines.reserve(candidate.effects.size());
    for (const auto& effect : candidate.effects)
      lines.push_back(wording.effect(effect, found.snapshot.names.of_person(effect.person)));
    const std::string line = lines.empty() ? site.say("match.effect.nobody") : wording.list(lines);
    items.push_back(el("li", {}, text(found.snapshot.names.of_worker(candidate.worker) + ": " + line)));
  }
  Html list;
  for (Html& item : items) list += item;
  return el("h2", {cls("govuk-heading-m")}, text(site.say("find.effects"))) +
         el("ul", {cls("govuk-list govuk-list--bullet")}, list);
}

Html not_shown_of(const Site& site, const Found& found) {
  const matching::Wording wording(site.words());
  Html list;
  for (const auto& worker : found.page.not_shown) {
    std::vector<std::string> reasons;
    reasons.reserve(worker.reasons.size());
    for (const auto& reason : worker.reasons) reasons.push_back(wording.reason(reason));
    list += el("li", {}, text(found.snapshot.names.of_worker(worker.worker) + ": " + wording.list(reasons)));
  }
  list += el("li", {}, text(site.say("match.others_not_available")));
  return details({.summary = text(site.say("find.not_shown")),
                  .content = el("ul", {cls("govuk-list govuk-list--bullet")}, list)});
}

Html wishes_of(const Site& site, const Found& found, Id<Person> person) {
  const matching::Wording wording(site.words());
  const auto& people = found.snapshot.input.people;
  const auto profile =
      std::find_if(people.begin(), people.end(), [&](const auto& p) { return p.id == person.raw; });
  Html rows;
  for (const matching::Wish& wish : profile->wishes) {
    static constexpr const char* values[] = {"must", "matters", "a_little", "not_important", "rather_not"};
    const std::string name(matching::name_of(wish.criterion));
    rows += preference_segments({.name = "w_" + name,
                                 .legend = wording.criterion(name),
                                 .value = values[static_cast<int>(wish.strength)]},
                                site.words());
  }
  return el("form", {attr("method", "get"), action(Url("/people/" + person.text() + "/find"))},
            el("h2", {cls("govuk-heading-m")}, text(site.say("find.matters"))) +
                el("p", {cls("govuk-hint")}, text(site.say("find.try"))) + rows +
                button({.content = text(site.say("find.try_button")), .classes = "govuk-button--secondary"}));
}

// While offers are open: that they are, and the way to take them back.
Html open_offers_card(const Site& site, const Call& call, Id<Referral> referral) {
  const Html form =
      el("form", {attr("method", "post"), action(Url("/referrals/" + referral.text() + "/take-back"))},
         site.form_fields(call) +
             button({.content = text(site.say("find.take_back")), .classes = "govuk-button--secondary"}));
  return card({.title = site.say("find.open_offers"),
               .content = el("p", {cls("govuk-body")}, text(site.say("find.open_offers_about"))) + form,
               .classes = "kith-card--tint"});
}

// Who can be offered, what each choice means for others, who is not shown, and how it was worked out.
Html workers_of(const Site& site, const Found& found, Id<Person> person) {
  Html main;
  if (found.page.candidates.empty()) main += inset_text({.content = text(site.say("find.nobody"))});
  else {
    Html form = comparison_of(site, found);
    form += action_bar(button({.content = text(site.say("find.offer"))}), text(site.say("find.offer_hint")));
    main += el("form", {attr("method", "get"), action(Url("/people/" + person.text() + "/offers"))}, form);
    main += effects_of(site, found);
  }
  main += not_shown_of(site, found);
  main += details({.summary = text(site.say("find.how")),
                   .content = el("p", {cls("govuk-body")}, text(site.say("find.how_body")))});
  return el("div", {}, main);
}

Result<http::Response> find_page(const Site& site, const Authorised<Person>& person, Call& call) {
  TRY_ASSIGN(const Found found, find(call, person->id));
  TRY_ASSIGN(const Referral referral, connections::load_referral(call.tx, call.scope, found.referral));
  Html content =
      el("h1", {cls("govuk-heading-l")}, text(site.say("find.title", {{"name", person->chosen_name}})));
  content += facts(
      {{site.say("find.waiting"), site.say("find.days", {{"count", std::to_string(found.page.waiting_days)}}),
        site.say("find.promise", {{"date", long_date(site.words(), found.page.promise_on)}})}});
  if (!referral.own_words.empty()) content += quote({.words = referral.own_words});
  TRY_ASSIGN(const ReferralState state, connections::state_of(call.tx, call.scope, found.referral));
  if (state == ReferralState::offered) content += open_offers_card(site, call, found.referral);
  else
    content += el("div", {cls("kith-aside")},
                  wishes_of(site, found, person->id) + workers_of(site, found, person->id));
  return site.staff_page(call, {.title = site.say("find.title", {{"name", person->chosen_name}}),
                                .because = "because.coordinator",
                                .current = "/people/waiting",
                                .content = std::move(content)});
}

std::vector<std::string> ticked(const http::Request& request) {
  std::vector<std::string> ids;
  for (const http::Parameter& parameter : request.query)
    if (parameter.name == "worker") ids.push_back(parameter.value);
  return ids;
}

// Every message exactly as it will go, before anything is stored.
Result<http::Response> preview_page(const Site& site, const Authorised<Person>& person, Call& call) {
  TRY_ASSIGN(const Found found, find(call, person->id));
  Html fields = site.form_fields(call), messages;
  int chosen = 0;
  for (const std::string& id : ticked(call.request))
    for (const auto& candidate : found.page.candidates)
      if (to_text(candidate.worker) == id) {
        ++chosen;
        fields += hidden_field("worker", id);
        messages += card(
            {.title = site.say("preview.to", {{"name", found.snapshot.names.of_worker(candidate.worker)}}),
             .content = el("p", {}, text(site.say("message.worker_asked.subject"))) +
                        el("p", {}, text_lines(site.say("message.worker_asked.body")))});
      }
  if (chosen == 0) return http::redirect("/people/" + person->id.text() + "/find");
  Html content =
      el("h1", {cls("govuk-heading-l")}, text(site.say("preview.title", {{"name", person->chosen_name}})));
  content += el("p", {cls("govuk-body")}, text(site.say("preview.hold")));
  content += messages;
  content += el("form", {attr("method", "post"), action(Url("/people/" + person->id.text() + "/offers"))},
                std::move(fields) + button({.content = text(site.say("preview.send"))}));
  return site.staff_page(call, {.title = site.say("preview.title", {{"name", person->chosen_name}}),
                                .because = "because.coordinator",
                                .current = "/people/waiting",
                                .content = std::move(content)});
}

Result<http::Response> post_offers(const Authorised<Person>& person, Call& call) {
  TRY_ASSIGN(Found found, find(call, person->id));
  connections::OfferRequest request;
  request.referral = found.referral;
  request.engine = matching::engine_version;
  request.weights = found.page.settings.weights_version;
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
  TRY_ASSIGN(auto list, matching::WaitingList::prepare(std::move(found.snapshot.input)));
  const connections::SnapshotCheck check(std::move(list));
  TRY(connections::make_offers(call.tx, call.scope, request, check));
  return http::redirect("/people/waiting");
}

} // namespace

void add_find_routes(auth::RouteTable& table, const Site& site) {
  using auth::AuditClass;
  using auth::Idempotency;
  using http::Method;
  const auth::RelationshipRule coordinators{{{auth::Role::coordinator, auth::By::organisation}}};
  table.add<Person>({Method::get, "/people/{id}/find", permission::find_connection, coordinators,
                     AuditClass::c4, Idempotency::safe, "Compare workers for a person"},
                    load_person(), [&site](const Authorised<Person>& person, Call& call) {
                      return find_page(site, person, call);
                    });
  table.add<Person>({Method::get, "/people/{id}/offers", permission::offer_make, coordinators, AuditClass::c4,
                     Idempotency::safe, "Preview what an offer would send"},
                    load_person(), [&site](const Authorised<Person>& person, Call& call) {
                      return preview_page(site, person, call);
                    });
  table.add<Person>({Method::post, "/people/{id}/offers", permission::offer_make, coordinators,
                     AuditClass::change, Idempotency::keyed, "Offer a person a choice of workers"},
                    load_person(),
                    [](const Authorised<Person>& person, Call& call) { return post_offers(person, call); });
  table.add<Referral>({Method::post, "/referrals/{id}/take-back", permission::offer_make, coordinators,
                       AuditClass::change, Idempotency::keyed, "Take open offers back"},
                      load_referral(),
                      [](const Authorised<Referral>& referral, Call& call) -> Result<http::Response> {
                        TRY(connections::take_back_offers(call.tx, call.scope, referral->id));
                        return http::redirect("/people/" + referral->person.text() + "/find");
                      });
}

} // namespace kith::web
