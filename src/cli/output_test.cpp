#include "support/shell.hpp"

#include "support/test.hpp"

using namespace kith;
using kith::test::Ran;
using kith::test::Shell;

TEST_CASE("a command whose output cannot be written says so and does not end with 0") {
  const Shell shell("sqlite:");
  const std::string sample = std::string(KITH_SOURCE_DIR) + "/examples/match";
  const std::vector<std::string> commands[]{
      {"--version"},
      {"--help"},
      {"match", "--columns"},
      {"match", sample, "--json"},
      {"match", "simulate", sample, sample + "/two-more-like-ruth.json"}};
  for (const std::vector<std::string>& command : commands) {
    const Ran full = shell.run_into("/dev/full", command);
    CHECK_EQ(full.code, 1);
    CHECK_EQ(full.error, "kith: standard output could not be written: what was said there is not whole\n");
    CHECK_EQ(shell.run_without_data(command).code, 0);
  }
}
