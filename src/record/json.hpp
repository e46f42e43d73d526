// JSON in and out. The reader is simdjson behind one function, under trust.md's limits: depth 64, strings 256
// KiB, no duplicate keys, NaN, 1e999, lone surrogates, NUL or bad UTF-8. Number tokens stay text, so decimals
// keep their precision. The writer appends to one string; members come out in the order written, so bytes
// repeat.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.hpp"

namespace kith::record {

struct JsonValue {
  enum class Kind { null, boolean, number, text, array, object };
  Kind kind{Kind::null};
  bool boolean{};
  std::string text{};                                       // of a text, or the token of a number
  std::vector<JsonValue> items{};                           // of an array
  std::vector<std::pair<std::string, JsonValue>> members{}; // of an object, in order

  bool is_object() const { return kind == Kind::object; }
  bool is_array() const { return kind == Kind::array; }
  bool is_text() const { return kind == Kind::text; }
  const JsonValue* find(std::string_view name) const;    // null when absent or not an object
  std::string_view text_of(std::string_view name) const; // "" when absent or not a text
  std::optional<std::int64_t> integer() const;           // of a whole number token
  std::optional<std::int64_t> integer_of(std::string_view name) const;
};

// The root is an object or an array. Failures (invalid): json.syntax, json.depth, json.string_too_long,
// json.duplicate_key, json.number, json.nul.
Result<JsonValue> parse_json(std::string_view bytes);

class JsonWriter {
public:
  JsonWriter& begin_object();
  JsonWriter& end_object();
  JsonWriter& begin_array();
  JsonWriter& end_array();
  JsonWriter& key(std::string_view name);
  JsonWriter& text(std::string_view value);
  JsonWriter& number(std::int64_t value);
  JsonWriter& boolean(bool value); // NOLINT
  JsonWriter& null();
  JsonWriter& value(const JsonValue& value); // a parsed value again
  // Shorthands for members of an object.
  JsonWriter& member(std::string_view name, std::string_view value) { return key(name).text(value); }
  JsonWriter& member(std::string_view name, const char* value) { return key(name).text(value); }
  JsonWriter& member(std::string_view name, std::int64_t value) { return key(name).number(value); }
  JsonWriter& member(std::string_view name, int value) { return key(name).number(value); }
  JsonWriter& member(std::string_view name, bool value) { return key(name).boolean(value); }
  const std::string& bytes() const { return out_; }
  std::string take() { return std::move(out_); }

private:
  void separate();
  std::string out_{};
  bool need_comma_{};
};

std::string json_text(std::string_view value); // one quoted, escaped JSON string
// "/name", the step to a member in a JSON pointer (RFC 6901), as it stands inside a JSON string;
// a long name is cut.
std::string json_pointer(std::string_view member);

// What a failure of reading JSON expected and found, for whoever owns the file.
struct JsonMistake {
  std::string_view expected{};
  std::string_view found{};
};
JsonMistake json_mistake(std::string_view code);

} // namespace kith::record
