#include "matching/assign/assign_plan.hpp"

#include <algorithm>

#include "base/random.hpp"
#include "matching/assign/plan_file.hpp"
#include "matching/engine/optimum.hpp"
#include "matching/engine/stable.hpp"

#include "support/test.hpp"

using namespace kith;
using namespace kith::matching;
using engine::nobody;

namespace {

const std::string example = R"({"format": "kith-assign/1", "objective": "strict",
 "people":  [{"id": "ada", "class": 0, "order": 1}, {"id": "ben", "class": 0, "order": 2},
             {"id": "cy", "class": 0, "order": 3}],
 "workers": [{"id": "ruth", "places": 1}, {"id": "mina", "places": 2}],
 "pairs":   [["ada", "ruth", 600], ["ada", "mina", 550], ["ben", "ruth", 500], ["cy", "mina", 300]]})";

std::string plan_json_of(const std::string& bytes, Method method) {
  const AssignInstance file = read_assign_file(bytes).value();
  return assign_plan_json(file, make_assign_plan(file, method), {});
}

AssignInstance random_file(Random& random, std::uint64_t classes) {
  AssignInstance out;
  const std::uint64_t people = 1 + random.below(7), workers = 1 + random.below(5);
  for (std::uint64_t i = 0; i < people; ++i) {
    out.instance.people.push_back({random.next(), static_cast<std::uint16_t>(random.below(classes)),
                                   static_cast<std::int64_t>(random.below(3)), 0, 0});
    out.people.push_back("p" + std::to_string(i));
  }
  for (std::uint64_t j = 0; j < workers; ++j) {
    out.instance.workers.push_back({random.next(), static_cast<std::uint16_t>(random.below(3))});
    out.workers.push_back("w" + std::to_string(j));
  }
  const std::uint64_t fits = random.below(2) == 0 ? 3 : 9'000;
  for (std::uint32_t i = 0; i < people; ++i)
    for (std::uint32_t j = 0; j < workers; ++j)
      if (random.below(3) > 0)
        out.instance.pairs.push_back({i, j, static_cast<std::int32_t>(random.below(fits)),
                                      static_cast<std::int32_t>(random.below(fits)), 0});
  return out;
}

// Some pairs that can be kept together.
void fix_some(Random& random, AssignInstance& file) {
  std::vector<bool> placed(file.people.size(), false);
  std::vector<int> left;
  left.reserve(file.workers.size());
  for (const auto& worker : file.instance.workers) left.push_back(worker.places);
  for (const auto& pair : file.instance.pairs) {
    if (placed[pair.person] || left[pair.worker] == 0 || random.below(5) > 0) continue;
    placed[pair.person] = true;
    --left[pair.worker];
    file.fixed.push_back({pair.person, pair.worker});
  }
}

// The most that a plan with the fixed pairs is worth, by trying all.
std::int64_t most_worth(const AssignInstance& file) {
  const engine::Instance& instance = file.instance;
  std::vector<std::uint32_t> plan(instance.people.size(), nobody), must = plan;
  for (const FixedPair& pair : file.fixed) must[pair.person] = pair.worker;
  std::vector<int> left;
  left.reserve(instance.workers.size());
  for (const auto& worker : instance.workers) left.push_back(worker.places);
  std::int64_t most = -1;
  const auto from = [&](const auto& self, std::uint32_t person) -> void {
    if (person == plan.size()) {
      most = std::max(most, engine::totals_of(instance, plan).value);
      return;
    }
    if (must[person] == nobody) self(self, person + 1);
    for (const auto& pair : instance.pairs) {
      if (pair.person != person || left[pair.worker] == 0) continue;
      if (must[person] != nobody && must[person] != pair.worker) continue;
      --left[pair.worker];
      plan[person] = pair.worker;
      self(self, person + 1);
      plan[person] = nobody;
      ++left[pair.worker];
    }
  };
  from(from, 0);
  return most;
}

} // namespace

TEST_CASE("the example of the design comes out to the byte") {
  CHECK_EQ(plan_json_of(example, Method::optimum),
           R"({"format":"kith-plan/1","method":"optimum","engine":"kith-engine/1","seed":0,)"
           R"("pairs":[["ada","mina"],["ben","ruth"],["cy","mina"]],"unplaced":[],)"
           R"("objective":{"by_class":{"0":3},"people":3,"fit":1350,"value":6753},)"
           R"("bound":6753,"gap":0,"proved_over":"listed_pairs","prices":{"mina":0,"ruth":50},)"
           R"("cpu_ms":0,"wall_ms":0,"peak_memory_bytes":0})");
  CHECK_EQ(plan_json_of(example, Method::arrival),
           R"({"format":"kith-plan/1","method":"arrival","engine":"kith-engine/1","seed":0,)"
           R"("pairs":[["ada","ruth"],["cy","mina"]],"unplaced":[{"person":"ben","reason":"places_taken"}],)"
           R"("objective":{"by_class":{"0":2},"people":2,"fit":900,"value":4502},)"
           R"("bound":6753,"gap":2251,"blocking_pairs":0,"proved_over":"listed_pairs",)"
           R"("prices":{"mina":0,"ruth":50},"cpu_ms":0,"wall_ms":0,"peak_memory_bytes":0})");
}

