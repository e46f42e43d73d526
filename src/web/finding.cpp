#include "web/finding.hpp"

#include <algorithm>

#include "connections/connection_store.hpp"
#include "web/profile_form.hpp"

namespace kith::web {
namespace {

constexpr int columns_max = 4;

// "Try a change": the five radio buttons of each criterion come back as query parameters and are never
// stored.
std::optional<matching::Wishes> tried_wishes(const auth::Call& call, const matching::PersonProfile& profile) {
  matching::Wishes wishes = profile.wishes;
  bool changed = false;
  for (int i = 0; i < matching::criterion_count; ++i) {
    const auto criterion = static_cast<matching::Criterion>(i);
    const auto strength =
        strength_of(call.request.query_value("w_" + std::string(matching::name_of(criterion))));
    if (!strength) continue;
    const auto at =
        std::find_if(wishes.begin(), wishes.end(), [&](const auto& w) { return w.criterion == criterion; });
    const auto as = static_cast<matching::Strength>(*strength);
    if (at != wishes.end()) at->strength = as;
    else if (as != matching::Strength::no_view) wishes.push_back({criterion, as, {}});
    changed = true;
  }
  return changed ? std::optional<matching::Wishes>(wishes) : std::nullopt;
}

} // namespace

std::vector<std::pair<std::string, std::string>> tried_in(const http::Request& request) {
  std::vector<std::pair<std::string, std::string>> out;
  for (int i = 0; i < matching::criterion_count; ++i) {
    std::string name = "w_" + std::string(matching::name_of(static_cast<matching::Criterion>(i)));
    const std::string answer(request.query_value(name));
    if (strength_of(answer)) out.emplace_back(std::move(name), answer);
  }
  return out;
}

std::string tried_query(const http::Request& request) {
  std::string query;
  for (const auto& [name, answer] : tried_in(request))
    query.append(query.empty() ? "?" : "&").append(name).append("=").append(answer);
  return query;
}

Result<Found> find_workers(auth::Call& call, Id<Person> person, Wished wished) {
  Found found;
  TRY_ASSIGN(const matching::Settings settings, connections::default_settings(call.tx, call.scope));
  TRY_ASSIGN(found.snapshot, connections::take_snapshot(call.tx, call.scope, settings));
  const auto& people = found.snapshot.input.people;
  const auto profile =
      std::find_if(people.begin(), people.end(), [&](const auto& p) { return p.id == person.raw; });
  if (profile == people.end()) return not_found();
  const auto tried = wished == Wished::tried ? tried_wishes(call, *profile) : std::nullopt;
  for (const auto& [id, referral] : found.snapshot.referrals)
    if (id == person.raw) found.referral = referral;
  TRY_ASSIGN(const auto list, matching::WaitingList::prepare(found.snapshot.input));
  TRY_ASSIGN(found.page, matching::compare(list, {person.raw, tried, columns_max}));
  return found;
}

} // namespace kith::web
