#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "base/csv.hpp"
#include "base/random.hpp"
#include "base/text.hpp"
#include "matching/plan_json.hpp"
#include "support/manual_page.hpp"
#include "verify/program.hpp"

#include "support/test.hpp"

using namespace kith;
using namespace kith::matching;

namespace {

const std::string source = KITH_SOURCE_DIR;

// A folder of its own for the files of one test.
class Desk {
public:
  Desk() {
    std::string pattern = (std::filesystem::temp_directory_path() / "kith-verify-XXXXXX").string();
    REQUIRE((::mkdtemp(pattern.data()) != nullptr));
    path_ = pattern;
  }
  ~Desk() { std::filesystem::remove_all(path_); }
  Desk(const Desk&) = delete;
  Desk& operator=(const Desk&) = delete;
  std::string put(const std::string& name, const std::string& bytes) const {
    std::string path = path_ + "/" + name;
    std::ofstream(path, std::ios::binary) << bytes;
    return path;
  }
  const std::string& path() const { return path_; }

private:
  std::string path_{};
};

std::string bytes_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::string plan_of(const std::string& path, const FolderOptions& options) {
  const Folder folder = parse_folder(read_folder(path).value(), options);
  REQUIRE_EQ(problems_text(folder.problems), "");
  const Plan plan = make_plan(folder.input).value();
  return plan_json(plan, {folder.person_ids, folder.worker_ids}, Proof::written);
}

verify::Answer ran(const std::vector<std::string>& arguments) {
  return verify::run(arguments, FixedClock({0}));
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const auto at = text.find(from);
  REQUIRE_NE(at, std::string::npos);
  return text.replace(at, from.size(), to);
}

// The programme that published the 500 and 500 asks for somebody one or two grades above, of another
// department, and counts 3 for each grade and 4 for the same profession. As a folder: the grade a must, each
// department behind a wall from itself, profession at strength 4, the second grade above at strength 3.
class Programme {
public:
  struct Row {
    std::string id{};
    std::size_t grade{};
    std::string department{};
    std::string profession{};
  };
  explicit Programme(const std::string& folder)
      : people_(rows_of(folder + "/mentees.csv")), workers_(rows_of(folder + "/mentors.csv")) {}

  void write(const Desk& desk) const {
    std::string people("id,consent,waiting_on,languages,remote,available,organisation,interests,want_gender,"
                       "want_interests,want_culture\n");
    for (const Row& row : people_)
      people.append(row.id)
          .append(",yes,2026-11-24,en,yes,mon 09:00-17:00,")
          .append(row.department + ",")
          .append(row.profession)
          .append(",must: g")
          .append(std::to_string(row.grade + 1))
          .append(";g")
          .append(std::to_string(row.grade + 2))
          .append(",matters,a_little: g")
          .append(std::to_string(row.grade + 2))
          .append("\n");
    std::string workers("id,willing_on,places_agreed,languages,remote,available,organisation,interests,"
                        "genders,cultures\n");
    std::string walls;
    for (const Row& row : workers_) {
      const std::string grade = "g" + std::to_string(row.grade);
      workers.append(row.id)
          .append(",2026-11-24,1,en,yes,mon 09:00-17:00,")
          .append(row.department + ",")
          .append(row.profession)
          .append("," + grade)
          .append("," + grade)
          .append("\n");
      if (walls.find(row.department) == std::string::npos)
        walls.append(walls.empty() ? "" : ",")
            .append("[\"" + row.department)
            .append("\",\"" + row.department)
            .append("\"]");
    }
    desk.put("people.csv", people);
    desk.put("workers.csv", workers);
    desk.put("criteria.json", "{\"as_of\":\"2026-11-24\",\"choices\":1,\"method\":\"optimum\",\"matters\":4,"
                              "\"a_little\":3,\"walls\":[" +
                                  walls + "]}");
  }

private:
  static std::vector<Row> rows_of(const std::string& path) {
    constexpr std::array<std::string_view, 11> grades{"AA",      "AO",   "EO",   "HEO",  "SEO", "Grade 7",
                                                      "Grade 6", "SCS1", "SCS2", "SCS3", "SCS4"};
    std::vector<Row> out;
    CsvReader reader = CsvReader::open(bytes_of(path)).value();
    for (CsvRow row = reader.next().value(); !row.cells.empty(); row = reader.next().value()) {
      if (row.line == 1)
        continue; // both files begin: first name, last name, …, grade 6th, organisation, profession
      const auto grade = std::find(grades.begin(), grades.end(), row.cells[5]);
      REQUIRE((grade != grades.end()));
      out.push_back(
          {row.cells[2], static_cast<std::size_t>(grade - grades.begin()), row.cells[6], row.cells[7]});
    }
    return out;
  }

