#include "web/what_if_form.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "web/languages.hpp"

namespace kith::web {
namespace {

constexpr std::array<std::string_view, 5> codes{"none", "like", "made", "stops", "arrivals"};
constexpr std::int64_t arrivals_most = 1'000'00; // a week, in hundredths
constexpr std::int32_t weeks_of_length_most = 260, travel_km_most = 500;

struct Whole {
  std::int32_t least{};
  std::int32_t most{};
};

class Reader {
public:
  Reader(const WhatIfKnown& known, const Words& words) : known_(known), words_(words) {}

  std::int32_t whole(const char* field, const std::string& text, Whole range) {
    const auto number = parse_integer(trim(text));
    if (number && *number >= range.least && *number <= range.most) return static_cast<std::int32_t>(*number);
    problems.push_back({field, number ? "out_of_range" : "not_a_number"});
    return range.least;
  }
  std::int64_t arrivals(const char* field, const std::string& text) {
    const auto number = matching::hundredths_of(trim(text));
    if (number && *number <= arrivals_most) return *number;
    problems.push_back({field, number ? "out_of_range" : "not_a_number"});
    return 0;
  }
  RawId worker(const char* field, const std::string& text) {
    const auto id = Id<Worker>::parse(text);
    const auto& workers = known_.workers;
    if (id && std::any_of(workers.begin(), workers.end(), [&](const Worker& each) { return each.id == *id; }))
      return id->raw;
    problems.push_back({field, "required"});
    return {};
  }

  matching::AddWorkers like(const WhatIfQuestion& question) {
    matching::AddWorkers out;
    out.count = whole("count", question.count, {1, 20});
    out.like = worker("like", question.like);
    out.hours_percent = whole("hours", question.hours, {10, 100});
    return out;
  }
  matching::AddWorkers made(const WhatIfQuestion& question) {
    matching::AddWorkers out;
    out.count = whole("made_count", question.made_count, {1, 20});
    out.places = whole("places", question.places, {1, 50});
    matching::NewWorker worker;
    const auto languages = read_languages(words_, question.language);
    if (languages && languages->size() == 1) worker.language = languages->front();
    else problems.push_back({"language", languages ? "one" : "not_known"});
    if (!question.area.empty()) {
      const auto& areas = known_.areas;
      const auto at = std::find_if(areas.begin(), areas.end(),
                                   [&](const auto& area) { return area.name == question.area; });
      if (at == areas.end()) problems.push_back({"area", "required"});
      else worker.location = matching::Location{at->east_m, at->north_m};
      worker.range_metres = whole("travel", question.travel, {0, travel_km_most}) * 1'000;
    }
    out.made = worker;
    return out;
  }

  std::vector<FieldProblem> problems{};

private:
  const WhatIfKnown& known_;
  const Words& words_;
};

} // namespace

std::string_view code_of(WhatIfChange change) { return codes.at(static_cast<std::size_t>(change)); }

std::string per_week(std::int64_t hundredths) {
  std::string out = std::to_string(hundredths / 100);
  const std::int64_t rest = hundredths % 100;
  if (rest == 0) return out;
  out += rest < 10 ? ".0" : ".";
  out += std::to_string(rest % 10 == 0 ? rest / 10 : rest);
  return out;
}

WhatIfQuestion question_in(const http::Request& request, const WhatIfKnown& known) {
  WhatIfQuestion out;
  out.arrivals = out.then = per_week(std::min(known.lately.hundredths_per_week(), arrivals_most));
  const std::pair<const char*, std::string*> fields[]{
      {"arrivals", &out.arrivals}, {"weeks", &out.weeks},
      {"length", &out.length},     {"declines", &out.declines},
      {"count", &out.count},       {"like", &out.like},
      {"hours", &out.hours},       {"made_count", &out.made_count},
      {"language", &out.language}, {"area", &out.area},
      {"travel", &out.travel},     {"places", &out.places},
      {"stops", &out.stops},       {"then", &out.then}};
  for (const http::Parameter& parameter : request.query) {
    for (const auto& [name, value] : fields)
      if (parameter.name == name) *value = parameter.value;
    if (parameter.name == "arrivals") out.asked = true;
    const auto code = std::find(codes.begin(), codes.end(), parameter.value);
    if (parameter.name == "change" && code != codes.end())
      out.change = static_cast<WhatIfChange>(code - codes.begin());
  }
  return out;
}

ReadWhatIf read_what_if(const WhatIfQuestion& question, const WhatIfKnown& known, const Words& words) {
  Reader read(known, words);
  matching::Scenario scenario;
  scenario.arrivals_hundredths_per_week = read.arrivals("arrivals", question.arrivals);
  scenario.weeks = read.whole("weeks", question.weeks, {4, 156});
  const std::int64_t length = read.whole("length", question.length, {1, weeks_of_length_most});
  scenario.length = {
      matching::simulation::Shape::exponential, length * matching::simulation::ticks_of_week, {}};
  scenario.declines_permille = read.whole("declines", question.declines, {0, 90}) * 10;
  switch (question.change) {
  case WhatIfChange::none:
    break;
  case WhatIfChange::like:
    scenario.changes.push_back({0, read.like(question)});
    break;
  case WhatIfChange::made:
    scenario.changes.push_back({0, read.made(question)});
    break;
  case WhatIfChange::stops:
    scenario.changes.push_back({0, matching::WorkerLeaves{read.worker("stops", question.stops)}});
    break;
  case WhatIfChange::arrivals:
    scenario.changes.push_back({0, matching::OtherArrivals{read.arrivals("then", question.then)}});
    break;
  }
  return {std::move(scenario), std::move(read.problems)};
}

} // namespace kith::web
