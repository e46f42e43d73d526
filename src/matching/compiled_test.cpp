#include "matching/compiled.hpp"

#include <algorithm>

#include "matching/engine/asking.hpp"
#include "matching/waiting_list.hpp"

#include "support/made_up.hpp"
#include "support/test.hpp"

using namespace kith;
using namespace kith::matching;
using kith::test::MadeUp;

namespace {

// What the made-up services leave out: everything that a profile can hold, in any combination.
class Strange {
public:
  explicit Strange(std::uint64_t seed) : made_(seed) {}

  PlanInput service(std::size_t people, std::size_t workers) {
    PlanInput input = made_.service(people, workers);
    for (PersonProfile& person : input.people)
      if (!one_in(3)) change(person, input);
    for (WorkerProfile& worker : input.workers)
      if (!one_in(3)) change(worker);
    for (std::size_t e = 0; e < people; ++e)
      input.exclusions.push_back(
          {input.people[made_.below(people)].id, input.workers[made_.below(workers)].id});
    Settings& settings = input.settings;
    settings.walls = {{"north", "south"}, {"", "peerhouse"}};
    settings.allows_matcher_only = !made_.one_in(4);
    settings.unnamed_least_workers = static_cast<std::int32_t>(made_.below(5));
    settings.weights = {static_cast<std::int32_t>(made_.below(6)), static_cast<std::int32_t>(made_.below(3)),
                        static_cast<std::int32_t>(made_.below(3)) * 50};
    settings.min_shared_minutes =
        std::vector<std::int32_t>{-5, 0, 30, 45, 60, 60, 60, 90, 240, 300, 20'000}[made_.below(11)];
    settings.willing_days = static_cast<std::int32_t>(made_.below(120));
    return input;
  }

private:
  bool one_in(std::uint64_t n) { return made_.one_in(n); }
  std::int32_t number(std::uint64_t below) { return static_cast<std::int32_t>(made_.below(below)); }
  Codes some(const std::vector<std::string>& all) {
    std::vector<std::string> out;
    for (std::uint64_t k = made_.below(5); k > 0; --k) out.push_back(all[made_.below(all.size())]);
    return codes(std::move(out));
  }
  Codes languages() { return some({"en", "prs", "vi", "ar", "swa"}); }
  Codes tags() { return some({"voices", "admission", "loss", "caring", "migration", "nobodys"}); }
  Codes genders() { return some({"woman", "man", "nonbinary"}); }
  Codes cultures() { return some({"afghan", "samoan", "igbo", "lgbtiq"}); }
  Codes interests() { return some({"music", "chess", "football", "gardening", "cooking", "sewing"}); }
  Codes organisations() { return some({"north", "south", "peerhouse"}); }
  Codes windows() {
    return some({"mon 09:00-24:00", "tue 10:00-11:00", "wed 00:00-24:00", "sun 20:00-24:00", "no window"});
  }
  Codes bands() { return some({"18-29", "30-45", "40-60", "60-99", "not a band"}); }

  Codes wanted(Criterion criterion) {
    switch (criterion) {
    case Criterion::language:
      return languages();
    case Criterion::experience:
      return tags();
    case Criterion::interests:
      return interests();
    case Criterion::gender:
      return genders();
    case Criterion::culture:
      return cultures();
    case Criterion::age:
      return bands();
    case Criterion::times:
      return windows();
    case Criterion::nearness:
      return {};
    case Criterion::organisation:
      return organisations();
    }
    FATAL("unknown criterion");
  }

  Wishes wishes(std::uint64_t musts_one_in) {
    Wishes out;
    for (int c = criterion_count - 1; c >= 0; --c) { // not in the order of the enumeration
      if (one_in(3)) continue;
      const auto criterion = static_cast<Criterion>(c);
      const Strength strength =
          one_in(musts_one_in) ? Strength::must : static_cast<Strength>(1 + made_.below(4));
      out.push_back({criterion, strength, one_in(2) ? wanted(criterion) : Codes{}});
    }
    return out;
  }

  void change(Traits& traits) {
    if (one_in(2)) traits.languages = languages();
    if (one_in(2)) traits.genders = genders();
    if (one_in(2)) traits.cultures = cultures();
    if (one_in(2)) traits.interests = interests();
    if (one_in(4)) traits.age = 18 + number(70);
    if (one_in(20)) traits.organisation = "";
    if (one_in(8)) traits.in_person.reset();
    if (one_in(8)) traits.remote.reset();
    if (one_in(10)) traits.range_metres.reset();
    if (one_in(10)) traits.range_metres = number(3) - 1;
    if (one_in(10)) traits.location = Location{0, 0};
    if (one_in(20)) traits.location = Location{2'147'483'647, -2'147'483'647 - 1};
    if (one_in(20)) traits.range_metres = 2'147'483'647;
    if (one_in(10)) traits.availability = WeekMask{};
    if (one_in(10)) traits.availability = *parse_week("any");
    if (one_in(5)) {
      WeekMask week;
      for (int at = 0; at < WeekMask::half_hours; ++at)
        if (one_in(3)) week.add(at);
      traits.availability = week;
    }
    if (one_in(4)) traits.accepts_interpreter = true;
  }

  void change(PersonProfile& person, const PlanInput& input) {
    const auto worker = [&] { return input.workers[made_.below(input.workers.size())].id; };
    change(person.traits);
    if (one_in(2)) person.wishes = wishes(8);
    if (one_in(3)) person.experience = tags();
    if (one_in(10)) person.setting = one_in(2) ? "" : "lone";
    if (one_in(6)) person.open_offers = {worker(), worker()};
    if (one_in(6)) person.declined = {worker(), worker(), {7, 7}};
    if (one_in(4)) person.earlier_good = {worker(), worker()};
  }

  void change(WorkerProfile& worker) {
    change(worker.traits);
    if (one_in(2)) worker.wishes = wishes(30);
    if (one_in(2))
      for (const std::string& tag : tags())
        worker.experience.push_back({tag, static_cast<Release>(made_.below(5))});
    if (one_in(8)) worker.boundaries.only_genders = genders();
    if (one_in(8)) worker.boundaries.age_most = 20 + number(60);
    if (one_in(8)) worker.boundaries.age_least = 20 + number(60);
    if (one_in(8)) worker.boundaries.not_cultures = cultures();
    if (one_in(8)) worker.boundaries.not_experience = tags();
    if (one_in(8)) worker.boundaries.not_settings = {"ward"};
    if (one_in(8)) worker.settings_willing = {"community"};
    if (one_in(8)) worker.settings_cleared = {};
    if (one_in(6)) worker.places_reserved = number(8);
    if (one_in(10)) worker.willing_on.reset();
  }

  MadeUp made_;
};

std::size_t open_clauses(const engine::Question& question) {
  return static_cast<std::size_t>(std::count_if(question.clauses.begin(), question.clauses.end(),
                                                [](const engine::Clause& clause) { return !clause.secret; }));
}

// One person and all workers: possible or not, every clause's leave against every open reason, and the parts
// of everybody, whether possible or not.
std::size_t compare_one(const WaitingList& list, std::uint32_t person, const engine::Kernel& kernel) {
  const PreparedPerson& prepared = list.people()[person];
  const engine::Question question = list.question(prepared);
  engine::Asking asking(list.compiled().columns(), question, kernel);
  engine::PersonParts parts;
  std::size_t seen = 0;
  for (std::uint32_t block = 0; block < list.compiled().columns().blocks(); ++block) {
    const engine::Line all = list.compiled().columns().facts_of(block)[engine::Columns::everybody];
    const engine::Line possible = asking.possible(block);
    asking.weigh(block, all, parts);
    std::vector<engine::Line> passing;
    for (const engine::Clause& clause : question.clauses)
      passing.push_back(asking.passing(clause, block, all));
    engine::each_worker(block, all, [&](std::uint32_t place) {
      const std::uint32_t worker = list.compiled().worker_at(place), at = place % engine::block_workers;
      const auto holds = [&](const engine::Line& line) {
        return ((line.words[at / 64] >> (at % 64)) & 1) != 0;
      };
      const Feasibility feasibility = list.feasibility(prepared, worker);
      REQUIRE_EQ(holds(possible), feasibility.candidate());
      std::size_t broken = 0;
      for (std::size_t c = 0; c < passing.size(); ++c)
        broken += !question.clauses[c].secret && !holds(passing[c]) ? 1U : 0U;
      const auto asked_before =
          std::count_if(feasibility.open.begin(), feasibility.open.end(), [](const OpenReason& reason) {
            return reason.obstacle == Obstacle::already_asked || reason.obstacle == Obstacle::already_offered;
          });
      if (asked_before == 0) REQUIRE_EQ(broken, feasibility.open.size());
      const Parts plain = list.parts(prepared, worker);
      REQUIRE_EQ(parts.of[at], plain.person);
      REQUIRE_EQ(asking.worker_part(place), plain.worker);
      REQUIRE_EQ(asking.service_part(place), plain.service);
      ++seen;
    });
  }
  REQUIRE_GT(open_clauses(question), 5);
  REQUIRE_EQ(seen, list.workers().size());
  return seen;
}

} // namespace

TEST_CASE("the compiled form says of every pair what the constraints and the criteria say") {
  std::size_t pairs = 0, possible = 0;
  for (std::uint64_t round = 0; round < 120; ++round) {
    Strange strange(3'000 + round);
    const auto list = WaitingList::prepare(strange.service(25, round % 10 == 0 ? 600 : 40)).value();
    for (std::uint32_t i = 0; i < list.people().size(); ++i)
      pairs += compare_one(list, i, engine::best_kernel());
    possible += list.possible().size();
  }
  CHECK_GT(pairs, 100'000);
  CHECK_GT(possible, 1'000);
}

TEST_CASE("the possible pairs of a waiting list are those the constraints leave, in order") {
  for (std::uint64_t round = 0; round < 20; ++round) {
    MadeUp made(500 + round);
    const auto list = WaitingList::prepare(made.service(30, round == 0 ? 700 : 25)).value();
    std::vector<Possible> plain;
    for (std::uint32_t i = 0; i < list.people().size(); ++i)
      for (std::uint32_t j = 0; j < list.workers().size(); ++j)
        if (list.feasibility(list.people()[i], j).candidate())
          plain.push_back({i, j, list.parts(list.people()[i], j)});
    REQUIRE_EQ(plain.size(), list.possible().size());
    REQUIRE_GT(plain.size(), 10);
    for (std::size_t p = 0; p < plain.size(); ++p) {
      REQUIRE_EQ(plain[p].person, list.possible()[p].person);
      REQUIRE_EQ(plain[p].worker, list.possible()[p].worker);
      REQUIRE_EQ(plain[p].parts.fit(), list.possible()[p].parts.fit());
    }
  }
}

TEST_CASE("who has one open reason or none is found by open reasons alone") {
  std::size_t one = 0;
  for (std::uint64_t round = 0; round < 30; ++round) {
    Strange strange(8'000 + round);
    PlanInput input = strange.service(20, 40);
    const auto list = WaitingList::prepare(input).value();
    for (const PersonProfile& person : input.people)
      for (const WorkerProfile& worker : input.workers) input.exclusions.push_back({person.id, worker.id});
    const auto apart = WaitingList::prepare(input).value();
    REQUIRE(apart.possible().empty());
    for (const PreparedPerson& person : list.people()) {
      std::vector<std::uint32_t> none_by_hand, one_by_hand;
      for (std::uint32_t j = 0; j < list.workers().size(); ++j) {
        const auto open = list.feasibility(person, j).open;
        if (open.empty()) none_by_hand.push_back(j);
        if (open.size() == 1 && open[0].obstacle != Obstacle::already_asked &&
            open[0].obstacle != Obstacle::already_offered)
          one_by_hand.push_back(j);
      }
      one += one_by_hand.size();
      REQUIRE_EQ(list.openly_possible(person), none_by_hand);
      REQUIRE_EQ(list.one_reason_short(person), one_by_hand);
      REQUIRE_EQ(apart.openly_possible(person), none_by_hand);
      REQUIRE_EQ(apart.one_reason_short(person), one_by_hand);
    }
  }
  CHECK_GT(one, 500);
}
