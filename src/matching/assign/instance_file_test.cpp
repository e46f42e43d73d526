#include "matching/assign/instance_file.hpp"

#include "base/random.hpp"
#include "base/text.hpp"
#include "matching/assign/assign_plan.hpp"

#include "support/test.hpp"

using namespace kith;
using namespace kith::matching;

namespace {

const std::string small = R"({"format": "kith-assign/1", "objective": "strict",
 "people": [{"id": "ada", "class": 3, "order": 1, "group": "north"}, {"id": "ben"},
             {"id": "cy", "order": -4}],
 "workers": [{"id": "ruth", "places": 1}, {"id": "mina", "places": 2, "prefers": ["cy", "ada"]}],
 "pairs": [["ada", "ruth", 600], ["ada", "mina", 550, 7], ["ben", "ruth", 500], ["cy", "mina", 300]],
 "fixed": [["ben", "ruth"]]})";

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const auto at = text.find(from);
  REQUIRE_NE(at, std::string::npos);
  return text.replace(at, from.size(), to);
}

std::string refused(const std::string& bytes) {
  const auto file = read_assign_file(bytes);
  if (file.ok()) return "read";
  std::string out = join(file.failure().arguments, " | ");
  return file.failure().code == "assign.expected" ? out : file.failure().code;
}

// A change of the small file, and what is said of it.
struct Row {
  const char* from{};
  const char* to{};
  const char* refusal{};
};

