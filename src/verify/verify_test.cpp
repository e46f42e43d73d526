#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "matching/plan_json.hpp"
#include "verify/grades.hpp"
#include "verify/program.hpp"

#include "support/made_up.hpp"
#include "support/test.hpp"

using namespace kith;
using namespace kith::matching;
using kith::test::MadeUp;
using kith::verify::PlanFile;

namespace {

const std::string source = KITH_SOURCE_DIR;

std::string json_of(const Folder& folder) {
  const Plan plan = make_plan(folder.input).value();
  return plan_json(plan, {folder.person_ids, folder.worker_ids}, Proof::written);
}

PlanFile plan_of(const Folder& folder) { return verify::read_plan(json_of(folder)).value(); }

std::vector<verify::Violation> found(const Folder& folder, const PlanFile& plan) {
  return verify::verify(folder, plan, verify::people_most).value().violations;
}

std::string rules_of(const std::vector<verify::Violation>& violations) {
  std::string out;
  for (const auto& violation : violations) {
    if (out.find(violation.rule) != std::string::npos) continue;
    out.append(violation.rule).append(" ").append(violation.person).append(" ").append(violation.worker);
    out.append(" ").append(violation.says).append("\n");
  }
  return out;
}

bool has_rule(const std::vector<verify::Violation>& violations, std::string_view rule) {
  return std::any_of(violations.begin(), violations.end(), [&](const auto& v) { return v.rule == rule; });
}

// What the made-up services of matching's own tests leave out: open offers, walls, further limits and wishes.
void add_rarer_things(PlanInput& input, MadeUp& made) {
  for (PersonProfile& person : input.people) {
    if (made.one_in(8)) person.open_offers = {input.workers[made.below(input.workers.size())].id};
    if (made.one_in(5))
      person.promise_on = input.settings.as_of + (static_cast<std::int32_t>(made.below(60)) - 30);
    if (made.one_in(15)) person.wishes.clear();
    if (made.one_in(12))
      person.wishes = {{Criterion::times, Strength::must, {"mon 09:00-24:00", "wed 00:00-24:00"}},
                       {Criterion::nearness, Strength::avoid, {}}};
    if (made.one_in(12)) person.wishes = {{Criterion::interests, Strength::must, {"chess", "music"}}};
    if (made.one_in(12)) person.traits.in_person.reset();
    if (made.one_in(10)) {
      person.traits.location = input.workers[0].traits.location;
      person.traits.range_metres = 0;
    }
  }
  for (WorkerProfile& worker : input.workers) {
    if (made.one_in(6)) worker.places_reserved = 1;
    if (made.one_in(8)) worker.boundaries.age_most = 60;
    if (made.one_in(8)) worker.boundaries.not_cultures = {"igbo"};
    if (made.one_in(8)) worker.boundaries.not_settings = {"ward"};
    if (made.one_in(8)) worker.settings_willing = {"community"};
    if (made.one_in(8)) worker.wishes = {{Criterion::age, Strength::must, {"18-50", "60-90"}}};
  }
  input.settings.walls = {{"north", "south"}};
  input.settings.offers_per_place = 1 + static_cast<int>(made.below(2));
  input.settings.allows_matcher_only = !made.one_in(4);
  input.settings.weights.a_little = static_cast<std::int32_t>(made.below(3));
}

Folder made_up(MadeUp& made, std::size_t people, std::size_t workers) {
  Folder folder;
  folder.input = made.service(people, workers);
  add_rarer_things(folder.input, made);
  folder.input.settings.seed >>= 2; // what criteria.json can say
  return folder;
}

Folder sample(Method method) {
  FolderOptions options;
  options.method = method;
  return parse_folder(read_folder(source + "/examples/match").value(), options);
}

// A folder with every kind of thing to break: somebody with a choice, a full worker, a price above 0.
Folder to_break(Method method) {
  MadeUp made(7);
  Folder folder;
  folder.input = made.service(40, 14);
  for (WorkerProfile& worker : folder.input.workers) worker.places_live = 0;
  folder.input.settings.seed >>= 2;
  folder.input.settings.method = method;
  return folder;
}

verify::WrittenPerson& with_offers(PlanFile& plan, std::size_t least, std::size_t skip = 0) {
  for (verify::WrittenPerson& person : plan.people)
    if (person.offers.size() >= least && skip-- == 0) return person;
  FAIL("nobody has so many offers");
  return plan.people[0];
}

verify::WrittenMethod& own_totals(PlanFile& plan) {
  return *std::find_if(plan.methods.begin(), plan.methods.end(),
                       [&](const auto& method) { return method.method == plan.method; });
}

struct Planted {
  std::string_view name{};
  std::string_view rule{}; // one that must be found
  void (*plant)(PlanFile& plan){};
};

constexpr Planted defects[]{
    {"a kept pair dropped", "counts", [](PlanFile& p) { with_offers(p, 1).offers.clear(); }},
    {"a kept pair dropped, and said so", "people",
     [](PlanFile& p) {
       --(with_offers(p, 1).offers.size() == 1 ? p.with_one : p.with_choice);
       ++p.with_none;
       with_offers(p, 1).offers.clear();
     }},
    {"a contribution more by 1", "sum", [](PlanFile& p) { ++with_offers(p, 1).offers[0].lines[0].value; }},
    {"a contribution and the fit more by 1", "contribution",
     [](PlanFile& p) {
       ++with_offers(p, 1).offers[0].lines[0].value;
       ++with_offers(p, 1).offers[0].fit;
     }},
    {"a grade of another", "contribution", [](PlanFile& p) { ++with_offers(p, 1).offers[0].lines[0].grade; }},
    {"a part more by 1", "part", [](PlanFile& p) { ++with_offers(p, 1).offers[0].person_part; }},
    {"a fit more by 1", "fit", [](PlanFile& p) { ++with_offers(p, 1).offers[0].fit; }},
    {"another word for how close", "closeness",
     [](PlanFile& p) { with_offers(p, 1).offers[0].closeness = "closest"; }},
    {"a way of meeting that is none", "way",
     [](PlanFile& p) { with_offers(p, 1).offers[0].remote = !with_offers(p, 1).offers[0].remote; }},
    {"an explanation of another pair", "explanation",
     [](PlanFile& p) { with_offers(p, 1).offers[0].explained_person = "somebody"; }},
    {"the value more by 1", "value", [](PlanFile& p) { ++own_totals(p).value; }},
    {"the total fit more by 1", "fit", [](PlanFile& p) { ++own_totals(p).fit; }},
    {"somebody more in a class", "by_class", [](PlanFile& p) { ++own_totals(p).by_class[0].people; }},
    {"a blocking pair denied or invented", "blocking_pairs",
     [](PlanFile& p) { ++own_totals(p).blocking_pairs; }},
    {"a rank more", "rank_sum", [](PlanFile& p) { ++own_totals(p).rank_sum; }},
    {"bound and optimum more by 1", "dual",
     [](PlanFile& p) {
       ++p.bound;
       ++p.gap;
       ++p.methods[1].value;
     }},
    {"a gap that is another", "gap", [](PlanFile& p) { ++p.gap; }},
    {"D more by 1", "exchange_bound", [](PlanFile& p) { ++p.exchange_bound; }},
    {"a gain less by 1", "underpriced",
     [](PlanFile& p) {
       for (verify::Amount& gain : p.gains)
         if (gain.amount > 0) return void(--gain.amount);
     }},
    {"a negative price", "price", [](PlanFile& p) { p.prices[0].amount = -1; }},
    {"a price left out", "price", [](PlanFile& p) { p.prices.pop_back(); }},
    {"a class higher by 1", "class", [](PlanFile& p) { ++p.people[3].klass; }},
    {"a promise a day later", "dates", [](PlanFile& p) { p.people[3].promise_on = "2026-01-01"; }},
    {"a person twice", "person_twice", [](PlanFile& p) { p.people.push_back(p.people[0]); }},
    {"a person left out", "person_missing", [](PlanFile& p) { p.people.pop_back(); }},
    {"a worker offered to somebody twice", "offered_twice",
     [](PlanFile& p) { with_offers(p, 2).offers[1] = with_offers(p, 2).offers[0]; }},
    {"a stranger", "unknown_worker", [](PlanFile& p) { with_offers(p, 1).offers[0].worker = "nobody"; }},
    {"a further choice called kept", "kept_place",
     [](PlanFile& p) { with_offers(p, 2).offers[1].kept = true; }},
    {"workers of two people swapped", "explanation",
     [](PlanFile& p) {
       std::swap(with_offers(p, 1).offers[0].worker, with_offers(p, 1, 1).offers[0].worker);
     }},
    {"another reason for having nobody", "outcome",
     [](PlanFile& p) {
       for (verify::WrittenPerson& person : p.people)
         if (person.offers.empty())
           person.outcome = person.outcome == "no_consent" ? "deciding" : "no_consent";
     }},
    {"something not said beside another reason", "outcome",
     [](PlanFile& p) {
       for (verify::WrittenPerson& person : p.people)
         if (person.outcome != "not_known") person.not_known = {"times_not_known"};
     }},
    {"the dial's row of another", "dial", [](PlanFile& p) { ++p.dials[1].median_wait_days; }},
    {"a position of the dial twice", "dial", [](PlanFile& p) { p.dials.push_back(p.dials[2]); }},
    {"a position of the dial left out", "dial", [](PlanFile& p) { p.dials.pop_back(); }},
    {"a position of the dial that is none", "dial", [](PlanFile& p) { p.dials[4].dial = "later"; }},
    {"a method twice", "totals", [](PlanFile& p) { p.methods.push_back(p.methods[0]); }},
    {"a method left out", "totals", [](PlanFile& p) { p.methods.pop_back(); }},
    {"a method twice in another's stead", "totals", [](PlanFile& p) { p.methods[2] = p.methods[0]; }},
    {"fewer pairs than there are", "possible_pairs", [](PlanFile& p) { --p.possible_pairs; }},
    {"a proof over less", "proof", [](PlanFile& p) { p.proved_over = "listed_pairs"; }},
};

constexpr std::array<Method, 3> methods{Method::stable, Method::optimum, Method::arrival};

} // namespace

