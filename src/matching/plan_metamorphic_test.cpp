// The same service changed, and what must follow for its plan and the plan's JSON: a view that is not held
// has no influence, a secret shows in nothing but who is offered, what came of earlier offers changes no fit,
// and new weights change no explanation that is kept. 200 made-up services or more in each test.
#include <algorithm>
#include <array>

#include "matching/explanation_json.hpp"
#include "matching/plan.hpp"
#include "matching/plan_json.hpp"
#include "support/made_up.hpp"

#include "support/test.hpp"

using namespace kith;
using namespace kith::matching;
using kith::test::MadeUp;

namespace {

constexpr std::array every_dial{Dial::soonest, Dial::sooner, Dial::balanced, Dial::closer, Dial::closest};
constexpr std::array every_method{Method::stable, Method::optimum, Method::arrival};

std::string bytes_of(const Plan& plan) { return plan_json(plan, {IdNames(), IdNames()}, Proof::written); }

// A service in which everybody could meet everybody by telephone in English on Mondays, and nobody has
// limits.
PlanInput open_service(MadeUp& made) {
  PlanInput out = made.service(10, 8);
  out.exclusions.clear();
  const auto open = [&](Traits& traits) {
    traits.languages = Codes{"en"};
    traits.remote = true;
    traits.in_person = true;
    traits.location = Location{static_cast<std::int32_t>(made.below(7'000)), 0};
    traits.range_metres = 10'000;
    traits.availability = parse_week("mon 09:00-12:00").value();
  };
  for (PersonProfile& person : out.people) open(person.traits);
  for (WorkerProfile& worker : out.workers) {
    open(worker.traits);
    worker.boundaries = {};
    worker.settings_cleared = {"community", "ward"};
  }
  return out;
}

template <class Profile> void give_view(Profile& profile, const Wish& wish) {
  std::erase_if(profile.wishes, [&](const Wish& other) {
    return other.criterion == wish.criterion || other.strength == Strength::must;
  });
  profile.wishes.push_back(wish);
}

// Everybody holds this view on the criterion.
PlanInput with_view(PlanInput input, Criterion criterion, Strength strength) {
  for (PersonProfile& person : input.people) give_view(person, {criterion, strength, {}});
  for (WorkerProfile& worker : input.workers) give_view(worker, {criterion, strength, {}});
  return input;
}

// What the criterion compares, other than it was; nothing that a hard constraint reads changes.
void change(MadeUp& made, Criterion criterion, Traits& traits) {
  switch (criterion) {
  case Criterion::language:
    traits.languages = made.one_in(2) ? Codes{"ar", "en", "vi"} : Codes{"en", "prs"};
    break;
  case Criterion::interests:
    traits.interests = made.one_in(2) ? Codes{"chess", "music"} : Codes{"cooking"};
    break;
  case Criterion::gender:
    traits.genders = made.one_in(2) ? Codes{"man"} : Codes{"woman"};
    break;
  case Criterion::culture:
    traits.cultures = made.one_in(2) ? Codes{"igbo"} : Codes{"afghan", "samoan"};
    break;
  case Criterion::age:
    traits.age = static_cast<std::int32_t>(18 + made.below(60));
    break;
  case Criterion::times:
    traits.availability =
        parse_week(made.one_in(2) ? "mon 09:00-12:00; tue 09:00-17:00" : "mon 09:00-18:00; fri 10:00-12:00")
            .value();
    break;
  case Criterion::nearness:
    traits.location = Location{static_cast<std::int32_t>(made.below(7'000)), 0};
    break;
  case Criterion::organisation:
    traits.organisation = made.one_in(2) ? "north" : "south";
    break;
  case Criterion::experience:
    break; // in the profile beside the traits
  }
}

void change(MadeUp& made, Criterion criterion, PlanInput& input) {
  for (PersonProfile& person : input.people) change(made, criterion, person.traits);
  for (WorkerProfile& worker : input.workers) {
    change(made, criterion, worker.traits);
    if (criterion != Criterion::experience) continue;
    worker.experience.clear();
    if (made.one_in(2)) worker.experience.push_back({"voices", Release::released});
    if (made.one_in(2)) worker.experience.push_back({"loss", Release::matcher_only});
  }
}

// The plan without the languages and times in common that each offer names, which are no part of the fit.
std::string bytes_without_facts(Plan plan) {
  for (PersonPlan& person : plan.people)
    for (PlannedOffer& offer : person.offers) {
      offer.explanation.languages.clear();
      offer.explanation.times.reset();
    }
  return bytes_of(plan);
}

// What the plan says beside who is offered whom, and beside the sums over that: of two plans of the same
// people, whoever is offered somebody in either has only what stands in the profile left.
std::string told(Plan plan, const Plan& other) {
  plan.methods.clear();
  plan.dial.clear();
  plan.prices.clear();
  plan.proof = {};
  plan.with_choice = plan.with_one = plan.with_none = 0;
  for (std::size_t i = 0; i < plan.people.size(); ++i) {
    PersonPlan& person = plan.people[i];
    if (person.offers.empty() && other.people[i].offers.empty()) continue;
    person.outcome = Outcome::offered;
    person.offers.clear();
    person.not_known.clear();
    person.would_change.clear();
    person.until.reset();
  }
  return bytes_of(plan);
}

const PlannedOffer* offer_of(const PersonPlan& person, RawId worker) {
  const auto found = std::find_if(person.offers.begin(), person.offers.end(),
                                  [&](const PlannedOffer& offer) { return offer.worker == worker; });
  return found == person.offers.end() ? nullptr : &*found;
}

// Somebody's worker by the plan, or anybody.
Exclusion any_pair(MadeUp& made, const PlanInput& input, const Plan& plan) {
  const PersonPlan& person = plan.people[made.below(plan.people.size())];
  if (!person.offers.empty() && made.one_in(2)) return {person.person, person.offers[0].worker};
  return {person.person, input.workers[made.below(input.workers.size())].id};
}

} // namespace

TEST_CASE("a view changed to not important removes that criterion's influence, each of the nine") {
  MadeUp made(109);
  std::array<int, criterion_count> influenced{};
  for (int turn = 0; turn < 270; ++turn) {
    INFO(turn);
    const auto criterion = static_cast<Criterion>(turn % criterion_count);
    PlanInput input = open_service(made);
    input.settings.method = every_method.at(static_cast<std::size_t>(made.below(3)));
    PlanInput changed = input;
    change(made, criterion, changed);
    const auto bytes = [&](const PlanInput& of, Strength strength) {
      return bytes_without_facts(make_plan(with_view(of, criterion, strength)).value());
    };
    REQUIRE_EQ(bytes(changed, Strength::no_view), bytes(input, Strength::no_view));
    const auto at = static_cast<std::size_t>(criterion);
    influenced.at(at) += bytes(changed, Strength::matters) != bytes(input, Strength::matters);
  }
  for (const int plans : influenced) CHECK_GT(plans, 20); // of 30, where it matters to everybody
}

TEST_CASE("a secret exclusion changes only who is offered, and no other byte of the plan") {
  MadeUp made(20'261'130);
  int moved = 0, same = 0;
  for (int turn = 0; turn < 600; ++turn) {
    INFO(turn);
    PlanInput input = turn % 2 ? made.service(12, 10) : open_service(made);
    input.settings.method = every_method.at(static_cast<std::size_t>(turn % 3));
    input.settings.dial = every_dial.at(static_cast<std::size_t>(turn % 5));
    input.settings.choices = 1 + turn % 3;
    const Plan open = make_plan(input).value();
    const Exclusion secret = any_pair(made, input, open);
    PlanInput excluding = input;
    excluding.exclusions.push_back(secret);
    const Plan hidden = make_plan(excluding).value();
    REQUIRE_EQ(told(hidden, open), told(open, hidden));
    PlanInput without_secrets = input;
    without_secrets.exclusions.clear();
    const WaitingList list = WaitingList::prepare(without_secrets).value();
    bool as_before = true;
    for (std::size_t i = 0; i < open.people.size(); ++i) {
      const PersonPlan &before = open.people[i], &after = hidden.people[i];
      for (const PlannedOffer& offer : after.offers) {
        REQUIRE_FALSE(Exclusion{after.person, offer.worker} == secret);
        const PlannedOffer* was = offer_of(before, offer.worker);
        if (was) REQUIRE((was->explanation == offer.explanation));
        as_before &= was != nullptr;
      }
      as_before &= before.offers.size() == after.offers.size();
      if (before.offers.empty() || !after.offers.empty()) continue; // somebody who now has nobody
      const PreparedPerson& person = list.people()[list.find_person(after.person).value()];
      REQUIRE((after.would_change == what_would_change(list, person)));
      REQUIRE((after.outcome == Outcome::places_taken || after.outcome == Outcome::below_floor));
    }
    if (as_before) {
      REQUIRE_EQ(hidden.with_choice, open.with_choice);
      REQUIRE_EQ(hidden.with_one, open.with_one);
    }
    ++(as_before ? same : moved);
  }
  CHECK_GT(moved, 100);
  CHECK_GT(same, 100);
}

TEST_CASE("what came of earlier offers changes no fit, no weight and nobody's turn") {
  MadeUp made(115);
  int fewer = 0;
  for (int turn = 0; turn < 200; ++turn) {
    INFO(turn);
    const PlanInput input = open_service(made);
    const WaitingList before = WaitingList::prepare(input).value();
    PlanInput later = input; // everybody has said no to two, and one worker was declined by all
    for (PersonProfile& person : later.people) {
      person.declined.push_back(input.workers[0].id);
      person.declined.push_back(input.workers[made.below(8)].id);
    }
    const WaitingList after = WaitingList::prepare(later).value();
    for (std::uint32_t i = 0; i < before.people().size(); ++i) {
      const PreparedPerson &was = before.people()[i], &is = after.people()[i];
      REQUIRE_EQ(class_of(was.profile, before.settings()), class_of(is.profile, after.settings()));
      for (std::uint32_t j = 0; j < before.workers().size(); ++j) {
        const Parts then = before.parts(was, j), now = after.parts(is, j);
        REQUIRE_EQ(std::array{then.person, then.worker, then.service},
                   std::array{now.person, now.worker, now.service});
      }
    }
    fewer += after.possible().size() < before.possible().size();
  }
  CHECK_GT(fewer, 150);
}

TEST_CASE("an explanation stored under old weights reads the same after they have changed") {
  MadeUp made(116);
  int closer_words = 0, otherwise = 0;
  for (int turn = 0; turn < 200; ++turn) {
    INFO(turn);
    const PlanInput input = made.service(12, 8);
    PlanInput reweighted = input;
    reweighted.settings.weights_version = "2";
    reweighted.settings.weights = {1, 4, 20};
    reweighted.settings.closeness = {9'000, 8'000, 7'000};
    const WaitingList before = WaitingList::prepare(input).value();
    const WaitingList after = WaitingList::prepare(reweighted).value();
    for (const Possible& pair : before.possible()) {
      const Explanation made_then = before.explanation(before.people()[pair.person], pair.worker);
      const Explanation read = parse_explanation(explanation_bytes(made_then)).value();
      REQUIRE((read == made_then));
      REQUIRE_EQ(read.weights, "1");
      const Explanation now = after.explanation(after.people()[pair.person], pair.worker);
      REQUIRE_EQ(now.weights, "2");
      closer_words += now.closeness != read.closeness;
      otherwise += now.contributions != read.contributions;
    }
  }
  CHECK_GT(closer_words, 100);
  CHECK_GT(otherwise, 100);
}
