#include "base/file.hpp"

#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "support/test.hpp"

using namespace kith;

TEST_CASE("a file is read whole up to the limit; what is larger, or no file, is refused") {
  std::string path = (std::filesystem::temp_directory_path() / "kith-file-XXXXXX").string();
  const int made = ::mkstemp(path.data());
  REQUIRE_GE(made, 0);
  ::close(made);
  CHECK_EQ(read_file(path, 0).value(), "");
  const std::string bytes("one\r\n\0two", 9);
  std::ofstream(path, std::ios::binary) << bytes;
  CHECK_EQ(read_file(path, 9).value(), bytes);
  CHECK_EQ(read_file(path, 8).failure().code, "file.too_large");
  std::filesystem::remove(path);
  for (const char* none : {path.c_str(), "", "/tmp", "/dev/zero"})
    CHECK_EQ(read_file(none, 9).failure().code, "file.unreadable");
}