TEST_CASE("kith-verify finds nothing in the plans of the sample folder") {
  for (const Method method : methods) {
    const Folder folder = sample(method);
    const verify::Verified done = verify::verify(folder, plan_of(folder), 100).value();
    CHECK_EQ(rules_of(done.violations), "");
    CHECK_EQ(done.seen.pairs, 72);
    CHECK_FALSE(done.seen.sampled);
  }
}

TEST_CASE("kith-verify finds nothing in plans of made-up services, by any method and position of the dial") {
  MadeUp made(2'026);
  std::size_t offers = 0, further = 0;
  for (int round = 0; round < 60; ++round) {
    Folder folder = made_up(made, 30, 12);
    folder.input.settings.method = methods[static_cast<std::size_t>(round % 3)];
    folder.input.settings.dial = static_cast<Dial>(round / 3 % 5);
    folder.input.settings.choices = 1 + round % 4;
    const PlanFile plan = plan_of(folder);
    const auto violations = found(folder, plan);
    REQUIRE_EQ(rules_of(violations), "");
    for (const auto& person : plan.people) {
      offers += person.offers.size();
      further += person.offers.size() > 1;
    }
  }
  CHECK_GT(offers, 400);
  CHECK_GT(further, 40);
}

TEST_CASE("kith-verify finds every planted defect of a plan") {
  for (const Method method : methods) {
    const Folder folder = to_break(method);
    const PlanFile good = plan_of(folder);
    REQUIRE_EQ(rules_of(found(folder, good)), "");
    for (const Planted& defect : defects) {
      CAPTURE(defect.name);
      PlanFile bad = good;
      defect.plant(bad);
      const auto violations = found(folder, bad);
      CAPTURE(rules_of(violations));
      CHECK(has_rule(violations, defect.rule));
    }
  }
}

TEST_CASE("kith-verify finds one more or less in any price and any gain of an optimum") {
  const Folder folder = to_break(Method::optimum);
  const PlanFile good = plan_of(folder);
  for (const std::int64_t by : {-1, 1}) {
    for (std::size_t j = 0; j < good.prices.size(); ++j) {
      PlanFile bad = good;
      bad.prices[j].amount += by;
      CHECK_FALSE(found(folder, bad).empty());
    }
    for (std::size_t i = 0; i < good.gains.size(); ++i) {
      PlanFile bad = good;
      bad.gains[i].amount += by;
      CHECK_FALSE(found(folder, bad).empty());
    }
  }
}

TEST_CASE("kith-verify finds prices that prove the optimum and are not the smallest") {
  const Folder folder = to_break(Method::optimum);
  PlanFile plan = plan_of(folder);
  const auto full =
      std::find_if(plan.prices.begin(), plan.prices.end(), [](const auto& p) { return p.amount > 0; });
  REQUIRE((full != plan.prices.end()));
  ++full->amount;
  for (const auto& person : plan.people)
    for (const auto& offer : person.offers)
      if (offer.kept && offer.worker == full->id)
        for (verify::Amount& gain : plan.gains)
          if (gain.id == person.person) --gain.amount;
  CHECK(has_rule(found(folder, plan), "price"));
}

// The plan stays and the rows change under it: the same defect, met from the other side.
TEST_CASE("kith-verify finds an offer that the folder's rows do not allow") {
  for (const Method method : methods) {
    const Folder folder = to_break(method);
    PlanFile plan = plan_of(folder);
    const RawId person = folder_id(with_offers(plan, 1).person);
    const RawId worker = folder_id(with_offers(plan, 1).offers[0].worker);
    const auto rules = [&](auto change) {
      Folder other = folder;
      change(other.input,
             *std::find_if(other.input.people.begin(), other.input.people.end(),
                           [&](const auto& p) { return p.id == person; }),
             *std::find_if(other.input.workers.begin(), other.input.workers.end(),
                           [&](const auto& w) { return w.id == worker; }));
      return found(other, plan);
    };
    CHECK(has_rule(rules([](PlanInput& in, auto& p, auto& w) { in.exclusions.push_back({p.id, w.id}); }),
                   "excluded"));
    CHECK(has_rule(rules([](PlanInput&, auto& p, auto&) {
                     std::erase_if(p.wishes, [](const Wish& wish) {
                       return wish.criterion == Criterion::organisation;
                     });
                     p.wishes.push_back({Criterion::organisation, Strength::must, {"nowhere"}});
                   }),
                   "must_not_met"));
    CHECK(has_rule(rules([](PlanInput&, auto&, auto& w) {
                     w.wishes = {{Criterion::culture, Strength::must, {"none"}}};
                   }),
                   "must_of_worker"));
    CHECK(has_rule(rules([](PlanInput&, auto& p, auto&) { p.consents_to_matching = false; }), "no_consent"));
    CHECK(has_rule(rules([](PlanInput&, auto& p, auto& w) { p.declined = {w.id}; }), "already_asked"));
    CHECK(has_rule(rules([](PlanInput&, auto&, auto& w) { w.willing_on.reset(); }), "willingness_stale"));
    CHECK(has_rule(rules([](PlanInput&, auto&, auto& w) { w.on_leave = true; }), "on_leave"));
    CHECK(has_rule(rules([](PlanInput&, auto&, auto& w) { w.traits.languages = Codes{"xx"}; }),
                   "no_common_language"));
    CHECK(has_rule(rules([](PlanInput&, auto&, auto& w) { w.traits.availability = WeekMask{}; }),
                   "no_common_time"));
    CHECK(has_rule(rules([](PlanInput&, auto&, auto& w) { w.traits.in_person = w.traits.remote = false; }),
                   "no_common_way"));
    CHECK(has_rule(rules([](PlanInput& in, auto& p, auto& w) {
                     p.traits.organisation = "east";
                     w.traits.organisation = "west";
                     in.settings.walls = {{"west", "east"}};
                   }),
                   "wall"));
    CHECK(has_rule(rules([](PlanInput&, auto& p, auto& w) {
                     p.traits.age = 30;
                     w.boundaries.age_least = 31;
                   }),
                   "boundary_of_worker"));
  }
}

TEST_CASE("kith-verify finds a place too many, kept or shared with a kept one") {
  for (const Method method : methods) {
    const Folder folder = to_break(method);
    const PlanFile plan = plan_of(folder);
    std::map<std::string, std::int32_t> kept, all;
    for (const auto& person : plan.people)
      for (const auto& offer : person.offers) {
        kept[offer.worker] += offer.kept;
        ++all[offer.worker];
      }
    int tried = 0;
    for (std::size_t j = 0; j < folder.input.workers.size(); ++j) {
      const WorkerProfile& worker = folder.input.workers[j];
      if (worker.free_places() < 2 || all[folder.worker_ids.text(worker.id)] != worker.free_places())
        continue;
      Folder fewer = folder;
      --fewer.input.workers[j].places_agreed;
      const bool only_kept = kept[folder.worker_ids.text(worker.id)] == worker.free_places();
      CHECK(has_rule(found(fewer, plan), only_kept ? "places" : "kept_place"));
      ++tried;
    }
    CHECK_GT(tried, 0);
  }
}

TEST_CASE("kith-verify says when it looked at a sample, and which part") {
  const Folder folder = to_break(Method::optimum);
  const PlanFile plan = plan_of(folder);
  const verify::Verified done = verify::verify(folder, plan, 15).value();
  CHECK_EQ(rules_of(done.violations), "");
  CHECK(done.seen.sampled);
  CHECK_EQ(done.seen.people, 14); // every third of 40
  CHECK_EQ(done.seen.pairs, 14 * 14);
  CHECK_EQ(verify::verify(folder, plan, 15).value().seen.possible, done.seen.possible);
}

TEST_CASE("ages, distances and times are graded as their rules are written") {
  const verify::Told no_tags;
  const auto grade = [&](Criterion criterion, const Traits& a, const Traits& b) {
    return verify::judge({criterion, Strength::matters, {}}, {a, no_tags}, {b, no_tags}, Settings{}).grade;
  };
  Traits a, b;
  a.age = 30;
  for (const auto& [years, expected] :
       {std::pair{0, 10}, {5, 10}, {6, 9}, {7, 9}, {8, 8}, {23, 1}, {24, 0}, {25, 0}, {60, 0}}) {
    b.age = 30 + years;
    CHECK_EQ(grade(Criterion::age, a, b), expected);
  }
  a.in_person = b.in_person = true;
  a.range_metres = b.range_metres = 1'000;
  a.location = Location{0, 0};
  for (const auto& [metres, expected] :
       {std::pair{0, 10}, {1, 9}, {100, 9}, {101, 8}, {999, 0}, {1'000, 0}}) {
    b.location = Location{metres, 0};
    CHECK_EQ(grade(Criterion::nearness, a, b), expected);
  }
  a.range_metres = 0;
  b.location = a.location;
  CHECK_EQ(grade(Criterion::nearness, a, b), 10);
  a.availability = parse_week("any").value();
  for (const auto& [window, expected] :
       {std::pair{"mon 09:00-09:30", 1}, {"mon 09:00-10:00", 2}, {"mon 09:00-13:00", 10}}) {
    b.availability = parse_week(window).value();
    CHECK_EQ(grade(Criterion::times, a, b), expected);
  }
}
