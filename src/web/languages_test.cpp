#include "web/languages.hpp"

#include "support/test.hpp"

using namespace kith;
using namespace kith::web;

TEST_CASE("languages are read as people name them") {
  const Words words = Words::load("en");
  using Codes = std::vector<std::string>;
  CHECK_EQ(read_languages(words, "English, Tigrinya").value(), Codes{"en", "ti"});
  CHECK_EQ(read_languages(words, "english and TIGRINYA; English").value(), Codes{"en", "ti"});
  CHECK_EQ(read_languages(words, "en ti").value(), Codes{"en", "ti"});
  CHECK_EQ(read_languages(words, "Arabic / Dari & Māori").value(), Codes{"ar", "prs", "mi"});
  CHECK_EQ(read_languages(words, " ").value(), Codes{});
  CHECK_FALSE(read_languages(words, "English, Quenya").has_value());
  CHECK_FALSE(read_languages(words, "match.language.en").has_value());
}