TEST_CASE("files that differ in order only give the same bytes") {
  const std::string other = R"({"pairs": [["cy", "mina", 300], ["ben", "ruth", 500], ["ada", "mina", 550],
    ["ada", "ruth", 600]], "workers": [{"places": 2, "id": "mina"}, {"id": "ruth", "places": 1}],
    "people": [{"id": "cy", "order": 3}, {"order": 1, "id": "ada"}, {"id": "ben", "order": 2}],
    "objective": "strict", "format": "kith-assign/1"})";
  for (const Method method : {Method::optimum, Method::stable, Method::arrival})
    CHECK_EQ(plan_json_of(other, method), plan_json_of(example, method));
}

TEST_CASE("fixed pairs are kept and the rest is the best there is around them") {
  SeededRandom random(20'261'206);
  int with_fixed = 0;
  for (int round = 0; round < 2'000; ++round) {
    AssignInstance file = random_file(random, 1 + random.below(3));
    fix_some(random, file);
    with_fixed += !file.fixed.empty();
    for (const Method method : {Method::optimum, Method::stable, Method::arrival}) {
      const AssignPlan plan = make_assign_plan(file, method);
      for (const FixedPair& pair : file.fixed) REQUIRE_EQ(plan.worker_of[pair.person], pair.worker);
      std::vector<int> used(file.workers.size(), 0);
      for (const std::uint32_t worker : plan.worker_of)
        if (worker != nobody) ++used[worker];
      for (std::size_t j = 0; j < used.size(); ++j) REQUIRE_LE(used[j], file.instance.workers[j].places);
      REQUIRE_EQ(plan.bound, most_worth(file));
      if (method == Method::optimum) REQUIRE_EQ(plan.totals.value, plan.bound);
      if (method == Method::stable) REQUIRE_EQ(plan.blocking_pairs, 0);
    }
  }
  CHECK_GT(with_fixed, 800);
}

TEST_CASE("a price is what one more place would bring beside fixed pairs, in the value of the whole") {
  SeededRandom random(20'261'207);
  for (int round = 0; round < 300; ++round) {
    AssignInstance file = random_file(random, 3);
    fix_some(random, file);
    const AssignPlan plan = make_assign_plan(file, Method::optimum);
    for (std::size_t j = 0; j < file.workers.size(); ++j) {
      AssignInstance more = file;
      ++more.instance.workers[j].places;
      REQUIRE_EQ(plan.prices[j], make_assign_plan(more, Method::optimum).bound - plan.bound);
    }
  }
}

TEST_CASE("whom a worker names comes first at their places, the others as ever") {
  engine::Instance instance; // three people who all want the one place; the first two are more urgent
  instance.people = {{1, 5, 1, 0, 0}, {2, 5, 2, 0, 0}, {3, 0, 3, 0, 0}};
  instance.workers = {{1, 1}};
  instance.pairs = {{0, 0, 9, 0, 0}, {1, 0, 9, 0, 0}, {2, 0, 9, 0, 0}};
  CHECK_EQ(engine::solve_stable(instance).worker_of, std::vector<std::uint32_t>{0, nobody, nobody});
  instance.pairs[2].worker_rank = 2;
  CHECK_EQ(engine::solve_stable(instance).worker_of, std::vector<std::uint32_t>{nobody, nobody, 0});
  instance.pairs[1].worker_rank = 1;
  CHECK_EQ(engine::solve_stable(instance).worker_of, std::vector<std::uint32_t>{nobody, 0, nobody});
  CHECK_EQ(engine::count_blocking_pairs(instance, {0, nobody, nobody}), 2);
}

TEST_CASE("the table of a plan says who goes with whom and who stays without, and why") {
  std::string bytes = example;
  const std::string ben = R"({"id": "ben")";
  bytes.insert(bytes.find(ben), R"({"id": "dee", "class": 2}, )");
  const AssignInstance file = read_assign_file(bytes).value();
  CHECK_EQ(
      assign_plan_table(file, make_assign_plan(file, Method::arrival), Words::load("en")),
      "Plan by the method first come, first served: 2 of 4 people placed\n"
      "Class 2: 0 people placed\n"
      "Class 0: 2 people placed\n"
      "Fit 900, value 4,502. No plan can be worth more than 6,753, proved over all listed pairs: a gap of "
      "2,251\n"
      "0 pairs would both rather have each other\n"
      "\nWho goes with whom\n"
      "  ada: ruth\n"
      "  cy: mina\n"
      "\nWho stays without a worker, and why\n"
      "  ben: all places they could have are taken\n"
      "  dee: no worker is listed with them\n");
}
