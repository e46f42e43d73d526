// An organisation in a database, with no more than it must have.
#pragma once
#include <string>

#include "storage/database.hpp"
#include "teams/organisation.hpp"

namespace kith::test {

Organisation plain_organisation(OrganisationId id, const std::string& name); // the name is its slug too
void add_organisation(storage::Database& database, const Organisation& organisation);

} // namespace kith::test
