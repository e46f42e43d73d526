#include "matching/two_plans.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>

#include "base/small_counts.hpp"

namespace kith::matching {
namespace {

constexpr int parts_count = 5;
int part_of(const ComparedPerson& person) { // the order of TwoPlans::people
  if (person.change) return *person.change == Change::lost ? 0 : 1;
  if (person.further_differs) return 1;
  if (!person.open.empty()) return 3;
  return person.suggested.offers.empty() ? 4 : 2;
}

std::optional<RawId> kept_worker(const PersonPlan& person) {
  if (person.offers.empty() || !person.offers[0].kept) return {};
  return person.offers[0].worker;
}

std::vector<RawId> workers_in(const PersonPlan& person) {
  std::vector<RawId> out;
  out.reserve(person.offers.size());
  for (const PlannedOffer& offer : person.offers) out.push_back(offer.worker);
  return out;
}

std::int32_t median(std::vector<std::int32_t> values) {
  if (values.empty()) return 0;
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>((values.size() - 1) / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

struct Members {
  std::string group{};
  std::vector<const ComparedPerson*> people{};
};

// Each group by its name, those too small to stand alone as one without a name at the end.
std::vector<Members> groups_of(const TwoPlans& plans, std::span<const InGroup> of) {
  std::map<std::string, std::vector<const ComparedPerson*>> by_name;
  for (const ComparedPerson& person : plans.people) {
    const auto at = std::lower_bound(of.begin(), of.end(), person.today.person,
                                     [](const InGroup& a, RawId wanted) { return a.person < wanted; });
    if (at != of.end() && at->person == person.today.person && !at->group.empty())
      by_name[at->group].push_back(&person);
  }
  std::vector<std::int64_t> sizes;
  sizes.reserve(by_name.size());
  for (const auto& entry : by_name) sizes.push_back(static_cast<std::int64_t>(entry.second.size()));
  const auto small = put_together(sizes);
  std::vector<Members> out;
  Members together;
  std::size_t i = 0;
  for (auto& [name, people] : by_name) {
    if (std::binary_search(small.begin(), small.end(), i++))
      together.people.insert(together.people.end(), people.begin(), people.end());
    else out.push_back({name, std::move(people)});
  }
  if (static_cast<std::int64_t>(together.people.size()) >= least_shown) out.push_back(std::move(together));
  return out;
}

std::vector<std::int64_t> offered_in(const std::vector<Members>& groups, PersonPlan ComparedPerson::* plan) {
  std::vector<std::int64_t> out;
  out.reserve(groups.size());
  for (const Members& group : groups)
    out.push_back(std::count_if(group.people.begin(), group.people.end(), [&](const ComparedPerson* person) {
      return !(person->*plan).offers.empty() || !person->open.empty();
    }));
  return out;
}

// Those who hold open offers, apart from the others.
PlanInput take_deciding(PlanInput& input) {
  PlanInput out = {.workers = input.workers, .settings = input.settings};
  const auto deciding =
      std::partition(input.people.begin(), input.people.end(),
                     [](const PersonProfile& person) { return person.open_offers.empty(); });
  out.people.assign(std::make_move_iterator(deciding), std::make_move_iterator(input.people.end()));
  input.people.erase(deciding, input.people.end());
  return out;
}

// Whom the suggested plan gives today's worker, where it gives them to somebody else.
void say_who_instead(std::vector<ComparedPerson>& people) {
  constexpr std::size_t most = 3;
  std::map<RawId, std::vector<RawId>> gains;
  for (const ComparedPerson& person : people)
    if (const auto worker = kept_worker(person.suggested); worker && person.change)
      gains[*worker].push_back(person.today.person);
  for (ComparedPerson& person : people) {
    const auto worker = kept_worker(person.today);
    if (!person.change || !worker) continue;
    person.instead = gains[*worker];
    if (person.instead.size() > most) person.instead.resize(most);
  }
}

Result<std::vector<ComparedPerson>> deciding_people(PlanInput input) {
  TRY_ASSIGN(const WaitingList list, WaitingList::prepare(std::move(input), WaitingList::Pairs::none));
  std::vector<PersonPlan> plans;
  std::map<RawId, std::vector<RawId>> offers;
  for (std::uint32_t i = 0; i < list.people().size(); ++i) {
    plans.push_back(without_offers(list, i));
    plans.back().outcome = Outcome::deciding;
    offers[plans.back().person] = list.people()[i].profile.open_offers;
  }
  sort_as_plan(plans);
  std::vector<ComparedPerson> out;
  out.reserve(plans.size());
  for (const PersonPlan& plan : plans) {
    ComparedPerson person;
    person.today = person.suggested = plan;
    person.open = offers[plan.person];
    out.push_back(std::move(person));
  }
  return out;
}

} // namespace

Result<TwoPlans> today_and_suggested(PlanInput input, std::span<const HandRow> fixed) {
  const PlanInput deciding = take_deciding(input);
  TRY_ASSIGN(const WaitingList list, WaitingList::prepare(input));
  TwoPlans out;
  out.settings = list.settings();
  TRY_ASSIGN(std::vector<PersonPlan> today, people_by(list, Method::arrival));
  std::vector<HandRow> kept(fixed.begin(), fixed.end());
  std::erase_if(kept, [&](const HandRow& row) { return !list.find_person(row.person); });
  std::vector<PersonPlan> suggested;
  if (kept.empty()) {
    TRY_ASSIGN(suggested, people_by(list, list.settings().method));
  } else {
    TRY_ASSIGN(HandPlan made, judge(std::move(input), kept));
    suggested = std::move(made.people);
    out.fixed = std::move(made.rows);
  }
  std::map<RawId, Change> changes;
  for (const PlanChange& change : difference(today, suggested)) changes[change.person] = change.change;
  std::set<RawId> by_hand;
  for (const JudgedRow& row : out.fixed)
    if (row.verdict == Verdict::stands) by_hand.insert(row.row.person);
  std::vector<ComparedPerson> people;
  for (std::size_t i = 0; i < today.size(); ++i) { // both have everybody, in the same order
    ComparedPerson person{.today = std::move(today[i]), .suggested = std::move(suggested[i])};
    person.fixed = by_hand.contains(person.today.person);
    if (const auto at = changes.find(person.today.person); at != changes.end()) person.change = at->second;
    else person.further_differs = workers_in(person.today) != workers_in(person.suggested);
    if (person.change == Change::lost) ++out.later;
    else if (person.change == Change::gained) ++out.sooner;
    else if (person.change) ++out.another;
    people.push_back(std::move(person));
  }
  say_who_instead(people);
  TRY_ASSIGN(auto others, deciding_people(deciding));
  people.insert(people.end(), std::make_move_iterator(others.begin()), std::make_move_iterator(others.end()));
  for (int part = 0; part < parts_count; ++part)
    for (ComparedPerson& person : people)
      if (part_of(person) == part) out.people.push_back(person);
  return out;
}

std::vector<GroupFare> fares(const TwoPlans& plans, std::span<const InGroup> of) {
  const auto groups = groups_of(plans, of);
  const auto today = offered_in(groups, &ComparedPerson::today),
             suggested = offered_in(groups, &ComparedPerson::suggested);
  std::vector<std::int64_t> sizes;
  sizes.reserve(groups.size());
  for (const Members& group : groups) sizes.push_back(static_cast<std::int64_t>(group.people.size()));
  const auto today_shown = shown(today, sizes), suggested_shown = shown(suggested, sizes);
  std::vector<GroupFare> out;
  out.reserve(groups.size());
  for (std::size_t i = 0; i < groups.size(); ++i) {
    GroupFare fare{groups[i].group, sizes[i], {}, {}, 0};
    std::vector<std::int32_t> days;
    days.reserve(groups[i].people.size());
    for (const ComparedPerson* person : groups[i].people) days.push_back(person->today.waiting_days);
    fare.median_days = median(std::move(days));
    if (today_shown[i]) fare.today = today[i];
    if (suggested_shown[i]) fare.suggested = suggested[i];
    out.push_back(std::move(fare));
  }
  return out;
}

} // namespace kith::matching
