#include "cli/simulate_text.hpp"

#include "cli/command_line.hpp"
#include "matching/folder.hpp"

#include "support/files.hpp"
#include "support/test.hpp"

using namespace kith;
using namespace kith::matching;

namespace {

const std::string source = KITH_SOURCE_DIR;
const std::string sample = source + "/examples/match";

struct Said {
  std::string text{};
  std::string json{};
};
Said said(const std::string& scenario_json, std::uint32_t runs, bool every_dial = false) {
  const Folder folder = parse_folder(read_folder(sample).value(), {});
  const ReadScenario read = read_scenario(scenario_json, folder.input.workers);
  REQUIRE_EQ(problems_text(read.problems), "");
  const WhatIf both = what_if(folder.input, read.scenario).value();
  SideBySide played(both, 1);
  for (std::uint32_t run = 0; run < runs; ++run) played.play(run);
  std::vector<Tally> dials;
  if (every_dial)
    for (const simulation::Model& model : at_each_dial(folder.input, read.scenario).value()) {
      simulation::Simulation simulation(model);
      Tally& tally = dials.emplace_back(model.end);
      for (std::uint32_t run = 0; run < runs; ++run) tally.add(simulation.run(1, run));
    }
  const cli::Simulated all{both, read.scenario, played.courses(), runs, 1, folder.input.settings.as_of,
                           dials};
  return {cli::simulated_text(all, folder.worker_names), cli::simulated_json(all)};
}

std::string with(const std::string& changes) {
  return R"({"weeks": 30, "arrivals_per_week": 3, "length_days": {"fixed": 90}, "changes": [)" + changes +
         "]}";
}

bool says(const std::string& changes, const std::string& words) {
  return said(with(changes), 10).text.find(words) != std::string::npos;
}

int run(std::vector<std::string> words) {
  std::vector<char*> pointers;
  pointers.reserve(words.size());
  for (std::string& word : words) pointers.push_back(word.data());
  return cli::run(static_cast<int>(pointers.size()), pointers.data());
}

} // namespace

TEST_CASE("the sample scenario gives the same words, figures and bytes every time") {
  const Said sample_said = said(test::contents(sample + "/two-more-like-ruth.json"), 50);
  test::check_golden("match/simulation.txt", sample_said.text);
  test::check_golden("match/simulation.json", sample_said.json + "\n");
}

TEST_CASE("places kept for an answer are a row only where answers take time") {
  CHECK_EQ(said(with(""), 10).text.find("places kept for an answer"), std::string::npos);
  const Said slow = said(R"({"weeks": 30, "arrivals_per_week": 3, "length_days": {"fixed": 90},)"
                         R"( "answer_days": {"fixed": 3}})",
                         10);
  CHECK_NE(slow.text.find("places kept for an answer"), std::string::npos);
  CHECK_NE(slow.json.find("\"places_reserved\":{\"mean\":"), std::string::npos);
}

TEST_CASE("the dial is said in words, and its positions stand side by side where that is asked for") {
  CHECK(says(R"({"dial": 3})", "With the dial at 3 (closer), the median wait "));
  CHECK(says(R"({"dial": 3})", "of them, at least close"));
  CHECK_FALSE(says(R"({"order": "closest"})", "of them, at least close"));
  const Said dialled =
      said(R"({"weeks": 30, "arrivals_per_week": 3, "length_days": {"fixed": 90}, "dial": 1})", 10);
  CHECK_NE(dialled.text.find("\nThe dial stands at 1 (sooner).\n"), std::string::npos);
  CHECK_EQ(dialled.text.find("with the dial at"), std::string::npos);
  const Said five = said(with(""), 10, true);
  for (const char* words : {"0 (soonest)", "1 (sooner)", "2 (balanced)", "3 (closer)", "4 (closest)"})
    CHECK_NE(five.text.find(words), std::string::npos);
  CHECK_NE(five.json.find(R"("dials":[{"dial":0,"name":"soonest","median_wait_days":{"mean":)"),
           std::string::npos);
}

TEST_CASE("a scenario's changes are said in words") {
  CHECK(says(R"({"add_workers": 1, "like": "ruth", "hours_percent": 60, "from_week": 3})",
             "With one more worker like Ruth Adeyemi at 60 % of the hours from week 3, the median wait "));
  CHECK(says(R"({"add_workers": 12, "like": {"language": "es"}, "places": 1})",
             "With 12 more workers who speak es, the median wait "));
  CHECK(
      says(R"({"worker_on_leave": "mei", "from_week": 2, "until_week": 9}, {"order": "closest"})",
           "With Mei Lin on leave from week 2 until week 9 and whom the worker fits best coming next, the "));
  CHECK(says(R"({"worker_leaves": "mei"}, {"arrivals_per_week": 2.05})",
             "With Mei Lin taking nobody new and 2.05 arrivals a week, the median wait "));
  CHECK(says(R"({"arrivals_per_week": 9})", "the median wait rises from "));
  CHECK(says(R"({"arrivals_per_week": 3})", "the median wait stays at "));
  CHECK_FALSE(says("", "With "));
  CHECK_FALSE(says("", "difference"));
  const std::string nobody =
      R"({"weeks": 1, "arrivals_per_week": 0, "length_days": {"fixed": 90}, "changes": [)"
      R"({"order": "closest"}], "declines_percent": 100})";
  CHECK_NE(said(nobody, 10).text.find("too few runs in which anybody began"), std::string::npos);
  CHECK_NE(said(nobody, 10).json.find("\"median_wait_days\":null"), std::string::npos);
}

TEST_CASE("a scenario or folder that cannot be read ends the simulation with 2") {
  const std::string scenario = sample + "/two-more-like-ruth.json";
  CHECK_EQ(run({"kith", "match", "simulate", sample, sample + "/criteria.json"}), 2);
  CHECK_EQ(run({"kith", "match", "simulate", sample, sample}), 2);
  CHECK_EQ(run({"kith", "match", "simulate", sample, "/nowhere.json"}), 2);
  CHECK_EQ(run({"kith", "match", "simulate", sample}), 2);
  CHECK_EQ(run({"kith", "match", "simulate", "/nowhere", scenario}), 2);
  CHECK_EQ(run({"kith", "match", "simulate", source + "/examples", scenario}), 2);
  CHECK_EQ(run({"kith", "match", "simulate", sample, scenario, "--replications", "9"}), 2);
  CHECK_EQ(run({"kith", "match", "simulate", sample, scenario, "--as-of", "soon"}), 2);
}
