#include "matching/plan_table.hpp"

#include <algorithm>

namespace kith::matching {
namespace {

struct Table {
  const Plan& plan;
  const Wording& wording;
  const JsonNames& names;

  std::string heading(std::string_view key) const {
    const std::string text = wording.words()(key);
    return "\n" + text + "\n";
  }

  std::string person_line(const PersonPlan& person) const {
    return wording.words()("match.table.person", {{"who", names.people.text(person.person)},
                                                  {"days", std::to_string(person.waiting_days)},
                                                  {"date", wording.date(person.promise_on)}}) +
           "\n";
  }

  std::string offers_of(const PersonPlan& person) const {
    std::string out = person_line(person);
    bool first = true;
    for (const PlannedOffer& offer : person.offers) {
      out += "  " +
             wording.words()(first ? "match.table.kept" : "match.table.further",
                             {{"worker", names.workers.text(offer.worker)},
                              {"closeness", wording.closeness(offer.explanation.closeness)}}) +
             "\n";
      for (const std::string& sentence : wording.sentences(offer.explanation))
        out += "    " + sentence + "\n";
      first = false;
    }
    return out;
  }

  std::string made_by() const {
    const Settings& settings = plan.settings;
    const Words& words = wording.words();
    return words("match.table.made_by",
                 {{"method", words("match.method." + std::string(name_of(settings.method)))},
                  {"dial", words("match.dial." + std::string(name_of(settings.dial)))},
                  {"choices", std::to_string(settings.choices)},
                  {"weights", settings.weights_version},
                  {"engine", std::string(engine_version)}}) +
           " " + words("match.table.seed") + " " + std::to_string(settings.seed) + "\n";
  }

  // Who is offered whom, and who is still waiting and why.
  std::string people() const {
    std::string offered, waiting;
    for (const PersonPlan& person : plan.people) {
      if (!person.offers.empty()) offered += offers_of(person);
      else waiting += person_line(person) + "    " + wording.outcome(person) + "\n";
    }
    const std::string nobody = wording.words()("match.table.nobody") + "\n";
    return heading("match.table.offered") + (offered.empty() ? nobody : offered) +
           heading("match.table.waiting") + (waiting.empty() ? nobody : waiting) +
           wording.words()("match.others_not_available") + "\n";
  }

  std::string methods() const {
    std::string out;
    for (const MethodTotals& method : plan.methods)
      out +=
          "  " +
          wording.words()("match.table.method_row",
                          {{"method", wording.words()("match.method." + std::string(name_of(method.method)))},
                           {"people", std::to_string(method.totals.people)}}) +
          "\n";
    return out;
  }

