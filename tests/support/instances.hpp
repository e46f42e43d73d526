// Published test instances, which are not in the repository. Where the variable KITH_INSTANCES names a folder
// that has them, tests read them; elsewhere a test says that it did not run.
#pragma once
#include <optional>
#include <string>

namespace kith::test {

std::optional<std::string> published_instance(const std::string& name); // its bytes; the file ends in .min

} // namespace kith::test
