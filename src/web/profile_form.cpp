#include "web/profile_form.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "base/unicode.hpp"
#include "web/languages.hpp"
#include "web/week_choice.hpp"

namespace kith::web {
namespace {

constexpr std::string_view answers[] = {"must", "matters", "a_little", "not_important", "rather_not"};
constexpr std::string_view genders[] = {"woman", "man", "nonbinary"};
constexpr std::string_view ages[] = {"18-29", "30-45", "46-60", "61-120"};
constexpr std::size_t list_max = 20, word_max = 40;

WeekMask week_of(const Person& person) {
  const auto week = parse_week(person.availability);
  return week.ok() ? *week : WeekMask{};
}

bool among(std::span<const std::string_view> all, std::string_view one) {
  return std::find(all.begin(), all.end(), one) != all.end();
}
bool among(const std::vector<std::string>& all, std::string_view one) {
  return std::find(all.begin(), all.end(), one) != all.end();
}

// "live_music" is a code; people write "live music".
std::string spoken(std::vector<std::string> codes) {
  for (std::string& code : codes) std::replace(code.begin(), code.end(), '_', ' ');
  return join(codes, ", ");
}

std::string language_words(const Words& words, const std::vector<std::string>& codes) {
  std::vector<std::string> names;
  for (const std::string& code : codes) {
    const std::string key = "match.language." + code;
    names.push_back(words.has(key) ? words(key) : code);
  }
  return join(names, ", ");
}

std::string kilometres_of(const std::optional<int>& metres) {
  return metres ? std::to_string((*metres + 500) / 1000) : std::string();
}

class Reader {
public:
  Reader(const Words& words, const Profile& before, const http::Form& form)
      : words_(words), before_(before), form_(form) {
    change_.person = before.person;
  }

  ProfileChange read() {
    read_ways();
    read_times();
    read_spoken_languages();
    read_area();
    read_distance();
    change_.person.interests = read_list("interests");
    read_pronouns();
    for (const std::string_view criterion : criteria_of(before_)) read_view(std::string(criterion));
    return std::move(change_);
  }

private:
  void refuse(const std::string& field, const char* code) { change_.problems.push_back({field, code}); }
  std::string typed(const std::string& name) const { return std::string(trim(form_.value(name))); }

  void read_ways() {
    change_.person.modes.clear();
    for (const char* mode : {"in_person", "remote"})
      if (among(form_.values("mode"), mode)) change_.person.modes.emplace_back(mode);
    if (change_.person.modes.size() != form_.values("mode").size()) refuse("mode", "not_a_code");
  }

  void read_times() {
    if (const auto week = week_ticked(form_.values("time"), week_of(before_.person)))
      change_.person.availability = to_text(*week);
    else refuse("time", "not_a_code");
    if (change_.person.availability.size() > 400) refuse("time", "too_long");
  }

  // Codes an import brought and this page has no name for may stay.
  void read_spoken_languages() {
    const std::string text = typed("languages");
    if (text == language_words(words_, before_.person.languages)) return;
    if (const auto codes = read_languages(words_, text)) change_.person.languages = *codes;
    else refuse("languages", "not_a_language");
  }

  void read_area() {
    const std::string name = typed("area");
    Person& person = change_.person;
    if (name == person.area || !form_.has("area")) return;
    person.east_m.reset();
    person.north_m.reset();
    person.area = name;
    if (name.empty()) return;
    const auto& areas = before_.areas;
    const auto at = std::find_if(areas.begin(), areas.end(), [&](const auto& a) { return a.name == name; });
    if (at == areas.end()) {
      person.area = before_.person.area;
      return refuse("area", "not_a_code");
    }
    person.east_m = at->east_m;
    person.north_m = at->north_m;
  }

  void read_distance() {
    const std::string text = typed("travel");
    if (text == kilometres_of(before_.person.travel_m)) return;
    change_.person.travel_m.reset();
    if (text.empty()) return;
    const auto kilometres = parse_integer(text);
    if (!kilometres || *kilometres < 0 || *kilometres > 1000) return refuse("travel", "not_a_distance");
    change_.person.travel_m = static_cast<int>(*kilometres * 1000);
  }

  // "Walking, live music" as codes: walking live_music.
  std::vector<std::string> read_list(const std::string& field) {
    std::vector<std::string> out;
    if (!clean_text(typed(field), false)) {
      refuse(field, "not_text");
      return out;
    }
    for (const std::string& piece : split(folded(typed(field)), ',')) {
      const std::string code = join(split_words(piece), "_");
      if (code.empty() || among(out, code)) continue;
      if (code.size() > word_max || out.size() == list_max) {
        refuse(field, "too_long");
        return out;
      }
      out.push_back(code);
    }
    return out;
  }

