// What kith-verify says about itself: `kith-verify --help`, and `kith-verify man` for the manual page. Both
// are made from one description.
#pragma once
#include <string>

namespace kith::verify {

std::string help_text();
std::string man_page(); // roff; read it with `kith-verify man | man -l -`

} // namespace kith::verify
