#include "matching/assign/parity_plan.hpp"

#include <algorithm>

#include "base/random.hpp"
#include "base/text.hpp"
#include "matching/assign/parity_file.hpp"
#include "matching/assign/plan_file.hpp"

#include "support/test.hpp"

using namespace kith;
using namespace kith::matching;
using engine::nobody;

namespace {

// Four people in the north, four in the south, three places; of the south two are in the hills. In the north
// everybody fits better.
const std::string example = R"({"format": "kith-assign/1", "objective": "strict",
 "people":  [{"id": "ada", "group": "north"}, {"id": "ben", "group": "north"},
             {"id": "cy", "group": ["north"]}, {"id": "dee", "group": "north"},
             {"id": "eve", "group": ["south", "hills"]}, {"id": "fay", "group": ["hills", "south"]},
             {"id": "gil", "group": "south"}, {"id": "hal", "group": ["south"]}, {"id": "ida"}],
 "workers": [{"id": "ruth", "places": 2}, {"id": "mina", "places": 1}],
 "pairs":   [["ada", "ruth", 900], ["ben", "ruth", 800], ["cy", "mina", 700], ["dee", "mina", 600],
             ["eve", "ruth", 550], ["fay", "mina", 400], ["gil", "ruth", 300], ["hal", "mina", 200]]})";

AssignInstance file_of(std::string bytes) { return read_assign_file(std::move(bytes)).value(); }

std::string refused(const std::string& groups, const std::string& bytes = example) {
  const auto plan = make_parity_plan(file_of(bytes), {groups, 25});
  if (plan.ok()) return "planned";
  std::string out = plan.failure().code;
  return out.append(" ").append(join(plan.failure().arguments, " "));
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const auto at = text.find(from);
  REQUIRE_NE(at, std::string::npos);
  return text.replace(at, from.size(), to);
}

} // namespace

TEST_CASE("a plan within bands comes out to the byte, with what it costs whom") {
  const AssignInstance file = file_of(example);
  const AssignPlan plan = make_parity_plan(file, {"south,north", 0}).value();
  CHECK_EQ(
      assign_plan_json(file, plan, {}),
      R"({"format":"kith-plan/1","method":"optimum","engine":"kith-engine/1","seed":0,)"
      R"("pairs":[["ada","ruth"],["cy","mina"],["eve","ruth"]],)"
      R"("unplaced":[{"person":"ben","reason":"places_taken"},{"person":"dee","reason":"places_taken"},)"
      R"({"person":"fay","reason":"places_taken"},{"person":"gil","reason":"places_taken"},)"
      R"({"person":"hal","reason":"places_taken"},{"person":"ida","reason":"no_candidate"}],)"
      R"("objective":{"by_class":{"0":3},"people":3,"fit":2150,"value":10253},"bound":10503,"gap":250,)"
      R"("parity":{"band":0,"people":9,"share":3333,"groups":[)"
      R"({"group":"north","people":4,"least":1,"most":2,"before":3,"now":2,"share_before":7500,)"
      R"("share_now":5000},)"
      R"({"group":"south","people":4,"least":1,"most":2,"before":0,"now":1,"share_before":0,)"
      R"("share_now":2500}],)"
      R"("without_bands":{"by_class":{"0":3},"people":3,"fit":2400,"value":10503},)"
      R"("price":{"people":0,"fit":250,"value":250},)"
      R"("lost":[{"person":"ben","before":"ruth"}],"gained":[{"person":"eve","now":"ruth"}],"moved":[]},)"
      R"("proved_over":"listed_pairs","prices":{"mina":3301,"ruth":3251},)"
      R"("cpu_ms":0,"wall_ms":0,"peak_memory_bytes":0})");
}

TEST_CASE("the table of a plan within bands says shares, price and whose offers change") {
  const AssignInstance file = file_of(example);
  const AssignPlan plan = make_parity_plan(file, {"hills,south,north", 0}).value();
  const std::string table = assign_plan_table(file, plan, Words::load("en"));
  CHECK_NE(
      table.find("\nGroup parity: each share within 0.00 percentage points of the overall 33.33 percent, "
                 "rounded outward to whole people\n"
                 "  hills: 1 of 2 people (0 to 1 allowed): 50.00 percent, 0.00 without the bands\n"
                 "  north: 2 of 4 people (1 to 2 allowed): 50.00 percent, 75.00 without the bands\n"
                 "  south: 1 of 4 people (1 to 2 allowed): 25.00 percent, 0.00 without the bands\n"
                 "The price of parity: 0 people; fit 2,150, 2,400 without the bands; 1 person loses an "
                 "offer, 1 gains one, 0 meet another worker\n"),
      std::string::npos);
  CHECK_NE(table.find("\nWhose offers change, losers first\n"
                      "  ben: nobody, instead of ruth\n"
                      "  eve: ruth, instead of nobody\n"),
           std::string::npos);
  const std::string json = assign_plan_json(file, plan, {});
  CHECK_NE(json.find(R"({"group":"hills","inside":"south","people":2,)"), std::string::npos);
  CHECK_EQ(json.find(R"("inside":"north")"), std::string::npos);
}

TEST_CASE("classes that the bands cost an offer are named in the table") {
  std::string bytes = example;
  for (const char* who : {"ada", "ben", "cy"}) {
    const std::string id = std::string("{\"id\": \"") + who + "\"";
    bytes = replaced(bytes, id, id + ", \"class\": 2");
  }
  const AssignInstance file = file_of(bytes);
  const AssignPlan plan = make_parity_plan(file, {"north,south", 0}).value();
  const std::string table = assign_plan_table(file, plan, Words::load("en"));
  CHECK_NE(table.find("  Class 2: 2 people placed, 3 without the bands\n"
                      "  Class 0: 1 person placed, 0 without the bands\n"),
           std::string::npos);
}

