#include "auth/totp.hpp"

#include <vector>

#include "auth/qr.hpp"

#include "support/test.hpp"

using namespace kith;
using namespace kith::auth;

namespace {

// RFC 6238 appendix B, SHA-1; its eight digits end with our six.
const std::string rfc_secret = base32("12345678901234567890");
Instant second(std::int64_t s) { return {s * 1000}; }

} // namespace

TEST_CASE("F37 codes equal the examples of RFC 6238") {
  CHECK_EQ(rfc_secret, "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
  CHECK_EQ(totp_code(rfc_secret, second(59)), "287082");
  CHECK_EQ(totp_code(rfc_secret, second(1111111109)), "081804");
  CHECK_EQ(totp_code(rfc_secret, second(1234567890)), "005924");
  CHECK_EQ(totp_code(rfc_secret, second(20000000000)), "353130");
  CHECK_EQ(totp_code("!", second(59)), "");
}

TEST_CASE("F37 a code is accepted one step early or late, and no further") {
  struct Line {
    std::int64_t code_at{}; // when the person's device made the code
    std::int64_t now{};
    bool accepted{};
  };
  const std::vector<Line> lines = {
      {60'000, 60'000, true},  {60'000, 60'029, true},  {60'000, 60'030, true}, {60'000, 60'059, true},
      {60'000, 60'060, false}, {60'000, 60'120, false}, {60'000, 59'999, true}, {60'000, 59'970, true},
      {60'000, 59'969, false}, {60'000, 50'000, false},
  };
  for (const Line& line : lines) {
    INFO(line.now);
    const std::string code = totp_code(rfc_secret, second(line.code_at));
    CHECK_EQ(accepted_totp_step({rfc_secret, code, 0, second(line.now)}).has_value(), line.accepted);
  }
}

TEST_CASE("F37 an accepted code is not accepted again, nor an older one after it") {
  const Instant now = second(60'000);
  const std::string code = totp_code(rfc_secret, now), older = totp_code(rfc_secret, second(59'970));
  const auto step = accepted_totp_step({rfc_secret, code, 0, now});
  REQUIRE(step);
  CHECK_EQ(*step, 2000);
  CHECK_FALSE(accepted_totp_step({rfc_secret, code, *step, now}));
  CHECK_FALSE(accepted_totp_step({rfc_secret, older, *step, now}));
  CHECK(accepted_totp_step({rfc_secret, totp_code(rfc_secret, second(60'030)), *step, now}));
}

TEST_CASE("F37 what is not a code is refused") {
  const Instant now = second(60'000);
  const std::string code = totp_code(rfc_secret, now);
  CHECK(accepted_totp_step({rfc_secret, code.substr(0, 3) + " " + code.substr(3), 0, now}));
  for (const std::string& wrong : {std::string(), code.substr(1), code + "0", std::string("abcdef")})
    CHECK_FALSE(accepted_totp_step({rfc_secret, wrong, 0, now}));
  CHECK_FALSE(accepted_totp_step({"", code, 0, now}));
}

TEST_CASE("an authenticator reads the secret from a picture") {
  SeededRandom random(5);
  const std::string secret = new_totp_secret(random);
  CHECK_EQ(secret.size(), 32);
  CHECK_NE(new_totp_secret(random), secret);
  CHECK_EQ(otpauth_uri("ABC", {"Rua & Co", "amara@example.org"}),
           "otpauth://totp/Rua%20%26%20Co:amara%40example.org?secret=ABC&issuer=Rua%20%26%20Co"
           "&algorithm=SHA1&digits=6&period=30");
  const std::string svg = qr_svg("HELLO");
  CHECK(svg.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 29 29\""));
  CHECK_NE(svg.find("M4 4h7v1h-7z"), std::string::npos); // the finder pattern stands inside the quiet zone
  CHECK_EQ(qr_svg(std::string(5000, 'x')), "");
  CHECK_EQ(qr_terminal("HELLO").find(" "),
           std::string("█").size() * 29 * 2 + 2 + std::string("█").size() * 4);
}