const Row rows[] = {
    {"kith-assign/1", "kith-assign/2", R"(/format | "kith-assign/1", found "kith-assign/2")"},
    {"\"strict\"", "7", R"(/objective | "strict" or "weighted", found 7)"},
    {"\"objective\": \"strict\",", "", "/objective | this member, found none"},
    {"\"fixed\"", "\"mixed\"",
     "/mixed | format, objective, people, workers, pairs or fixed, found another member"},
    {"\"fixed\"", "\"pairs\"", "/pairs | each member once, found one again"},
    {"\"class\": 3", "\"class\": 1024", "/people/0/class | a whole number from 0 to 1023, found 1024"},
    {"\"class\": 3", "\"klass\": 3",
     "/people/0/klass | id, class, order, bonus or group, found another member"},
    {"\"class\": 3", "\"class\": 3, \"class\": 4", "/people/0 | each member once, found one again"},
    {"\"class\": 3", "\"bonus\": 3", "/people/0/bonus | no bonus where the objective is strict, found one"},
    {"\"strict\"", "\"weighted\"", "/people/0/class | no class where the objective is weighted, found one"},
    {"\"class\": 3", "\"bonus\": 1099511627777",
     "/people/0/bonus | a whole number from 0 to 1099511627776, found 1099511627777"},
    {"\"order\": -4", "\"order\": 9223372036854775808",
     "/people/2/order | a whole number from -9223372036854775807 to 9223372036854775807, found "
     "9223372036854775808"},
    {"\"north\"", "{}", "/people/0/group | an id or a list of ids, found an object"},
    {"\"north\"", "[\"north\", 7]",
     "/people/0/group | an id, a text of 1 to 200 bytes without control characters, found 7"},
    {"\"north\"", "[\"north\", \"east\", \"north\"]",
     R"(/people/0/group | each group once, found "north" again)"},
    {"{\"id\": \"ben\"}", "{}", "/people/1/id | an id, found none"},
    {"{\"id\": \"ben\"}", "null", "/people/1 | an object, found null"},
    {"{\"id\": \"ben\"}", "{\"id\": \"\"}",
     R"(/people/1/id | an id, a text of 1 to 200 bytes without control characters, found "")"},
    {"{\"id\": \"ben\"}", "{\"id\": \"b\\n\"}",
     R"(/people/1/id | an id, a text of 1 to 200 bytes without control characters, found "b\n")"},
    {"{\"id\": \"ben\"}", "{\"id\": \"ada\"}", R"(/people/1/id | each id once, found "ada" again)"},
    {"\"mina\", \"places\"", "\"ruth\", \"places\"", R"(/workers/1/id | each id once, found "ruth" again)"},
    {"\"places\": 1", "\"places\": -1", "/workers/0/places | a whole number from 0 to 4095, found -1"},
    {"\"places\": 1", "\"places\": 4096", "/workers/0/places | a whole number from 0 to 4095, found 4096"},
    {"\"places\": 1", "\"places\": true", "/workers/0/places | a whole number from 0 to 4095, found true"},
    {", \"places\": 1", "", "/workers/0/places | a whole number from 0 to 4095, found none"},
    {"\"places\": 1", "\"seats\": 1", "/workers/0/seats | id, places or prefers, found another member"},
    {"[\"cy\", \"ada\"]", "\"cy\"", R"(/workers/1/prefers | a list of ids of /people, found "cy")"},
    {"[\"cy\", \"ada\"]", "[\"cy\", \"al\"]", R"(/workers/1/prefers | an id of /people, found "al")"},
    {"[\"cy\", \"ada\"]", "[\"cy\", \"cy\"]", R"(/workers/1/prefers | each person once, found "cy" again)"},
    {", 600]", "]",
     "/pairs/0 | a list of person, worker, fit and perhaps the worker's fit, found a list of 2"},
    {"[\"ada\", \"ruth\", 600]", "[]",
     "/pairs/0 | a list of person, worker, fit and perhaps the worker's fit, found a list of 0"},
    {"600", "600, 1, 2",
     "/pairs/0 | a list of person, worker, fit and perhaps the worker's fit, found a list of 5"},
    {"600", "2147483648", "/pairs/0/2 | a whole number from 0 to 65535, found 2147483648"},
    {"600", "-1", "/pairs/0/2 | a whole number from 0 to 65535, found -1"},
    {"600", "6.5", "/pairs/0/2 | a whole number from 0 to 65535, found 6.5"},
    {"600", "\"600\"", R"(/pairs/0/2 | a whole number from 0 to 65535, found "600")"},
    {"550, 7", "550, 64986", "/pairs/1/3 | a whole number from 0 to 64985, found 64986"},
    {"600", "NaN", "/pairs/0 | JSON, found something else"},
    {"600", "1e999", "/pairs/0 | a number that JSON allows, found another"},
    {"\"cy\", \"mina\", 300", "\"cyd\", \"mina\", 300", R"(/pairs/3/0 | an id of /people, found "cyd")"},
    {"\"cy\", \"mina\", 300", "\"cy\", \"cy\", 300", R"(/pairs/3/1 | an id of /workers, found "cy")"},
    {"\"cy\", \"mina\", 300", "\"ada\", \"ruth\", 300",
     R"(/pairs/3 | each pair once, found ["ada", "ruth"] again)"},
    {"[[\"ben\", \"ruth\"]]", "[[\"ben\", \"mina\"]]",
     R"(/fixed/0 | a pair of /pairs, found ["ben", "mina"])"},
    {"[[\"ben\", \"ruth\"]]", "[[\"ben\"]]", "/fixed/0 | a list of person and worker, found a list of 1"},
    {"[[\"ben\", \"ruth\"]]", "[[\"ada\", \"mina\"], [\"ada\", \"ruth\"]]",
     R"(/fixed/1 | one pair for each person, found "ada" again)"},
    {"[[\"ben\", \"ruth\"]]", "[[\"ben\", \"ruth\"], [\"ada\", \"ruth\"]]",
     R"(/fixed/1 | a free place of "ruth", found 1, taken by pairs before)"},
};

} // namespace

