// What matters to a person, criterion by criterion, as they set it: must, matters, a little, no view, avoid.
// The wanted values are codes ("woman", "30-45"); criteria that follow from the record (languages, times,
// experience, interests) need none. A preference never says why.
#pragma once
#include <string>
#include <vector>

#include "auth/actor.hpp"
#include "people/person.hpp"
#include "storage/database.hpp"

namespace kith {

enum class Strength { must, matters, a_little, no_view, avoid };
std::span<const std::string_view> codes_of(Strength);

struct Preference {
  Id<Person> person{};
  std::string criterion{};
  Strength strength{Strength::no_view};
  std::vector<std::string> wanted{};
};

namespace people {

// Every criterion a person may have a view on, in the order the page shows them.
std::span<const std::string_view> preference_criteria();

Result<std::vector<Preference>> preferences_of(storage::Transaction& tx, const auth::Scope& scope,
                                               Id<Person> person);
// For joins of higher floors: columns person_id, criterion, strength, wanted in this order.
Preference read_preference(const storage::Row& row);
Done set_preference(storage::Transaction& tx, const auth::Scope& scope, const Preference& preference);

} // namespace people
} // namespace kith
