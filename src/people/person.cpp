#include "people/person.hpp"

#include "base/unicode.hpp"

namespace kith {

std::span<const std::string_view> codes_of(ContactWay) {
  static constexpr std::string_view codes[] = {"none", "email", "text", "phone", "letter"};
  return codes;
}

Person with_name_keys(Person person) {
  const std::string whole =
      person.family_name.empty() ? person.chosen_name : person.family_name + " " + person.chosen_name;
  person.name_key = sort_key(whole, "en");
  person.name_folded = folded(person.chosen_name + " " + person.family_name);
  return person;
}

bool alive(const Person& person) { return !person.died_on; }

} // namespace kith
