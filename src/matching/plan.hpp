// The whole-list plan: who would be offered whom, in words why, and why somebody has nobody. All three
// methods are always worked out and reported side by side; the settings choose which fills the plan. A plan
// is a suggestion of offers, never a connection. Function of (input, seed, engine version) alone: the same
// people in any order give the same value. Cost: three solves, five more for the dial, and explanations for
// the offers made. 300 people x 40 workers: a few milliseconds beyond `WaitingList::prepare`.
#pragma once
#include "matching/engine/instance.hpp"
#include "matching/waiting_list.hpp"

namespace kith::matching {

struct PlannedOffer {
  RawId worker{};
  bool kept{}; // the place kept for this person; further choices are not
  Explanation explanation{};
};

enum class Outcome : std::uint8_t {
  offered,
  deciding,     // holds open offers already and gets no further one
  no_consent,   // has not agreed to matching
  not_known,    // something needed has not been said: `not_known` lists it
  no_candidate, // every worker breaks an open constraint: `would_change` says what would help
  places_taken, // workers would be possible; none is available now
  below_floor   // waiting for a closer worker until `until`
};
std::string_view name_of(Outcome outcome);

// If only this reason changed, these workers could be asked (open reasons only; nothing secret plays a part).
struct WouldChange {
  Obstacle obstacle{};
  std::optional<Criterion> criterion{};
  std::vector<RawId> workers{};
  bool operator==(const WouldChange&) const = default;
};

struct PersonPlan {
  RawId person{};
  std::uint16_t klass{};
  std::int32_t waiting_days{};
  Date promise_on{};
  Outcome outcome{};
  std::vector<PlannedOffer> offers{};
  std::vector<Obstacle> not_known{};
  std::vector<WouldChange> would_change{};
  std::optional<Date> until{};
};

struct MethodTotals {
  Method method{};
  engine::Totals totals{};
  std::int64_t rank_sum{};       // 1 = first choice; mean rank = rank_sum / people
  std::int64_t blocking_pairs{}; // 0 for stable
};

struct DialTotals { // the chosen method at each position
  Dial dial{};
  std::int64_t people{};
  std::int32_t median_wait_days{}; // of those offered
  std::int32_t ninetieth_wait_days{};
  std::int64_t fit{};
};

struct WorkerPrice { // what one more place of this worker would bring (optimum); coordinators only
  RawId worker{};
  std::int64_t price{};
};

// What somebody else needs to prove the optimum of the first round again, with the prices: the dual of it
// over all pairs (engine/certificate.hpp). No plan of that round is worth more than `bound`.
struct PersonGain {
  RawId person{};
  std::int64_t gain{};
};
struct PlanProof {
  std::int64_t possible_pairs{}; // that may be offered, of all people x workers
  std::int64_t exchange_bound{}; // D: a person of rank r counts r x D before the fit
  std::int64_t bound{};
  std::vector<PersonGain> gains{}; // by person id
};

struct Plan {
  Settings settings{};
  std::vector<PersonPlan> people{}; // highest class first, then waiting longest, then id
  std::vector<MethodTotals> methods{};
  std::vector<DialTotals> dial{};
  std::vector<WorkerPrice> prices{}; // by worker id
  PlanProof proof{};
  std::int64_t with_choice{}; // people offered two workers or more
  std::int64_t with_one{};
  std::int64_t with_none{};
};

// Failures: those of engine::validate.
Result<Plan> make_plan(const WaitingList& list);
// The people of such a plan alone, by any method. Cost: one solve, further choices, explanations.
Result<std::vector<PersonPlan>> people_by(const WaitingList& list, Method method);
// prepare and plan in one. Failures: those of WaitingList::prepare too.
Result<Plan> make_plan(PlanInput input);

// People whose kept offer differs between two plans of the same list; those who lose come first.
enum class Change : std::uint8_t { lost, less_close, moved, closer, gained };
std::string_view name_of(Change change);
struct PlanChange {
  RawId person{};
  Change change{};
  std::optional<RawId> worker_before{};
  std::optional<RawId> worker_after{};
  std::optional<Closeness> before{};
  std::optional<Closeness> after{};
};
std::vector<PlanChange> difference(const std::vector<PersonPlan>& before,
                                   const std::vector<PersonPlan>& after);

// Round 1: people who hold open offers already do not ask for a kept place.
engine::Instance first_round(engine::Instance instance);
// Somebody of the list without an answer yet, and the order in which a plan has them.
PersonPlan without_offers(const WaitingList& list, std::uint32_t person);
void sort_as_plan(std::vector<PersonPlan>& people);
// What a plan of that round comes to; `plan` has the worker of each person, or engine::nobody.
MethodTotals totals_by(const engine::Instance& first, Method method, const std::vector<std::uint32_t>& plan);

// Open reasons only: per reason, the workers for whom it is the sole one.
std::vector<WouldChange> what_would_change(const WaitingList& list, const PreparedPerson& person);

} // namespace kith::matching
