#include "matching/wording.hpp"

#include <algorithm>
#include <array>

#include "matching/criteria/criterion.hpp"

namespace kith::matching {
namespace {

std::string key(std::string_view family, std::string_view name) {
  return "match." + std::string(family) + "." + std::string(name);
}

std::string_view name_of(AgeNearness nearness) {
  constexpr std::array<std::string_view, 4> names{"in_wanted_band", "close", "some_years_apart", "far_apart"};
  return names.at(static_cast<std::size_t>(nearness));
}

// One sentence part for each alternative; a new alternative does not compile without one.
struct Sentence {
  const Words& words;
  const Wording& wording;
  std::string names(const Codes& codes) const {
    std::vector<std::string> parts;
    for (const std::string& code : codes) parts.push_back(wording.code(code));
    return wording.list(parts);
  }

  std::string operator()(const CommonLanguages& why) const {
    return words(why.wanted ? "match.why.languages" : "match.why.languages_other",
                 {{"languages", names(why.languages)}});
  }
  std::string operator()(const WithInterpreter&) const { return words("match.why.interpreter"); }
  std::string operator()(const SharedExperience& why) const {
    if (why.named.empty()) return words("match.why.experience_unnamed");
    return words(why.unnamed ? "match.why.experience_both" : "match.why.experience",
                 {{"experience", names(why.named)}});
  }
  std::string operator()(const SharedInterests& why) const {
    return words("match.why.interests", {{"interests", names(why.interests)}});
  }
  std::string operator()(const GenderIs& why) const {
    return words("match.why.gender", {{"gender", names(why.genders)}});
  }
  std::string operator()(const SharedCulture& why) const {
    return words("match.why.culture", {{"cultures", names(why.cultures)}});
  }
  std::string operator()(const AgeCompared& why) const {
    return words(key("why.age", name_of(why.nearness)));
  }
  std::string operator()(const CommonTimes& why) const {
    if (why.minutes_a_week < 60)
      return words("match.why.times_short", {{"window", wording.window(why.longest)}});
    return words("match.why.times", {{"window", wording.window(why.longest)},
                                     {"hours", std::to_string(why.minutes_a_week / 60)}});
  }
  std::string operator()(const Distance& why) const {
    return words("match.why.distance", {{"kilometres", std::to_string(std::max(1, why.kilometres))}});
  }
  std::string operator()(const MeetsRemotely&) const { return words("match.why.remote"); }
  std::string operator()(const OrganisationIs& why) const {
    return words("match.why.organisation", {{"organisation", wording.code(why.organisation)}});
  }
  std::string operator()(const NothingShared&) const { return words("match.why.nothing_shared"); }
  std::string operator()(const NotKnown&) const { return words("match.why.not_known"); }
  std::string operator()(const NothingAsked&) const { return words("match.why.nothing_asked"); }
  std::string operator()(const EarlierConnection&) const { return words("match.why.earlier_connection"); }
};

bool worth_saying(const Contribution& contribution) { // the worker's own views are the worker's
  return contribution.side != WhoseView::worker && contribution.value > 0 && !contribution.avoided &&
         !std::holds_alternative<NothingShared>(contribution.why);
}

} // namespace

Wording::Wording(const Words& words, std::vector<CodeName> names) : words_(words), names_(std::move(names)) {
  std::sort(names_.begin(), names_.end(),
            [](const CodeName& a, const CodeName& b) { return a.code < b.code; });
}

std::string Wording::closeness(Closeness closeness) const {
  return words_(key("closeness", name_of(closeness)));
}
std::string Wording::criterion(std::string_view name) const { return words_(key("criterion", name)); }
std::string Wording::strength(Strength strength) const { return words_(key("strength", name_of(strength))); }
std::string Wording::sign(Meets meets) const { return words_(key("sign", name_of(meets))); }
std::string Wording::meets(Meets meets) const { return words_(key("meets", name_of(meets))); }
std::string Wording::justification(const Justification& why) const {
  return std::visit(Sentence{words_, *this}, why);
}
std::string Wording::cell(const Cell& cell) const {
  std::string out = sign(cell.meets) + " " + meets(cell.meets);
  if (!std::holds_alternative<NotKnown>(cell.why)) out += ": " + justification(cell.why);
  return out;
}

std::string Wording::reason(const OpenReason& reason) const {
  const std::string plain = key("reason", name_of(reason.obstacle));
  if (reason.until) return words_(plain + "_until", {{"date", date(*reason.until)}});
  if (reason.criterion) return words_(plain, {{"criterion", criterion(name_of(*reason.criterion))}});
  return words_(plain);
}

std::string Wording::would_change(const WouldChange& change) const {
  return words_("match.help.reason", {{"reason", reason({change.obstacle, change.criterion, {}})},
                                      {"count", std::to_string(change.workers.size())}});
}

std::string Wording::effect(const EffectOnOther& effect, const std::string& who) const {
  const std::string days = std::to_string(effect.waiting_days);
  if (!effect.after)
    return words_("match.effect.lost", {{"who", who}, {"days", days}, {"before", closeness(*effect.before)}});
  if (!effect.before)
    return words_("match.effect.gained", {{"who", who}, {"days", days}, {"after", closeness(*effect.after)}});
  return words_("match.effect.changed", {{"who", who},
                                         {"days", days},
                                         {"before", closeness(*effect.before)},
                                         {"after", closeness(*effect.after)}});
}

std::string Wording::non_pair(const NonPair& pair, const IdNames& people) const {
  std::vector<std::string> parts;
  if (const auto* blocked = std::get_if<NotPossible>(&pair)) {
    for (const OpenReason& open : blocked->reasons) parts.push_back(reason(open));
    return words_("match.not_possible", {{"reasons", list(parts)}});
  }
  if (const auto* lower = std::get_if<LowerFit>(&pair)) {
    for (const Contribution& better : lower->offered)
      if (better.side != WhoseView::worker) parts.push_back(criterion(better.criterion));
    if (parts.empty()) return words_("match.lower_fit_even");
    return words_("match.lower_fit", {{"criteria", list(parts)}});
  }
  if (const auto* needed = std::get_if<NeededElsewhere>(&pair)) {
    for (const EffectOnOther& other : needed->others)
      parts.push_back(effect(other, people.text(other.person)));
    if (parts.empty()) return words_("match.needed_elsewhere_nobody");
    return words_("match.needed_elsewhere", {{"effects", list(parts)}});
  }
  return words_("match.not_available");
}

std::string Wording::outcome(const PersonPlan& person) const {
  if (person.outcome == Outcome::offered) return "";
  std::vector<std::string> help;
  help.reserve(person.would_change.size());
  for (const WouldChange& change : person.would_change) help.push_back(would_change(change));
  const std::string helping =
      help.empty() ? words_("match.help.nothing") : words_("match.help", {{"reasons", list(help)}});
  return words_(key("outcome", name_of(person.outcome)),
                {{"missing", missing(person.not_known)},
                 {"help", helping},
                 {"date", person.until ? date(*person.until) : std::string()}});
}

std::string Wording::missing(const std::vector<Obstacle>& obstacles) const {
  std::vector<std::string> parts;
  parts.reserve(obstacles.size());
  for (const Obstacle obstacle : obstacles) parts.push_back(words_(key("missing", name_of(obstacle))));
  return list(parts);
}

std::string Wording::window(const WeekWindow& window) const {
  return words_("match.window", {{"day", words_(key("day", day_code(window.day)))},
                                 {"from", clock_text(window.from_minutes)},
                                 {"until", clock_text(window.until_minutes)}});
}

std::string Wording::code(std::string_view code) const {
  const auto at =
      std::lower_bound(names_.begin(), names_.end(), code,
                       [](const CodeName& name, std::string_view wanted) { return name.code < wanted; });
  if (at != names_.end() && at->code == code) return at->name;
  for (const std::string_view family : {"language", "lived"})
    if (words_.has(key(family, code))) return words_(key(family, code));
  std::string out(code);
  std::replace(out.begin(), out.end(), '_', ' ');
  return out;
}

std::string Wording::date(Date on) const {
  const Civil civil = civil_of(on);
  return words_("date.with_year", {{"number", std::to_string(civil.day)},
                                   {"month", words_("date.month." + std::to_string(civil.month))},
                                   {"year", std::to_string(civil.year)}});
}

std::vector<std::string> Wording::sentences(const Explanation& explanation) const {
  std::vector<std::string> out;
  out.reserve(explanation.musts.size());
  bool times_said = false;
  const auto say = [&](const char* how, std::string_view about, const Justification& why) {
    times_said = times_said || std::holds_alternative<CommonTimes>(why);
    out.push_back(words_(how, {{"criterion", criterion(about)}, {"why", justification(why)}}));
  };
  for (const MustMet& must : explanation.musts) say("match.must_met", must.criterion, must.why);
  for (const Contribution& contribution : explanation.contributions)
    if (worth_saying(contribution)) say("match.matters", contribution.criterion, contribution.why);
  std::string way = "match.way.remote";
  if (explanation.in_person) way = explanation.remote ? "match.way.either" : "match.way.in_person";
  std::string meeting = words_(way);
  if (explanation.times && !times_said) meeting += "; " + justification(*explanation.times);
  if (explanation.languages.empty()) meeting += "; " + words_("match.why.interpreter");
  out.push_back(meeting);
  return out;
}

std::string Wording::list(const std::vector<std::string>& parts) const {
  if (parts.empty()) return "";
  std::string out = parts.back();
  for (std::size_t i = parts.size() - 1; i > 0; --i)
    out = words_(i == parts.size() - 1 ? "match.list.two" : "match.list.comma",
                 {{"first", parts[i - 1]}, {"last", out}, {"rest", out}});
  return out;
}

} // namespace kith::matching
