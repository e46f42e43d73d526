#include "matching/compare.hpp"

#include <algorithm>
#include <set>
#include <tuple>

#include "base/random.hpp"
#include "matching/engine/choices.hpp"

namespace kith::matching {
namespace {

// Everybody else's kept place, with and without one worker's place being taken. The person looked at is left
// out of both, so that a secret about them changes no word about others.
class Effects {
public:
  static Result<Effects> begin(const WaitingList& list, std::uint32_t person) {
    Effects out(list, person);
    TRY_ASSIGN(out.instance_, list.instance(list.settings().dial));
    std::erase_if(out.instance_.pairs, [&](const engine::InstancePair& pair) {
      return pair.person == person || out.instance_.people[pair.person].already_offered > 0;
    });
    out.before_ = out.closeness_by(out.instance_);
    return out;
  }

  std::vector<EffectOnOther> of(std::uint32_t worker) const {
    engine::Instance fixed = instance_;
    if (fixed.workers[worker].places > 0) --fixed.workers[worker].places;
    const auto after = closeness_by(fixed);
    std::vector<EffectOnOther> out;
    for (std::uint32_t i = 0; i < after.size(); ++i) {
      if (i == person_ || before_[i] == after[i]) continue;
      const PersonProfile& other = list_->people()[i].profile;
      out.push_back({other.id, list_->settings().as_of - other.waiting_on, before_[i], after[i]});
    }
    std::sort(out.begin(), out.end(), [](const EffectOnOther& a, const EffectOnOther& b) {
      return std::tuple(-loss(a), a.person) < std::tuple(-loss(b), b.person);
    });
    return out;
  }

private:
  Effects(const WaitingList& list, std::uint32_t person) : list_(&list), person_(person) {}

  static int rung(const std::optional<Closeness>& closeness) {
    return closeness ? static_cast<int>(*closeness) : 9;
  }
  static int loss(const EffectOnOther& effect) { return rung(effect.after) - rung(effect.before); }

  std::vector<std::optional<Closeness>> closeness_by(const engine::Instance& instance) const {
    const auto plan = engine::solve(instance, list_->settings().method);
    std::vector<std::optional<Closeness>> out(plan.size());
    for (const engine::InstancePair& pair : instance.pairs)
      if (plan[pair.person] == pair.worker)
        out[pair.person] = closeness_of(pair.person_part, list_->settings().closeness);
    return out;
  }

