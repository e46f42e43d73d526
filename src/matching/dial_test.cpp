// The five positions of the dial on small made-up services, each against a plain re-computation: promises,
// classes and floors from the dates as docs/matching/verify.md words them, and the plan itself by exhaustion
// (tests/support/brute_force.hpp). Possible pairs and parts are taken as they are; kith-verify works those
// out.
#include <algorithm>
#include <array>
#include <bit>

#include "base/random.hpp"
#include "matching/plan.hpp"
#include "support/brute_force.hpp"
#include "support/made_up.hpp"
#include "support/made_up_problems.hpp"

#include "support/test.hpp"

using namespace kith;
using namespace kith::matching;
using namespace kith::test;
using engine::nobody;

namespace {

constexpr std::array every_dial{Dial::soonest, Dial::sooner, Dial::balanced, Dial::closer, Dial::closest};
constexpr std::array every_method{Method::stable, Method::optimum, Method::arrival};

// Up to 8 x 8, where most may be offered most; promises all around today, and some who are deciding already.
PlanInput small_service(MadeUp& made) {
  PlanInput out = made.service(1 + made.below(8), 1 + made.below(8));
  out.settings.promise_days = static_cast<std::int32_t>(7 + made.below(40));
  for (PersonProfile& person : out.people) {
    person.traits.remote = true;
    if (!made.one_in(4)) person.traits.languages = Codes{"en"};
    if (!made.one_in(4)) person.traits.availability = parse_week("any").value();
    if (made.one_in(2))
      person.promise_on = out.settings.as_of + (static_cast<std::int32_t>(made.below(60)) - 20);
    if (made.one_in(8)) person.open_offers = {out.workers[made.below(out.workers.size())].id};
    if (made.one_in(2)) person.wishes.resize(std::min<std::size_t>(person.wishes.size(), 2));
  }
  for (WorkerProfile& worker : out.workers) {
    worker.traits.remote = true;
    worker.traits.languages = Codes{"en", "vi"};
    if (!made.one_in(4)) worker.traits.availability = parse_week("any").value();
    worker.settings_cleared = {"community", "ward"};
    worker.places_live = static_cast<std::int32_t>(made.below(3));
  }
  return out;
}

std::int32_t days_to_promise(const PersonProfile& person, const Settings& settings) {
  const Date promise = person.promise_on ? *person.promise_on : person.waiting_on + settings.promise_days;
  return promise - settings.as_of;
}

std::int32_t class_at(const PersonProfile& person, const Settings& settings, std::size_t dial) {
  if (person.triage_reason == "discharge_within_7_days") return 1'023;
  const std::int32_t band = std::array{1, 7, 14, 28, 1'000'000}.at(dial);
  const std::int32_t left = days_to_promise(person, settings);
  if (left < 0) return std::min(512 + (-left - 1) / band, 1'012);
  return std::max(511 - left / band, 0);
}

// The least person part that may be offered today.
std::int32_t floor_at(const PersonProfile& person, const Settings& settings, std::size_t dial) {
  const std::int32_t left = days_to_promise(person, settings);
  if (dial == 2 && left > 14) return settings.closeness.some_in_common;
  if (dial == 3 && left > 14) return settings.closeness.close;
  if (dial == 4 && left > 0) return settings.closeness.very_close;
  return 0;
}

// The first round's problem at one position; people and workers as the list has them.
engine::Instance first_round_at(const WaitingList& list, std::size_t dial) {
  engine::Instance out;
  out.seed = list.settings().seed;
  for (const PreparedPerson& person : list.people()) {
    const PersonProfile& profile = person.profile;
    out.people.push_back({mix(profile.id.high, profile.id.low),
                          static_cast<std::uint16_t>(class_at(profile, list.settings(), dial)),
                          profile.waiting_on.days, 0, 0});
  }
  for (const PreparedWorker& worker : list.workers()) {
    const WorkerProfile& profile = worker.profile;
    const std::int32_t free = profile.places_agreed - profile.places_live - profile.places_reserved;
    out.workers.push_back(
        {mix(profile.id.high, profile.id.low), static_cast<std::uint16_t>(std::max(free, 0))});
  }
  for (const Possible& pair : list.possible()) {
    const PersonProfile& person = list.people()[pair.person].profile;
    if (!person.open_offers.empty() || pair.parts.person < floor_at(person, list.settings(), dial)) continue;
    out.pairs.push_back({pair.person, pair.worker, pair.parts.person, pair.parts.worker, pair.parts.service});
  }
  return out;
}

struct Expected {
  People placed{};
  std::int64_t fit{};
};

Expected expected_of(const engine::Instance& round, Method method) {
  if (method == Method::optimum) {
    const Best best = best_plan(round);
    return {best.placed, best.goals.back()};
  }
  const Orders orders = orders_of(round);
  const WorkerOf plan = method == Method::arrival
                            ? arrival_plan(round)
                            : best_for_people(stable_plans(round, orders), orders).value();
  Expected out;
  for (std::size_t i = 0; i < plan.size(); ++i) out.placed |= static_cast<People>(plan[i] != nobody) << i;
  for (const engine::InstancePair& pair : round.pairs)
    if (plan[pair.person] == pair.worker) out.fit += engine::fit_of(pair);
  return out;
}

// The smallest wait that `percent` of those placed do not exceed.
std::int32_t wait_of(const WaitingList& list, People placed, std::size_t percent) {
  std::vector<std::int32_t> waits;
  for (std::size_t i = 0; i < list.people().size(); ++i)
    if ((placed >> i & 1) != 0) waits.push_back(list.settings().as_of - list.people()[i].profile.waiting_on);
  std::sort(waits.begin(), waits.end());
  for (std::size_t k = 0; k < waits.size(); ++k)
    if ((k + 1) * 100 >= waits.size() * percent) return waits[k];
  return 0;
}

// Whoever has no offer only because nobody close enough is there yet.
bool waits_for_closer(const WaitingList& list, const PreparedPerson& person, std::size_t dial) {
  const std::int32_t floor = floor_at(person.profile, list.settings(), dial);
  bool any = false;
  for (std::uint32_t j = 0; j < list.workers().size(); ++j) {
    if (!list.feasibility(person, j).open.empty()) continue;
    if (list.parts(person, j).person >= floor) return false;
    any = true;
  }
  return any;
}

} // namespace

TEST_CASE(
    "every position of the dial gives the plan that dates, floors and exhaustion give (1,000 services)") {
  MadeUp made(20'261'130);
  std::size_t fewer = 0, offered = 0;
  for (std::size_t turn = 0; turn < problems(1'000); ++turn) {
    INFO(turn);
    PlanInput input = small_service(made);
    input.settings.method = every_method.at(turn % 3);
    input.settings.dial = every_dial.at(turn / 3 % 5);
    const WaitingList list = WaitingList::prepare(input).value();
    const Plan plan = make_plan(list).value();
    REQUIRE_EQ(plan.dial.size(), 5);
    for (std::size_t dial = 0; dial < 5; ++dial) {
      INFO(dial);
      const Expected expected = expected_of(first_round_at(list, dial), input.settings.method);
      const DialTotals& row = plan.dial[dial];
      REQUIRE(row.dial == every_dial[dial]);
      REQUIRE_EQ(row.people, std::popcount(expected.placed));
      REQUIRE_EQ(row.fit, expected.fit);
      REQUIRE_EQ(row.median_wait_days, wait_of(list, expected.placed, 50));
      REQUIRE_EQ(row.ninetieth_wait_days, wait_of(list, expected.placed, 90));
    }
    fewer += plan.dial[4].people < plan.dial[0].people;
    offered += static_cast<std::size_t>(plan.dial[0].people);
  }
  CHECK_GE(fewer, problems(1'000) / 10);
  CHECK_GE(offered, problems(1'000));
}

TEST_CASE("the plan itself stands at its position: classes, kept places and who waits for somebody closer "
          "(1,000 services)") {
  MadeUp made(20'261'201);
  std::size_t held_back = 0;
  for (std::size_t turn = 0; turn < problems(1'000); ++turn) {
    INFO(turn);
    PlanInput input = small_service(made);
    const std::size_t dial = turn % 5;
    input.settings.dial = every_dial.at(dial);
    input.settings.method = every_method.at(turn / 5 % 3);
    const WaitingList list = WaitingList::prepare(input).value();
    const Plan plan = make_plan(list).value();
    const engine::Instance round = first_round_at(list, dial);
    for (const MethodTotals& method : plan.methods) {
      const Expected expected = expected_of(round, method.method);
      REQUIRE_EQ(method.totals.people, std::popcount(expected.placed));
      REQUIRE_EQ(method.totals.fit, expected.fit);
    }
    const People placed = expected_of(round, input.settings.method).placed;
    for (const PersonPlan& person : plan.people) {
      const std::uint32_t at = list.find_person(person.person).value();
      const PreparedPerson& prepared = list.people()[at];
      REQUIRE_EQ(person.klass, class_at(prepared.profile, input.settings, dial));
      REQUIRE_EQ(person.promise_on - input.settings.as_of, days_to_promise(prepared.profile, input.settings));
      REQUIRE_EQ(!person.offers.empty() && person.offers[0].kept, (placed >> at & 1) != 0);
      if (person.outcome != Outcome::below_floor && person.outcome != Outcome::places_taken) continue;
      REQUIRE_EQ(person.outcome == Outcome::below_floor, waits_for_closer(list, prepared, dial));
      if (person.outcome == Outcome::places_taken) continue;
      ++held_back;
      REQUIRE(*person.until == (dial == 4 ? person.promise_on : person.promise_on + -14));
    }
  }
  CHECK_GE(held_back, problems(1'000) / 10);
}
