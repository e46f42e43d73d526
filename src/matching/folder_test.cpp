#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include "base/random.hpp"
#include "base/text.hpp"
#include "matching/folder.hpp"
#include "matching/folder_columns.hpp"
#include "matching/plan_json.hpp"
#include "matching/plan_table.hpp"

#include "support/files.hpp"
#include "support/test.hpp"

using namespace kith;
using namespace kith::matching;

namespace {

const std::string source = KITH_SOURCE_DIR;

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const auto at = text.find(from);
  REQUIRE_NE(at, std::string::npos);
  return text.replace(at, from.size(), to);
}

std::string plan_of(const FolderFiles& files) {
  const Folder folder = parse_folder(files, {});
  REQUIRE(folder.problems.empty());
  const Plan plan = make_plan(folder.input).value();
  return plan_json(plan, {folder.person_ids, folder.worker_ids});
}

} // namespace

TEST_CASE("the sample folder gives the same plan, bytes and words every time") {
  const FolderFiles files = read_folder(source + "/examples/match").value();
  const Folder folder = parse_folder(files, {});
  CHECK_EQ(problems_text(folder.problems), "");
  REQUIRE_EQ(folder.input.people.size(), 12);
  REQUIRE_EQ(folder.input.workers.size(), 6);
  const WaitingList list = WaitingList::prepare(folder.input).value();
  const Plan plan = make_plan(list).value();
  test::check_golden("match/plan.json",
                     plan_json(plan, {folder.person_ids, folder.worker_ids}, Proof::written) + "\n");
  const Words words = Words::load("en");
  const Wording wording(words, folder.code_names);
  test::check_golden("match/plan.txt", plan_table(plan, wording, {folder.person_names, folder.worker_names}));
  const ComparisonPage page = compare(list, {folder_id("amara"), {}, 4}).value();
  test::check_golden("match/comparison.json",
                     comparison_json(page, {folder.person_ids, folder.worker_ids}) + "\n");
}

TEST_CASE("changing every diagnosis changes no byte of the plan or of any explanation") {
  FolderFiles files = read_folder(source + "/examples/match").value();
  const std::string before = plan_of(files);
  std::string& people = *files.people;
  for (std::size_t at = 0, n = 0; (at = people.find("not used", at)) != std::string::npos; ++n)
    people.replace(at, 8, "F" + std::to_string(20 + n));
  CHECK_EQ(people.find("not used"), std::string::npos);
  CHECK_EQ(plan_of(files), before);
}

TEST_CASE("rows in another order give the same bytes") {
  FolderFiles files = read_folder(source + "/examples/match").value();
  const std::string before = plan_of(files);
  for (std::optional<std::string>* file : {&files.people, &files.workers}) {
    std::vector<std::string> lines = split(std::string(trim(**file)), '\n');
    std::reverse(lines.begin() + 1, lines.end());
    *file = join(lines, "\n");
  }
  CHECK_EQ(plan_of(files), before);
}

TEST_CASE("mistakes come back grouped, with line, column, what was expected and what was found") {
  FolderFiles files = read_folder(source + "/examples/match").value();
  *files.people = replaced(*files.people, "amara,Amara Okafor,yes", "amara,Amara Okafor,maybe");
  *files.people = replaced(*files.people, "chen,Chen Wei,yes", "chen,Chen Wei,perhaps");
  *files.people = replaced(*files.people, "2026-10-12", "12.10.2026");
  *files.people = replaced(*files.people, "farid,", "elin,");
  *files.workers = replaced(*files.workers, "voices:released;loss:released", "voices:secret");
  *files.exclusions = "person,worker\njo,nobody\n";
  *files.criteria = replaced(*files.criteria, "\"dial\": 1", "\"dail\": 1, \"choices\": 9");
  *files.criteria = replaced(*files.criteria, "\"choices\": 2,", "");
  const Folder folder = parse_folder(files, {});
  const std::string text = problems_text(folder.problems);
  CHECK_NE(
      text.find("people.csv, consent: expected yes or no\n  line 2: found maybe\n  line 4: found perhaps\n"),
      std::string::npos);
  CHECK_NE(text.find("people.csv, waiting_on: expected a date like 2026-11-24\n  line 3: found 12.10.2026\n"),
           std::string::npos);
  CHECK_NE(text.find("people.csv, id: expected any text, once\n  line 7: found elin\n"), std::string::npos);
  CHECK_NE(text.find("workers.csv, experience: expected tag:level"), std::string::npos);
  CHECK_NE(text.find("exclusions.csv, worker: expected an id of workers.csv\n  line 2: found nobody\n"),
           std::string::npos);
  CHECK_NE(text.find("criteria.json, dail: expected one of the documented members"), std::string::npos);
  CHECK_NE(text.find("criteria.json, choices: expected 1 to 7\n  found 9\n"), std::string::npos);
}