  std::string dial() const {
    std::string out;
    for (const DialTotals& dial : plan.dial)
      out += "  " +
             wording.words()("match.table.dial_row",
                             {{"dial", wording.words()("match.dial." + std::string(name_of(dial.dial)))},
                              {"people", std::to_string(dial.people)},
                              {"median", std::to_string(dial.median_wait_days)},
                              {"ninetieth", std::to_string(dial.ninetieth_wait_days)}}) +
             "\n";
    return out;
  }
};

// What a row of a plan made by hand comes to.
std::string row_line(const JudgedRow& row, const Wording& wording, const JsonNames& names) {
  const std::string who = names.people.text(row.row.person), worker = names.workers.text(row.row.worker);
  const char* stands = row.kept ? "match.hand.kept" : row.deciding ? "match.hand.more" : "match.hand.further";
  if (row.verdict == Verdict::stands)
    return wording.words()(
        stands,
        {{"who", who}, {"worker", worker}, {"closeness", wording.closeness(row.explanation->closeness)}});
  std::vector<std::string> why;
  why.reserve(row.reasons.size());
  for (const OpenReason& reason : row.reasons) why.push_back(wording.reason(reason));
  if (row.verdict != Verdict::not_possible)
    why = {wording.words()("match.hand." + std::string(name_of(row.verdict)),
                           {{"date", row.until ? wording.date(*row.until) : std::string()}})};
  return wording.words()("match.hand.refused",
                         {{"who", who}, {"worker", worker}, {"why", wording.list(why)}});
}

std::string change_line(const PlanChange& change, const Wording& wording, const JsonNames& names) {
  const auto side = [&](const std::optional<RawId>& worker, const std::optional<Closeness>& closeness) {
    if (!worker) return wording.words()("match.hand.nobody");
    return wording.words()("match.hand.worker", {{"worker", names.workers.text(*worker)},
                                                 {"closeness", wording.closeness(*closeness)}});
  };
  return wording.words()("match.hand.instead", {{"who", names.people.text(change.person)},
                                                {"now", side(change.worker_after, change.after)},
                                                {"suggested", side(change.worker_before, change.before)}});
}

// The measures of every plan of the list, in words: no figure of worth is shown.
std::string measures(const HandPlan& plan, const Wording& wording) {
  const Words& words = wording.words();
  const auto row = [&](const std::string& name, const MethodTotals& totals) {
    return "  " +
           words("match.table.method_row",
                 {{"method", name}, {"people", std::to_string(totals.totals.people)}}) +
           "; " + words("match.hand.blocking", {{"pairs", std::to_string(totals.blocking_pairs)}}) + "\n";
  };
  std::string out = row(words("match.hand.yours"), plan.totals);
  out += row(words("match.hand.with_rest"), plan.with_rest);
  for (const MethodTotals& method : plan.suggested.methods)
    out += row(words("match.method." + std::string(name_of(method.method))), method);
  const bool best = plan.with_rest.totals.value == plan.suggested.proof.bound;
  return out + words(best ? "match.hand.best" : "match.hand.not_best") + "\n";
}

std::string fare_line(std::string_view what, const GroupFare& fare, const Wording& wording) {
  const auto count = [&](const std::optional<std::int64_t>& value) {
    return value ? std::to_string(*value) : wording.words()("plan.group.few");
  };
  return wording.words()("plan.group.line", {{"group", group_in_words(what, fare.group, wording)},
                                             {"waiting", std::to_string(fare.waiting)},
                                             {"today", count(fare.today)},
                                             {"suggested", count(fare.suggested)},
                                             {"days", std::to_string(fare.median_days)}});
}

} // namespace

std::string hand_plan_table(const HandPlan& plan, const Wording& wording, const JsonNames& names) {
  const Words& words = wording.words();
  const Table rest{plan.around, wording, names};
  const auto stand = std::count_if(plan.rows.begin(), plan.rows.end(),
                                   [](const JudgedRow& row) { return row.verdict == Verdict::stands; });
  std::string out = words("match.hand.title", {{"date", wording.date(plan.suggested.settings.as_of)}}) +
                    "\n" +
                    words("match.hand.stand",
                          {{"stand", std::to_string(stand)}, {"all", std::to_string(plan.rows.size())}}) +
                    "\n\n";
  for (const JudgedRow& row : plan.rows) out += "  " + row_line(row, wording, names) + "\n";
  out += rest.heading("match.hand.measures") + measures(plan, wording);
  out += rest.heading("match.hand.differs");
  for (const PlanChange& change : plan.differs) out += "  " + change_line(change, wording, names) + "\n";
  if (plan.differs.empty()) out += words("match.hand.same") + "\n";
  out += rest.heading("match.hand.around") + rest.people();
  return out + "\n" + rest.made_by() + words("match.table.evidence") + "\n";
}

std::string group_in_words(std::string_view what, const std::string& group, const Wording& wording) {
  if (group.empty()) return wording.words()("plan.group.others");
  if (what == "age") return wording.words()("plan.age." + group);
  if (what == "language" && group == "en") return wording.words()("plan.group.english");
  return what == "language" ? wording.code(group) : group;
}

std::string offers_in_words(const PersonPlan& person, const Wording& wording, const IdNames& workers) {
  if (person.offers.empty()) return wording.outcome(person);
  std::vector<std::string> parts;
  parts.reserve(person.offers.size());
  for (const PlannedOffer& offer : person.offers)
    parts.push_back(
        wording.words()("plan.offer", {{"worker", workers.text(offer.worker)},
                                       {"closeness", wording.closeness(offer.explanation.closeness)}}));
  return wording.list(parts);
}

std::string two_plans_table(const TwoPlans& plans, std::span<const FaresBy> fares, const Wording& wording,
                            const JsonNames& names) {
  const Words& words = wording.words();
  std::string out = words("plan.summary", {{"later", std::to_string(plans.later)},
                                           {"sooner", std::to_string(plans.sooner)},
                                           {"another", std::to_string(plans.another)}}) +
                    "\n";
  for (const ComparedPerson& person : plans.people) {
    if (!person.change) continue;
    out += "\n" +
           words("match.table.person", {{"who", names.people.text(person.today.person)},
                                        {"days", std::to_string(person.today.waiting_days)},
                                        {"date", wording.date(person.today.promise_on)}}) +
           "\n  " + words("plan.change." + std::string(name_of(*person.change))) + "\n  " +
           words("plan.today") + " " + offers_in_words(person.today, wording, names.workers) + "\n  " +
           words("plan.suggested") + " " + offers_in_words(person.suggested, wording, names.workers) + "\n";
  }
  for (const FaresBy& by : fares) {
    if (by.groups.size() < 2) continue; // nothing to compare
    out += "\n" + words("plan.by." + std::string(by.what)) + "\n";
    for (const GroupFare& fare : by.groups) out += "  " + fare_line(by.what, fare, wording) + "\n";
  }
  return out;
}

std::string plan_table(const Plan& plan, const Wording& wording, const JsonNames& names) {
  const Table table{plan, wording, names};
  const Words& words = wording.words();
  std::string out = words("match.table.title", {{"date", wording.date(plan.settings.as_of)}}) + "\n";
  out += table.people() + "\n";
  out += words("match.table.counts", {{"choice", std::to_string(plan.with_choice)},
                                      {"one", std::to_string(plan.with_one)},
                                      {"none", std::to_string(plan.with_none)}}) +
         "\n";
  out += table.heading("match.table.methods") + table.methods();
  out += table.heading("match.table.dial") + table.dial();
  out += "\n" + table.made_by() + words("match.table.evidence") + "\n";
  return out;
}

} // namespace kith::matching