  std::vector<Row> people_{};
  std::vector<Row> workers_{};
};

} // namespace

TEST_CASE("kith-verify answers 0 with what it proved, 1 with violations, 2 with what it could not read") {
  const Desk desk;
  const std::string folder = source + "/examples/match";
  FolderOptions options;
  options.method = Method::optimum;
  const std::string good = plan_of(folder, options);
  const std::string plan = desk.put("plan.json", good);
  const verify::Answer fine = ran({folder, plan});
  CHECK_EQ(fine.code, 0);
  CHECK_NE(fine.out.find("72 pairs, all there are; "), std::string::npos);
  CHECK_NE(fine.out.find("gap 0, for all pairs\n"), std::string::npos);
  CHECK_NE(ran({"--people", "5", folder, plan}).out.find("(sampled: every worker for 4 of 12 people)"),
           std::string::npos);

  const std::string more = replaced(good, "\"service_part\":0,\"fit\":", "\"service_part\":0,\"fit\":1");
  const verify::Answer found = ran({folder, desk.put("bad.json", more)});
  CHECK_EQ(found.code, 1);
  CHECK_NE(found.out.find("fit, person "), std::string::npos);

  const auto refusal = [&](const std::vector<std::string>& arguments) {
    const verify::Answer answer = ran(arguments);
    CHECK_EQ(answer.code, 2);
    CHECK_EQ(answer.out, "");
    return answer.error;
  };
  CHECK_EQ(refusal({}), "kith-verify: takes a folder and a plan; see kith-verify --help\n");
  CHECK_EQ(refusal({"--people", "0", folder, plan}),
           "kith-verify: --people takes a whole number from 1; see kith-verify --help\n");
  const std::string pipe = desk.path() + "/pipe", large = desk.put("large.json", "");
  REQUIRE_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  std::filesystem::resize_file(large, (std::uintmax_t{1} << 30) + 1); // holds no block
  for (const std::string& path : {desk.path() + "/none.json", desk.path(), pipe})
    CHECK_EQ(refusal({folder, path}), "kith-verify: " + path + " cannot be read, or is not a regular file\n");
  CHECK_EQ(refusal({folder, large}), "kith-verify: " + large + " is larger than 1024 MiB\n");
  CHECK_EQ(refusal({desk.path() + "/none", plan}), "kith-verify: there is no such folder\n");
  CHECK_EQ(refusal({folder, desk.put("a.json", "{")}),
           "kith-verify: the plan: expected JSON, found something else\n");
  CHECK_EQ(refusal({folder, desk.put("b.json", replaced(good, "\"kept\":true", "\"kept\":1"))}),
           "kith-verify: the plan, at /people/0/offers/0/kept: expected true or false\n");
  CHECK_EQ(refusal({folder, desk.put("c.json", replaced(good, "\"optimum\"", "\"best\""))}),
           "kith-verify: the plan, at /method: expected stable, optimum or arrival\n");
  CHECK_EQ(refusal({folder, desk.put("d.json", replaced(good, "2026-11-24", "2026-11-25"))}),
           "kith-verify: folder and plan differ in as_of: this plan was not made from this folder\n");
  CHECK_EQ(refusal({"man", plan}), "kith-verify: there is no such folder\n");
}

TEST_CASE("kith-verify man prints the manual page from what --help says, and no text of it is a command") {
  const verify::Answer help = ran({"--help"}), page = ran({"man"});
  CHECK_EQ(help.code, 0);
  CHECK_EQ(page.code, 0);
  CHECK(page.out.starts_with(".TH KITH-VERIFY 1\n.SH NAME\nkith\\-verify \\- checks a plan"));
  CHECK(help.out.starts_with("Usage: kith-verify [--people N] FOLDER PLAN.json\n"));
  CHECK_NE(help.out.find("Exit codes: 0 nothing found, 1 violations, 2 usage"), std::string::npos);
  CHECK_NE(page.out.find("`kith match FOLDER \\-\\-json`"), std::string::npos);
  for (const std::string said :
       {"against the folder it was made from", "look at every worker for about N people",
        "Each violation is a line", "usage or input that cannot be read"}) {
    CHECK_NE(help.out.find(said), std::string::npos);
    CHECK_NE(page.out.find(said), std::string::npos);
  }
  CHECK_EQ(test::commands_not_meant(page.out), std::vector<std::string>());
}

