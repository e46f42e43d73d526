#include "matching/plan.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <tuple>

#include "matching/engine/arrival.hpp"
#include "matching/engine/choices.hpp"
#include "matching/engine/optimum.hpp"
#include "matching/engine/stable.hpp"

namespace kith::matching {

MethodTotals totals_by(const engine::Instance& first, Method method, const std::vector<std::uint32_t>& plan) {
  MethodTotals out;
  out.method = method;
  out.totals = engine::totals_of(first, plan);
  out.rank_sum = engine::sum_of_ranks(first, plan);
  out.blocking_pairs = engine::count_blocking_pairs(first, plan);
  return out;
}

engine::Instance first_round(engine::Instance instance) {
  std::erase_if(instance.pairs, [&](const engine::InstancePair& pair) {
    return instance.people[pair.person].already_offered > 0;
  });
  return instance;
}

namespace {

PlanProof proof_of(const WaitingList& list, const engine::Instance& first, const engine::Optimum& optimum) {
  PlanProof out{
      static_cast<std::int64_t>(first.pairs.size()), engine::exchange_bound(first), optimum.bound, {}};
  for (std::uint32_t i = 0; i < list.people().size(); ++i)
    out.gains.push_back({list.people()[i].profile.id, optimum.gains[i]});
  return out;
}

DialTotals totals_at(const WaitingList& list, Dial dial, const engine::Instance& instance) {
  DialTotals out;
  out.dial = dial;
  const auto plan = engine::solve(instance, list.settings().method);
  const engine::Totals totals = engine::totals_of(instance, plan);
  out.people = totals.people;
  out.fit = totals.fit;
  std::vector<std::int32_t> waits;
  for (std::size_t i = 0; i < plan.size(); ++i)
    if (plan[i] != engine::nobody)
      waits.push_back(list.settings().as_of - list.people()[i].profile.waiting_on);
  std::sort(waits.begin(), waits.end());
  if (waits.empty()) return out;
  out.median_wait_days = waits[(waits.size() - 1) / 2];
  out.ninetieth_wait_days = waits[(waits.size() * 9 + 9) / 10 - 1]; // nearest rank
  return out;
}

bool all_below(const WaitingList& list, const PreparedPerson& person, const Floor& floor) {
  const auto possible = list.openly_possible(person);
  return std::all_of(possible.begin(), possible.end(), [&](std::uint32_t j) {
    return closeness_of(list.parts(person, j).person, list.settings().closeness) > floor.at_least;
  });
}

// Decided from open facts alone, so that a secret changes who is offered and no word of this.
void say_why_nobody(const WaitingList& list, const PreparedPerson& person, PersonPlan& out) {
  if (!person.profile.open_offers.empty()) {
    out.outcome = Outcome::deciding;
    return;
  }
  if (!person.profile.consents_to_matching) {
    out.outcome = Outcome::no_consent;
    return;
  }
  out.not_known = missing_for_offers(person.profile);
  if (!out.not_known.empty()) {
    out.outcome = Outcome::not_known;
    return;
  }
  out.would_change = what_would_change(list, person);
  if (list.openly_possible(person).empty()) {
    out.outcome = Outcome::no_candidate;
    return;
  }
  const auto floor = floor_of(person.profile, list.settings());
  if (floor && all_below(list, person, *floor)) {
    out.outcome = Outcome::below_floor;
    out.until = floor->until;
    return;
  }
  out.outcome = Outcome::places_taken;
}

PersonPlan plan_for(const WaitingList& list, std::uint32_t person, const engine::Choices& choices) {
  const PreparedPerson& prepared = list.people()[person];
  PersonPlan out = without_offers(list, person);
  bool kept = prepared.profile.open_offers.empty();
  for (const std::uint32_t worker : choices.workers_of[person]) {
    out.offers.push_back({list.workers()[worker].profile.id, kept, list.explanation(prepared, worker)});
    kept = false;
  }
  out.outcome = Outcome::offered;
  if (out.offers.empty()) say_why_nobody(list, prepared, out);
  return out;
}

std::vector<PersonPlan> planned_by(const WaitingList& list, const engine::Instance& instance, Method method) {
  const Settings& settings = list.settings();
  const engine::Choices choices =
      engine::give_choices(instance, {method, settings.choices, settings.offers_per_place});
  std::vector<PersonPlan> out;
  out.reserve(list.people().size());
  for (std::uint32_t i = 0; i < list.people().size(); ++i) out.push_back(plan_for(list, i, choices));
  sort_as_plan(out);
  return out;
}

void count_choices(Plan& plan) {
  for (const PersonPlan& person : plan.people) {
    if (person.offers.size() >= 2) ++plan.with_choice;
    if (person.offers.size() == 1) ++plan.with_one;
    if (person.offers.empty()) ++plan.with_none;
  }
}

std::map<RawId, const PlannedOffer*> kept_offers(const std::vector<PersonPlan>& people) {
  std::map<RawId, const PlannedOffer*> out;
  for (const PersonPlan& person : people)
    out[person.person] = !person.offers.empty() && person.offers[0].kept ? &person.offers[0] : nullptr;
  return out;
}

Change change_between(const PlannedOffer* before, const PlannedOffer* after) {
  if (!after) return Change::lost;
  if (!before) return Change::gained;
  const Closeness was = before->explanation.closeness, is = after->explanation.closeness;
  return is > was ? Change::less_close : is < was ? Change::closer : Change::moved;
}

} // namespace

PersonPlan without_offers(const WaitingList& list, std::uint32_t person) {
  const PersonProfile& profile = list.people()[person].profile;
  PersonPlan out;
  out.person = profile.id;
  out.klass = class_of(profile, list.settings());
  out.waiting_days = list.settings().as_of - profile.waiting_on;
  out.promise_on = promise_of(profile, list.settings());
  return out;
}

void sort_as_plan(std::vector<PersonPlan>& people) {
  std::sort(people.begin(), people.end(), [](const PersonPlan& a, const PersonPlan& b) {
    return std::tuple(-int{a.klass}, -a.waiting_days, a.person) <
           std::tuple(-int{b.klass}, -b.waiting_days, b.person);
  });
}

std::string_view name_of(Outcome outcome) {
  constexpr std::array<std::string_view, 7> names{"offered",      "deciding",     "no_consent", "not_known",
                                                  "no_candidate", "places_taken", "below_floor"};
  return names.at(static_cast<std::size_t>(outcome));
}

std::string_view name_of(Change change) {
  constexpr std::array<std::string_view, 5> names{"lost", "less_close", "moved", "closer", "gained"};
  return names.at(static_cast<std::size_t>(change));
}

Result<Plan> make_plan(const WaitingList& list) {
  Plan plan;
  plan.settings = list.settings();
  TRY_ASSIGN(const engine::Instance instance, list.instance(list.settings().dial));
  const engine::Instance first = first_round(instance);
  const engine::Optimum optimum = engine::solve_optimum(first);
  plan.methods = {totals_by(first, Method::stable, engine::solve_stable(first).worker_of),
                  totals_by(first, Method::optimum, optimum.worker_of),
                  totals_by(first, Method::arrival, engine::solve_arrival(first).worker_of)};
  for (std::uint32_t j = 0; j < list.workers().size(); ++j)
    plan.prices.push_back({list.workers()[j].profile.id, optimum.prices[j]});
  plan.proof = proof_of(list, first, optimum);
  for (const Dial dial : {Dial::soonest, Dial::sooner, Dial::balanced, Dial::closer, Dial::closest}) {
    TRY_ASSIGN(engine::Instance there, list.instance(dial));
    plan.dial.push_back(totals_at(list, dial, first_round(std::move(there))));
  }
  plan.people = planned_by(list, instance, list.settings().method);
  count_choices(plan);
  return plan;
}

Result<std::vector<PersonPlan>> people_by(const WaitingList& list, Method method) {
  TRY_ASSIGN(const engine::Instance instance, list.instance(list.settings().dial));
  return planned_by(list, instance, method);
}

Result<Plan> make_plan(PlanInput input) {
  TRY_ASSIGN(const WaitingList list, WaitingList::prepare(std::move(input)));
  return make_plan(list);
}

std::vector<PlanChange> difference(const std::vector<PersonPlan>& before,
                                   const std::vector<PersonPlan>& after) {
  const auto was = kept_offers(before), is = kept_offers(after);
  std::vector<PlanChange> out;
  for (const auto& [person, offer] : was) {
    const auto found = is.find(person);
    const PlannedOffer* now = found == is.end() ? nullptr : found->second;
    if ((!offer && !now) || (offer && now && offer->worker == now->worker)) continue;
    PlanChange change;
    change.person = person;
    change.change = change_between(offer, now);
    if (offer) {
      change.worker_before = offer->worker;
      change.before = offer->explanation.closeness;
    }
    if (now) {
      change.worker_after = now->worker;
      change.after = now->explanation.closeness;
    }
    out.push_back(change);
  }
  std::sort(out.begin(), out.end(), [](const PlanChange& a, const PlanChange& b) {
    return std::tuple(a.change, a.person) < std::tuple(b.change, b.person);
  });
  return out;
}

std::vector<WouldChange> what_would_change(const WaitingList& list, const PreparedPerson& person) {
  std::map<std::pair<Obstacle, std::optional<Criterion>>, std::vector<RawId>> found;
  for (const std::uint32_t j : list.one_reason_short(person)) {
    const Feasibility feasibility = list.feasibility(person, j);
    CHECK(feasibility.open.size() == 1);
    const OpenReason& sole = feasibility.open[0];
    if (sole.obstacle == Obstacle::not_active) continue;
    found[{sole.obstacle, sole.criterion}].push_back(list.workers()[j].profile.id);
  }
  std::vector<WouldChange> out;
  out.reserve(found.size());
  for (auto& [reason, workers] : found) out.push_back({reason.first, reason.second, std::move(workers)});
  return out;
}

} // namespace kith::matching
