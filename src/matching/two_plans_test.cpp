#include "matching/two_plans.hpp"

#include <algorithm>
#include <map>

#include "support/made_up.hpp"
#include "support/test.hpp"

using namespace kith;
using namespace kith::matching;

namespace {

bool kept(const PersonPlan& person) { return !person.offers.empty() && person.offers[0].kept; }

std::optional<RawId> kept_worker(const PersonPlan& person) {
  return kept(person) ? std::optional<RawId>(person.offers[0].worker) : std::nullopt;
}

int part_of(const ComparedPerson& person) {
  if (person.change) return *person.change == Change::lost ? 0 : 1;
  if (person.further_differs) return 1;
  if (!person.open.empty()) return 3;
  return person.suggested.offers.empty() ? 4 : 2;
}

std::vector<InGroup> ages_of(const PlanInput& input) {
  std::vector<InGroup> out;
  for (const PersonProfile& person : input.people)
    out.push_back({person.id, !person.traits.age ? "" : *person.traits.age < 40 ? "young" : "old"});
  std::sort(out.begin(), out.end(), [](const InGroup& a, const InGroup& b) { return a.person < b.person; });
  return out;
}

} // namespace

TEST_CASE("the plan for today and the suggested one are those of their methods, who loses first") {
  test::MadeUp made(31);
  std::int64_t later = 0, sooner = 0, another = 0;
  for (int round = 0; round < 40; ++round) {
    const PlanInput input = made.service(40, 6);
    const TwoPlans plans = today_and_suggested(input, {}).value();
    REQUIRE_EQ(plans.people.size(), input.people.size());
    PlanInput arrival = input;
    arrival.settings.method = Method::arrival;
    const Plan today = make_plan(arrival).value(), suggested = make_plan(input).value();
    std::map<RawId, std::optional<RawId>> of_today, of_suggested;
    for (const PersonPlan& person : today.people) of_today[person.person] = kept_worker(person);
    for (const PersonPlan& person : suggested.people) of_suggested[person.person] = kept_worker(person);
    int part = 0;
    std::int64_t gained = 0, lost = 0;
    for (const ComparedPerson& person : plans.people) {
      REQUIRE_EQ(person.today.person, person.suggested.person);
      const RawId id = person.today.person;
      REQUIRE_EQ(kept_worker(person.today), of_today[id]);
      REQUIRE_EQ(kept_worker(person.suggested), of_suggested[id]);
      REQUIRE_EQ(person.change.has_value(), of_today[id] != of_suggested[id]);
      REQUIRE_GE(part_of(person), part);
      part = part_of(person);
      gained += !of_today[id] && of_suggested[id];
      lost += of_today[id] && !of_suggested[id];
    }
    REQUIRE_EQ(plans.sooner, gained);
    REQUIRE_EQ(plans.later, lost);
    later += plans.later;
    sooner += plans.sooner;
    another += plans.another;
  }
  CHECK_GT(later, 0);
  CHECK_GT(sooner, 0);
  CHECK_GT(another, 0);
}

TEST_CASE("a row kept by hand stands in the suggested plan, and the rest is planned around it") {
  test::MadeUp made(32);
  int kept_rows = 0;
  for (int round = 0; round < 40; ++round) {
    const PlanInput input = made.service(40, 6);
    const TwoPlans before = today_and_suggested(input, {}).value();
    const auto moved =
        std::find_if(before.people.begin(), before.people.end(),
                     [](const ComparedPerson& person) { return person.change && kept(person.today); });
    if (moved == before.people.end()) continue;
    const HandRow row{moved->today.person, moved->today.offers[0].worker};
    const TwoPlans after = today_and_suggested(input, std::vector<HandRow>{row}).value();
    REQUIRE_EQ(after.people.size(), input.people.size());
    const auto same =
        std::find_if(after.people.begin(), after.people.end(),
                     [&](const ComparedPerson& person) { return person.today.person == row.person; });
    REQUIRE_EQ(after.fixed[0].verdict, Verdict::stands);
    CHECK(same->fixed);
    CHECK_FALSE(same->change.has_value());
    CHECK_EQ(kept_worker(same->suggested), std::optional<RawId>(row.worker));
    ++kept_rows;
  }
  CHECK_GT(kept_rows, 10);
}

