// Reads HTML just far enough to compare two pieces of it: white space folded, entities decoded, attributes in
// the order of their names. Tests only.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace kith::web {

// One token a line item: "<tag name=value …>", "</tag>", or a run of words.
std::vector<std::string> markup_tokens(std::string_view html);

} // namespace kith::web