TEST_CASE(
    "kith-verify finds an explanation that is not of the plan's day and versions, or names other languages") {
  const Desk desk;
  const std::string folder = source + "/examples/match";
  const std::string good = plan_of(folder, {});
  for (const auto& [from, to, found] : {
           std::tuple{R"("as_of":"2026-11-24","closeness")", R"("as_of":"2026-11-23","closeness")",
                      "explanation, person"},
           {R"("weights":"2026-1","as_of")", R"("weights":"2","as_of")", "explanation, person"},
           {R"(kith-criteria/1","weights":"2026-1","as_of")",
            R"(kith-criteria/2","weights":"2026-1","as_of")", "explanation, person"},
           {R"("remote":true,"languages":[)", R"("remote":true,"languages":["xx",)", "way, person"},
       }) {
    CAPTURE(std::string(to));
    const verify::Answer answer = ran({folder, desk.put("plan.json", replaced(good, from, to))});
    CHECK_EQ(answer.code, 1);
    CHECK_NE(answer.out.find(found), std::string::npos);
  }
  const std::string other = replaced(good, "kith-explanation/1", "kith-explanation/2");
  CHECK_EQ(ran({folder, desk.put("plan.json", other)}).error,
           "kith-verify: the plan, at /people/0/offers/0/explanation/format: expected kith-explanation/1\n");
}

TEST_CASE("no text of a plan reaches the terminal unescaped") {
  const Desk desk;
  const std::string folder = source + "/examples/match";
  const std::string good = plan_of(folder, {});
  const auto says = [&](const std::string& where, const std::string& plan, const std::string& words) {
    const std::string out = ran({where, desk.put("plan.json", plan)}).out;
    CHECK_NE(out.find(words), std::string::npos);
    for (const std::string& line : split(out, '\n')) CHECK(clean_text(line, false));
  };
  for (const std::string member :
       {R"({"person":")", R"({"worker":")", R"("promise_on":")", R"("outcome":")", R"("closeness":")",
        R"("proved_over":")", R"("prices":[[")", R"("gains":[[")"}) {
    CAPTURE(member);
    const std::string text = R"(\u001b[2J\u009b1m\u202e\u007f\r\n0 violations)";
    says(folder, replaced(good, member, member + text), "\\u001b[2J\uFFFD1m\uFFFD\uFFFD\\r\\n0 violations");
  }
}

TEST_CASE("a damaged plan is refused or found wrong, without a crash") {
  const std::string folder = source + "/examples/match";
  const std::string good = plan_of(folder, {});
  const Desk desk;
  SeededRandom random(17);
  int read = 0;
  for (int round = 0; round < 300; ++round) {
    std::string bytes = good;
    for (std::uint64_t hits = 1 + random.below(3); hits > 0; --hits)
      bytes[random.below(bytes.size())] = static_cast<char>('0' + random.below(10));
    if (random.below(4) == 0) bytes.resize(random.below(bytes.size()));
    const verify::Answer answer = ran({folder, desk.put("plan.json", bytes)});
    CHECK_EQ(answer.error.empty(), answer.code != 2);
    read += answer.code != 2;
  }
  CHECK_GT(read, 20);
}

TEST_CASE("500 and 500 of another programme: 484 people with an offer, and the plan verified") {
  const std::string files = source + "/../shared/data/mentor-match-500";
  if (!std::filesystem::exists(files)) {
    MESSAGE("skipped: there is no " << files);
    return;
  }
  const Programme programme(files);
  const Desk desk;
  programme.write(desk);
  const std::string json = plan_of(desk.path(), {});
  const verify::PlanFile plan = verify::read_plan(json).value();
  CHECK_EQ(plan.methods[1].people, 484);
  CHECK_EQ(plan.possible_pairs, 44'342); // 17.7 % of 250,000
  const verify::Answer answer = ran({desk.path(), desk.put("plan.json", json)});
  CHECK_EQ(answer.code, 0);
  CHECK_NE(answer.out.find("250000 pairs, all there are"), std::string::npos);
}
