#include "base/output.hpp"

#include <stdio_ext.h>

#include <cstdio>
#include <iostream>

namespace kith {

bool output_written() {
  const bool written = std::cout.flush().good() && std::fflush(stdout) == 0 && std::ferror(stdout) == 0;
  if (!written) __fpurge(stdout);
  std::clearerr(stdout);
  std::cout.clear();
  return written;
}

} // namespace kith
