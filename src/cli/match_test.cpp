#include "support/files.hpp"
#include "support/shell.hpp"
#include "support/test.hpp"

using namespace kith;
using kith::test::Ran;
using kith::test::Shell;

namespace {

const std::string sample = std::string(KITH_SOURCE_DIR) + "/examples/match";

Ran match(const Shell& shell, std::vector<std::string> words) {
  words.insert(words.begin(), "match");
  return shell.run_without_data(std::move(words));
}

} // namespace

TEST_CASE("kith match judges a plan made by hand, in words and as JSON") {
  const Shell shell("sqlite:");
  const std::string by_hand = sample + "/by-hand.csv";
  const Ran table = match(shell, {sample, "--plan", by_hand});
  CHECK_EQ(table.code, 0);
  CHECK_EQ(table.out, test::contents(std::string(KITH_SOURCE_DIR) + "/tests/golden/match/hand-plan.txt"));
  const Ran json = match(shell, {sample, "--plan", by_hand, "--json"});
  CHECK_EQ(json.out, test::contents(std::string(KITH_SOURCE_DIR) + "/tests/golden/match/hand-plan.json"));
}

TEST_CASE("kith match takes a position of the dial, and a plan only with a folder") {
  const Shell shell("sqlite:");
  CHECK_NE(match(shell, {sample, "--dial", "4"}).out.find("Dial: Closest."), std::string::npos);
  CHECK_NE(match(shell, {sample}).out.find("Dial: Sooner."), std::string::npos);
  CHECK_EQ(match(shell, {sample, "--dial", "5"}).code, 2);
  const Ran misplaced = match(shell, {"plan", "--plan", sample + "/by-hand.csv"});
  CHECK_EQ(misplaced.code, 2);
  CHECK_EQ(misplaced.error, "kith: --plan goes with a folder; see kith match --help\n");
  CHECK_EQ(match(shell, {sample, "--plan", ""}).code, 2);
  const Ran none = match(shell, {sample, "--plan", "/nowhere.csv"});
  CHECK_EQ(none.code, 2);
  CHECK_EQ(none.error, "kith: /nowhere.csv cannot be read, or is not a regular file\n");
  const Ran wrong = match(shell, {sample, "--plan", sample + "/criteria.json"});
  CHECK_EQ(wrong.code, 2);
  CHECK_NE(wrong.error.find("criteria.json, person: expected this column"), std::string::npos);
}
