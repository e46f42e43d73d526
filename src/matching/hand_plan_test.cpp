#include "matching/hand_plan.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "matching/folder.hpp"
#include "matching/plan_json.hpp"
#include "matching/plan_table.hpp"

#include "support/files.hpp"
#include "support/made_up.hpp"
#include "support/test.hpp"

using namespace kith;
using namespace kith::matching;

namespace {

const std::string sample = std::string(KITH_SOURCE_DIR) + "/examples/match";

Folder folder_with(const std::string& rows, const FolderOptions& options = {}) {
  FolderFiles files = read_folder(sample).value();
  files.plan = "person,worker\n" + rows;
  files.plan_name = "mine.csv";
  Folder folder = parse_folder(files, options);
  REQUIRE_EQ(problems_text(folder.problems), "");
  return folder;
}

std::vector<std::string> verdicts(const Folder& folder) {
  const HandPlan plan = judge(folder.input, folder.hand_rows).value();
  std::vector<std::string> out;
  out.reserve(plan.rows.size());
  for (const JudgedRow& row : plan.rows) out.emplace_back(name_of(row.verdict));
  return out;
}

std::vector<HandRow> kept_rows(const Plan& plan) {
  std::vector<HandRow> out;
  for (const PersonPlan& person : plan.people)
    if (!person.offers.empty() && person.offers[0].kept)
      out.push_back({person.person, person.offers[0].worker});
  return out;
}

bool stands(const JudgedRow& row) { return row.verdict == Verdict::stands; }

} // namespace

TEST_CASE("the sample plan made by hand gives the same words and bytes every time") {
  FolderFiles files = read_folder(sample).value();
  files.plan = test::contents(sample + "/by-hand.csv");
  files.plan_name = "by-hand.csv";
  const Folder folder = parse_folder(files, {});
  REQUIRE_EQ(problems_text(folder.problems), "");
  const HandPlan plan = judge(folder.input, folder.hand_rows).value();
  test::check_golden("match/hand-plan.json",
                     hand_plan_json(plan, {folder.person_ids, folder.worker_ids}) + "\n");
  const Words words = Words::load("en");
  const Wording wording(words, folder.code_names);
  test::check_golden("match/hand-plan.txt",
                     hand_plan_table(plan, wording, {folder.person_names, folder.worker_names}));
}

TEST_CASE("a row is refused for the constraint it breaks, a secret one in two words, and for a place taken") {
  using Verdicts = std::vector<std::string>;
  CHECK_EQ(verdicts(folder_with("chen,mei\njo,mei\nhugo,ruth\n")),
           Verdicts{"stands", "not_possible", "not_possible"});
  CHECK_EQ(verdicts(folder_with("dilnoza,ruth\njo,ruth\namara,ruth\nbashir,ruth\n")),
           Verdicts{"stands", "stands", "no_place_left", "not_possible"});
  Folder apart = folder_with("jo,ruth\n");
  apart.input.exclusions.push_back({folder_id("jo"), folder_id("ruth")});
  CHECK_EQ(verdicts(apart), Verdicts{"not_available"});
  CHECK(judge(apart.input, apart.hand_rows).value().rows[0].reasons.empty());
  FolderOptions closest;
  closest.dial = Dial::closest;
  const Folder waits = folder_with("amara,mina\n", closest);
  CHECK_EQ(verdicts(waits), Verdicts{"below_floor"});
  CHECK_EQ(judge(waits.input, waits.hand_rows).value().rows[0].until, parse_date("2026-11-28"));
}

TEST_CASE("a further choice takes a place that nobody keeps, shared as the service says") {
  Folder folder = folder_with("dilnoza,ruth\namara,mina\namara,ruth\njo,ruth\n"); // Ruth has two places
  const HandPlan plan = judge(folder.input, folder.hand_rows).value();
  CHECK(plan.rows[1].kept);
  CHECK_EQ(plan.rows[2].verdict, Verdict::stands);
  CHECK_FALSE(plan.rows[2].kept);
  CHECK_EQ(plan.rows[3].verdict, Verdict::no_place_left);
  folder = folder_with("amara,mina\namara,ruth\njo,ruth\nfarid,dawit\nfarid,ruth\n");
  for (PersonProfile& person : folder.input.people) person.declined.clear(); // Farid said no to Ruth before
  CHECK_EQ(verdicts(folder).back(), "no_place_left");
  folder.input.settings.offers_per_place = 2;
  CHECK_EQ(verdicts(folder).back(), "stands");
}

TEST_CASE("a suggested plan, taken row by row, stands and is worth the same") {
  test::MadeUp made(41);
  std::size_t rows = 0;
  for (int round = 0; round < 40; ++round) {
    PlanInput input = made.service(20, 9);
    input.settings.method = static_cast<Method>(round % 3);
    input.settings.dial = static_cast<Dial>(round / 3 % 5);
    const Plan suggested = make_plan(input).value();
    const std::vector<HandRow> kept = kept_rows(suggested);
    const HandPlan plan = judge(input, kept).value();
    CHECK(std::all_of(plan.rows.begin(), plan.rows.end(),
                      [](const JudgedRow& row) { return stands(row) && row.kept; }));
    CHECK(plan.differs.empty());
    for (const MethodTotals& method : suggested.methods)
      if (method.method == input.settings.method) {
        CHECK_EQ(plan.totals.totals, method.totals);
        CHECK_EQ(plan.totals.blocking_pairs, method.blocking_pairs);
        CHECK_EQ(plan.totals.rank_sum, method.rank_sum);
      }
    rows += kept.size();
  }
  CHECK_GT(rows, 150);
}

