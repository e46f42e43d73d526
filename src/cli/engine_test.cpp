#include <filesystem>
#include <fstream>

#include "support/files.hpp"
#include "support/shell.hpp"

#include "support/test.hpp"

using namespace kith;
using namespace kith::test;

namespace {

class Folder {
public:
  Folder() {
    char pattern[] = "/tmp/kith-engine-XXXXXX";
    path_ = mkdtemp(pattern);
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  std::string file(const std::string& name, const std::string& bytes) const {
    std::string path = path_ + "/" + name;
    std::ofstream(path, std::ios::binary) << bytes;
    return path;
  }

private:
  std::string path_{};
};

std::string readme() { // the instance of docs/matching/files.md
  const std::string text = contents(std::string(KITH_SOURCE_DIR) + "/docs/matching/files.md");
  const auto begin = text.find("{\"format\": \"kith-assign/1\"");
  REQUIRE_NE(begin, std::string::npos);
  return text.substr(begin, text.find("```", begin) - begin);
}

} // namespace

TEST_CASE("kith engine assign plans the example of the manual, as a table and as JSON") {
  const Folder folder;
  const Shell shell("sqlite:");
  const std::string file = folder.file("list.json", readme());
  const Ran table = shell.run_without_data({"engine", "assign", file});
  CHECK_EQ(table.code, 0);
  CHECK_EQ(table.error, "");
  CHECK_EQ(table.out, "Plan by the method optimum: 3 of 3 people placed\n"
                      "Class 0: 3 people placed\n"
                      "Fit 1,350, value 6,753. No plan can be worth more than 6,753, proved over all listed "
                      "pairs: a gap of 0\n"
                      "\nWho goes with whom\n"
                      "  ada: mina\n"
                      "  ben: ruth\n"
                      "  cy: mina\n");
  const Ran json =
      shell.run_without_data({"engine", "assign", file, "--method", "arrival", "--seed", "7", "--json"});
  CHECK_EQ(json.code, 0);
  CHECK_EQ(json.out.substr(0, json.out.find("\"pairs\"")),
           R"({"format":"kith-plan/1","method":"arrival","engine":"kith-engine/1","seed":7,)");
  CHECK_NE(json.out.find(R"("gap":2251,"blocking_pairs":0,)"), std::string::npos);
  const auto memory = json.out.find("\"peak_memory_bytes\":");
  REQUIRE_NE(memory, std::string::npos);
  CHECK_GT(std::stoll(json.out.substr(memory + 20)), 1'000'000);
}

TEST_CASE("kith engine assign finds the cheapest flow of a network, or says that there is none") {
  const Folder folder;
  const Shell shell("sqlite:");
  const std::string network = "p min 3 2\nn 1 2\nn 3 -2\na 1 2 0 5 4\na 2 3 0 2 1\n";
  const Ran table = shell.run_without_data({"engine", "assign", folder.file("net.min", network)});
  CHECK_EQ(table.code, 0);
  CHECK_EQ(table.out, "Cheapest flow through 3 nodes and 2 arcs: it costs 10, proved over all listed arcs\n"
                      "\nWhat the arcs carry: from, to, units\n"
                      "  1 2 2\n"
                      "  2 3 2\n");
  std::string narrow = network;
  narrow.replace(narrow.find("0 2 1"), 5, "0 1 1");
  const Ran none = shell.run_without_data({"engine", "assign", folder.file("none.min", narrow)});
  CHECK_EQ(none.code, 1);
  CHECK_EQ(none.error, "kith: The arcs of the network do not let all supplies through\n");
}

TEST_CASE("kith engine assign refuses in one sentence, with exit code 2") {
  const Folder folder;
  const Shell shell("sqlite:");
  const auto said = [&](const std::vector<std::string>& words) {
    std::vector<std::string> all{"engine", "assign"};
    all.insert(all.end(), words.begin(), words.end());
    const Ran ran = shell.run_without_data(all);
    CHECK_EQ(ran.code, 2);
    CHECK_EQ(ran.out, "");
    return ran.error;
  };
  CHECK_EQ(said({folder.file("a.min", "p min 2 1\na 1 3 0 1 1\n")}),
           "kith: line 2: expected a node, a whole number from 1 to 2, found 3\n");
  CHECK_EQ(said({folder.file("b.min", "p min 2 1\nn 1 1\na 1 2 0 1 1\n")}),
           "kith: The supplies of the network do not add up to its demands\n");
  CHECK_EQ(said({folder.file("c.min", "p min 1 0\n"), "--method", "stable"}),
           "kith: A network has no method but optimum\n");
  CHECK_EQ(said({folder.file("a.json", R"({"format":"kith-assign/1","people":[{"id":"a","class":1024}]})")}),
           "kith: /people/0/class: expected a whole number from 0 to 1023, found 1024\n");
  CHECK_NE(
      said({"x.json", "--seed", "9223372036854775808"}).find("a whole number from 0 to 9223372036854775807"),
      std::string::npos);
  CHECK_NE(said({"x.json", "--seed", "-1"}).find("a whole number from 0"), std::string::npos);
  CHECK_EQ(said({folder.file("escape.json", "{\"\\u001b[2J\":1}")}),
           "kith: /\\u001b[2J: expected format, objective, people, workers, pairs or fixed, found another "
           "member\n");
  const std::string missing = folder.file("a.csv", "") + ".json";
  CHECK_EQ(said({missing}), "kith: " + missing + " cannot be read, or is not a regular file\n");
  CHECK_NE(said({folder.file("a.txt", "")}).find("ends in .json, that of a network in .min"),
           std::string::npos);
  CHECK_NE(said({}).find("file is required"), std::string::npos);
  CHECK_NE(said({"x.json", "--method", "best"}).find("--method"), std::string::npos);
}

TEST_CASE("kith engine assign keeps groups level where it is asked to") {
  const Folder folder;
  const Shell shell("sqlite:");
  const std::string file = folder.file("groups.json", R"({"format":"kith-assign/1","objective":"strict",
    "people":[{"id":"ada","group":"north"},{"id":"ben","group":"north"},{"id":"cy","group":"south"},
              {"id":"dee","group":["south","hills"]},{"id":"eve","group":"hills"}],
    "workers":[{"id":"ruth","places":2}],
    "pairs":[["ada","ruth",9],["ben","ruth",8],["cy","ruth",7]]})");
  const auto run = [&](const std::vector<std::string>& words) {
    std::vector<std::string> all{"engine", "assign", file};
    all.insert(all.end(), words.begin(), words.end());
    return shell.run_without_data(all);
  };
  const Ran table = run({"--parity", "north,south", "--band", "0"});
  CHECK_EQ(table.code, 0);
  CHECK_NE(
      table.out.find("  north: 1 of 2 people (0 to 1 allowed): 50.00 percent, 100.00 without the bands\n"),
      std::string::npos);
  const Ran json = run({"--parity", "north,south", "--band", "0", "--json"});
  CHECK_NE(json.out.find(R"("lost":[{"person":"ben","before":"ruth"}])"), std::string::npos);
  CHECK_EQ(run({"--json"}).out.find("parity"), std::string::npos);

