#include "matching/assign/parity_file.hpp"

#include <algorithm>

#include "matching/assign/plan_file.hpp"

namespace kith::matching {
namespace {

using engine::GroupShare;
using engine::nobody;
using record::JsonWriter;

std::vector<std::uint32_t> by_id(const AssignInstance& file, std::vector<std::uint32_t> people) {
  std::sort(people.begin(), people.end(),
            [&](std::uint32_t a, std::uint32_t b) { return file.people[a] < file.people[b]; });
  return people;
}

// Hundredths of a percentage point, rounded down; 0 of nobody.
std::int64_t share(std::int64_t served, std::int64_t people) {
  return people == 0 ? 0 : engine::band_most * served / people;
}

std::string share_text(std::int64_t served, std::int64_t people) {
  return hundredths_text(share(served, people));
}

void write_groups(JsonWriter& json, const ParityReport& report) {
  json.key("groups").begin_array();
  for (std::size_t g = 0; g < report.groups.size(); ++g) {
    const GroupShare& at = report.parity.shares[g];
    json.begin_object().member("group", report.groups[g]);
    const std::uint8_t outer = report.tree.parents[g];
    if (outer != engine::no_group) json.member("inside", report.groups[outer]);
    json.member("people", at.people).member("least", at.least).member("most", at.most);
    json.member("before", at.before).member("now", at.served);
    json.member("share_before", share(at.before, at.people)).member("share_now", share(at.served, at.people));
    json.end_object();
  }
  json.end_array();
}

// A person with the worker they had before, the one they have now, or both.
void write_changes(JsonWriter& json, const AssignInstance& file, const AssignPlan& plan,
                   const std::vector<std::uint32_t>& people) {
  json.begin_array();
  for (const std::uint32_t i : by_id(file, people)) {
    json.begin_object().member("person", file.people[i]);
    if (plan.parity->before[i] != nobody) json.member("before", file.workers[plan.parity->before[i]]);
    if (plan.worker_of[i] != nobody) json.member("now", file.workers[plan.worker_of[i]]);
    json.end_object();
  }
  json.end_array();
}

std::string line_of(const Words& words, std::string_view key, std::initializer_list<WordArgument> arguments) {
  std::string out = words(key, arguments);
  return out.append("\n");
}

} // namespace

std::string hundredths_text(std::int64_t hundredths) {
  std::string out = std::to_string(hundredths / 100);
  out.append(hundredths % 100 < 10 ? ".0" : ".");
  return out.append(std::to_string(hundredths % 100));
}

void write_parity(JsonWriter& json, const AssignInstance& file, const AssignPlan& plan) {
  const ParityReport& report = *plan.parity;
  const engine::Parity& parity = report.parity;
  const auto all = static_cast<std::int64_t>(file.people.size());
  json.key("parity").begin_object();
  json.member("band", report.band);
  json.member("people", all);
  json.member("share", share(parity.totals.people, all));
  write_groups(json, report);
  write_totals(json, "without_bands", parity.before);
  json.key("price").begin_object();
  json.member("people", parity.before.people - parity.totals.people);
  json.member("fit", parity.before.fit - parity.totals.fit);
  json.member("value", parity.before.value - parity.totals.value);
  json.end_object();
  write_changes(json.key("lost"), file, plan, parity.lost);
  write_changes(json.key("gained"), file, plan, parity.gained);
  write_changes(json.key("moved"), file, plan, parity.moved);
  json.end_object();
}

std::string parity_shares_table(const AssignInstance& file, const AssignPlan& plan, const Words& words) {
  const ParityReport& report = *plan.parity;
  const engine::Parity& parity = report.parity;
  const auto all = static_cast<std::int64_t>(file.people.size());
  std::string out = "\n";
  out += line_of(words, "match.assign.parity",
                 {{"band", hundredths_text(report.band)}, {"share", share_text(parity.totals.people, all)}});
  for (std::size_t g = 0; g < report.groups.size(); ++g) {
    const GroupShare& at = parity.shares[g];
    out.append("  ").append(line_of(words, "match.assign.parity.group",
                                    {{"group", report.groups[g]},
                                     {"served", std::to_string(at.served)},
                                     {"people", std::to_string(at.people)},
                                     {"least", std::to_string(at.least)},
                                     {"most", std::to_string(at.most)},
                                     {"now", share_text(at.served, at.people)},
                                     {"before", share_text(at.before, at.people)}}));
  }
  for (std::size_t k = 0; k < parity.totals.by_class.size(); ++k) {
    const engine::ClassCount &now = parity.totals.by_class[k], &before = parity.before.by_class[k];
    if (now == before) continue;
    out.append("  ").append(line_of(words, "match.assign.parity.class",
                                    {{"class", std::to_string(now.klass)},
                                     {"now", std::to_string(now.people)},
                                     {"before", std::to_string(before.people)}}));
  }
  return out.append(line_of(words, "match.assign.parity.price",
                            {{"people", std::to_string(parity.before.people - parity.totals.people)},
                             {"fit", std::to_string(parity.totals.fit)},
                             {"before", std::to_string(parity.before.fit)},
                             {"lost", std::to_string(parity.lost.size())},
                             {"gained", std::to_string(parity.gained.size())},
                             {"moved", std::to_string(parity.moved.size())}}));
}

std::string parity_changes_table(const AssignInstance& file, const AssignPlan& plan, const Words& words) {
  const engine::Parity& parity = plan.parity->parity;
  const auto name = [&](std::uint32_t worker) {
    return worker == nobody ? words("match.hand.nobody") : file.workers[worker];
  };
  std::string out;
  for (const auto* people : {&parity.lost, &parity.gained, &parity.moved})
    for (const std::uint32_t i : by_id(file, *people))
      out.append("  ").append(line_of(words, "match.assign.parity.instead",
                                      {{"who", file.people[i]},
                                       {"now", name(plan.worker_of[i])},
                                       {"before", name(plan.parity->before[i])}}));
  if (out.empty()) return out;
  std::string heading = "\n";
  heading.append(words("match.assign.parity.changes")).append("\n");
  return heading.append(out);
}

} // namespace kith::matching
