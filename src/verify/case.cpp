#include "verify/case.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "record/json.hpp"

namespace kith::verify {
namespace {

using Index = std::map<RawId, std::uint32_t>;

std::optional<std::uint32_t> find(const Index& index, const std::string& text) {
  const auto at = index.find(matching::folder_id(text));
  return at == index.end() ? std::nullopt : std::optional(at->second);
}

void place_offers(Case& out, std::uint32_t person, const WrittenPerson& written) {
  for (const WrittenOffer& offer : written.offers) {
    const auto worker = find(out.service.worker_at, offer.worker);
    if (!worker) {
      out.note("unknown_worker", {person, {}},
               "the plan offers " + shown(offer.worker) + ", who is not in the folder");
      continue;
    }
    auto& given = out.given[person];
    if (std::any_of(given.begin(), given.end(), [&](const Given& g) { return g.worker == *worker; })) {
      out.note("offered_twice", {person, worker}, "the plan offers this worker to this person twice");
      continue;
    }
    given.push_back({*worker, &offer, fit_of(out.service, {person, *worker})});
  }
}

void place_people(Case& out) {
  for (const WrittenPerson& written : out.plan.people) {
    const auto person = find(out.service.person_at, written.person);
    if (!person) {
      out.note("unknown_person", {},
               "the plan names " + shown(written.person) + ", who is not in the folder");
    } else if (out.written[*person]) {
      out.note("person_twice", {person, {}}, "the plan names this person twice");
    } else {
      out.written[*person] = &written;
      place_offers(out, *person, written);
    }
  }
  for (std::uint32_t i = 0; i < out.written.size(); ++i)
    if (!out.written[i]) out.note("person_missing", {i, {}}, "the plan does not name this person");
}

// Each side's amounts, once each; what is missing counts 0 and is said.
std::vector<std::int64_t> placed(Case& out, const std::vector<Amount>& amounts, const Index& index,
                                 std::string_view rule) {
  std::vector<std::int64_t> values(index.size(), 0);
  std::vector<bool> seen(index.size(), false);
  for (const Amount& amount : amounts) {
    const auto at = find(index, amount.id);
    if (!at || seen[*at]) {
      out.note(rule, {}, shown(amount.id) + (at ? " stands twice" : " is not in the folder"));
      continue;
    }
    seen[*at] = true;
    values[*at] = amount.amount;
    if (amount.amount < 0) out.note(rule, {}, shown(amount.id) + " has a negative one");
  }
  const auto missing = std::count(seen.begin(), seen.end(), false);
  if (missing > 0) out.note(rule, {}, std::to_string(missing) + " are missing");
  return values;
}

void take_turns(Case& out) {
  const matching::Settings& settings = out.folder.input.settings;
  for (const auto& person : out.folder.input.people) {
    out.classes.push_back(class_of(person, settings));
    out.least.push_back(least_for(person, settings));
  }
  std::vector<std::int64_t> present = out.classes;
  std::sort(present.begin(), present.end());
  present.erase(std::unique(present.begin(), present.end()), present.end());
  for (const std::int64_t klass : out.classes)
    out.ranks.push_back(std::lower_bound(present.begin(), present.end(), klass) - present.begin() + 1);
}

std::string not_as_said(std::string_view what, const std::string& said, const std::string& here) {
  std::string out("the plan writes ");
  return out.append(what).append(" ").append(said).append(", the folder gives ").append(here);
}

std::string shown_if_any(std::string_view text) { return text.empty() ? "nothing" : shown(text); }

} // namespace

std::string shown(std::string_view text) { return printable(record::json_text(text)); }

void Case::note(std::string_view rule, const About& about, std::string says) {
  found.push_back({std::string(rule), about.person ? folder.person_ids.text(person(*about.person).id) : "",
                   about.worker ? folder.worker_ids.text(worker(*about.worker).id) : "", std::move(says)});
}

void Case::expect(std::string_view rule, const About& about, std::string_view what, std::int64_t said,
                  std::int64_t here) {
  if (said != here) note(rule, about, not_as_said(what, std::to_string(said), std::to_string(here)));
}

void Case::expect(std::string_view rule, const About& about, std::string_view what, const std::string& said,
                  std::string_view here) {
  if (said != here) note(rule, about, not_as_said(what, shown_if_any(said), shown_if_any(here)));
}

std::int32_t Case::free_places(std::uint32_t at) const {
  const auto& row = worker(at);
  return std::clamp(row.places_agreed - row.places_live - row.places_reserved, 0, 4'095);
}

std::int64_t Case::first_round(std::uint32_t at) const {
  return static_cast<std::int64_t>(person(at).open_offers.size()) + 1;
}

Case lay_out(const matching::Folder& folder, const PlanFile& plan) {
  Case out{folder, plan, service_of(folder.input)};
  out.written.resize(folder.input.people.size());
  out.given.resize(folder.input.people.size());
  take_turns(out);
  place_people(out);
  out.gains = placed(out, plan.gains, out.service.person_at, "gain");
  out.prices = placed(out, plan.prices, out.service.worker_at, "price");
  return out;
}

} // namespace kith::verify
