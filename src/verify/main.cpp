// The program kith-verify.
#include <cstdio>
#include <exception>

#include "verify/program.hpp"

int main(int count, char** arguments) {
  try {
    const kith::SystemClock clock;
    const kith::verify::Answer answer =
        kith::verify::run({arguments + (count > 0 ? 1 : 0), arguments + count}, clock);
    std::fputs(answer.out.c_str(), stdout);
    std::fputs(answer.error.c_str(), stderr);
    return answer.code;
  } catch (const std::exception& defect) {
    std::fprintf(stderr, "kith-verify: our own mistake: %s\n", defect.what());
    return 2;
  }
}
