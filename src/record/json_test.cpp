#include "record/json.hpp"

#include "support/test.hpp"

using namespace kith;
using namespace kith::record;

TEST_CASE("JSON comes back as it went in, numbers to the digit") {
  const char* text = R"({"a":[1,-2.50,1e3,true,null],"b":{"c":"x\n\"é"},"d":""})";
  CHECK_EQ(JsonWriter().value(parse_json(text).value()).bytes(), text);
  CHECK_EQ(parse_json("  [ ] ").value().kind, JsonValue::Kind::array);
}

TEST_CASE("hostile JSON is refused with its reason") {
  struct Row {
    std::string text{};
    std::string code{};
  };
  const std::string deep = std::string(65, '[') + std::string(65, ']');
  const Row rows[] = {{"", "json.syntax"},
                      {"{", "json.syntax"},
                      {"[1,]", "json.syntax"},
                      {"{\"a\":1}x", "json.syntax"},
                      {"{\"a\":1,\"a\":2}", "json.duplicate_key"},
                      {"[NaN]", "json.syntax"},
                      {"[1e999]", "json.number"},
                      {"[01]", "json.number"},
                      {"[+1]", "json.syntax"},
                      {"[\"\\ud800\"]", "json.syntax"},
                      {"[\"\\u0000\"]", "json.nul"},
                      {"[\"\xff\"]", "json.syntax"},
                      {deep, "json.depth"},
                      {"12", "json.syntax"},
                      {"[\"" + std::string(262145, 'x') + "\"]", "json.string_too_long"}};
  for (const Row& row : rows) {
    const auto parsed = parse_json(row.text);
    INFO(row.text.substr(0, 40));
    REQUIRE_FALSE(parsed.ok());
    CHECK_EQ(parsed.failure().code, row.code);
  }
}
