// FHIR Patients of a bundle (or one alone) as rows of an import: the name by use, birth date, gender, town,
// languages, death and the identifier that makes the source key `fhir:<system>|<value>`. Entries of other
// types are passed over. A value that cannot be a person's field is a problem of that entry with its path;
// the other entries are still read. Numbers and addresses to reach somebody are not taken over: nobody has
// said that they are safe to use.
#pragma once
#include <string>
#include <string_view>

#include "connections/import/rows.hpp"

namespace kith::fhir {

// A file that is no FHIR JSON is a problem and makes the rows unusable.
connections::ImportRows read_people(std::string_view file, std::string_view bytes);

} // namespace kith::fhir