TEST_CASE("B8 groups are counted whole, small ones together, and few are not shown") {
  test::MadeUp made(33);
  PlanInput input = made.service(60, 6);
  for (std::size_t i = 0; i < input.people.size(); ++i)
    input.people[i].traits.age = i < 3 ? 90 : i < 9 ? 70 : 20; // 3, 6 and 51 people
  const TwoPlans plans = today_and_suggested(input, {}).value();
  std::vector<InGroup> groups;
  for (const PersonProfile& person : input.people)
    groups.push_back({person.id, std::to_string(*person.traits.age)});
  std::sort(groups.begin(), groups.end(),
            [](const InGroup& a, const InGroup& b) { return a.person < b.person; });
  const auto rows = fares(plans, groups);
  REQUIRE_EQ(rows.size(), 2);
  CHECK_EQ(rows[0].group, "20");
  CHECK_EQ(rows[0].waiting, 51);
  CHECK_EQ(rows[1].group, ""); // three alone would point at them, so the six go with them
  CHECK_EQ(rows[1].waiting, 9);
  for (const GroupFare& row : rows) {
    for (const auto& count : {row.today, row.suggested})
      if (count) CHECK((*count == 0 || *count >= 5));
  }
  std::int64_t offered = 0;
  for (const ComparedPerson& person : plans.people) offered += !person.suggested.offers.empty();
  CHECK_EQ(rows[0].suggested.has_value(), rows[1].suggested.has_value()); // one alone would tell the other
  if (rows[0].suggested) CHECK_EQ(*rows[0].suggested + *rows[1].suggested, offered);
}

TEST_CASE("B8 a group that waits while another is served shows in the counts") {
  test::MadeUp made(34);
  PlanInput input = made.service(80, 12);
  const auto anybody = [](auto& profile) { // everybody fits everybody
    profile.traits = {};
    profile.traits.languages = Codes{"en"};
    profile.traits.remote = true;
    profile.traits.availability = parse_week("mon 09:00-17:00").value();
    profile.wishes.clear();
  };
  for (WorkerProfile& worker : input.workers) {
    anybody(worker);
    worker.boundaries = {};
    worker.active = true;
    worker.on_leave = false;
    worker.willing_on = input.settings.as_of;
    worker.places_agreed = 10;
    worker.places_live = worker.places_reserved = 0;
  }
  for (std::size_t i = 0; i < input.people.size(); ++i) {
    PersonProfile& person = input.people[i];
    anybody(person);
    person.setting.clear();
    person.declined.clear();
    person.open_offers.clear();
    person.traits.age = i % 2 == 0 ? 30 : 60;
    person.consents_to_matching = i % 4 != 1 && i % 8 != 0; // twenty of the older do not, ten of the younger
  }
  input.exclusions.clear();
  const TwoPlans plans = today_and_suggested(input, {}).value();
  const auto rows = fares(plans, ages_of(input));
  REQUIRE_EQ(rows.size(), 2);
  REQUIRE(rows[0].suggested.has_value());
  REQUIRE(rows[1].suggested.has_value());
  CHECK_EQ(rows[0].group, "old");
  CHECK_LT(*rows[0].suggested, *rows[1].suggested);
}

TEST_CASE("whoever holds open offers keeps them in both plans and is offered nobody else") {
  test::MadeUp made(35);
  PlanInput input = made.service(40, 8);
  for (std::size_t i = 0; i < 10; ++i)
    input.people[i].open_offers = i % 2 == 0 ? std::vector<RawId>{input.workers[0].id}
                                             : std::vector<RawId>{input.workers[0].id, input.workers[1].id};
  std::map<RawId, std::vector<RawId>> open;
  for (const PersonProfile& person : input.people) open[person.id] = person.open_offers;
  const TwoPlans plans =
      today_and_suggested(input, std::vector<HandRow>{{input.people[0].id, input.workers[2].id}}).value();
  CHECK(plans.fixed.empty()); // nothing is kept for somebody who is deciding
  REQUIRE_EQ(plans.people.size(), 40);
  int deciding = 0;
  for (const ComparedPerson& person : plans.people) {
    CHECK_EQ(person.open, open[person.today.person]);
    if (person.open.empty()) continue;
    ++deciding;
    CHECK(person.today.offers.empty());
    CHECK(person.suggested.offers.empty());
    CHECK_EQ(person.suggested.outcome, Outcome::deciding);
  }
  CHECK_EQ(deciding, 10);
}

TEST_CASE("who loses a worker sees to whom that worker goes instead") {
  test::MadeUp made(36);
  int told = 0;
  for (int round = 0; round < 40; ++round) {
    const TwoPlans plans = today_and_suggested(made.service(40, 6), {}).value();
    std::map<RawId, const ComparedPerson*> by_id;
    for (const ComparedPerson& person : plans.people) by_id[person.today.person] = &person;
    for (const ComparedPerson& person : plans.people) {
      if (!person.change) CHECK(person.instead.empty());
      for (const RawId other : person.instead) {
        CHECK_EQ(kept_worker(by_id[other]->suggested), kept_worker(person.today));
        CHECK_NE(kept_worker(by_id[other]->today), kept_worker(person.today));
        ++told;
      }
    }
  }
  CHECK_GT(told, 10);
}

TEST_CASE("an empty list has an empty comparison") {
  const TwoPlans plans = today_and_suggested({}, {}).value();
  CHECK(plans.people.empty());
  CHECK(fares(plans, {}).empty());
}
