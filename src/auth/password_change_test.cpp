#include "auth/sign_in.hpp"

#include "support/sign_in_house.hpp"
#include "support/test.hpp"

using namespace kith;
using namespace kith::auth;
using namespace kith::sign_in_house;

namespace {

const storage::Query password_audits{"test.auth_password_audits", Access::read,
                                     "select object_id, fields from v_audit"
                                     " where operation = 'own_password.change' limit 10"};

} // namespace

TEST_CASE("F37 a new password needs the one before and a fresh code, and ends every other session") {
  for_each_house([](House& house) {
    const std::string there = house.fully(), here = house.fully(), toms = house.by_link(house.tom);
    const std::string half = house.by_password(password)->cookie;
    const std::string chosen = "nine green kites";
    const auto change = [&](const std::string& cookie, std::string_view with, const std::string& code,
                            std::string_view wanted) {
      const Done done =
          house.sign_in.change_password({.cookie = cookie, .password = with, .code = code, .chosen = wanted});
      return done.ok() ? std::string() : done.failure().code;
    };
    CHECK_EQ(change(here, password, house.code(), chosen), "sign_in.refused"); // that code signed in
    house.clock.advance(seconds_ms(60));
    CHECK_EQ(change(here, "teal otter 8", house.code(), chosen), "sign_in.refused");
    CHECK_EQ(change(here, password, wrong_code(house.code()), chosen), "sign_in.refused");
    CHECK_EQ(change(here, password, house.code(), "short"), "password.too_short");
    CHECK_EQ(change(here, password, house.code(), "password1"), "password.common");
    CHECK_EQ(change(here, password, house.code(), "Amara@example.org"), "password.is_name");
    CHECK_EQ(change(half, password, house.code(), chosen), "account.no_password");
    CHECK_EQ(change(toms, password, house.code(), chosen), "account.no_password");
    CHECK_EQ(change("", password, house.code(), chosen), "sign_in.needed");
    CHECK(house.known(there));
    CHECK_EQ(change(here, password, house.code(), chosen), "");
    CHECK(house.known(here));
    CHECK_FALSE(house.known(there));
    CHECK_FALSE(house.known(half));
    CHECK(house.known(toms));
    CHECK_EQ(house.by_password(password).failure().code, "sign_in.refused");
    CHECK(house.by_password(chosen).ok());
    auto tx = house.database.begin(north, Access::read).value();
    const auto rows = tx.rows(password_audits).value();
    REQUIRE_EQ(rows.size(), 1);
    CHECK_EQ(rows[0].text(0), house.amara.text());
    CHECK_EQ(rows[0].text(1), "password_hash");
  });
}

TEST_CASE("F37 guesses of the password from a stolen session are counted like codes") {
  for_each_house([](House& house) {
    const std::string here = house.fully();
    std::string last;
    for (int tries = 0; tries <= Attempts::failures_max; ++tries)
      last = house.sign_in
                 .change_password({.cookie = here, .password = "x", .code = "000000", .chosen = "nine kites"})
                 .failure()
                 .code;
    CHECK_EQ(last, "sign_in.wait");
  });
}
