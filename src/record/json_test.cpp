#include "record/json.hpp"
#include "record/json_parts.hpp"

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

namespace {

// What it is given, as text; `skipped` is stepped over.
class Recorder final : public JsonParts {
public:
  Result<Wanted> wants(std::string_view member) override {
    told += "(" + std::string(member) + ")";
    if (member == "skipped") return Wanted::nothing;
    return member == "d" ? Wanted::value : Wanted::items;
  }
  Done take(std::size_t index, const JsonValue& value) override {
    if (value.text == "stop") return conflict("test.stopped");
    told += std::to_string(index) + ":" + JsonWriter().begin_array().value(value).end_array().bytes();
    return {};
  }
  std::string told{};
};

} // namespace

TEST_CASE("a large document comes in parts, with a pointer to what cannot be read") {
  const auto read = [](std::string text) {
    Recorder to;
    const Done done = read_json_parts(text, to);
    if (done.ok()) return to.told;
    std::string out = done.failure().code;
    for (const std::string& argument : done.failure().arguments) out += " " + argument;
    return out;
  };
  CHECK_EQ(read(R"({"a":[1,["x",2],{"b":null}],"skipped":[1,{"c":[]}],"d":{"e":[1]},"f":[]})"),
           R"((a)0:[1]1:[["x",2]]2:[{"b":null}](skipped)(d)0:[{"e":[1]}](f))");
  CHECK_EQ(read("{}"), "");
  CHECK_EQ(read(R"({"a":[1,2,1e999]})"), "json.number /a/2");
  CHECK_EQ(read(R"({"a":[1,NaN]})"), "json.syntax /a/1");
  CHECK_EQ(read(R"({"a":[1 2]})"), "json.syntax /a/1");
  CHECK_EQ(read(R"({"a":[{"b":1,"b":2}]})"), "json.duplicate_key /a/0");
  CHECK_EQ(read(R"({"a":[],"a":2})"), "json.duplicate_key /a");
  CHECK_EQ(read(R"({"a":1})"), "json.list /a");
  CHECK_EQ(read(R"({"d":[1]})"), "json.no_list /d");
  CHECK_EQ(read(R"({"a/b~c":["\u0000"]})"), "json.nul /a~1b~0c/0");
  CHECK_EQ(read(R"({"a\u001b[2J":1})"), R"(json.list /a\u001b[2J)");
  CHECK_EQ(read(R"({"a":["stop",1e999]})"), "test.stopped");
  CHECK_EQ(read(R"({"a":[1,2)"), "json.incomplete ");
  CHECK_EQ(read(R"([1])"), "json.object ");
  CHECK_EQ(read(R"({"d":1} x)"), "json.incomplete ");
  CHECK_EQ(read(R"({"d":1} {})"), "json.syntax ");
  CHECK_EQ(read(""), "json.syntax ");
  CHECK_EQ(read(R"({"a":[[)" + std::string(62, '[') + std::string(62, ']') + "]]}"), "json.depth /a/0");
}