TEST_CASE("bands that do not bind cost nothing and change nobody") {
  const AssignInstance file = file_of(example);
  const AssignPlan free = make_parity_plan(file, {"all", engine::band_most}).value();
  const AssignPlan optimum = make_assign_plan(file, Method::optimum);
  CHECK_EQ(free.worker_of, optimum.worker_of);
  CHECK_EQ(free.totals, optimum.totals);
  CHECK_EQ(free.parity->groups, std::vector<std::string>{"hills", "north", "south"});
  const std::string json = assign_plan_json(file, free, {});
  CHECK_NE(json.find(R"("price":{"people":0,"fit":0,"value":0},"lost":[],"gained":[],"moved":[]})"),
           std::string::npos);
  CHECK_EQ(assign_plan_table(file, free, Words::load("en")).find("Whose offers change"), std::string::npos);
}

TEST_CASE("fixed pairs are kept within bands and count in their groups") {
  std::string bytes = example;
  bytes.insert(bytes.rfind('}'), R"(, "fixed": [["ben", "ruth"]])");
  const AssignInstance file = file_of(bytes);
  const AssignPlan plan = make_parity_plan(file, {"north,south", 0}).value();
  const auto person = [&](const std::string& id) {
    return std::find(file.people.begin(), file.people.end(), id) - file.people.begin();
  };
  CHECK_EQ(plan.worker_of[person("ben")], 0);
  CHECK_EQ(plan.worker_of[person("ada")], 0);
  CHECK_EQ(plan.worker_of[person("fay")], 1); // not cy, who would be the third of the north
  CHECK_EQ(plan.totals.people, 3);
}

TEST_CASE("files that differ in order only give the same plan within bands") {
  const std::string other = R"({"format": "kith-assign/1", "objective": "strict",
 "pairs":   [["hal", "mina", 200], ["gil", "ruth", 300], ["fay", "mina", 400], ["eve", "ruth", 550],
             ["dee", "mina", 600], ["cy", "mina", 700], ["ben", "ruth", 800], ["ada", "ruth", 900]],
 "workers": [{"id": "mina", "places": 1}, {"id": "ruth", "places": 2}],
 "people":  [{"id": "ida", "order": 9}, {"id": "fay", "order": 6, "group": ["south", "hills"]},
             {"id": "eve", "order": 5, "group": ["hills", "south"]},
             {"id": "hal", "order": 8, "group": "south"}, {"id": "gil", "order": 7, "group": "south"},
             {"id": "dee", "order": 4, "group": "north"}, {"id": "cy", "order": 3, "group": "north"},
             {"id": "ben", "order": 2, "group": "north"}, {"id": "ada", "order": 1, "group": "north"}]})";
  const AssignInstance a = file_of(example), b = file_of(other);
  CHECK_EQ(assign_plan_json(a, make_parity_plan(a, {"all", 0}).value(), {}),
           assign_plan_json(b, make_parity_plan(b, {"all", 0}).value(), {}));
}

TEST_CASE("groups that cannot be kept level are refused with their ids") {
  CHECK_EQ(refused("north,south"), "planned");
  CHECK_EQ(refused("north,west"), "assign.no_group west");
  CHECK_EQ(refused(""), "assign.no_group ");
  CHECK_EQ(refused("north,"), "assign.no_group ");
  CHECK_EQ(refused("north,south,north"), "assign.group_twice north");
  const std::string overlap =
      replaced(example, R"("id": "ada", "group": "north")", R"("id": "ada", "group": ["north", "hills"])");
  CHECK_EQ(refused("all", overlap), "engine.groups_overlap hills north");
  CHECK_EQ(refused("north,south", overlap), "planned"); // only what is named has to be a tree
  CHECK_EQ(refused("all",
                   R"({"format":"kith-assign/1","objective":"strict","people":[],"workers":[],"pairs":[]})"),
           "assign.no_groups ");
  std::string many = R"({"format":"kith-assign/1","objective":"strict","workers":[],"pairs":[],"people":[)";
  for (int k = 0; k < 65; ++k) {
    const std::string number = std::to_string(k);
    many.append(k == 0 ? "" : ",").append(R"({"id":")").append(number);
    many.append(R"(","group":")").append(number).append("\"}");
  }
  CHECK_EQ(refused("all", many + "]}"), "engine.groups_too_many ");
  // The places of mina are out of reach for the north, those of ruth for the south.
  const std::string apart = R"({"format":"kith-assign/1","objective":"strict",
    "people":[{"id":"a","group":"x"},{"id":"b","group":"x"},{"id":"c","group":"y"},{"id":"d","group":"y"}],
    "workers":[{"id":"w","places":2}],"pairs":[["a","w",1],["b","w",1]]})";
  const auto plan = make_parity_plan(file_of(apart), {"all", 0});
  REQUIRE_FALSE(plan.ok());
  CHECK(plan.failure().fault == Fault::conflict);
  CHECK_EQ(plan.failure().arguments, std::vector<std::string>{"0.00", "0.01"}); // outward: 0 of 2, 2 of 2
  CHECK_EQ(hundredths_text(10'000), "100.00");
  CHECK_EQ(hundredths_text(137), "1.37");
  CHECK_EQ(hundredths_text(5), "0.05");
}