TEST_CASE("an instance file is read, whatever the order of its members") {
  const auto check = [](const AssignInstance& file) {
    CHECK_EQ(file.people, std::vector<std::string>{"ada", "ben", "cy"});
    CHECK_EQ(file.workers, std::vector<std::string>{"ruth", "mina"});
    REQUIRE_EQ(file.instance.pairs.size(), 4);
    const engine::InstancePair& pair = file.instance.pairs[1];
    CHECK_EQ(pair.worker, 1);
    CHECK_EQ(pair.person_part, 550);
    CHECK_EQ(pair.worker_part, 7);
    CHECK_EQ(pair.worker_rank, 2);
    CHECK_EQ(file.instance.pairs[3].worker_rank, 1);
    CHECK_EQ(file.instance.pairs[0].worker_rank, 0);
    CHECK_EQ(file.instance.people[0].klass, 3);
    CHECK_EQ(file.instance.people[1].order, 2); // its place in the file
    CHECK_EQ(file.instance.people[2].order, -4);
    CHECK_EQ(file.instance.workers[1].places, 2);
    CHECK_EQ(file.groups, std::vector<std::string>{"north"});
    REQUIRE_EQ(file.members.size(), 1);
    CHECK_EQ(file.members[0].person, 0);
    REQUIRE_EQ(file.fixed.size(), 1);
    CHECK_EQ(file.fixed[0].person, 1);
  };
  check(read_assign_file(small).value());
  const auto people = small.find("\"people\""), pairs = small.find("\"pairs\""),
             fixed = small.find("\"fixed\"");
  const std::string last = small.substr(fixed, small.size() - 1 - fixed);
  check(read_assign_file("{" + last + "," + small.substr(pairs, fixed - pairs) + small.substr(1, people - 1) +
                         small.substr(people, small.rfind(',', pairs) - people) + "}")
            .value());
  const auto empty = read_assign_file(
      R"({"format":"kith-assign/1","objective":"weighted","people":[],"workers":[],"pairs":[]})");
  REQUIRE(empty.ok());
  CHECK_EQ(make_assign_plan(*empty, Method::optimum).bound, 0);
}

TEST_CASE("what an instance file cannot mean is refused with a pointer") {
  for (const Row& row : rows) {
    const std::string bytes = replaced(small, row.from, row.to);
    INFO(bytes);
    CHECK_EQ(refused(bytes), row.refusal);
  }
  std::string groups = "[\"0\"";
  for (int k = 1; k < 65; ++k) groups.append(", \"").append(std::to_string(k)).append("\"");
  CHECK_EQ(refused(replaced(small, "\"north\"", groups.append("]"))),
           "/people/0/group | at most 64 groups, found a list of 65");
  CHECK_EQ(refused(small.substr(0, small.size() - 1)),
           "the file | JSON to the end, a closing brace last, found an end before that");
  CHECK_EQ(refused(""), "the file | JSON, found something else");
  CHECK_EQ(refused("[]"), "the file | a JSON object, found another value");
  CHECK_EQ(refused(R"({"format":["kith-assign/1"]})"), "/format | one value, found a list");
  CHECK_EQ(refused(R"({"people":{"id":"a"}})"), "/people | a list, found one value");
  CHECK_EQ(refused(R"({"a/b":1})"),
           "/a~1b | format, objective, people, workers, pairs or fixed, found another member");
  CHECK_EQ(refused("{}"), "/format | this member, found none");
}

TEST_CASE("an instance file cut off anywhere is refused") {
  for (std::size_t size = 0; size < small.size(); ++size) CHECK_NE(refused(small.substr(0, size)), "read");
}

TEST_CASE("a damaged instance file is refused without a crash") {
  SeededRandom random(20'261'205);
  const std::string letters = "{}[]\",:0123456789-abdn \\\xff";
  for (int round = 0; round < 20'000; ++round) {
    std::string bytes = small;
    for (int hit = 0; hit < 3; ++hit)
      bytes[random.below(bytes.size())] = letters[random.below(letters.size())];
    const auto file = read_assign_file(bytes);
    if (!file.ok()) CHECK_FALSE(file.failure().code.empty());
    else make_assign_plan(*file, Method::stable);
  }
}
