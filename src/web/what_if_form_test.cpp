#include "web/what_if_form.hpp"

#include "base/text.hpp"

#include "support/test.hpp"

using namespace kith;
using namespace kith::web;

namespace {

WhatIfKnown known() {
  WhatIfKnown out;
  Worker ruth;
  ruth.id = Id<Worker>{RawId{7, 9}};
  ruth.chosen_name = "Ruth";
  out.workers.push_back(ruth);
  out.areas.push_back({"Hillside", 1'000, 2'000, 4});
  out.lately = {13, 182};
  return out;
}

struct Read {
  WhatIfQuestion question{};
  ReadWhatIf read{};
  std::string problems() const {
    std::vector<std::string> out;
    for (const FieldProblem& problem : read.problems) out.push_back(problem.field + " " + problem.code);
    return join(out, ", ");
  }
};

Read read(std::initializer_list<http::Parameter> query) {
  http::Request request;
  request.query = query;
  Read out;
  out.question = question_in(request, known());
  out.read = read_what_if(out.question, known(), Words::load("en"));
  return out;
}

template <class What> const What& change_of(const Read& read) {
  REQUIRE_EQ(read.problems(), "");
  REQUIRE_EQ(read.read.scenario.changes.size(), 1);
  return std::get<What>(read.read.scenario.changes[0].what);
}

} // namespace

TEST_CASE("a question begins with how many came lately, and with no change") {
  const Read usual = read({});
  CHECK_FALSE(usual.question.asked);
  CHECK_EQ(usual.question.arrivals, "0.5"); // 13 in 26 weeks
  CHECK_EQ(usual.problems(), "");
  CHECK(usual.read.scenario.changes.empty());
  CHECK_EQ(usual.read.scenario.weeks, 52);
  CHECK_EQ(usual.read.scenario.arrivals_hundredths_per_week, 50);
  CHECK_EQ(usual.read.scenario.length.mean, 26 * matching::simulation::ticks_of_week);
}

TEST_CASE("a list that came in all at once is no mistake of the reader's") {
  WhatIfKnown many = known();
  many.lately = {70'000, 28};
  const WhatIfQuestion question = question_in({}, many);
  CHECK_EQ(question.arrivals, "1000");
  CHECK(read_what_if(question, many, Words::load("en")).problems.empty());
}

TEST_CASE("each change is read, and what belongs to another change is not looked at") {
  const std::string ruth = Id<Worker>{RawId{7, 9}}.text();
  const auto like = read({{"arrivals", "2.5"},
                          {"change", "like"},
                          {"count", "2"},
                          {"like", ruth},
                          {"hours", "60"},
                          {"places", "none"}});
  CHECK_EQ(change_of<matching::AddWorkers>(like).count, 2);
  CHECK_EQ(change_of<matching::AddWorkers>(like).hours_percent, 60);
  CHECK(change_of<matching::AddWorkers>(like).like == RawId{7, 9});
  const auto made = read({{"change", "made"},
                          {"made_count", "3"},
                          {"language", "Arabic"},
                          {"area", "Hillside"},
                          {"travel", "15"},
                          {"places", "5"}});
  const auto& worker = *change_of<matching::AddWorkers>(made).made;
  CHECK_EQ(worker.language, "ar");
  CHECK(worker.location == matching::Location{1'000, 2'000});
  CHECK_EQ(worker.range_metres, 15'000);
  CHECK_EQ(change_of<matching::AddWorkers>(made).places, 5);
  CHECK(change_of<matching::WorkerLeaves>(read({{"change", "stops"}, {"stops", ruth}})).worker ==
        RawId{7, 9});
  CHECK_EQ(
      change_of<matching::OtherArrivals>(read({{"change", "arrivals"}, {"then", "0"}})).hundredths_per_week,
      0);
}

TEST_CASE("what cannot be read is named by its field") {
  CHECK_EQ(read({{"arrivals", "-1"}}).problems(), "arrivals not_a_number");
  CHECK_EQ(read({{"arrivals", "1e2"}}).problems(), "arrivals not_a_number");
  CHECK_EQ(read({{"arrivals", "1000.01"}}).problems(), "arrivals out_of_range");
  CHECK_EQ(read({{"weeks", "3"}, {"length", "261"}, {"declines", "x"}}).problems(),
           "weeks out_of_range, length out_of_range, declines not_a_number");
  CHECK_EQ(read({{"change", "like"}, {"like", Id<Worker>{RawId{1, 1}}.text()}}).problems(), "like required");
  CHECK_EQ(read({{"change", "made"}, {"language", "Arabic, English"}}).problems(), "language one");
  CHECK_EQ(read({{"change", "made"}, {"language", "<b>"}, {"area", "Elsewhere"}}).problems(),
           "language not_known, area required");
  CHECK_EQ(read({{"change", "whatever"}}).problems(), ""); // no change we know
}

TEST_CASE("people a week are written as they are read") {
  for (const std::int64_t hundredths : {0, 5, 50, 99, 100, 250, 1'005})
    CHECK_EQ(matching::hundredths_of(per_week(hundredths)), hundredths);
  CHECK_EQ(per_week(250), "2.5");
  CHECK_EQ(per_week(1'005), "10.05");
}
