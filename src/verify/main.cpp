// The program kith-verify.
#include <cstdio>
#include <exception>

#include "base/output.hpp"
#include "verify/program.hpp"

int main(int count, char** arguments) {
  try {
    const kith::SystemClock clock;
    const kith::verify::Answer answer =
        kith::verify::run({arguments + (count > 0 ? 1 : 0), arguments + count}, clock);
    std::fputs(answer.out.c_str(), stdout);
    std::fputs(answer.error.c_str(), stderr);
    if (kith::output_written()) return answer.code;
    std::fputs("kith-verify: standard output could not be written\n", stderr);
    return 2;
  } catch (const std::exception& defect) {
    std::fprintf(stderr, "kith-verify: our own mistake: %s\n", defect.what());
    return 2;
  }
}
