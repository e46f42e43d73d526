#include "matching/plan_table.hpp"

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

} // namespace

std::string plan_table(const Plan& plan, const Wording& wording, const JsonNames& names) {
  const Table table{plan, wording, names};
  const Words& words = wording.words();
  std::string offered, waiting;
  for (const PersonPlan& person : plan.people) {
    if (!person.offers.empty()) offered += table.offers_of(person);
    else waiting += table.person_line(person) + "    " + wording.outcome(person) + "\n";
  }
  const std::string nobody = words("match.table.nobody") + "\n";
  std::string out = words("match.table.title", {{"date", wording.date(plan.settings.as_of)}}) + "\n";
  out += table.heading("match.table.offered") + (offered.empty() ? nobody : offered);
  out += table.heading("match.table.waiting") + (waiting.empty() ? nobody : waiting);
  out += words("match.others_not_available") + "\n\n";
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
