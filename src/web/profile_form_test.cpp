#include "web/profile_form.hpp"

#include "support/test.hpp"

using namespace kith;
using namespace kith::web;

namespace {

const Words& words() {
  static const Words loaded = Words::load("en");
  return loaded;
}

http::Form form_with(std::vector<http::Parameter> parameters) { return {std::move(parameters)}; }

Profile amara() {
  Profile profile;
  profile.person.languages = {"en", "ti"};
  profile.person.modes = {"remote"};
  profile.person.availability = "tue 17:00-20:00; sun 06:00-07:30";
  profile.person.area = "Northside";
  profile.person.east_m = 412;
  profile.person.north_m = 977;
  profile.person.travel_m = 4600;
  profile.person.interests = {"walking", "live_music"};
  profile.person.pronouns = "she/her";
  profile.person.gender = "woman";
  profile.preferences = {{{}, "gender", Strength::must, {"woman"}}, {{}, "times", Strength::a_little, {}}};
  profile.areas = {{"Hillside", 5000, 2000, 4}, {"Northside", 0, 0, 9}};
  return profile;
}

std::string problem_of(const ProfileChange& change, std::string_view field) {
  for (const FieldProblem& problem : change.problems)
    if (problem.field == field) return problem.code;
  return {};
}

} // namespace

TEST_CASE("a profile saved as it was shown changes nothing") {
  const Profile before = amara();
  const ProfileChange change = read_profile(words(), before, form_of(words(), before));
  CHECK(change.problems.empty());
  CHECK(record::difference(person_description(), &before.person, &change.person).empty());
  CHECK_EQ(change.preferences.size(), 2);
  for (const Preference& preference : change.preferences) {
    CHECK(preference.strength == preference_on(before, preference.criterion)->strength);
    CHECK_EQ(preference.wanted, preference_on(before, preference.criterion)->wanted);
  }
}

TEST_CASE("what is ticked and typed becomes what matching reads") {
  Profile before;
  before.areas = {{"Hillside", 5000, 2000, 4}};
  const ProfileChange change = read_profile(words(), before,
                                            form_with({{"mode", "in_person"},
                                                       {"mode", "remote"},
                                                       {"time", "mon-morning"},
                                                       {"time", "mon-afternoon"},
                                                       {"languages", "English and Tigrinya"},
                                                       {"area", "Hillside"},
                                                       {"travel", " 5 "},
                                                       {"interests", "Walking, live  music, walking,"},
                                                       {"pronouns", "they/them"},
                                                       {"w_nearness", "must"},
                                                       {"w_age", "rather_not"},
                                                       {"v_age", "18-29"},
                                                       {"w_culture", "matters"},
                                                       {"v_culture", "Torres Strait"},
                                                       {"w_times", "not_important"}}));
  CHECK(change.problems.empty());
  const Person& person = change.person;
  CHECK_EQ(person.modes, std::vector<std::string>{"in_person", "remote"});
  CHECK_EQ(person.availability, "mon 09:00-17:00");
  CHECK_EQ(person.languages, std::vector<std::string>{"en", "ti"});
  CHECK_EQ(person.area, "Hillside");
  CHECK_EQ(person.east_m.value_or(0), 5000);
  CHECK_EQ(person.north_m.value_or(0), 2000);
  CHECK_EQ(person.travel_m.value_or(0), 5000);
  CHECK_EQ(person.interests, std::vector<std::string>{"walking", "live_music"});
  CHECK_EQ(person.pronouns, "they/them");
  Profile after{person, change.preferences, {}};
  CHECK(preference_on(after, "nearness")->strength == Strength::must);
  CHECK(preference_on(after, "age")->strength == Strength::avoid);
  CHECK_EQ(preference_on(after, "age")->wanted, std::vector<std::string>{"18-29"});
  CHECK_EQ(preference_on(after, "culture")->wanted, std::vector<std::string>{"torres_strait"});
  CHECK(preference_on(after, "times")->strength == Strength::no_view);
  CHECK(preference_on(after, "language") == nullptr);
}

TEST_CASE("every fault is named at its own box, and an empty form has none") {
  CHECK(read_profile(words(), {}, {}).problems.empty());
  const struct {
    http::Parameter sent;
    const char* field;
    const char* code;
  } cases[] = {{{"mode", "by_post"}, "mode", "not_a_code"},
               {{"time", "mon-night"}, "time", "not_a_code"},
               {{"languages", "Quenya"}, "languages", "not_a_language"},
               {{"area", "Atlantis"}, "area", "not_a_code"},
               {{"travel", "far"}, "travel", "not_a_distance"},
               {{"travel", "-1"}, "travel", "not_a_distance"},
               {{"travel", "1001"}, "travel", "not_a_distance"},
               {{"interests", std::string(41, 'x')}, "interests", "too_long"},
               {{"interests", "a\nb"}, "interests", "not_text"},
               {{"pronouns", std::string(41, 'x')}, "pronouns", "too_long"},
               {{"w_times", "always"}, "w_times", "not_a_code"},
               {{"w_language", "must"}, "w_language", "nothing_to_go_by"},
               {{"w_times", "must"}, "w_times", "nothing_to_go_by"},
               {{"w_nearness", "must"}, "w_nearness", "nothing_to_go_by"},
               {{"w_interests", "must"}, "w_interests", "nothing_to_go_by"},
               {{"w_gender", "a_little"}, "w_gender", "nothing_to_go_by"},
               {{"w_culture", "rather_not"}, "w_culture", "nothing_to_go_by"},
               {{"w_age", "matters"}, "w_age", "nothing_to_go_by"},
               {{"v_age", "18-29"}, "w_age", "required"},
               {{"v_gender", "any"}, "w_gender", "not_a_code"}};
  for (const auto& each : cases) {
    CAPTURE(each.sent.name + "=" + each.sent.value);
    CHECK_EQ(problem_of(read_profile(words(), {}, form_with({each.sent})), each.field), each.code);
  }
}

TEST_CASE("another area moves the person, none forgets where they are, their own keeps the exact place") {
  const Profile before = amara();
  const auto moved = [&](const char* area) {
    return read_profile(words(), before, form_with({{"area", area}})).person;
  };
  CHECK_EQ(moved("Northside").east_m.value_or(0), 412);
  CHECK_EQ(moved("Hillside").east_m.value_or(0), 5000);
  CHECK_FALSE(moved("").east_m.has_value());
  CHECK_FALSE(moved("").north_m.has_value());
  CHECK_EQ(moved("").area, "");
}

TEST_CASE("an area that few gave is not shown to those who may not see everybody's") {
  const auto shown = workforce::areas_of_several({{"Northside", 0, 0, 3}, {"Hillside", 0, 0, 2}});
  REQUIRE_EQ(shown.size(), 1);
  CHECK_EQ(shown[0].name, "Northside");
}
