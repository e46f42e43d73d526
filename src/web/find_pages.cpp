// Find a connection: what matters to the person, up to four workers side by side in words, what each choice
// means for others, who is not shown and why.
#include <algorithm>

#include "connections/matching_consent.hpp"
#include "connections/offer_actions.hpp"
#include "connections/run_store.hpp"
#include "matching/wording.hpp"
#include "web/finding.hpp"
#include "web/loaders.hpp"
#include "web/matching_consent.hpp"
#include "web/profile_form.hpp"
#include "web/site.hpp"
#include "web/ui/comparison.hpp"
#include "web/ui/content.hpp"
#include "web/ui/field.hpp"
#include "web/ui/parts.hpp"
#include "web/waiting_list.hpp"

namespace kith::web {
namespace {

using auth::Authorised;
using auth::Call;
constexpr std::size_t columns_max = 4;

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

Html effects_of(const Site& site, Call& call, const Found& found) {
  const matching::Wording wording(site.words());
  std::vector<Html> items;
  for (const auto& candidate : found.page.candidates) {
    if (!candidate.effects_known) continue;
    std::vector<std::string> lines;
    lines.reserve(candidate.effects.size());
    for (const auto& effect : candidate.effects) {
      call.shows({effect.person});
      lines.push_back(wording.effect(effect, found.snapshot.names.of_person(effect.person)));
    }
    const std::string line = lines.empty() ? site.say("match.effect.nobody") : wording.list(lines);
    items.push_back(el("li", {}, text(found.snapshot.names.of_worker(candidate.worker) + ": " + line)));
  }
  Html list;
  for (Html& item : items) list += item;
  return el("h2", {cls("govuk-heading-m")}, text(site.say("find.effects"))) +
         el("ul", {cls("govuk-list govuk-list--bullet")}, list);
}

// What one change would help, from open facts alone; nothing when there is no such change.
Html would_change_of(const Site& site, const Found& found) {
  const matching::Wording wording(site.words());
  std::vector<std::string> reasons;
  reasons.reserve(found.page.would_change.size());
  for (const auto& change : found.page.would_change) reasons.push_back(wording.would_change(change));
  if (reasons.empty()) return {};
  return el("p", {cls("govuk-body")}, text(site.say("match.help", {{"reasons", wording.list(reasons)}})));
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
                  .content = el("ul", {cls("govuk-list govuk-list--bullet")}, list) +
                             when(!found.page.candidates.empty(), would_change_of(site, found))});
}

Html wishes_of(const Site& site, const Call& call, const Found& found, Id<Person> person) {
  const matching::Wording wording(site.words());
  const auto& people = found.snapshot.input.people;
  const auto profile =
      std::find_if(people.begin(), people.end(), [&](const auto& p) { return p.id == person.raw; });
  Html rows;
  for (const matching::Wish& wish : profile->wishes) {
    const std::string name(matching::name_of(wish.criterion));
    const std::string tried(call.request.query_value("w_" + name));
    rows += preference_segments(
        {.name = "w_" + name,
         .legend = wording.criterion(name),
         .value = strength_of(tried) ? tried : std::string(answer_of(static_cast<Strength>(wish.strength)))},
        site.words());
  }
  return el("form", {attr("method", "get"), action(Url("/people/" + person.text() + "/find"))},
            el("h2", {cls("govuk-heading-m")}, text(site.say("find.matters"))) +
                el("p", {cls("govuk-hint")}, text(site.say("find.try"))) + rows +
                button({.content = text(site.say("find.try_button")), .classes = "govuk-button--secondary"}));
}

// While offers are open: that they are, and the way to take them back.
Result<Html> open_offers_card(const Site& site, Call& call, Id<Referral> referral) {
  TRY_ASSIGN(const bool unasked, connections::has_unasked_offers(call.tx, call.scope, {referral, {}}));
  Html content = el("p", {cls("govuk-body")},
                    text(site.say(unasked ? "find.open_offers_unasked" : "find.open_offers_about")));
  if (unasked) {
    TRY_ASSIGN(const auto run, connections::run_of_unasked(call.tx, call.scope, referral));
    if (run)
      content += el("p", {cls("govuk-body")},
                    el("a", {href(Url("/plan/runs/" + run->text()))}, text(site.say("find.to_the_run"))));
  }
  const Html form =
      el("form", {attr("method", "post"), action(Url("/referrals/" + referral.text() + "/take-back"))},
         site.form_fields(call) +
             button({.content = text(site.say("find.take_back")), .classes = "govuk-button--secondary"}));
  return card(
      {.title = site.say("find.open_offers"), .content = content + form, .classes = "kith-card--tint"});
}