  const Ran overlap = run({"--parity", "all"});
  CHECK_EQ(overlap.code, 2);
  CHECK_EQ(overlap.error,
           "kith: The groups \"hills\" and \"south\" overlap: some people are in both, and each has "
           "others. Name groups that are apart, or inside one another\n");
  const auto refusal = [&](const std::vector<std::string>& words) {
    const Ran ran = run(words);
    CHECK_EQ(ran.code, 2);
    CHECK_EQ(ran.out, "");
    return ran.error;
  };
  CHECK_EQ(refusal({"--parity", "west"}), "kith: Nobody in the file is in the group \"west\"\n");
  CHECK_EQ(refusal({"--parity", ""}), "kith: Nobody in the file is in the group \"\"\n");
  CHECK_EQ(refusal({"--parity", "north", "--method", "stable"}),
           "kith: Group parity goes with no method but optimum\n");
  CHECK_NE(refusal({"--band", "5"}).find("--parity"), std::string::npos);
  CHECK_NE(refusal({"--parity", "north", "--band", "10001"}).find("--band"), std::string::npos);
  const Ran network = shell.run_without_data(
      {"engine", "assign", folder.file("net.min", "p min 1 0\n"), "--parity", "north"});
  CHECK_EQ(network.code, 2);
  CHECK_EQ(network.error, "kith: A network has no groups to keep level\n");

  const Ran none = shell.run_without_data(
      {"engine", "assign", folder.file("apart.json", R"({"format":"kith-assign/1","objective":"strict",
        "people":[{"id":"a","group":"x"},{"id":"b","group":"x"},{"id":"c","group":"x"},{"id":"d","group":"y"},
                  {"id":"e","group":"y"},{"id":"f","group":"y"}],
        "workers":[{"id":"w","places":3}],"pairs":[["a","w",1],["b","w",1],["c","w",1]]})"),
       "--parity", "all"});
  CHECK_EQ(none.code, 1);
  CHECK_EQ(none.error,
           "kith: No plan of as many people keeps each group within 0.25 percentage points of the "
           "overall share. The smallest band that one keeps is 16.67 points; --band takes hundredths\n");
}
