// The access table of kith: every route of the product's own table, as every role, about an object of one's
// own, of another and of another organisation, on both databases; and canaries in every answer. See
// table.txt. `kith_access --first` ends at the first thing that is not as it must be.
#define DOCTEST_CONFIG_IMPLEMENT
#include <cstdio>
#include <filesystem>

#include "access/visit.hpp"
#include "base/log.hpp"
#include "support/databases.hpp"

#include "support/test.hpp"

using namespace kith;

namespace {

// Failures while a database is made, outside of any test case, end the run.
void give_up(const doctest::AssertData& assertion) {
  std::printf("%s:%d: %s\n0 passed, 1 failed\n", assertion.m_file, assertion.m_line, assertion.m_expr);
  std::exit(1);
}

class KeyFile {
public:
  KeyFile() {
    char pattern[] = "/tmp/kith-access-XXXXXX";
    folder_ = mkdtemp(pattern);
  }
  ~KeyFile() { std::filesystem::remove_all(folder_); }
  std::string path() const { return folder_ + "/keys"; }

private:
  std::string folder_{};
};

} // namespace

int main(int count, char** arguments) {
  doctest::Context context(count, arguments);
  context.setAsDefaultForAssertsOutOfTestCases();
  context.setAssertHandler(give_up);
  set_log_level(LogLevel::error);
  const access::Expectations expected = access::read_expectations(KITH_ACCESS_FOLDER);
  access::Tally tally;
  tally.ends_at_first = count == 2 && std::string_view(arguments[1]) == "--first";
  for (const std::string& fault : expected.faults) tally.expect(false, fault);
  SeededRandom random(20261124);
  const FixedClock clock(Instant{1'795'500'000'000});
  const KeyFile file;
  if (!auth::create_key_file(file.path(), random).ok()) return 1;
  const auto keys = auth::OrganisationKeys::load(file.path(), random);
  if (!keys.ok()) return 1;
  for_each_database([&](storage::Database& database) {
    access::Visit visit({&database, &keys.value(), &clock, &random}, expected, tally);
    visit.every_cell();
    visit.every_page();
    visit.an_excluded_pair();
    visit.an_earlier_worker();
    visit.fields_are_shown();
  });
  for (const std::string& complaint : tally.complaints) std::printf("%s\n", complaint.c_str());
  std::printf("%d passed, %d failed\n", tally.passed, tally.failed);
  return tally.failed == 0 ? 0 : 1;
}
