// criteria.json: the service's settings for `kith match FOLDER`. Every member is optional; unknown ones,
// wrong kinds and numbers out of range are problems, never guesses.
#pragma once
#include "matching/folder.hpp"

namespace kith::matching {

void read_criteria(std::string_view bytes, Folder& folder);
std::string criteria_members_text();

} // namespace kith::matching
