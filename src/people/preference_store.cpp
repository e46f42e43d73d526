#include "base/text.hpp"
#include "people/preference.hpp"

namespace kith {

std::span<const std::string_view> codes_of(Strength) {
  static constexpr std::string_view codes[] = {"must", "matters", "a_little", "no_view", "avoid"};
  return codes;
}

namespace people {
namespace {

using storage::Access;
using storage::Query;

const Query of_person{"preference.of_person", Access::read,
                      "select person_id, criterion, strength, wanted from v_preference where person_id = ?1"
                      " order by criterion limit 100"};
const Query put{
    "preference.put", Access::write,
    "insert into preference (org_id, person_id, criterion, strength, wanted, set_at)"
    " values (?1, ?2, ?3, ?4, ?5, ?6) on conflict (org_id, person_id, criterion)"
    " do update set strength = excluded.strength, wanted = excluded.wanted, set_at = excluded.set_at"};

} // namespace

std::span<const std::string_view> preference_criteria() {
  static constexpr std::string_view criteria[] = {"experience", "language", "gender",    "culture",
                                                  "times",      "nearness", "interests", "age"};
  return criteria;
}

Result<std::vector<Preference>> preferences_of(storage::Transaction& tx, const auth::Scope&,
                                               Id<Person> person) {
  TRY_ASSIGN(const auto rows, tx.rows(of_person, {person.text()}));
  std::vector<Preference> out;
  out.reserve(rows.size());
  for (const storage::Row& row : rows) out.push_back(read_preference(row));
  return out;
}

Preference read_preference(const storage::Row& row) {
  return {row.id<Person>(0), row.text(1), record::parse_code<Strength>(row.text(2)).value(),
          split_words(row.text(3))};
}

Done set_preference(storage::Transaction& tx, const auth::Scope& scope, const Preference& preference) {
  const storage::Value wanted =
      preference.wanted.empty() ? storage::Value{} : storage::Value{join(preference.wanted, " ")};
  TRY(tx.send(put, {scope.organisation().text(), preference.person.text(), preference.criterion,
                    std::string(record::code_of(preference.strength)), wanted, scope.now().ms}));
  return {};
}

} // namespace people
} // namespace kith
