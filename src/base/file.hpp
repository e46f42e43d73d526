// A file that somebody names on the command line, read whole. Only regular files: a pipe or a device might
// never end, a folder has no bytes. What is larger than the caller can use is refused before it is read.
#pragma once
#include <cstdint>
#include <string>

#include "base/result.hpp"

namespace kith {

// Failures: file.unreadable (there is none, it is no regular file, or it may not be read), file.too_large
// (more than `bytes_most`); their arguments are the path, and `bytes_most` in MiB.
Result<std::string> read_file(const std::string& path, std::uintmax_t bytes_most);

} // namespace kith