  const WaitingList* list_;
  std::uint32_t person_{};
  engine::Instance instance_{};
  std::vector<std::optional<Closeness>> before_{};
};

std::optional<Date> earliest_common_day(const Traits& a, const Traits& b, const Settings& settings) {
  if (!a.availability || !b.availability) return std::nullopt;
  const auto common = common_windows(*a.availability, *b.availability, settings.min_shared_minutes);
  for (std::int32_t ahead = 1; ahead <= 7; ++ahead)
    for (const WeekWindow& window : common)
      if (window.day == weekday_of(settings.as_of + ahead)) return settings.as_of + ahead;
  return std::nullopt;
}

Candidate candidate_of(const WaitingList& list, const PreparedPerson& person, std::uint32_t worker) {
  const WorkerProfile& profile = list.workers()[worker].profile;
  Candidate out;
  out.worker = profile.id;
  out.explanation = list.explanation(person, worker);
  out.closeness = out.explanation.closeness;
  out.cells = list.cells(person, worker);
  out.earliest_on = earliest_common_day(person.profile.traits, profile.traits, list.settings());
  out.free_places = profile.free_places();
  return out;
}

void sort_candidates(std::vector<Candidate>& candidates, std::uint64_t seed) {
  const auto key = [&](const Candidate& candidate) {
    return std::tuple(candidate.closeness, candidate.earliest_on.value_or(Date{2'000'000}),
                      mix(seed, mix(candidate.worker.high, candidate.worker.low)), candidate.worker);
  };
  std::sort(candidates.begin(), candidates.end(),
            [&](const Candidate& a, const Candidate& b) { return key(a) < key(b); });
}

bool one_view_each(const Wishes& wishes) {
  std::set<Criterion> seen;
  return std::all_of(wishes.begin(), wishes.end(),
                     [&](const Wish& w) { return seen.insert(w.criterion).second; });
}

std::vector<Contribution> those_missing_from(const std::vector<Contribution>& mine,
                                             const std::vector<Contribution>& theirs) {
  std::vector<Contribution> out;
  for (const Contribution& contribution : mine)
    if (std::find(theirs.begin(), theirs.end(), contribution) == theirs.end()) out.push_back(contribution);
  return out;
}

const PersonPlan* plan_of(const Plan& plan, RawId person) {
  for (const PersonPlan& planned : plan.people)
    if (planned.person == person) return &planned;
  return nullptr;
}

} // namespace

Result<ComparisonPage> compare(const WaitingList& list, const CompareOptions& options) {
  const auto at = list.find_person(options.person);
  if (!at) return not_found();
  PreparedPerson person = list.people()[*at];
  if (options.tried) {
    if (!one_view_each(*options.tried)) return invalid("match.wish_twice");
    person.profile.wishes = *options.tried;
  }
  ComparisonPage page;
  page.person = options.person;
  page.settings = list.settings();
  page.waiting_days = list.settings().as_of - person.profile.waiting_on;
  page.promise_on = promise_of(person.profile, list.settings());
  page.not_known = missing_for_offers(person.profile);
  page.would_change = what_would_change(list, person);
  for (std::uint32_t j = 0; j < list.workers().size(); ++j) {
    Feasibility feasibility = list.feasibility(person, j);
    const WorkerProfile& worker = list.workers()[j].profile;
    if (feasibility.candidate()) page.candidates.push_back(candidate_of(list, person, j));
    if (worker.active && !feasibility.open.empty())
      page.not_shown.push_back({worker.id, std::move(feasibility.open)});
  }
  sort_candidates(page.candidates, list.settings().seed);
  if (page.candidates.empty() || options.effects_for <= 0) return page;
  TRY_ASSIGN(const Effects effects, Effects::begin(list, *at));
  for (std::size_t c = 0; c < page.candidates.size() && c < static_cast<std::size_t>(options.effects_for);
       ++c) {
    page.candidates[c].effects = effects.of(*list.find_worker(page.candidates[c].worker));
    page.candidates[c].effects_known = true;
  }
  return page;
}

Result<std::optional<NonPair>> why_not(const WaitingList& list, const Plan& plan, PairAsked pair) {
  const auto person_at = list.find_person(pair.person);
  const auto worker_at = list.find_worker(pair.worker);
  const PersonPlan* planned = plan_of(plan, pair.person);
  if (!person_at || !worker_at || !planned) return not_found();
  for (const PlannedOffer& offer : planned->offers)
    if (offer.worker == pair.worker) return std::optional<NonPair>();
  const PreparedPerson& person = list.people()[*person_at];
  const Feasibility feasibility = list.feasibility(person, *worker_at);
  if (!feasibility.open.empty()) return std::optional<NonPair>(NotPossible{feasibility.open});
  if (feasibility.secret) return std::optional<NonPair>(NotAvailable{});
  const Explanation here = list.explanation(person, *worker_at);
  if (!planned->offers.empty() && planned->offers[0].explanation.fit > here.fit) {
    const Explanation& offered = planned->offers[0].explanation;
    return std::optional<NonPair>(LowerFit{offered.fit - here.fit,
                                           those_missing_from(here.contributions, offered.contributions),
                                           those_missing_from(offered.contributions, here.contributions)});
  }
  TRY_ASSIGN(const Effects effects, Effects::begin(list, *person_at));
  NeededElsewhere needed;
  for (const WorkerPrice& price : plan.prices)
    if (price.worker == pair.worker) needed.price = price.price;
  needed.others = effects.of(*worker_at);
  return std::optional<NonPair>(std::move(needed));
}

} // namespace kith::matching
