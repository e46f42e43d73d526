#include "support/files.hpp"

#include <cstdlib>
#include <fstream>
#include <iterator>

#include "support/test.hpp"

namespace kith::test {

std::string contents(const std::string& path) {
  std::ifstream stream(path, std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(stream), {});
}

void check_golden(const std::string& name, const std::string& bytes) {
  const std::string path = std::string(KITH_SOURCE_DIR) + "/tests/golden/" + name;
  if (std::getenv("KITH_TEST_ACCEPT")) std::ofstream(path, std::ios::binary) << bytes;
  CHECK_EQ(contents(path), bytes);
}

} // namespace kith::test
