#include "cli/simulate_text.hpp"

#include <algorithm>
#include <cstdio>
#include <iterator>
#include <vector>

#include "record/json.hpp"

namespace kith::cli {
namespace {

using matching::Goes;
using matching::in_days;
using matching::in_tenths;
using matching::Measure;
using matching::simulation::Estimate;
using MaybeEstimate = std::optional<Estimate>;

std::string counted(std::int64_t count, const std::string& what) {
  constexpr std::string_view words[]{"no",   "one", "two",   "three", "four",
                                     "five", "six", "seven", "eight", "nine"};
  std::string out = count < 10 ? std::string(words[count]) : std::to_string(count);
  out += " more ";
  out += what;
  if (count != 1) out += "s";
  return out;
}

std::string from_week(std::int32_t week) { return week == 0 ? "" : " from week " + std::to_string(week); }

std::string hundredths(std::int64_t value) {
  char text[32];
  std::snprintf(text, sizeof text, "%lld.%02lld", static_cast<long long>(value / 100),
                static_cast<long long>(value % 100));
  std::string out = text;
  while (out.ends_with('0')) out.pop_back();
  if (out.ends_with('.')) out.pop_back();
  return out;
}

std::string_view words_of(matching::simulation::Order order) {
  switch (order) {
  case matching::simulation::Order::arrival:
    return "whoever has waited longest coming next";
  case matching::simulation::Order::promise:
    return "classes and promised days deciding who is next";
  case matching::simulation::Order::closest:
    return "whom the worker fits best coming next";
  }
  return {};
}

std::string dial_words(matching::Dial dial) { // "3 (closer)"
  std::string out = std::to_string(static_cast<int>(dial));
  out += " (";
  out += name_of(dial);
  return out + ")";
}

struct InWords {
  const matching::IdNames& names;
  std::int32_t week{};

