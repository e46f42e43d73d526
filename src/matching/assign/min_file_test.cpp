#include "matching/assign/min_file.hpp"

#include "base/random.hpp"
#include "base/text.hpp"
#include "matching/assign/plan_file.hpp"
#include "matching/engine/flow_by_list.hpp"
#include "support/instances.hpp"

#include "support/test.hpp"

using namespace kith;
using namespace kith::matching;

namespace {

const std::string small = "c two ways from 1 to 3\n"
                          "p min 4 4\n"
                          "n 1 2\n"
                          "n 3 -2\n"
                          "a 1 2 0 1 3\n"
                          "a 2 3 0 1 1\n"
                          "a 1 4 0 1 4\n"
                          "a 4 3 0 1 2\n";

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const auto at = text.find(from);
  REQUIRE_NE(at, std::string::npos);
  return text.replace(at, from.size(), to);
}

std::string refused(const std::string& bytes) {
  const auto file = read_min_file(bytes);
  if (file.ok()) return "read";
  return file.failure().code + " | " + join(file.failure().arguments, " | ");
}

// Senders of one unit and takers of some, so many that all fit in; arcs some of them twice.
engine::FlowNetwork random_list(Random& random) {
  engine::FlowNetwork out;
  const std::uint64_t takers = 1 + random.below(6);
  std::vector<std::uint32_t> from, to;
  for (std::uint64_t j = 0; j < takers; ++j) {
    const std::uint64_t places = 1 + random.below(3);
    to.push_back(static_cast<std::uint32_t>(out.supplies.size()));
    out.supplies.push_back(-static_cast<std::int64_t>(places));
    for (std::uint64_t i = 0; i < places; ++i) {
      from.push_back(static_cast<std::uint32_t>(out.supplies.size()));
      out.supplies.push_back(1);
    }
  }
  for (const std::uint32_t i : from)
    for (const std::uint32_t j : to)
      for (std::uint64_t k = random.below(3); k > 0; --k)
        out.arcs.push_back({i, j, static_cast<std::int64_t>(random.below(3)),
                            static_cast<std::int64_t>(random.below(50)) - 20});
  return out;
}

} // namespace

TEST_CASE("a network file is read, what must flow is sent and counted") {
  const MinFile file = read_min_file(small).value();
  const FlowPlan plan = make_flow_plan(file).value();
  CHECK_EQ(plan.flow.cost, 10);
  CHECK_EQ(flow_plan_json(file, plan, {}),
           R"({"format":"kith-plan/1","method":"optimum","engine":"kith-engine/1","solver":"flow",)"
           R"("flow":[[1,2,1],[2,3,1],[1,4,1],[4,3,1]],"flow_cost":10,"bound":10,"gap":0,)"
           R"("proved_over":"listed_arcs","potentials":[)" +
               std::to_string(plan.flow.potentials[0]) + "," + std::to_string(plan.flow.potentials[1]) + "," +
               std::to_string(plan.flow.potentials[2]) + "," + std::to_string(plan.flow.potentials[3]) +
               R"(],"cpu_ms":0,"wall_ms":0,"peak_memory_bytes":0})");
  std::string wide = small; // room for both on the cheap way, but one must go the other
  for (int k = 0; k < 3; ++k) wide = replaced(wide, " 0 1 ", " 0 5 ");
  CHECK_EQ(make_flow_plan(read_min_file(wide).value())->flow.cost, 8);
  wide = replaced(wide, "a 1 4 0 5 4", "a 1 4 1 5 4");
  const MinFile low = read_min_file(wide).value();
  CHECK_EQ(make_flow_plan(low)->flow.cost, 10);
  CHECK_NE(flow_plan_json(low, make_flow_plan(low).value(), {}).find("[[1,2,1],[2,3,1],[1,4,1],[4,3,1]]"),
           std::string::npos);
  CHECK_EQ(make_flow_plan(read_min_file(replaced(small, "a 1 2 0 1", "a 1 2 0 0")).value()).failure().code,
           "engine.no_flow");
  CHECK_EQ(refused(replaced(small, "a 1 2 0 1 3\n", "a 1 2 0 1 3\r\n\n  \n")), "read");
}