TEST_CASE("half a location, a missing file and an unknown column are told, not guessed") {
  FolderFiles files;
  files.people = "id,consent,waiting_on,east_m,colour\na,yes,2026-11-01,5,red\n";
  const Folder folder = parse_folder(files, {});
  const std::string text = problems_text(folder.problems);
  CHECK_NE(text.find("people.csv, colour: expected one of the columns"), std::string::npos);
  CHECK_NE(text.find("people.csv, north_m: expected east_m and north_m together"), std::string::npos);
  CHECK_NE(text.find("workers.csv: expected this file\n  found none\n"), std::string::npos);
}

TEST_CASE("what a terminal would obey comes into no plan") {
  FolderFiles files = read_folder(source + "/examples/match").value();
  *files.people = replaced(*files.people, "Amara Okafor", "Amara \x1b[2J");
  *files.workers = replaced(*files.workers, "Ruth Adeyemi", "\u202eRuth");
  *files.workers = replaced(*files.workers, "Mina Rahimi", "\"Mina\nNobody is waiting\"");
  *files.criteria = replaced(*files.criteria, "\"2026-1\"", R"("\u001b")");
  const std::string text = problems_text(parse_folder(files, {}).problems);
  CHECK_NE(text.find("people.csv, name: expected text without control characters\n  line 2: "),
           std::string::npos);
  CHECK_NE(text.find("workers.csv, name: expected text without control characters\n  line 2: found "
                     "\u202eRuth\n  line 3: "),
           std::string::npos);
  CHECK_NE(text.find("criteria.json, weights_version: expected text\n"), std::string::npos);
  *files.criteria = "{";
  CHECK_NE(problems_text(parse_folder(files, {}).problems)
               .find("criteria.json: expected JSON\n  found something else\n"),
           std::string::npos);
}

TEST_CASE("a file of the folder that is there and cannot be read is not taken for none") {
  char pattern[] = "/tmp/kith-folder-XXXXXX";
  const std::filesystem::path folder = mkdtemp(pattern);
  std::filesystem::copy(source + "/examples/match", folder);
  std::filesystem::remove(folder / "exclusions.csv");
  CHECK_FALSE(read_folder(folder).value().exclusions.has_value());
  std::filesystem::create_symlink("/nowhere", folder / "exclusions.csv");
  CHECK_EQ(read_folder(folder).failure().code, "file.unreadable");
  std::filesystem::remove(folder / "exclusions.csv");
  std::filesystem::create_directory(folder / "exclusions.csv");
  CHECK_EQ(read_folder(folder).failure().code, "file.unreadable");
  std::filesystem::remove_all(folder);
}

TEST_CASE("pairs are told apart, and long and many mistakes are cut short") {
  FolderFiles files;
  files.people = "id,consent,waiting_on\na,yes,2026-11-01\na|b,yes,2026-11-01\n";
  files.workers = "id,willing_on,places_agreed\nc,2026-11-01,1\nb|c,2026-11-01,1\n";
  files.exclusions = "person,worker\na|b,c\na,b|c\n";
  CHECK_EQ(problems_text(parse_folder(files, {}).problems), "");
  std::string criteria = "{";
  for (int k = 0; k < 300; ++k)
    criteria += (k > 0 ? ",\"" : "\"") + std::string(1'000, 'x') + std::to_string(k) + "\":1";
  files.criteria = criteria + "}";
  const std::string text = problems_text(parse_folder(files, {}).problems);
  CHECK_LT(text.size(), 20'000);
  CHECK(text.ends_with("and 200 more of other kinds\n"));
}

TEST_CASE("damaged files are refused without a crash") {
  SeededRandom random(12);
  const FolderFiles good = read_folder(source + "/examples/match").value();
  for (int round = 0; round < 400; ++round) {
    FolderFiles files = good;
    std::optional<std::string>* all[]{&files.people, &files.workers, &files.exclusions, &files.criteria};
    std::string& bytes = **all[random.below(4)];
    for (int hit = 0; hit < 4; ++hit)
      bytes[random.below(bytes.size())] = static_cast<char>(random.below(256));
    if (random.below(3) == 0) bytes.resize(random.below(bytes.size()));
    const Folder folder = parse_folder(files, {});
    const Result<Plan> plan = make_plan(folder.input);
    if (!plan.ok()) CHECK_FALSE(plan.failure().code.empty());
  }
}

TEST_CASE("every column is printed with its form") {
  const std::string text = columns_text();
  for (const auto& column : person_columns())
    CHECK_NE(text.find(std::string(column.name)), std::string::npos);
  for (const auto& column : worker_columns())
    CHECK_NE(text.find(std::string(column.name)), std::string::npos);
  CHECK_EQ(read_folder(source + "/no/such/folder").failure().code, "folder.not_found");
}