  void read_pronouns() {
    const record::Field& field = *person_description().find("pronouns");
    const auto read = record::read_text(field, form_.value("pronouns"));
    if (read.value) CHECK(field.set(&change_.person, *read.value));
    else refuse("pronouns", read.problem.c_str());
  }

  std::vector<std::string> read_wanted(const std::string& criterion, const Preference& before) {
    const std::string box = "v_" + criterion;
    if (criterion == "culture") return read_list(box);
    if (criterion != "gender" && criterion != "age") return before.wanted;
    std::vector<std::string> out = form_.values(box);
    const auto choices = criterion == "gender" ? gender_choices() : age_choices();
    const bool known = std::all_of(out.begin(), out.end(), [&](const std::string& code) {
      return among(choices, code) || among(before.wanted, code);
    });
    if (known) return out;
    refuse("w_" + criterion, "not_a_code");
    return before.wanted;
  }

  void read_view(const std::string& criterion) {
    Preference preference{before_.person.id, criterion, Strength::no_view, {}};
    const Preference* before = preference_on(before_, criterion);
    if (before) preference = *before;
    const std::string answer = typed("w_" + criterion);
    preference.wanted = read_wanted(criterion, preference);
    if (answer.empty()) {
      if (!preference.wanted.empty() && !before) refuse("w_" + criterion, "required");
      return;
    }
    const auto strength = strength_of(answer);
    if (!strength) return refuse("w_" + criterion, "not_a_code");
    preference.strength = *strength;
    if (goes_by_nothing(preference)) refuse("w_" + criterion, "nothing_to_go_by");
    change_.preferences.push_back(std::move(preference));
  }

  // Such a must would shut everybody out, and nobody would know why.
  bool goes_by_nothing(const Preference& preference) const {
    const Person& person = change_.person;
    if (preference.strength == Strength::no_view || !preference.wanted.empty()) return false;
    const std::string& of = preference.criterion;
    if (of == "gender") return person.gender.empty();
    if (of == "culture") return person.culture.empty();
    if (of == "age") return !person.born_on;
    if (preference.strength != Strength::must) return false;
    if (of == "language") return person.languages.empty();
    if (of == "times") return person.availability.empty();
    if (of == "interests") return person.interests.empty();
    if (of == "nearness")
      return !among(person.modes, "in_person") || !person.east_m || !person.north_m || !person.travel_m;
    return of == "experience" && person.experience.empty();
  }

  const Words& words_;
  const Profile& before_;
  const http::Form& form_;
  ProfileChange change_{};
};

} // namespace

std::string_view answer_of(Strength strength) { return answers[static_cast<std::size_t>(strength)]; }

std::optional<Strength> strength_of(std::string_view answer) {
  const auto at = std::find(std::begin(answers), std::end(answers), answer);
  if (at == std::end(answers)) return std::nullopt;
  return static_cast<Strength>(at - std::begin(answers));
}

std::vector<std::string_view> criteria_of(const Profile& profile) {
  std::vector<std::string_view> out;
  for (const std::string_view criterion : people::preference_criteria())
    if (criterion != "experience" || !profile.person.experience.empty() || preference_on(profile, criterion))
      out.push_back(criterion);
  return out;
}

const Preference* preference_on(const Profile& profile, std::string_view criterion) {
  for (const Preference& preference : profile.preferences)
    if (preference.criterion == criterion) return &preference;
  return nullptr;
}

std::span<const std::string_view> gender_choices() { return genders; }
std::span<const std::string_view> age_choices() { return ages; }

http::Form form_of(const Words& words, const Profile& profile) {
  const Person& person = profile.person;
  http::Form form;
  const auto put = [&](std::string name, std::string value) {
    form.parameters.push_back({std::move(name), std::move(value)});
  };
  for (const std::string& mode : person.modes) put("mode", mode);
  for (const std::string& box : ticked_times(week_of(person))) put("time", box);
  put("languages", language_words(words, person.languages));
  put("area", person.area);
  put("travel", kilometres_of(person.travel_m));
  put("interests", spoken(person.interests));
  put("pronouns", person.pronouns);
  for (const Preference& preference : profile.preferences) {
    put("w_" + preference.criterion, std::string(answer_of(preference.strength)));
    if (preference.criterion == "culture") put("v_culture", spoken(preference.wanted));
    else
      for (const std::string& code : preference.wanted) put("v_" + preference.criterion, code);
  }
  return form;
}

ProfileChange read_profile(const Words& words, const Profile& before, const http::Form& form) {
  return Reader(words, before, form).read();
}

} // namespace kith::web
