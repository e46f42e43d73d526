#include "matching/what_if.hpp"

#include <algorithm>
#include <array>

#include "matching/folder.hpp"

#include "support/test.hpp"

using namespace kith;
using namespace kith::matching;
using simulation::forever;
using simulation::Model;
using simulation::not_possible;
using simulation::Ticks;
using simulation::ticks_of_day;
using simulation::ticks_of_week;

namespace {

PlanInput today() {
  const Folder folder =
      parse_folder(read_folder(std::string(KITH_SOURCE_DIR) + "/examples/match").value(), {});
  REQUIRE(folder.problems.empty());
  return folder.input;
}

Scenario scenario_of(const std::string& changes, const PlanInput& input) {
  const ReadScenario read = read_scenario(
      R"({"weeks": 40, "arrivals_per_week": 5, "length_days": {"mean": 60}, "changes": [)" + changes + "]}",
      input.workers);
  REQUIRE_EQ(problems_text(read.problems), "");
  return read.scenario;
}

// Where somebody stands among all of their side, by id, as the models have them.
template <class Profile> std::uint32_t place_of(std::vector<Profile> profiles, std::string_view id) {
  std::sort(profiles.begin(), profiles.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
  const auto at = std::find_if(profiles.begin(), profiles.end(),
                               [&](const auto& profile) { return profile.id == folder_id(id); });
  REQUIRE(at != profiles.end());
  return static_cast<std::uint32_t>(at - profiles.begin());
}

Tally tally_of(const Model& model, std::uint32_t runs) {
  simulation::Simulation simulation(model);
  Tally tally(model.end);
  for (std::uint32_t run = 0; run < runs; ++run) tally.add(simulation.run(3, run));
  return tally;
}

std::int64_t mean(const Tally& tally, Measure measure) { return tally.estimate(measure).value().mean; }

} // namespace

TEST_CASE("the course as it goes begins with today's list, places, leave and declines") {
  PlanInput input = today();
  const WhatIf got = what_if(input, scenario_of("", input)).value();
  const Model& model = got.as_it_goes;
  CHECK_EQ(got.people, 11); // Inês has not agreed to matching
  CHECK_EQ(got.left_out, 1);
  CHECK_EQ(model.end, 40 * ticks_of_week);
  std::erase_if(input.people, [](const auto& person) { return !person.consents_to_matching; });
  const auto person = [&](const char* id) { return place_of(input.people, id); };
  const auto worker = [&](const char* id) { return place_of(input.workers, id); };
  const simulation::Worker& ruth = model.workers[worker("ruth")];
  CHECK_EQ(ruth.places, 8);
  CHECK_EQ(ruth.live, 6);
  CHECK(ruth.leave.empty());
  const auto& leave = model.workers[worker("tomasz")].leave;
  REQUIRE_EQ(leave.size(), 1);
  CHECK_EQ(leave[0].until, 48 * ticks_of_day);                    // 11 January
  CHECK_EQ(model.fit(person("jo"), worker("mei")), not_possible); // kept apart
  CHECK_NE(model.fit(person("hugo"), worker("tomasz")),
           not_possible); // the only one who speaks Spanish, on leave
  CHECK_EQ(model.fit(person("hugo"), worker("ruth")), not_possible);
  const auto known = [&](const char* id) {
    return *std::find_if(model.known.begin(), model.known.end(),
                         [&](const auto& one) { return one.kind == person(id); });
  };
  CHECK_EQ(known("farid").at, -57 * ticks_of_day);
  CHECK_EQ(known("farid").declined, std::vector{worker("ruth")});
  CHECK_NE(model.fit(person("farid"), worker("ruth")),
           not_possible); // of whoever comes like Farid, not of him
  CHECK_GT(model.kinds[person("dilnoza")].klass, model.kinds[person("farid")].klass); // leaves hospital soon
  CHECK_EQ(model.kinds[person("farid")].promise, 28 * ticks_of_day);
}

TEST_CASE("leave whose end has passed goes on, as it does in matching") {
  PlanInput input = today();
  for (WorkerProfile& worker : input.workers)
    if (worker.on_leave) worker.back_on = input.settings.as_of;
  const auto tomasz = place_of(input.workers, "tomasz");
  CHECK_EQ(what_if(input, scenario_of("", input)).value().as_it_goes.workers[tomasz].leave.at(0).until,
           forever);
}

TEST_CASE("a secret exclusion changes nothing that is counted before the runs") {
  PlanInput input = today();
  const WhatIf before = what_if(input, scenario_of("", input)).value();
  for (const PersonProfile& person : input.people)
    for (const WorkerProfile& worker : input.workers) input.exclusions.push_back({person.id, worker.id});
  const WhatIf after = what_if(input, scenario_of("", input)).value();
  CHECK_EQ(std::count(after.as_it_goes.fits.begin(), after.as_it_goes.fits.end(), not_possible),
           static_cast<std::ptrdiff_t>(after.as_it_goes.fits.size()));
  CHECK_EQ(after.no_worker, before.no_worker);
  CHECK_EQ(after.no_worker_then, before.no_worker_then);
}

TEST_CASE("each change changes what it says and nothing else") {
  const PlanInput input = today();
  const auto changed = [&](const std::string& change) {
    return what_if(input, scenario_of(change, input)).value().changed;
  };
  const Model same = changed("");
  const auto like_ruth =
      changed(R"({"add_workers": 2, "like": "ruth", "from_week": 4, "hours_percent": 60})");
  CHECK_EQ(like_ruth.workers.size(), 8);
  CHECK_EQ(std::count_if(like_ruth.workers.begin(), like_ruth.workers.end(),
                         [](const auto& worker) {
                           return worker.joins_at == 4 * ticks_of_week && worker.places == 4 &&
                                  worker.live == 0;
                         }),
           2);
  const auto ruth = place_of(input.workers, "ruth");
  CHECK_EQ(changed(R"({"worker_leaves": "ruth", "from_week": 2})").workers[ruth].leave[0].until, forever);
  const Model away = changed(R"({"worker_on_leave": "ruth", "from_week": 2, "until_week": 5})");
  CHECK_EQ(away.workers[ruth].leave[0].from, 2 * ticks_of_week);
  CHECK_EQ(away.workers[ruth].leave[0].until, 5 * ticks_of_week);
  const Model more = changed(R"({"arrivals_per_week": 4, "from_week": 10})");
  REQUIRE_EQ(more.rates.size(), 2);
  CHECK_EQ(more.rates[0].span * 5, more.rates[0].people * ticks_of_week);
  CHECK_EQ(more.rates[1].from, 10 * ticks_of_week);
  CHECK_EQ(more.rates[1].span * 4, more.rates[1].people * ticks_of_week);
  CHECK((changed(R"({"order": "closest"})").order == simulation::Order::closest));
  CHECK((same.order == simulation::Order::promise));
}

TEST_CASE("a dial sets the bands and holds a pair back on the days on which matching does") {
  const PlanInput input = today();
  PlanInput listed = input;
  std::erase_if(listed.people, [](const auto& person) { return !person.consents_to_matching; });
  const WhatIf none = what_if(input, scenario_of(R"({"dial": 3})", input)).value();
  CHECK_FALSE(none.as_it_goes.floor.has_value());
  CHECK_EQ(none.as_it_goes.band_days, 0);
  const auto models =
      at_each_dial(input, scenario_of(R"({"dial": 3}, {"add_workers": 1, "like": "ruth"})", input)).value();
  REQUIRE_EQ(models.size(), 5);
  CHECK_EQ(none.changed.floor, models[3].floor);
  for (std::size_t dial = 0; dial < models.size(); ++dial) {
    const Model& model = models[dial];
    Settings settings = input.settings;
    settings.dial = static_cast<Dial>(dial);
    CHECK_EQ(model.band_days, std::array{1, 7, 14, 28, simulation::one_band}.at(dial));
    CHECK_EQ(model.workers.size(), input.workers.size() + 1);
    for (const PersonProfile& person : listed.people) {
      const auto kind = place_of(listed.people, to_text(person.id));
      for (std::int32_t day = 0; day < 60; ++day) {
        settings.as_of = person.waiting_on + day;
        const auto floor = floor_of(person, settings);
        CHECK_EQ(floor.has_value(), day * ticks_of_day < model.held_until(kind, 0));
        if (floor) CHECK_EQ(model.floor, static_cast<std::uint8_t>(floor->at_least));
      }
    }
  }
}

TEST_CASE("the closest dial brings closer workers to those who began, and lets people wait longer") {
  const PlanInput input = today();
  const auto models = at_each_dial(input, scenario_of("", input)).value();
  const Tally soonest = tally_of(models[0], 100), closest = tally_of(models[4], 100);
  CHECK_GT(closest.more_than(soonest, Measure::ninetieth_wait_days).value().low, 0);
  CHECK_GT(closest.more_than(soonest, Measure::close_people).value().low, 0);
}

TEST_CASE("a worker who speaks another language is possible for whom nobody was") {
  PlanInput input = today();
  std::erase_if(input.people, [](const auto& person) { return person.id != folder_id("hugo"); });
  std::erase_if(input.workers, [](const auto& worker) { return worker.id == folder_id("tomasz"); });
  const WhatIf far =
      what_if(input, scenario_of(R"({"add_workers": 1, "like": {"language": "fr"}, "places": 1})", input))
          .value();
  CHECK_EQ(far.no_worker, 1);
  CHECK_EQ(far.no_worker_then, 1);
  const WhatIf near =
      what_if(input, scenario_of(R"({"add_workers": 1, "like": {"language": "es"}, "places": 1})", input))
          .value();
  CHECK_EQ(near.no_worker_then, 0);
}

TEST_CASE("more workers shorten the waits, and fewer lengthen them, beyond chance") {
  const PlanInput input = today();
  const WhatIf more = what_if(input, scenario_of(R"({"add_workers": 3, "like": "ruth"})", input)).value();
  const Tally before = tally_of(more.as_it_goes, 100), after = tally_of(more.changed, 100);
  CHECK_LT(after.more_than(before, Measure::median_wait_days).value().high, 0);
  CHECK_GT(after.more_than(before, Measure::served_people).value().low, 0);
  CHECK_GT(mean(after, Measure::places_open), mean(before, Measure::places_open));
  const WhatIf fewer = what_if(input, scenario_of(R"({"worker_leaves": "ruth"})", input)).value();
  CHECK_GT(tally_of(fewer.changed, 100).more_than(before, Measure::left_waiting_people).value().low, 0);
}

TEST_CASE("a course without a change differs from itself by nothing, run by run") {
  const PlanInput input = today();
  const WhatIf got = what_if(input, scenario_of("", input)).value();
  const Tally one = tally_of(got.as_it_goes, 20), two = tally_of(got.changed, 20);
  for (std::size_t measure = 0; measure < measure_count; ++measure)
    CHECK_EQ(two.more_than(one, static_cast<Measure>(measure)), simulation::Estimate{0, 0, 0, 20});
}

TEST_CASE("a run is tallied in hundredths, and waits only where somebody began") {
  Tally tally(1'000);
  simulation::Figures figures;
  figures.waits = {2 * ticks_of_day, ticks_of_day / 2, 9 * ticks_of_day};
  figures.served = 3;
  figures.waiting_ticks = 1'500;
  for (int run = 0; run < 10; ++run) tally.add(figures);
  tally.add({});
  CHECK_EQ(tally.estimate(Measure::median_wait_days), simulation::Estimate{20'000, 20'000, 20'000, 10});
  CHECK_EQ(mean(tally, Measure::ninetieth_wait_days), 90'000);
  CHECK_EQ(tally.estimate(Measure::served_people)->runs, 11);
  CHECK_EQ(mean(tally, Measure::waiting_people), 13'636); // ten runs of 1.5 and one of 0
}

TEST_CASE("nobody who has agreed to matching is nobody to simulate") {
  PlanInput input = today();
  for (PersonProfile& person : input.people) person.consents_to_matching = false;
  CHECK_EQ(what_if(input, scenario_of("", input)).failure().code, "what_if.nobody");
}