// What matching still needs to know of the person, and where it is filled in.
Html not_known_of(const Site& site, const Found& found, Id<Person> person) {
  const Url form("/people/" + person.text() + "/profile");
  if (found.page.not_known.empty())
    return el("p", {cls("govuk-body")}, el("a", {href(form)}, text(site.say("profile.change"))));
  const std::string missing = matching::Wording(site.words()).missing(found.page.not_known);
  return inset_text(
      {.content = el("p", {cls("govuk-body")}, text(site.say("profile.not_known", {{"missing", missing}}))) +
                  el("p", {cls("govuk-body")}, el("a", {href(form)}, text(site.say("profile.fill_in"))))});
}

// Who can be offered, what each choice means for others, who is not shown, and how it was worked out.
Html workers_of(const Site& site, Call& call, const Found& found, Id<Person> person) {
  Html main;
  if (found.page.candidates.empty())
    main += inset_text({.content = el("p", {cls("govuk-body")}, text(site.say("find.nobody"))) +
                                   would_change_of(site, found)});
  else {
    const std::size_t all = found.page.candidates.size();
    main += el("p", {cls("govuk-body")},
               text(site.say("find.showing", {{"shown", std::to_string(std::min(columns_max, all))},
                                              {"count", std::to_string(all)}})));
    Html form;
    for (const auto& [name, answer] : tried_in(call.request)) form += hidden_field(name, answer);
    form += comparison_of(site, found);
    form += action_bar(button({.content = text(site.say("find.offer"))}), text(site.say("find.offer_hint")));
    main += el("form", {attr("method", "get"), action(Url("/people/" + person.text() + "/offers"))}, form);
    main += effects_of(site, call, found);
  }
  main += not_shown_of(site, found);
  main += el("p", {cls("govuk-body")},
             el("a", {href(Url("/people/" + person.text() + "/apart"))}, text(site.say("apart.link"))));
  main += details({.summary = text(site.say("find.how")),
                   .content = el("p", {cls("govuk-body")}, text(site.say("find.how_body")))});
  return el("div", {}, main);
}

// "3 of 17 · Previous · Next · Back to the list", keeping the filter of the list and its page.
Result<Html> place_links(const Site& site, Call& call, Id<Person> person) {
  TRY_ASSIGN(const Place place, place_in_list(call, person));
  const auto link = [&](Id<Person> to, const char* key) {
    return el(
        "li", {},
        el("a", {href(Url("/people/" + to.text() + "/find" + show_query(place.show)))}, text(site.say(key))));
  };
  Html items;
  if (place.beside.place > 0)
    items += el("li", {},
                text(site.say("find.place", {{"place", std::to_string(place.beside.place)},
                                             {"count", std::to_string(place.beside.of)}})));
  if (!place.beside.previous.empty()) items += link(place.beside.previous, "find.previous");
  if (!place.beside.next.empty()) items += link(place.beside.next, "find.next");
  const Url back("/people/waiting" + show_query(place.show, place.page));
  items += el("li", {}, el("a", {href(back)}, text(site.say("find.back"))));
  return el("nav", {attr("aria-label", site.say("find.place_label"))},
            el("ul", {cls("kith-foot__links kith-place")}, items));
}

Result<http::Response> find_page(const Site& site, const Authorised<Person>& person, Call& call) {
  TRY_ASSIGN(const Html place, place_links(site, call, person->id));
  TRY_ASSIGN(const Found found, find_workers(call, person->id, Wished::tried));
  TRY_ASSIGN(const Referral referral, connections::load_referral(call.tx, call.scope, found.referral));
  Html content;
  if (call.request.query_value("none") == "1")
    content += error_summary_for(site.words(), {{"worker", "problem.none_ticked"}});
  content += place;
  content +=
      el("h1", {cls("govuk-heading-l")}, text(site.say("find.title", {{"name", person->chosen_name}})));
  content += facts(
      {{site.say("find.waiting"), site.say("find.days", {{"count", std::to_string(found.page.waiting_days)}}),
        site.say("find.promise", {{"date", long_date(site.words(), found.page.promise_on)}})}});
  if (!referral.own_words.empty()) content += quote({.words = referral.own_words});
  TRY_ASSIGN(const ReferralState state, connections::state_of(call.tx, call.scope, found.referral));
  if (state == ReferralState::offered) {
    TRY_ASSIGN(const Html open, open_offers_card(site, call, found.referral));
    content += open;
  } else {
    TRY_ASSIGN(const bool agreed, connections::agrees_to_matching(call.tx, call.scope, person->id));
    if (!agreed) content += not_agreed(site, call, *person, found.snapshot.input.settings.as_of);
    content += not_known_of(site, found, person->id);
    if (agreed)
      content += el("div", {cls("kith-aside")},
                    wishes_of(site, call, found, person->id) + workers_of(site, call, found, person->id));
  }
  return site.staff_page(call, {.title = site.say("find.title", {{"name", person->chosen_name}}),
                                .because = "because.coordinator",
                                .current = "/people/waiting",
                                .content = std::move(content)});
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
}

} // namespace kith::web
