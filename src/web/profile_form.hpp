// "What helps us find somebody": the boxes of one form and the record behind them. The person and their
// coordinator fill in the same form. Nothing in it must be answered; what is answered must be usable, and a
// wish that could never be met because what it goes by is missing is said beside its row. Pure; any thread.
#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/words.hpp"
#include "http/form.hpp"
#include "people/preference.hpp"
#include "workforce/area.hpp"

namespace kith::web {

struct Profile {
  Person person{};
  std::vector<Preference> preferences{};
  std::vector<workforce::Area> areas{}; // to choose from
};

// The five answers as forms write them: must, matters, a_little, not_important, rather_not.
std::string_view answer_of(Strength strength);
std::optional<Strength> strength_of(std::string_view answer);

// The criteria that have a row: those the record or this form gives something to go by.
std::vector<std::string_view> criteria_of(const Profile& profile);
const Preference* preference_on(const Profile& profile, std::string_view criterion);
std::span<const std::string_view> gender_choices();
std::span<const std::string_view> age_choices();

// The form as it would be sent unchanged: what a page shows before anybody typed.
http::Form form_of(const Words& words, const Profile& profile);

struct ProfileChange {
  Person person{};
  std::vector<Preference> preferences{};
  std::vector<FieldProblem> problems{}; // in the order of the form; field: the name of its box
};
ProfileChange read_profile(const Words& words, const Profile& before, const http::Form& form);

} // namespace kith::web
