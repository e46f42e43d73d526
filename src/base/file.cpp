#include "base/file.hpp"

#include <sys/stat.h>

#include <fstream>

namespace kith {

Result<std::string> read_file(const std::string& path, std::uintmax_t bytes_most) {
  struct stat about{};
  if (::stat(path.c_str(), &about) != 0 || !S_ISREG(about.st_mode)) return not_found("file.unreadable");
  const auto size = static_cast<std::size_t>(about.st_size);
  if (size > bytes_most) return too_much("file.too_large");
  std::string bytes(size, '\0');
  std::ifstream file(path, std::ios::binary);
  if (!file.read(bytes.data(), static_cast<std::streamsize>(size))) return not_found("file.unreadable");
  return bytes;
}

} // namespace kith
