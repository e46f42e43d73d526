// A person: who is supported. Plain data and the pure rules about it. What is unknown stays absent: an absent
// language, availability or location is "not known" and never satisfies a must. `name_key` and `name_folded`
// are derived from the chosen and family name by `with_name_keys` and never typed.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/id.hpp"
#include "base/time.hpp"
#include "record/field.hpp"

namespace kith {

enum class ContactWay { none, email, text, phone, letter };
std::span<const std::string_view> codes_of(ContactWay);

struct Person {
  Id<Person> id{};
  std::int64_t version{1};
  std::string chosen_name{};
  std::string family_name{};
  std::string name_key{};
  std::string name_folded{};
  std::string pronouns{};
  std::optional<Date> born_on{};
  std::string gender{};                 // a code or the person's own word; "" = not known
  std::vector<std::string> languages{}; // BCP 47 codes
  bool interpreter{};                   // accepts an interpreter
  std::vector<std::string> modes{};     // in_person, remote
  std::string area{};                   // suburb or town, in the service's words
  std::optional<int> east_m{};          // metres in the service's projection
  std::optional<int> north_m{};
  std::optional<int> travel_m{}; // how far the person can come, metres
  std::string availability{};    // weekly windows: "tue 17:00-20:00; …"
  std::vector<std::string> culture{};
  std::vector<std::string> interests{};
  std::string access_needs{};
  ContactWay contact_way{};
  std::string email{};
  std::string phone{};
  std::string contact_hours{};
  bool voicemail{}; // a message may be left
  std::optional<Date> died_on{};
  std::string source_key{}; // where an import took this record from; unique in the organisation
  Instant created_at{};
  // Sealed (C4):
  std::vector<std::string> experience{}; // what the person has lived through and wants understood, as codes
  std::string hopes{};                   // in the person's own words
  std::string safety_mode{};             // "hidden" when contact must not be noticed; "" otherwise
};

const record::Description& person_description();
Person with_name_keys(Person person);
bool alive(const Person& person);

} // namespace kith
