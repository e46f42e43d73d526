// The program: every command, the server among them.
#include <cstdio>
#include <exception>

#include "cli/command_line.hpp"

int main(int count, char** arguments) {
  try {
    return kith::cli::run(count, arguments);
  } catch (const std::exception& defect) {
    std::fprintf(stderr, "kith: our own mistake: %s\n", defect.what());
    return 1;
  }
}
