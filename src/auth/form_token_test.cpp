#include "auth/form_token.hpp"

#include <vector>

#include "support/test.hpp"

using namespace kith;
using namespace kith::auth;

TEST_CASE("a form token holds for its session, its day and the next") {
  const FormTokens tokens(std::string(32, 'k')), other(std::string(32, 'o'));
  const Instant noon{days_ms(20'000) + hours_ms(12)};
  const std::string token = tokens.make("session-a", noon);
  CHECK(tokens.valid({token, "session-a", noon}));
  CHECK(tokens.valid({token, "session-a", noon + hours_ms(35)}));
  CHECK_FALSE(tokens.valid({token, "session-a", noon + hours_ms(36)}));
  CHECK_FALSE(tokens.valid({token, "session-a", noon + -hours_ms(13)}));
  CHECK_FALSE(tokens.valid({token, "session-b", noon}));
  CHECK_FALSE(tokens.valid({token, "", noon}));
  CHECK_FALSE(tokens.valid({"", "session-a", noon}));
  CHECK_FALSE(tokens.valid({token + "A", "session-a", noon}));
  CHECK_FALSE(tokens.valid({token.substr(1), "session-a", noon}));
  CHECK_FALSE(other.valid({token, "session-a", noon}));
  CHECK(tokens.valid({tokens.make("", noon), "", noon}));
}

TEST_CASE("a change is taken from our own origin only") {
  struct Line {
    std::string origin{};
    std::string site{};
    std::string host{};
    std::string scheme{};
    bool allowed{};
  };
  const std::vector<Line> lines = {
      {"https://kith.example", "same-origin", "kith.example", "https", true},
      {"https://KITH.example", "", "kith.example", "https", true},
      {"https://kith.example:8443", "", "kith.example:8443", "https", true},
      {"http://127.0.0.1:8080", "", "127.0.0.1:8080", "http", true},
      {"null", "same-origin", "kith.example", "https", true},
      {"", "same-origin", "kith.example", "https", true},
      {"", "", "kith.example", "https", false},
      {"null", "", "kith.example", "https", false},
      {"null", "cross-site", "kith.example", "https", false},
      {"https://kith.example", "cross-site", "kith.example", "https", false},
      {"https://kith.example", "same-site", "kith.example", "https", false},
      {"https://kith.example", "none", "kith.example", "https", false},
      {"https://evil.example", "same-origin", "kith.example", "https", false},
      {"https://evil.example", "", "kith.example", "https", false},
      {"http://kith.example", "", "kith.example", "https", false},
      {"https://kith.example.evil.example", "", "kith.example", "https", false},
      {"https://kith.example", "", "kith.example:8443", "https", false},
      {"https://", "", "", "https", false},
      {"", "same-origin", "", "https", false},
  };
  for (const Line& line : lines) {
    INFO(line.origin, " ", line.site, " ", line.host);
    CHECK_EQ(origin_allowed({line.origin, line.site, line.host, line.scheme}), line.allowed);
  }
}
