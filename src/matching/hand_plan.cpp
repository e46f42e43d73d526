#include "matching/hand_plan.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "matching/engine/stable.hpp"

namespace kith::matching {
namespace {

constexpr std::size_t choices_most = 7;

// Places of one worker that rows take: kept ones first, what nobody keeps is shared by further choices.
struct Taken {
  std::int32_t free{};
  std::int32_t kept{};
  std::int32_t further{};

  bool fits(bool keeps, std::int32_t offers_per_place) const {
    const std::int32_t kept_then = kept + (keeps ? 1 : 0), further_then = further + (keeps ? 0 : 1);
    return further_then <= (free - kept_then) * offers_per_place;
  }
  void take(bool keeps) { ++(keeps ? kept : further); }
  std::int32_t reserved(std::int32_t offers_per_place) const {
    return kept + (further + offers_per_place - 1) / offers_per_place;
  }
};

class Judge {
public:
  explicit Judge(const WaitingList& list) : list_(list), keeps_(list.people().size(), engine::nobody) {
    given_.reserve(list.people().size());
    for (const PreparedPerson& person : list.people()) given_.push_back(person.profile.open_offers.size());
    for (const PreparedWorker& worker : list.workers())
      taken_.push_back({std::min(worker.profile.free_places(), 4'095), 0, 0});
  }

  JudgedRow judge(const HandRow& row) {
    const std::uint32_t i = *list_.find_person(row.person), j = *list_.find_worker(row.worker);
    const PreparedPerson& person = list_.people()[i];
    JudgedRow out;
    out.row = row;
    out.deciding = !person.profile.open_offers.empty();
    Feasibility feasibility = list_.feasibility(person, j);
    const auto floor = floor_of(person.profile, list_.settings());
    const bool keeps = given_[i] == 0;
    if (!feasibility.open.empty()) {
      out.verdict = Verdict::not_possible;
      out.reasons = std::move(feasibility.open);
    } else if (feasibility.secret) {
      out.verdict = Verdict::not_available;
    } else if (floor &&
               closeness_of(list_.parts(person, j).person, list_.settings().closeness) > floor->at_least) {
      out.verdict = Verdict::below_floor;
      out.until = floor->until;
    } else if (given_[i] >= choices_most) {
      out.verdict = Verdict::too_many;
    } else if (!taken_[j].fits(keeps, list_.settings().offers_per_place)) {
      out.verdict = Verdict::no_place_left;
    } else {
      taken_[j].take(keeps);
      ++given_[i];
      if (keeps) keeps_[i] = j;
      out.kept = keeps;
      out.explanation = list_.explanation(person, j);
    }
    return out;
  }

  // Of the places kept by rows, or by those and the rest.
  Result<MethodTotals> totals(const Plan* rest = nullptr) const {
    std::vector<std::uint32_t> keeps = keeps_;
    if (rest)
      for (const PersonPlan& person : rest->people)
        if (!person.offers.empty() && person.offers[0].kept)
          keeps[*list_.find_person(person.person)] = *list_.find_worker(person.offers[0].worker);
    TRY_ASSIGN(engine::Instance first, list_.instance(list_.settings().dial));
    return totals_by(first_round(std::move(first)), list_.settings().method, keeps);
  }
  std::int32_t reserved(RawId worker) const {
    return taken_[*list_.find_worker(worker)].reserved(list_.settings().offers_per_place);
  }

private:
  const WaitingList& list_;
  std::vector<std::uint32_t> keeps_{}; // the worker kept for each person
  std::vector<std::size_t> given_{};   // workers of each person, open offers included
  std::vector<Taken> taken_{};         // by worker
};

Done check_rows(const WaitingList& list, std::span<const HandRow> rows) {
  for (const HandRow& row : rows)
    if (!list.find_person(row.person) || !list.find_worker(row.worker)) return not_found();
  std::vector<HandRow> sorted(rows.begin(), rows.end());
  std::sort(sorted.begin(), sorted.end());
  if (std::adjacent_find(sorted.begin(), sorted.end()) != sorted.end()) return invalid("match.row_twice");
  return {};
}

// The rows that stand and the rest as one plan, in the order of a plan.
std::vector<PersonPlan> together(const WaitingList& list, const std::vector<JudgedRow>& rows,
                                 const Plan& rest) {
  std::vector<PersonPlan> out = rest.people;
  std::map<RawId, std::vector<PlannedOffer>> offers;
  for (const JudgedRow& row : rows)
    if (row.verdict == Verdict::stands)
      offers[row.row.person].push_back({row.row.worker, row.kept, *row.explanation});
  for (auto& [person, given] : offers) {
    PersonPlan planned = without_offers(list, *list.find_person(person));
    planned.outcome = Outcome::offered;
    planned.offers = std::move(given);
    out.push_back(std::move(planned));
  }
  sort_as_plan(out);
  return out;
}

PlanInput rest_of(PlanInput input, const std::vector<JudgedRow>& rows, const Judge& judged) {
  std::set<RawId> done;
  for (const JudgedRow& row : rows)
    if (row.verdict == Verdict::stands) done.insert(row.row.person);
  std::erase_if(input.people, [&](const PersonProfile& person) { return done.contains(person.id); });
  for (WorkerProfile& worker : input.workers) worker.places_reserved += judged.reserved(worker.id);
  return input;
}

} // namespace

std::string_view name_of(Verdict verdict) {
  constexpr std::array<std::string_view, 6> names{"stands",      "not_possible",  "not_available",
                                                  "below_floor", "no_place_left", "too_many"};
  return names.at(static_cast<std::size_t>(verdict));
}

Result<HandPlan> judge(PlanInput input, std::span<const HandRow> rows) {
  TRY_ASSIGN(const WaitingList list, WaitingList::prepare(input));
  TRY(check_rows(list, rows));
  HandPlan out;
  TRY_ASSIGN(out.suggested, make_plan(list));
  Judge judge(list);
  for (const HandRow& row : rows) out.rows.push_back(judge.judge(row));
  TRY_ASSIGN(out.totals, judge.totals());
  TRY_ASSIGN(out.around, make_plan(rest_of(std::move(input), out.rows, judge)));
  TRY_ASSIGN(out.with_rest, judge.totals(&out.around));
  out.people = together(list, out.rows, out.around);
  out.differs = difference(out.suggested.people, out.people);
  return out;
}

} // namespace kith::matching
