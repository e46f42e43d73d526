#include "base/file.hpp"

#include <sys/stat.h>

#include <fstream>

namespace kith {

Result<std::string> read_file(const std::string& path, std::uintmax_t bytes_most) {
  Failure unreadable = not_found("file.unreadable");
  unreadable.arguments = {path};
  struct stat about{};
  if (::stat(path.c_str(), &about) != 0 || !S_ISREG(about.st_mode)) return unreadable;
  const auto size = static_cast<std::size_t>(about.st_size);
  if (size > bytes_most) {
    Failure failure = too_much("file.too_large");
    failure.arguments = {path, std::to_string(bytes_most >> 20)};
    return failure;
  }
  std::string bytes(size, '\0');
  std::ifstream file(path, std::ios::binary);
  if (!file.read(bytes.data(), static_cast<std::streamsize>(size))) return unreadable;
  return bytes;
}

} // namespace kith
