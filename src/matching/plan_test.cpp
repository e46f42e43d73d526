#include <algorithm>
#include <map>

#include "base/random.hpp"
#include "matching/compare.hpp"
#include "matching/criteria/criterion.hpp"
#include "matching/explanation_json.hpp"
#include "matching/plan_json.hpp"
#include "matching/wording.hpp"

#include "support/made_up.hpp"
#include "support/test.hpp"

using namespace kith;
using namespace kith::matching;
using kith::test::MadeUp;

namespace {

// One worker with one place and people who all could be offered that worker and have no wishes.
PlanInput plain_service(std::size_t people) {
  PlanInput input;
  input.settings.as_of = *parse_date("2026-11-24");
  Traits traits;
  traits.languages = Codes{"en"};
  traits.remote = true;
  traits.in_person = false;
  traits.availability = parse_week("mon 09:00-12:00").value();
  for (std::uint64_t i = 1; i <= people; ++i) {
    PersonProfile person;
    person.id = {i, 1};
    person.traits = traits;
    person.consents_to_matching = true;
    person.waiting_on = input.settings.as_of;
    input.people.push_back(std::move(person));
  }
  WorkerProfile worker;
  worker.id = {1, 2};
  worker.traits = traits;
  worker.places_agreed = 1;
  worker.willing_on = input.settings.as_of;
  input.workers.push_back(std::move(worker));
  return input;
}

// The constraints of 1.1 recomputed in plain words from the profiles, sharing no code with feasibility.
void check_keeps_everything(const PersonProfile& p, const WorkerProfile& w, const PlanInput& input) {
  REQUIRE(p.consents_to_matching);
  REQUIRE(w.active);
  REQUIRE_FALSE(w.on_leave);
  REQUIRE_LE(input.settings.as_of - *w.willing_on, 90);
  REQUIRE(contains(w.settings_cleared, p.setting));
  REQUIRE(std::find(p.declined.begin(), p.declined.end(), w.id) == p.declined.end());
  for (const Exclusion& exclusion : input.exclusions) REQUIRE_FALSE(exclusion == Exclusion{p.id, w.id});
  const bool talk = p.traits.languages && w.traits.languages &&
                    (!shared(*p.traits.languages, *w.traits.languages).empty() ||
                     (p.traits.accepts_interpreter && w.traits.accepts_interpreter));
  REQUIRE(talk);
  bool near = false;
  if (p.traits.location && w.traits.location && *p.traits.in_person && *w.traits.in_person) {
    const std::int64_t east = p.traits.location->east_metres - w.traits.location->east_metres;
    const std::int64_t north = p.traits.location->north_metres - w.traits.location->north_metres;
    const std::int64_t range = std::min(*p.traits.range_metres, *w.traits.range_metres);
    near = east * east + north * north <= range * range;
  }
  REQUIRE((near || (*p.traits.remote && *w.traits.remote)));
  int run = 0, longest = 0;
  for (int at = 0; at < 336; ++at) {
    run = p.traits.availability->has(at) && w.traits.availability->has(at) ? run + 30 : 0;
    longest = std::max(longest, run);
  }
  REQUIRE_GE(longest, 60);
  for (const Wish& wish : p.wishes) {
    if (wish.strength != Strength::must) continue;
    if (wish.criterion == Criterion::gender)
      REQUIRE((w.traits.genders && !shared(wish.wanted, *w.traits.genders).empty()));
    if (wish.criterion == Criterion::experience) {
      bool released = false;
      for (const ExperienceItem& item : w.experience)
        released |= item.release == Release::released &&
                    contains(wish.wanted.empty() ? p.experience : wish.wanted, item.tag);
      REQUIRE(released);
    }
    if (wish.criterion == Criterion::organisation) REQUIRE_EQ(p.traits.organisation, w.traits.organisation);
  }
  if (!w.boundaries.only_genders.empty()) REQUIRE(contains(*p.traits.genders, "woman"));
  if (w.boundaries.age_least) REQUIRE_GE(*p.traits.age, *w.boundaries.age_least);
  for (const std::string& tag : w.boundaries.not_experience) REQUIRE_FALSE(contains(p.experience, tag));
}

const PersonProfile& person_in(const PlanInput& input, RawId id) {
  return *std::find_if(input.people.begin(), input.people.end(), [&](const auto& p) { return p.id == id; });
}
const WorkerProfile& worker_in(const PlanInput& input, RawId id) {
  return *std::find_if(input.workers.begin(), input.workers.end(), [&](const auto& w) { return w.id == id; });
}

std::string bytes_of(const Plan& plan) { return plan_json(plan, {IdNames(), IdNames()}); }
std::string bytes_of(const ComparisonPage& page) { return comparison_json(page, {IdNames(), IdNames()}); }

} // namespace

