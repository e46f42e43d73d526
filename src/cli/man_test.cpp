#include "app/config.hpp"
#include "base/roff.hpp"
#include "support/manual_page.hpp"
#include "support/shell.hpp"

#include "support/test.hpp"

using namespace kith;
using kith::test::Ran;
using kith::test::Shell;

TEST_CASE("kith man prints the manual page of every command and setting, and no text of it is a command") {
  const Shell shell("sqlite:");
  const Ran man = shell.run_without_data({"man"});
  CHECK_EQ(man.code, 0);
  CHECK_EQ(man.error, "");
  CHECK(man.out.starts_with(".TH KITH 1\n.SH NAME\nkith \\- runs a peer support service\n.SH DESCRIPTION\n"));
  const auto says = [&](const std::string& text) { return man.out.find(text) != std::string::npos; };
  for (const char* command : {"serve", "demo", "init", "user", "user reset", "import", "match",
                              "match simulate", "engine assign", "config check", "doctor", "man"})
    CHECK_MESSAGE(says(".SS kith " + std::string(command) + "\n"), command);
  for (const app::Setting& setting : app::settings())
    CHECK_MESSAGE(says(".B " + roff(setting.variable)), setting.variable);
  CHECK(says("\n.B \\-\\-json\n"));
  CHECK_EQ(test::commands_not_meant(man.out), std::vector<std::string>());
}