TEST_CASE("what a network file cannot mean is refused with its line") {
  const std::string head = "assign.expected | ";
  CHECK_EQ(refused(""), head + "line 1 | the problem line, p min NODES ARCS, found the end of the file");
  CHECK_EQ(refused("n 1 2\n"), head + "line 1 | the problem line, p min NODES ARCS, found n 1 2");
  CHECK_EQ(refused("p max 4 4\n"), head + "line 1 | p min NODES ARCS, found p max 4 4");
  CHECK_EQ(refused("p min 4\n"), head + "line 1 | p min NODES ARCS, found p min 4");
  CHECK_EQ(refused("p min 5000001 4\n"),
           head + "line 1 | nodes, a whole number from 1 to 5000000, found 5000001");
  CHECK_EQ(refused("p min 4 20000001\n"),
           head + "line 1 | arcs, a whole number from 0 to 20000000, found 20000001");
  const auto changed = [&](const std::string& from, const std::string& to) {
    return refused(replaced(small, from, to));
  };
  CHECK_EQ(changed("n 3 -2", "p min 4 4"), head + "line 4 | one problem line, found p min 4 4");
  CHECK_EQ(changed("n 3 -2", "n 1 -2"), head + "line 4 | each node once, found 1");
  CHECK_EQ(changed("n 3 -2", "n 5 -2"), head + "line 4 | a node, a whole number from 1 to 4, found 5");
  CHECK_EQ(
      changed("n 3 -2", "n 3 NaN"),
      head + "line 4 | a supply, a whole number from -9223372036854775807 to 9223372036854775807, found NaN");
  CHECK_EQ(changed("n 3 -2", "n 3"), head + "line 4 | n NODE SUPPLY, found n 3");
  CHECK_EQ(changed("n 3 -2", "x 3"), head + "line 4 | a line that begins with c, n or a, found x 3");
  CHECK_EQ(changed("a 1 4 0 1 4", "n 2 0"),
           head + "line 7 | arcs only, after the first of them, found n 2 0");
  CHECK_EQ(changed("a 1 4 0 1 4", "a 1 4 0 1"), head + "line 7 | a FROM TO LOW HIGH COST, found a 1 4 0 1");
  CHECK_EQ(changed("a 1 4 0 1 4", "a 0 4 0 1 4"),
           head + "line 7 | a node, a whole number from 1 to 4, found 0");
  CHECK_EQ(changed("a 1 4 0 1 4", "a 1 4 -1 1 4"),
           head + "line 7 | the least flow, a whole number from 0 to 9223372036854775807, found -1");
  CHECK_EQ(changed("a 1 4 0 1 4", "a 1 4 2 -1 4"),
           head + "line 7 | the most flow, a whole number from 2 to 9223372036854775807, found -1");
  CHECK_EQ(changed("a 1 4 0 1 4", "a 1 4 0 1 1.5"),
           head +
               "line 7 | a cost, a whole number from -9223372036854775807 to 9223372036854775807, found 1.5");
  const std::string most = "9223372036854775807";
  CHECK_EQ(changed("a 1 4 0 1 4", "a 1 4 " + most + " " + most + " 2"),
           head + "line 7 | least flows and costs whose sums stay within 64 bits, found " + most);
  CHECK_EQ(changed("p min 4 4", "p min 4 3"),
           head + "line 8 | no more than the 3 arcs of the problem line, found a 4 3 0 1 2");
  CHECK_EQ(changed("p min 4 4", "p min 4 5"),
           head + "line 9 | 5 arcs, as the problem line says, found the end of the file after 4");
  for (std::size_t size = small.find("a 4 3"); size < small.size() - 1; ++size)
    CHECK_NE(refused(small.substr(0, size)), "read"); // cut off anywhere in the last line
}

TEST_CASE("a damaged network file is refused without a crash") {
  SeededRandom random(20'261'203);
  const std::string letters = "acnp min0123456789- \n\r\t.\xff";
  for (int round = 0; round < 20'000; ++round) {
    std::string bytes = small;
    for (int hit = 0; hit < 3; ++hit)
      bytes[random.below(bytes.size())] = letters[random.below(letters.size())];
    const auto file = read_min_file(bytes);
    if (!file.ok()) continue;
    const auto plan = make_flow_plan(file.value());
    if (!plan.ok()) CHECK(plan.failure().code.starts_with("engine."));
  }
}

TEST_CASE("a network that is a waiting list costs the same by either engine") {
  SeededRandom random(20'261'204);
  int solved = 0;
  for (int round = 0; round < 3'000; ++round) {
    const engine::FlowNetwork network = random_list(random);
    const auto list = engine::as_list(network);
    const auto flow = engine::solve_flow(network);
    if (!list) continue; // without an arc
    const auto by_list = engine::solve_flow_as_list(network, *list);
    REQUIRE_EQ(by_list.ok(), flow.ok());
    if (!flow.ok()) continue;
    REQUIRE_EQ(by_list->cost, flow->cost);
    ++solved;
  }
  CHECK_GT(solved, 500);
  CHECK_FALSE(engine::as_list(read_min_file(small)->network).has_value());
  const auto plan =
      make_flow_plan(read_min_file("p min 3 2\nn 1 1\nn 2 1\nn 3 -2\na 1 3 0 1 7\na 2 3 0 9 -4\n").value());
  CHECK(plan->as_list);
  CHECK_EQ(plan->flow.cost, 3);
}

TEST_CASE("published networks have their published optima") {
  struct Row {
    std::string name{};
    std::int64_t cost{};
  };
  for (const Row& row : {Row{"netgen_8_08a", 142'274'536}, Row{"netgen_8_13a", 1'184'953'451}}) {
    const auto bytes = test::published_instance(row.name);
    if (!bytes) {
      MESSAGE("not run: KITH_INSTANCES has no ", row.name, ".min");
      continue;
    }
    const auto file = read_min_file(*bytes);
    REQUIRE(file.ok());
    CHECK_EQ(make_flow_plan(*file)->flow.cost, row.cost);
  }
}