  std::string operator()(const matching::AddWorkers& added) const {
    std::string out = counted(added.count, "worker");
    if (added.like) out += " like " + names.text(*added.like);
    else out += (added.count == 1 ? " who speaks " : " who speak ") + added.made->language;
    if (added.hours_percent != 100) out += " at " + std::to_string(added.hours_percent) + " % of the hours";
    return out + from_week(week);
  }
  std::string operator()(const matching::WorkerLeaves& leaves) const {
    return names.text(leaves.worker) + " taking nobody new" + from_week(week);
  }
  std::string operator()(const matching::WorkerOnLeave& away) const {
    return names.text(away.worker) + " on leave" + from_week(week) + " until week " +
           std::to_string(away.until_week);
  }
  std::string operator()(const matching::OtherArrivals& arrivals) const {
    return hundredths(arrivals.hundredths_per_week) + " arrivals a week" + from_week(week);
  }
  std::string operator()(const matching::OtherOrder& order) const {
    return std::string(words_of(order.order));
  }
  std::string operator()(const matching::OtherDial& dial) const {
    return "the dial at " + dial_words(dial.dial);
  }
};

std::string changes_text(const matching::Scenario& scenario, const matching::IdNames& names) {
  std::string out;
  for (const auto& change : scenario.changes) {
    if (!out.empty()) out += " and ";
    out += std::visit(InWords{names, change.from_week}, change.what);
  }
  return out;
}

std::string interval(const Estimate& estimate) {
  std::string out = "(99 %: ";
  out += in_days(estimate.low);
  out += " to ";
  out += in_days(estimate.high);
  return out + ")";
}

// "falls from 41 to 23 days (99 %: 19 to 27), by 18 days run by run (99 %: 14 to 22)"
std::string headline(const Simulated& all, Measure measure) {
  const matching::Turn turn = matching::turn_of(all.courses, measure);
  const std::string before = in_days(turn.before.mean), after = in_days(turn.after.mean);
  const std::string to = before + " to " + after + " days " + interval(turn.after);
  const std::string by = in_days(turn.by.mean) + " days ";
  switch (turn.goes) {
  case Goes::not_known:
    break;
  case Goes::stays:
    return "stays at " + after + " days " + interval(turn.after);
  case Goes::unclear:
    return "goes from " + to + ", which may be chance: run by run the difference is " + by +
           interval(turn.by);
  case Goes::falls:
    return "falls from " + to + ", by " + by + "run by run " + interval(turn.by);
  case Goes::rises:
    return "rises from " + to + ", by " + by + "run by run " + interval(turn.by);
  }
  return "cannot be told: too few runs in which anybody began a connection";
}

struct RowLabel {
  Measure measure{};
  const char* label{};
};
constexpr RowLabel rows[]{{Measure::median_wait_days, "half waited up to, days"},
                          {Measure::ninetieth_wait_days, "nine in ten up to, days"},
                          {Measure::served_people, "began a connection"},
                          {Measure::close_people, "of them, at least close"},
                          {Measure::gave_up_people, "left the list without one"},
                          {Measure::left_waiting_people, "still waiting at the end"},
                          {Measure::waiting_people, "waiting, on average"},
                          {Measure::places_used, "places used, on average"},
                          {Measure::places_reserved, "places kept for an answer"},
                          {Measure::places_open, "places there, on average"}};

std::vector<RowLabel> rows_of(const matching::Scenario& scenario) { // what there is nothing of is no row
  std::vector<RowLabel> out(std::begin(rows), std::end(rows));
  if (scenario.answer.mean == 0 && scenario.answer.listed.empty())
    std::erase_if(out, [](const RowLabel& row) { return row.measure == Measure::places_reserved; });
  const bool turns = std::any_of(scenario.changes.begin(), scenario.changes.end(), [](const auto& change) {
    return std::holds_alternative<matching::OtherDial>(change.what);
  });
  if (!scenario.dial && !turns)
    std::erase_if(out, [](const RowLabel& row) { return row.measure == Measure::close_people; });
  return out;
}

std::string cell(const MaybeEstimate& estimate) {
  if (!estimate) return "not known";
  std::string out = in_tenths(estimate->mean);
  out += " (";
  out += in_tenths(estimate->low);
  out += " to ";
  out += in_tenths(estimate->high);
  return out + ")";
}

std::string row(const char* label, const std::string& a, const std::string& b, const std::string& c) {
  char text[160];
  std::snprintf(text, sizeof text, "%-26s %-26s %-26s %s", label, a.c_str(), b.c_str(), c.c_str());
  std::string out = text;
  out.erase(out.find_last_not_of(' ') + 1);
  return out + "\n";
}

std::string table(const Simulated& all) {
  const bool both = !all.scenario.changes.empty();
  std::string out = row("", "as things go on", both ? "with the changes" : "", both ? "difference" : "");
  for (const auto& [measure, label] : rows_of(all.scenario))
    out += row(label, cell(all.courses.as_it_goes.estimate(measure)),
               both ? cell(all.courses.changed.estimate(measure)) : "",
               both ? cell(all.courses.changed.more_than(all.courses.as_it_goes, measure)) : "");
  return out;
}

// The course with the changes at each position of the dial.
std::string dial_table(const Simulated& all) {
  if (all.dials.empty()) return "";
  std::string out = "\n" + row("with the dial at", "half waited up to, days", "nine in ten up to, days",
                               "began, and at least close");
  for (std::size_t dial = 0; dial < all.dials.size(); ++dial) {
    const matching::Tally& tally = all.dials[dial];
    std::string began = cell(tally.estimate(Measure::served_people));
    began += ", ";
    began += cell(tally.estimate(Measure::close_people));
    out += row(dial_words(static_cast<matching::Dial>(dial)).c_str(),
               cell(tally.estimate(Measure::median_wait_days)),
               cell(tally.estimate(Measure::ninetieth_wait_days)), began);
  }
  return out;
}

std::string people(std::int32_t count) {
  return std::to_string(count) + (count == 1 ? " person" : " people");
}

std::string start_text(const Simulated& all) {
  const matching::WhatIf& start = all.what_if;
  std::string out = "From " + to_text(all.as_of) + ", " + std::to_string(all.scenario.weeks) + " weeks, " +
                    std::to_string(all.replications) + " runs, random seed " + std::to_string(all.seed) +
                    ". " + people(start.people) + " on the list";
  if (start.left_out > 0)
    out += "; " + people(start.left_out) + " left out, who " + (start.left_out == 1 ? "has" : "have") +
           " not agreed to matching";
  out += ".\n";
  if (all.scenario.dial) {
    out += "The dial stands at ";
    out += dial_words(*all.scenario.dial);
    out += ".\n";
  }
  if (start.no_worker > 0)
    out += "For " + std::to_string(start.no_worker) +
           " of them, and for whoever comes with the same wishes, no "
           "worker is possible" +
           (start.no_worker_then == start.no_worker
                ? std::string()
                : "; with the changes for " + std::to_string(start.no_worker_then)) +
           ".\n";
  return out;
}

void put(record::JsonWriter& json, std::string_view name, const MaybeEstimate& estimate) {
  json.key(name);
  if (!estimate) {
    json.null();
    return;
  }
  const auto rounded = [](std::int64_t value) { return (value + (value < 0 ? -50 : 50)) / 100; };
  json.begin_object()
      .member("mean", rounded(estimate->mean))
      .member("low", rounded(estimate->low))
      .member("high", rounded(estimate->high))
      .member("runs", estimate->runs)
      .end_object();
}

} // namespace

std::string simulated_text(const Simulated& all, const matching::IdNames& worker_names) {
  std::string out = start_text(all) + "\n";
  if (!all.scenario.changes.empty()) {
    const std::string changes = changes_text(all.scenario, worker_names);
    out += "With " + changes + ", the median wait " + headline(all, Measure::median_wait_days) + ".\n" +
           "The wait within which nine in ten began " + headline(all, Measure::ninetieth_wait_days) + ".\n\n";
  }
  out += table(all);
  out += dial_table(all);
  return out +
         "\nWaits are of people who began a connection. In brackets: where the mean of endlessly many runs "
         "lies,\n"
         "with 99 % confidence. One year can turn out quite differently, and the model leaves much out: see\n"
         "docs/matching/simulation.md.\n";
}

std::string simulated_json(const Simulated& all) {
  record::JsonWriter json;
  json.begin_object()
      .member("format", "kith-simulation/1")
      .member("as_of", to_text(all.as_of))
      .member("weeks", all.scenario.weeks)
      .member("replications", all.replications)
      .member("seed", std::to_string(all.seed)) // a string: beyond 2^53 readers lose digits
      .member("people", all.what_if.people)
      .member("left_out", all.what_if.left_out)
      .member("confidence_percent", 99)
      .member("unit", "hundredths");
  const auto course = [&](std::string_view name, std::int32_t no_worker, const matching::Tally& tally) {
    json.key(name).begin_object().member("without_a_possible_worker", no_worker);
    for (const auto& [measure, label] : rows_of(all.scenario))
      put(json, name_of(measure), tally.estimate(measure));
    json.end_object();
  };
  course("as_it_goes", all.what_if.no_worker, all.courses.as_it_goes);
  if (!all.scenario.changes.empty()) {
    course("changed", all.what_if.no_worker_then, all.courses.changed);
    json.key("difference").begin_object();
    for (const auto& [measure, label] : rows_of(all.scenario))
      put(json, name_of(measure), all.courses.changed.more_than(all.courses.as_it_goes, measure));
    json.end_object();
  }
  if (!all.dials.empty()) {
    json.key("dials").begin_array();
    for (std::size_t dial = 0; dial < all.dials.size(); ++dial) {
      json.begin_object().member("dial", static_cast<std::int64_t>(dial));
      json.member("name", name_of(static_cast<matching::Dial>(dial)));
      for (const auto& [measure, label] : rows)
        put(json, name_of(measure), all.dials[dial].estimate(measure));
      json.end_object();
    }
    json.end_array();
  }
  json.end_object();
  return json.take();
}

} // namespace kith::cli
