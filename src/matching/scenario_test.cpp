#include "matching/scenario.hpp"

#include "matching/folder.hpp"

#include "support/test.hpp"

using namespace kith;
using namespace kith::matching;
using simulation::Shape;
using simulation::ticks_of_day;

namespace {

ReadScenario read(const std::string& bytes) {
  std::vector<WorkerProfile> workers(2);
  workers[0].id = folder_id("ruth");
  workers[1].id = folder_id("mei");
  return read_scenario(bytes, workers);
}

// A scenario that is good but for what is put into it.
std::string with(const std::string& members) {
  return R"({"weeks": 52, "arrivals_per_week": 2.5, "length_days": {"mean": 90})" + members + "}";
}

struct Wrong {
  std::string bytes{};
  ScenarioProblem problem{};
};
void check(const Wrong& wrong) {
  CAPTURE(wrong.bytes);
  const ReadScenario got = read(wrong.bytes);
  REQUIRE_EQ(got.problems.size(), 1);
  CHECK_EQ(problems_text(got.problems), problems_text({wrong.problem}));
}

} // namespace

TEST_CASE("a scenario is read as it stands") {
  const ReadScenario got = read(with(R"(, "format": "kith-scenario/1", "order": "closest",
    "patience_days": {"listed": [10, 20]}, "declines_percent": 15, "answer_days": {"mean": 2},
    "leave_weeks_a_year": 5, "changes": [
      {"add_workers": 2, "like": "ruth", "from_week": 4, "hours_percent": 60},
      {"add_workers": 1, "like": {"language": "prs", "east_m": 1, "north_m": -2, "range_m": 3}, "places": 5},
      {"worker_leaves": "mei", "from_week": 52},
      {"worker_on_leave": "ruth", "from_week": 3, "until_week": 53},
      {"arrivals_per_week": 0.05, "from_week": 9}, {"order": "arrival"},
      {"dial": 3}], "dial": 2)"));
  CHECK_EQ(problems_text(got.problems), "");
  const Scenario& scenario = got.scenario;
  CHECK_EQ(scenario.weeks, 52);
  CHECK_EQ(scenario.arrivals_hundredths_per_week, 250);
  CHECK((scenario.order == simulation::Order::closest));
  CHECK((scenario.length.shape == Shape::exponential && scenario.length.mean == 90 * ticks_of_day));
  CHECK_EQ(scenario.patience.listed, std::vector{10 * ticks_of_day, 20 * ticks_of_day});
  CHECK_EQ(scenario.declines_permille, 150);
  CHECK((scenario.answer.shape == Shape::exponential && scenario.answer.mean == 2 * ticks_of_day));
  REQUIRE_EQ(scenario.changes.size(), 7);
  CHECK((scenario.dial == Dial::balanced));
  CHECK((std::get<OtherDial>(scenario.changes[6].what).dial == Dial::closer));
  const auto& added = std::get<AddWorkers>(scenario.changes[0].what);
  CHECK((added.count == 2 && added.like == folder_id("ruth") && added.hours_percent == 60 && !added.places));
  const auto& made = std::get<AddWorkers>(scenario.changes[1].what);
  CHECK((made.made->language == "prs" && made.made->location == Location{1, -2} && made.places == 5));
  CHECK_EQ(scenario.changes[2].from_week, 52);
  CHECK_EQ(std::get<WorkerOnLeave>(scenario.changes[3].what).until_week, 53);
  CHECK_EQ(std::get<OtherArrivals>(scenario.changes[4].what).hundredths_per_week, 5);
}

TEST_CASE("what is wrong in a scenario is named by its pointer, with what was expected and found") {
  const std::string percent = "a whole number from 0 to 100";
  const std::string arrivals = "a number from 0 to 10000, with two decimals at most";
  const std::string days = "a whole number of days from 1 to 3650";
  const Wrong table[]{
      {"{", {"", "JSON", "something else"}},
      {R"({"a": 1, "a": 2})", {"", "each member once", "one again"}},
      {"[]", {"", "a JSON object", "an array"}},
      {with(R"(, "wekks/~": true)"), {"/wekks~1~0", "one of the documented members", "true"}},
      {with(R"(, "format": "kith-scenario/2")"), {"/format", "\"kith-scenario/1\"", "\"kith-scenario/2\""}},
      {R"({"weeks": 0, "arrivals_per_week": 1, "length_days": {"fixed": 1}})",
       {"/weeks", "a whole number from 1 to 520", "0"}},
      {R"({"arrivals_per_week": 1, "length_days": {"fixed": 1}})",
       {"/weeks", "a whole number from 1 to 520", "nothing"}},
      {R"({"weeks": 1, "arrivals_per_week": 1.234, "length_days": {"fixed": 1}})",
       {"/arrivals_per_week", arrivals, "1.234"}},
      {R"({"weeks": 1, "arrivals_per_week": -1, "length_days": {"fixed": 1}})",
       {"/arrivals_per_week", arrivals, "-1"}},
      {R"({"weeks": 1, "arrivals_per_week": -0.5, "length_days": {"fixed": 1}})",
       {"/arrivals_per_week", arrivals, "-0.5"}},
      {R"({"weeks": 1, "arrivals_per_week": 1e3, "length_days": {"fixed": 1}})",
       {"/arrivals_per_week", arrivals, "1e3"}},
      {R"({"weeks": 1, "arrivals_per_week": 1, "length_days": {"mean": 0}})",
       {"/length_days/mean", days, "0"}},
      {with(R"(, "patience_days": {"listed": [1, "two"]})"), {"/patience_days/listed/1", days, "\"two\""}},
      {with(R"(, "patience_days": {"listed": []})"),
       {"/patience_days/listed", "1 to 1000 lengths in days", "an array"}},
      {with(R"(, "answer_days": {"fixed": 0})"), {"/answer_days/fixed", days, "0"}},
      {with(R"(, "patience_days": 5)"),
       {"/patience_days", R"(one of {"mean": days}, {"fixed": days}, {"listed": [days, ...]})", "5"}},
      {with(R"(, "order": "random")"), {"/order", "arrival, promise or closest", "\"random\""}},
      {with(R"(, "dial": 5)"), {"/dial", "a whole number from 0 to 4", "5"}},
      {with(R"(, "dial": "closer")"), {"/dial", "a whole number from 0 to 4", "\"closer\""}},
      {with(R"(, "declines_percent": 101)"), {"/declines_percent", percent, "101"}},
      {with(R"(, "changes": {})"), {"/changes", "an array of up to 100 changes", "an object"}},
  };
  for (const Wrong& wrong : table) check(wrong);
  CHECK_EQ(read(R"({"weeks": "x", "order": 1})").problems.size(), 4);
  const std::string no_weeks =
      R"({"weeks": 0, "arrivals_per_week": 1, "length_days": {"fixed": 1}, "changes": [)"
      R"({"worker_leaves": "mei", "from_week": 9}]})";
  CHECK_EQ(read(no_weeks).problems.size(), 1);
}

TEST_CASE("what is wrong in a change is named by its pointer too") {
  const std::string one_of =
      "exactly one of add_workers, worker_leaves, worker_on_leave, arrivals_per_week, order or dial";
  const std::string listed = "the id of a worker of workers.csv";
  const std::string coordinate = "a whole number from -1000000000 to 1000000000";
  const Wrong table[]{
      {with(R"(, "changes": [{}])"), {"/changes/0", one_of, "an object"}},
      {with(R"(, "changes": [{"order": "arrival", "worker_leaves": "ruth"}])"),
       {"/changes/0", one_of, "an object"}},
      {with(R"(, "changes": [{"worker_leaves": "rut"}])"), {"/changes/0/worker_leaves", listed, "\"rut\""}},
      {with(R"(, "changes": [{"worker_leaves": "mei", "from_week": 53}])"),
       {"/changes/0/from_week", "a whole number from 0 to 52", "53"}},
      {with(R"(, "changes": [{"worker_on_leave": "mei", "from_week": 3, "until_week": 3}])"),
       {"/changes/0/until_week", "a whole number from 4 to 53", "3"}},
      {with(R"(, "changes": [{"order": "arrival", "from_week": 3}])"),
       {"/changes/0/from_week", "one of the documented members", "3"}},
      {with(R"(, "changes": [{"order": "arrival"}, {"order": "closest"}])"),
       {"/changes/1/order", "one order, which holds from the beginning", "\"closest\""}},
      {with(R"(, "changes": [{"dial": 1}, {"dial": 1}])"),
       {"/changes/1/dial", "one dial, which holds from the beginning", "1"}},
      {with(R"(, "changes": [{"dial": 1, "from_week": 2}])"),
       {"/changes/0/from_week", "one of the documented members", "2"}},
      {with(R"(, "changes": [{"arrivals_per_week": 1, "from_week": 2}, {"arrivals_per_week": 1},)"
            R"( {"arrivals_per_week": 3, "from_week": 2}])"),
       {"/changes/2/arrivals_per_week", "one number of arrivals for each week", "3"}},
      {with(R"(, "changes": [{"add_workers": 1, "places": 1, "like": {"language": "p\u001b"}}])"),
       {"/changes/0/like/language", "a language code", R"("p\u001b")"}},
      {with(R"(, "changes": [{"add_workers": 1, "like": {"language": "prs"}}])"),
       {"/changes/0/places", "a whole number from 1 to 4095", "nothing"}},
      {with(R"(, "changes": [{"add_workers": 1, "places": 1, "like": {"language": "p", "east_m": 1,)"
            R"( "range_m": 1}}])"),
       {"/changes/0/like/north_m", coordinate, "nothing"}},
  };
  for (const Wrong& wrong : table) check(wrong);
}
