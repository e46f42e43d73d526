// People in the database, within one organisation. Lists leave the sealed fields closed unless they say
// otherwise.
#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "auth/actor.hpp"
#include "people/person.hpp"
#include "storage/record_table.hpp"

namespace kith::people {

const storage::RecordTable<Person>& person_table(); // columns and reading for joins of higher floors

Done insert_person(storage::Transaction& tx, const auth::Scope& scope, const Person& person);
Done update_person(storage::Transaction& tx, const auth::Scope& scope, const Person& person);
Result<Person> load_person(storage::Transaction& tx, const auth::Scope& scope, Id<Person> id);
Result<std::optional<Person>> find_by_source(storage::Transaction& tx, const auth::Scope& scope,
                                             const std::string& source_key);
// Others who may be the same: the same e-mail address or telephone number, or the same whole name and no
// other year of birth. At most six.
enum class Alike { email, phone, name };
std::span<const std::string_view> codes_of(Alike);
struct PersonAlike {
  Id<Person> id{};
  std::string chosen_name{};
  Alike how{Alike::name};
};
Result<std::vector<PersonAlike>> people_like(storage::Transaction& tx, const auth::Scope& scope,
                                             const Person& person);
Result<std::int64_t> count_people(storage::Transaction& tx, const auth::Scope& scope);
Done delete_person(storage::Transaction& tx, const auth::Scope& scope,
                   Id<Person> id); // undo of an import only
// Keeps the row, for the referral that names it, and nothing of the person: undo of an import only.
Done empty_person(storage::Transaction& tx, const auth::Scope& scope, const Person& person);

} // namespace kith::people