TEST_CASE("every offer of a suggested plan stands, whatever a place may be shared by") {
  test::MadeUp made(47);
  std::size_t further = 0;
  for (int round = 0; round < 30; ++round) {
    PlanInput input = made.service(20, 9);
    input.settings.choices = 3;
    input.settings.offers_per_place = 1 + round % 3;
    std::vector<HandRow> kept, all;
    for (const PersonPlan& person : make_plan(input).value().people)
      for (const PlannedOffer& offer : person.offers)
        (offer.kept ? kept : all).push_back({person.person, offer.worker});
    further += all.size();
    all.insert(all.begin(), kept.begin(), kept.end());
    const HandPlan plan = judge(input, all).value();
    CHECK(std::all_of(plan.rows.begin(), plan.rows.end(), stands));
  }
  CHECK_GT(further, 30);
}

TEST_CASE("whoever is deciding already gets further choices only, and nobody more than seven workers") {
  Folder folder = folder_with("amara,ruth\namara,mina\n");
  const auto amara_decides = [&](std::size_t offers) {
    for (PersonProfile& person : folder.input.people)
      if (person.id == folder_id("amara")) person.open_offers.assign(offers, folder_id("dawit"));
    return judge(folder.input, folder.hand_rows).value();
  };
  const HandPlan one = amara_decides(1), six = amara_decides(6);
  CHECK(std::all_of(one.rows.begin(), one.rows.end(),
                    [](const JudgedRow& row) { return stands(row) && row.deciding && !row.kept; }));
  CHECK_EQ(one.totals.totals.people, 0);
  CHECK(stands(six.rows[0]));
  CHECK_EQ(six.rows[1].verdict, Verdict::too_many);
}

TEST_CASE("the rest is planned around the rows that stand and takes nothing of theirs") {
  test::MadeUp made(43);
  std::size_t around = 0;
  for (int round = 0; round < 40; ++round) {
    const PlanInput input = made.service(20, 9);
    std::set<HandRow> wanted;
    for (int k = 0; k < 12; ++k)
      wanted.insert({input.people[made.below(20)].id, input.workers[made.below(9)].id});
    const std::vector<HandRow> given(wanted.begin(), wanted.end());
    const HandPlan plan = judge(input, given).value();
    std::map<RawId, std::int32_t> kept;
    std::set<RawId> done;
    for (const JudgedRow& row : plan.rows)
      if (stands(row)) ++kept[row.row.worker], done.insert(row.row.person);
    for (const PersonPlan& person : plan.around.people) {
      CHECK_FALSE(done.contains(person.person));
      for (const PlannedOffer& offer : person.offers) ++kept[offer.worker], ++around;
    }
    CHECK_EQ(plan.around.people.size() + done.size(), input.people.size());
    for (const WorkerProfile& worker : input.workers) CHECK(kept[worker.id] <= worker.free_places());
    CHECK(plan.totals.totals.value <= plan.with_rest.totals.value);
    CHECK(plan.with_rest.totals.value <= plan.suggested.proof.bound);
  }
  CHECK_GT(around, 100);
}

TEST_CASE("without rows the rest is the suggested plan, and unknown people or a row twice are refused") {
  const Folder folder = folder_with("");
  const HandPlan plan = judge(folder.input, {}).value();
  const JsonNames ids{folder.person_ids, folder.worker_ids};
  CHECK_EQ(plan_json(plan.around, ids), plan_json(make_plan(folder.input).value(), ids));
  CHECK_EQ(plan.totals.totals.people, 0);
  const HandRow row{folder_id("amara"), folder_id("ruth")};
  CHECK_EQ(judge(folder.input, std::vector{row, row}).failure().code, "match.row_twice");
  CHECK_EQ(judge(folder.input, std::vector<HandRow>{{folder_id("nobody"), row.worker}}).failure().fault,
           Fault::not_found);
}

TEST_CASE("what a plan file cannot mean is refused with its line") {
  FolderFiles files = read_folder(sample).value();
  files.plan_name = "mine.csv";
  const auto problems = [&](const std::string& bytes) {
    files.plan = bytes;
    return problems_text(parse_folder(files, {}).problems);
  };
  CHECK_EQ(problems("person,worker\namara,ruth\namara,rut\n"),
           "mine.csv, worker: expected an id of workers.csv\n  line 3: found rut\n");
  CHECK_EQ(problems("person,worker\namara,ruth\namara,ruth\n"),
           "mine.csv: expected each pair once\n  line 3: found amara, ruth\n");
  CHECK_EQ(problems("person\namara\n"), "mine.csv, worker: expected this column\n  line 1: found none\n");
}