TEST_CASE("no offer breaks a must, an exclusion, a boundary or the places, by any method") {
  MadeUp made(101);
  std::size_t offers = 0;
  for (int round = 0; round < 40; ++round) {
    PlanInput input = made.service(25, 12);
    input.settings.method = static_cast<Method>(round % 3);
    input.settings.dial = static_cast<Dial>(round % 5);
    input.settings.choices = 1 + round % 3;
    const Plan plan = make_plan(input).value();
    std::map<RawId, std::int32_t> used;
    for (const PersonPlan& person : plan.people)
      for (const PlannedOffer& offer : person.offers) {
        check_keeps_everything(person_in(input, person.person), worker_in(input, offer.worker), input);
        ++used[offer.worker];
        ++offers;
      }
    for (const auto& [worker, count] : used) REQUIRE_LE(count, worker_in(input, worker).free_places());
    REQUIRE_EQ(plan.with_choice + plan.with_one + plan.with_none, 25);
  }
  CHECK_GT(offers, 300);
}

TEST_CASE("an explanation sums to its fit, keeps its budget and survives being stored") {
  MadeUp made(102);
  const Words words = Words::load("en");
  const Wording wording(words);
  for (int round = 0; round < 10; ++round) {
    const Plan plan = make_plan(made.service(25, 15)).value();
    for (const PersonPlan& person : plan.people)
      for (const PlannedOffer& offer : person.offers) {
        const Explanation& why = offer.explanation;
        std::int32_t sum = 0, persons_points = 0, workers_points = 0;
        for (const Contribution& c : why.contributions) {
          REQUIRE_EQ(c.value, c.points * c.grade);
          sum += c.value;
          if (c.side == WhoseView::person) persons_points += c.points;
          if (c.side == WhoseView::worker) workers_points += c.points;
        }
        REQUIRE_EQ(sum, why.fit);
        REQUIRE_EQ(persons_points, 1'000);
        REQUIRE_EQ(workers_points, 500);
        REQUIRE_LE(why.fit, 16'000);
        const Explanation again = parse_explanation(explanation_bytes(why)).value();
        REQUIRE((again == why));
        REQUIRE_EQ(wording.sentences(again), wording.sentences(why));
        for (const Contribution& c : for_both(why).contributions) REQUIRE(c.side != WhoseView::worker);
      }
  }
}

TEST_CASE("adding a secret exclusion changes who is offered and not one other byte of the page") {
  MadeUp made(103);
  int candidates_hidden = 0, stayed_under_a_reason = 0;
  for (int round = 0; round < 300; ++round) {
    PlanInput input = made.service(12, 10);
    const RawId person = input.people[0].id;
    const RawId worker = input.workers[made.below(10)].id;
    std::erase_if(input.exclusions, [&](const Exclusion& e) { return e == Exclusion{person, worker}; });
    ComparisonPage open = compare(WaitingList::prepare(input).value(), {person, {}, 99}).value();
    input.exclusions.push_back({person, worker});
    const ComparisonPage hidden = compare(WaitingList::prepare(input).value(), {person, {}, 99}).value();
    const auto before = open.candidates.size();
    std::erase_if(open.candidates, [&](const Candidate& c) { return c.worker == worker; });
    candidates_hidden += before != open.candidates.size();
    stayed_under_a_reason += std::any_of(hidden.not_shown.begin(), hidden.not_shown.end(),
                                         [&](const NotShown& n) { return n.worker == worker; });
    REQUIRE((bytes_of(open) == bytes_of(hidden)));
  }
  CHECK_GT(candidates_hidden, 5);
  CHECK_GT(stayed_under_a_reason, 20);
}

TEST_CASE("boundaries, walls and the worker's own musts leak no more than an exclusion") {
  MadeUp made(104);
  for (int round = 0; round < 60; ++round) {
    // No effects here: a limit concerns other people too, and who they are offered may change.
    PlanInput input = made.service(8, 8);
    const RawId person = input.people[0].id;
    for (WorkerProfile& worker : input.workers) {
      worker.boundaries = {};
      worker.wishes.clear();
    }
    ComparisonPage open = compare(WaitingList::prepare(input).value(), {person, {}, 0}).value();
    WorkerProfile& limited = input.workers[made.below(8)];
    if (round % 2 == 0) limited.boundaries.not_experience = input.people[0].experience;
    if (round % 4 == 1) limited.wishes = {{Criterion::age, Strength::must, {"120-121"}}};
    if (round % 4 == 3 && input.people[0].traits.organisation && limited.traits.organisation)
      input.settings.walls = {{*input.people[0].traits.organisation, *limited.traits.organisation}};
    const ComparisonPage hidden = compare(WaitingList::prepare(input).value(), {person, {}, 0}).value();
    std::erase_if(open.candidates, [&](const Candidate& c) {
      return std::none_of(hidden.candidates.begin(), hidden.candidates.end(),
                          [&](const Candidate& h) { return h.worker == c.worker; });
    });
    REQUIRE((bytes_of(open) == bytes_of(hidden)));
  }
}

TEST_CASE("why somebody has no offer is said from open facts alone") {
  MadeUp made(105);
  int without = 0;
  for (int round = 0; round < 300; ++round) {
    PlanInput input = made.service(20, 6);
    input.settings.dial = static_cast<Dial>(round % 5);
    input.exclusions.clear();
    const Plan open = make_plan(input).value();
    const auto found = std::find_if(open.people.begin(), open.people.end(), [&](const PersonPlan& person) {
      return person.offers.empty() && (person.outcome == Outcome::places_taken ||
                                       person.outcome == Outcome::below_floor || round % 3 == 0);
    });
    if (found == open.people.end()) continue;
    const PersonPlan& nobody = *found;
    ++without;
    for (const WorkerProfile& worker : input.workers) input.exclusions.push_back({nobody.person, worker.id});
    const Plan closed = make_plan(input).value();
    for (const PersonPlan& person : closed.people)
      if (person.person == nobody.person) {
        CHECK(person.outcome == nobody.outcome);
        CHECK((person.would_change == nobody.would_change));
      }
  }
  CHECK_GT(without, 50);
}

TEST_CASE("a secret exclusion does not turn 'places taken' into 'waiting for a closer worker'") {
  PlanInput input = plain_service(2);
  input.settings.dial = Dial::closest;
  input.people[0].promise_on = input.settings.as_of + -3; // overdue: takes the only place
  const auto second = [&] { return make_plan(input).value().people[1]; };
  CHECK(second().outcome == Outcome::places_taken);
  input.exclusions = {{input.people[1].id, input.workers[0].id}};
  CHECK(second().outcome == Outcome::places_taken);
  CHECK_FALSE(second().until.has_value());
}

TEST_CASE("the same people in any order give the same bytes, and twice the same") {
  MadeUp made(106);
  for (int round = 0; round < 200; ++round) {
    PlanInput input = made.service(20, 10);
    const std::string before = bytes_of(make_plan(input).value());
    std::reverse(input.people.begin(), input.people.end());
    std::rotate(input.workers.begin(), input.workers.begin() + 3, input.workers.end());
    std::reverse(input.exclusions.begin(), input.exclusions.end());
    REQUIRE_EQ(bytes_of(make_plan(input).value()), before);
  }
}

TEST_CASE("a pair already declined is never asked again and named only as already asked") {
  MadeUp made(107);
  for (int round = 0; round < 20; ++round) {
    PlanInput input = made.service(10, 8);
    const Plan first = make_plan(input).value();
    for (const PersonPlan& person : first.people)
      if (!person.offers.empty())
        for (PersonProfile& profile : input.people)
          if (profile.id == person.person) profile.declined.push_back(person.offers[0].worker);
    const WaitingList list = WaitingList::prepare(input).value();
    const Plan second = make_plan(list).value();
    for (const PersonPlan& person : first.people) {
      if (person.offers.empty()) continue;
      const auto why = why_not(list, second, {person.person, person.offers[0].worker}).value();
      REQUIRE(why.has_value());
      REQUIRE(std::holds_alternative<NotPossible>(*why));
      REQUIRE(std::get<NotPossible>(*why).reasons[0].obstacle == Obstacle::already_asked);
    }
  }
}

TEST_CASE("the dial's floor holds people back until its date, never an overdue person") {
  MadeUp made(108);
  int held_back = 0;
  for (int round = 0; round < 40; ++round) {
    PlanInput input = made.service(20, 10);
    input.settings.dial = static_cast<Dial>(2 + round % 3);
    const Closeness least[]{Closeness::some_in_common, Closeness::close, Closeness::very_close};
    const Plan plan = make_plan(input).value();
    REQUIRE_EQ(plan.dial.size(), 5);
    for (const PersonPlan& person : plan.people) {
      const std::int32_t left = person.promise_on - input.settings.as_of;
      const bool floor_holds = input.settings.dial == Dial::closest ? left > 0 : left > 14;
      if (person.outcome == Outcome::below_floor) {
        ++held_back;
        REQUIRE(floor_holds);
        REQUIRE(*person.until ==
                (input.settings.dial == Dial::closest ? person.promise_on : person.promise_on + -14));
      }
      for (const PlannedOffer& offer : person.offers)
        if (floor_holds) REQUIRE(offer.explanation.closeness <= least[round % 3]);
    }
  }
  CHECK_GT(held_back, 10);
}

TEST_CASE("classes: named reasons first, then most overdue, then nearest promise, in bands of the dial") {
  Settings settings;
  settings.as_of = *parse_date("2026-11-24");
  const auto klass = [&](std::int32_t days_to_promise, Dial dial, const char* reason = "") {
    settings.dial = dial;
    PersonProfile person;
    person.promise_on = settings.as_of + days_to_promise;
    person.triage_reason = reason;
    return class_of(person, settings);
  };
  CHECK_EQ(klass(20, Dial::sooner, "discharge_within_7_days"), 1'023);
  CHECK_EQ(klass(20, Dial::sooner, "severe"), klass(20, Dial::sooner)); // not a reason of the service
  CHECK_GT(klass(-8, Dial::sooner), klass(-7, Dial::sooner));
  CHECK_EQ(klass(-7, Dial::sooner), klass(-1, Dial::sooner));
  CHECK_GT(klass(-1, Dial::sooner), klass(0, Dial::sooner));
  CHECK_EQ(klass(0, Dial::sooner), klass(6, Dial::sooner));
  CHECK_GT(klass(6, Dial::sooner), klass(7, Dial::sooner));
  CHECK_GT(klass(3, Dial::soonest), klass(4, Dial::soonest));
  CHECK_EQ(klass(-300, Dial::closest), klass(-1, Dial::closest));
  CHECK_LE(klass(-5'000, Dial::soonest), 1'013);
  CHECK_EQ(klass(100'000, Dial::soonest), 0);
}

TEST_CASE("a budget is spent to the point, whatever is marked") {
  const Wishes three{{Criterion::age, Strength::matters, {}},
                     {Criterion::gender, Strength::matters, {}},
                     {Criterion::language, Strength::matters, {}}};
  const Budget even = budget_of(three, 1'000, {});
  CHECK_EQ(even.shares[0].points, 334); // language: ties go to the smaller criterion
  CHECK_EQ(even.shares[1].points, 333);
  CHECK_EQ(even.shares[2].points, 333);
  const Budget mixed = budget_of({{Criterion::age, Strength::avoid, {}},
                                  {Criterion::times, Strength::a_little, {}},
                                  {Criterion::gender, Strength::must, {}}},
                                 1'000, {});
  REQUIRE_EQ(mixed.shares.size(), 2);
  CHECK_EQ(mixed.shares[0].points, 800);
  CHECK_EQ(mixed.shares[1].points, 200);
  CHECK_EQ(budget_of({{Criterion::age, Strength::no_view, {}}}, 1'000, {}).unspent, 1'000);
}

TEST_CASE("a private or supervisor-only experience changes nothing, a rare unnamed one neither") {
  MadeUp made(110);
  PlanInput input = made.service(10, 8);
  for (PersonProfile& person : input.people)
    person.wishes = {{Criterion::experience, Strength::matters, {"stroke", "voices"}}};
  const std::string before = bytes_of(make_plan(input).value());
  for (const Release release : {Release::private_to_worker, Release::supervisor, Release::after_agreement}) {
    PlanInput other = input;
    for (WorkerProfile& worker : other.workers) worker.experience.push_back({"stroke", release});
    CHECK_EQ(bytes_of(make_plan(other).value()), before);
  }
  PlanInput rare = input;
  rare.workers[0].experience.push_back({"stroke", Release::matcher_only});
  CHECK_EQ(bytes_of(make_plan(rare).value()), before);
  for (WorkerProfile& worker : rare.workers) worker.experience.push_back({"stroke", Release::matcher_only});
  const std::string common = bytes_of(make_plan(rare).value());
  CHECK_NE(common, before);
  CHECK_EQ(common.find("stroke"), std::string::npos);
}

TEST_CASE("what one worker keeps private is not counted because others hold the same") {
  MadeUp made(111);
  PlanInput input = made.service(10, 8);
  for (PersonProfile& person : input.people)
    person.wishes = {{Criterion::experience, Strength::matters, {"stroke", "voices"}}};
  for (WorkerProfile& worker : input.workers) worker.experience = {{"stroke", Release::matcher_only}};
  const auto bytes = [&](std::vector<ExperienceItem> items) { // of everybody's offers, when one has these
    PlanInput other = input;
    other.workers.back().experience = std::move(items);
    return bytes_of(make_plan(other).value());
  };
  const std::string without = bytes({});
  for (const Release release : {Release::private_to_worker, Release::supervisor, Release::after_agreement})
    CHECK((bytes({{"stroke", release}}) == without));
  CHECK((bytes({{"stroke", Release::matcher_only}}) != without));
}

TEST_CASE("unknown never satisfies a must, and missing basics are named") {
  PlanInput input = plain_service(1);
  PersonProfile& person = input.people[0];
  WorkerProfile& worker = input.workers[0];
  const auto outcome = [&] { return make_plan(input).value().people[0]; };
  CHECK(outcome().outcome == Outcome::offered);
  for (const Criterion criterion : {Criterion::gender, Criterion::culture, Criterion::age,
                                    Criterion::organisation, Criterion::interests}) {
    person.wishes = {{criterion, Strength::must, {"18-99"}}};
    const PersonPlan plan = outcome();
    CHECK(plan.outcome == Outcome::no_candidate);
    REQUIRE_EQ(plan.would_change.size(), 1);
    CHECK(plan.would_change[0].obstacle == Obstacle::must_not_known);
  }
  person.wishes.clear();
  const Traits whole = person.traits;
  person.traits.languages.reset();
  person.traits.availability.reset();
  CHECK(outcome().outcome == Outcome::not_known);
  CHECK_EQ(outcome().not_known, std::vector{Obstacle::languages_not_known, Obstacle::times_not_known});
  person.traits = whole;
  person.traits.remote = false;
  person.traits.in_person = true;
  CHECK_EQ(outcome().not_known, std::vector{Obstacle::location_not_known});
  person.traits = whole;
  worker.traits.availability.reset();
  CHECK(outcome().would_change[0].obstacle == Obstacle::times_not_known);
}

TEST_CASE("effects on others are those of the list solved again without that place") {
  MadeUp made(112);
  int lost = 0;
  for (int round = 0; round < 30; ++round) {
    PlanInput input = made.service(40, 5);
    const WaitingList list = WaitingList::prepare(input).value();
    const RawId person = input.people[0].id;
    PlanInput others = input;
    for (PersonProfile& profile : others.people)
      if (profile.id == person) profile.consents_to_matching = false;
    const Plan before = make_plan(others).value();
    const ComparisonPage page = compare(list, {person, {}, 9}).value();
    for (const Candidate& candidate : page.candidates) {
      PlanInput fixed = others;
      for (WorkerProfile& worker : fixed.workers)
        if (worker.id == candidate.worker) ++worker.places_live;
      std::size_t changes = 0;
      for (const PlanChange& change : difference(before.people, make_plan(fixed).value().people))
        changes += change.person != person && change.before != change.after;
      REQUIRE_EQ(candidate.effects.size(), changes);
      for (const EffectOnOther& effect : candidate.effects) lost += !effect.after;
    }
  }
  CHECK_GT(lost, 3);
}

TEST_CASE("every reason, closeness and outcome has plain words without a percentage") {
  const Words words = Words::load("en");
  const Wording wording(words);
  std::vector<std::string> said;
  for (int o = 0; o < 18; ++o) {
    OpenReason reason{static_cast<Obstacle>(o), {}, {}};
    if (reason.obstacle == Obstacle::must_not_met || reason.obstacle == Obstacle::must_not_known)
      reason.criterion = Criterion::gender;
    said.push_back(wording.reason(reason));
  }
  said.push_back(wording.reason({Obstacle::no_place, {}, Date{20'000}}));
  said.push_back(wording.reason({Obstacle::on_leave, {}, Date{20'000}}));
  for (int c = 0; c < 4; ++c) said.push_back(wording.closeness(static_cast<Closeness>(c)));
  for (int c = 0; c < criterion_count; ++c)
    said.push_back(wording.criterion(name_of(static_cast<Criterion>(c))));
  for (int o = 1; o < 7; ++o) {
    PersonPlan plan;
    plan.outcome = static_cast<Outcome>(o);
    plan.until = Date{20'000};
    plan.not_known = {Obstacle::languages_not_known, Obstacle::ways_not_known, Obstacle::location_not_known,
                      Obstacle::times_not_known};
    plan.would_change = {{Obstacle::too_far, {}, {RawId{1, 1}}}};
    said.push_back(wording.outcome(plan));
  }
  for (int s = 0; s < 5; ++s) said.push_back(wording.strength(static_cast<Strength>(s)));
  for (int m = 0; m < 4; ++m)
    said.push_back(wording.cell({Criterion::age, Strength::matters, static_cast<Meets>(m), {}}));
  const Justification all[]{CommonLanguages{{"en", "prs"}, true},
                            CommonLanguages{{"en"}, false},
                            WithInterpreter{},
                            SharedExperience{{"voices"}, false},
                            SharedExperience{{}, true},
                            SharedExperience{{"voices"}, true},
                            SharedInterests{{"tea"}},
                            GenderIs{{"woman"}, true},
                            SharedCulture{{"igbo"}},
                            AgeCompared{AgeNearness::close},
                            AgeCompared{AgeNearness::far_apart},
                            AgeCompared{AgeNearness::in_wanted_band},
                            AgeCompared{AgeNearness::some_years_apart},
                            CommonTimes{{1, 1020, 1110}, 90},
                            CommonTimes{{1, 1020, 1050}, 30},
                            Distance{3},
                            MeetsRemotely{},
                            OrganisationIs{"north", true},
                            NothingShared{},
                            NotKnown{},
                            NothingAsked{},
                            EarlierConnection{}};
  for (const Justification& why : all) said.push_back(wording.justification(why));
  const EffectOnOther effect{{7, 7}, 31, Closeness::very_close, Closeness::close};
  said.push_back(wording.effect(effect, "Jo"));
  CHECK_EQ(said.back(), "Jo, waiting 31 days, would go from very close to close");
  said.push_back(wording.effect({{7, 7}, 1, Closeness::close, {}}, "Jo"));
  said.push_back(wording.effect({{7, 7}, 1, {}, Closeness::close}, "Jo"));
  said.push_back(wording.non_pair(NotAvailable{}, IdNames()));
  said.push_back(
      wording.non_pair(LowerFit{3, {}, {{"age", WhoseView::person, 1, 1, 1, false, NotKnown{}}}}, IdNames()));
  said.push_back(wording.non_pair(NeededElsewhere{3, {effect}}, IdNames()));
  said.push_back(wording.non_pair(NeededElsewhere{}, IdNames()));
  CHECK_EQ(wording.justification(CommonTimes{{1, 1020, 1110}, 90}),
           "both free Tuesday 17:00 to 18:30; 1 hour a week in all");
  for (const std::string& sentence : said) {
    CHECK_FALSE(sentence.empty());
    CHECK_EQ(sentence.find('%'), std::string::npos);
    CHECK_EQ(sentence.find('{'), std::string::npos);
  }
}

TEST_CASE("stored explanations that were tampered with are refused") {
  MadeUp made(113);
  const Plan plan = make_plan(made.service(20, 15)).value();
  const auto offered = std::find_if(plan.people.begin(), plan.people.end(),
                                    [](const PersonPlan& p) { return !p.offers.empty(); });
  REQUIRE(offered != plan.people.end());
  const std::string bytes = explanation_bytes(offered->offers[0].explanation);
  CHECK(parse_explanation(bytes).ok());
  SeededRandom random(1);
  for (int round = 0; round < 2'000; ++round) {
    std::string damaged = bytes;
    damaged[random.below(damaged.size())] = static_cast<char>(32 + random.below(90));
    const auto parsed = parse_explanation(damaged);
    if (!parsed.ok()) CHECK_FALSE(parsed.failure().code.empty());
  }
  Explanation wrong = offered->offers[0].explanation;
  ++wrong.fit;
  CHECK_EQ(parse_explanation(explanation_bytes(wrong)).failure().code, "explanation.form");
}

TEST_CASE("a service's whole run and a page among five hundred workers come out whole") {
  MadeUp made(114);
  const Plan plan = make_plan(made.service(300, 40)).value();
  CHECK(plan.people.size() == 300);
  CHECK(std::any_of(plan.people.begin(), plan.people.end(),
                    [](auto& person) { return !person.offers.empty(); }));
  const PlanInput large = made.service(300, 500);
  const WaitingList list = WaitingList::prepare(large).value();
  const ComparisonPage page = compare(list, {large.people[1].id, {}, 4}).value();
  CHECK(page.candidates.size() <= 500);
  PlanInput dense = large; // nearly everybody could be offered nearly everybody
  dense.exclusions.clear();
  for (PersonProfile& person : dense.people) {
    std::erase_if(person.wishes, [](const Wish& wish) { return wish.strength == Strength::must; });
    person.traits.languages = Codes{"en"};
    person.traits.remote = true;
    person.traits.availability = parse_week("any").value();
  }
  for (WorkerProfile& worker : dense.workers) {
    worker.traits.languages = Codes{"en", "vi"};
    worker.traits.remote = true;
    worker.traits.availability = parse_week("any").value();
    worker.settings_cleared = {"community", "ward"};
    worker.places_live = 0;
  }
  const WaitingList crowd = WaitingList::prepare(dense).value();
  const ComparisonPage wide = compare(crowd, {dense.people[1].id, {}, 4}).value();
  CHECK(crowd.possible().size() > list.possible().size());
  CHECK(wide.candidates.size() > page.candidates.size());
  CHECK(wide.candidates.size() <= 500);
}
