#include "support/instances.hpp"

#include <cstdlib>
#include <fstream>
#include <iterator>

namespace kith::test {

std::optional<std::string> published_instance(const std::string& name) {
  const char* folder = std::getenv("KITH_INSTANCES");
  if (!folder) return std::nullopt;
  std::ifstream file(std::string(folder) + "/" + name + ".min", std::ios::binary);
  if (!file) return std::nullopt;
  return std::string(std::istreambuf_iterator<char>(file), {});
}

} // namespace kith::test
