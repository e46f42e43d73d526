// The manual page of the whole command line; printed by kith man.
#pragma once
#include <string>

namespace CLI {
class App;
}

namespace kith::cli {

std::string man_page(const CLI::App& app);

} // namespace kith::cli
