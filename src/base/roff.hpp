// Text as the language of manual pages takes it: what would be a command, an escape or a line's break is
// written so that it stays what it is.
#pragma once
#include <string>
#include <string_view>

namespace kith {

std::string roff(std::string_view text);

} // namespace kith
