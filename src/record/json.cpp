#include "record/json.hpp"

#include <simdjson.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "base/text.hpp"

namespace kith::record {
namespace {

namespace sj = simdjson::ondemand;
constexpr int depth_max = 64;
constexpr std::size_t string_bytes_max = 256 * 1024;

bool number_token(std::string_view token) {
  std::size_t at = token.starts_with('-') ? 1 : 0;
  const auto digits = [&] {
    const std::size_t from = at;
    while (at < token.size() && token[at] >= '0' && token[at] <= '9') ++at;
    return at - from;
  };
  const bool zero = at < token.size() && token[at] == '0';
  const std::size_t whole = digits();
  if (whole == 0 || (zero && whole > 1)) return false;
  if (at < token.size() && token[at] == '.') {
    ++at;
    if (digits() == 0) return false;
  }
  if (at < token.size() && (token[at] == 'e' || token[at] == 'E')) {
    ++at;
    if (at < token.size() && (token[at] == '+' || token[at] == '-')) ++at;
    if (digits() == 0) return false;
  }
  return at == token.size() && std::isfinite(std::strtod(std::string(token).c_str(), nullptr));
}

Result<std::string> checked_text(simdjson::simdjson_result<std::string_view> read) {
  std::string_view text;
  if (std::move(read).get(text)) return invalid("json.syntax");
  if (text.size() > string_bytes_max) return invalid("json.string_too_long");
  if (text.find('\0') != std::string_view::npos) return invalid("json.nul");
  return std::string(text);
}

Result<JsonValue> read(sj::value value, int depth);

Result<JsonValue> read_object(sj::value value, int depth) {
  JsonValue out{JsonValue::Kind::object};
  sj::object object;
  if (value.get_object().get(object)) return invalid("json.syntax");
  for (auto field : object) {
    if (field.error()) return invalid("json.syntax");
    TRY_ASSIGN(std::string name, checked_text(field.unescaped_key()));
    sj::value inner;
    if (field.value().get(inner)) return invalid("json.syntax");
    TRY_ASSIGN(JsonValue member, read(inner, depth + 1));
    out.members.emplace_back(std::move(name), std::move(member));
  }
  std::vector<std::string_view> names;
  names.reserve(out.members.size());
  for (const auto& member : out.members) names.push_back(member.first);
  std::sort(names.begin(), names.end());
  if (std::adjacent_find(names.begin(), names.end()) != names.end()) return invalid("json.duplicate_key");
  return out;
}

Result<JsonValue> read_array(sj::value value, int depth) {
  JsonValue out{JsonValue::Kind::array};
  sj::array array;
  if (value.get_array().get(array)) return invalid("json.syntax");
  for (auto item : array) {
    sj::value inner;
    if (item.get(inner)) return invalid("json.syntax");
    TRY_ASSIGN(JsonValue element, read(inner, depth + 1));
    out.items.push_back(std::move(element));
  }
  return out;
}

Result<JsonValue> read_scalar(sj::value value, sj::json_type type, std::string_view token) {
  JsonValue out;
  switch (type) {
  case sj::json_type::number:
    out.kind = JsonValue::Kind::number;
    out.text = trim(token);
    if (!number_token(out.text)) return invalid("json.number");
    return out;
  case sj::json_type::string: {
    out.kind = JsonValue::Kind::text;
    TRY_ASSIGN(out.text, checked_text(value.get_string()));
    return out;
  }
  case sj::json_type::boolean:
    out.kind = JsonValue::Kind::boolean;
    if (value.get_bool().get(out.boolean)) return invalid("json.syntax");
    return out;
  default:
    if (trim(token) != "null") return invalid("json.syntax");
    return out;
  }
}

Result<JsonValue> read(sj::value value, int depth) {
  if (depth > depth_max) return invalid("json.depth");
  sj::json_type type{};
  if (value.type().get(type)) return invalid("json.syntax");
  if (type == sj::json_type::object) return read_object(value, depth);
  if (type == sj::json_type::array) return read_array(value, depth);
  return read_scalar(value, type, value.raw_json_token());
}

void append_escaped(std::string& out, std::string_view text) {
  static constexpr char digits[] = "0123456789abcdef";
  out += '"';
  for (const char c : text) {
    switch (c) {
    case '"':
      out += "\\\"";
      break;
    case '\\':
      out += "\\\\";
      break;
    case '\n':
      out += "\\n";
      break;
    case '\r':
      out += "\\r";
      break;
    case '\t':
      out += "\\t";
      break;
    default:
      if (static_cast<unsigned char>(c) < 0x20) {
        out += "\\u00";
        out += digits[c >> 4 & 15];
        out += digits[c & 15];
      } else {
        out += c;
      }
    }
  }
  out += '"';
}

} // namespace

const JsonValue* JsonValue::find(std::string_view name) const {
  for (const auto& member : members)
    if (member.first == name) return &member.second;
  return nullptr;
}

std::string_view JsonValue::text_of(std::string_view name) const {
  const JsonValue* found = find(name);
  return found && found->is_text() ? std::string_view(found->text) : std::string_view();
}

std::optional<std::int64_t> JsonValue::integer() const {
  return kind == Kind::number ? parse_integer(text) : std::nullopt;
}

std::optional<std::int64_t> JsonValue::integer_of(std::string_view name) const {
  const JsonValue* found = find(name);
  return found ? found->integer() : std::nullopt;
}

Result<JsonValue> parse_json(std::string_view bytes) {
  const simdjson::padded_string padded(bytes);
  sj::parser parser;
  sj::document document;
  sj::value root;
  bool scalar = true;
  if (parser.iterate(padded).get(document) || document.is_scalar().get(scalar)) return invalid("json.syntax");
  if (scalar || document.get_value().get(root)) return invalid("json.syntax");
  TRY_ASSIGN(JsonValue value, read(root, 1));
  const char* after = nullptr;
  if (document.current_location().get(after) != simdjson::OUT_OF_BOUNDS) return invalid("json.syntax");
  return value;
}

void JsonWriter::separate() {
  if (need_comma_) out_ += ',';
  need_comma_ = true;
}

JsonWriter& JsonWriter::begin_object() {
  separate();
  out_ += '{';
  need_comma_ = false;
  return *this;
}
JsonWriter& JsonWriter::end_object() {
  out_ += '}';
  need_comma_ = true;
  return *this;
}
JsonWriter& JsonWriter::begin_array() {
  separate();
  out_ += '[';
  need_comma_ = false;
  return *this;
}
JsonWriter& JsonWriter::end_array() {
  out_ += ']';
  need_comma_ = true;
  return *this;
}
JsonWriter& JsonWriter::key(std::string_view name) {
  separate();
  append_escaped(out_, name);
  out_ += ':';
  need_comma_ = false;
  return *this;
}
JsonWriter& JsonWriter::text(std::string_view value) {
  separate();
  append_escaped(out_, value);
  return *this;
}
JsonWriter& JsonWriter::number(std::int64_t value) {
  separate();
  out_ += std::to_string(value);
  return *this;
}
JsonWriter& JsonWriter::boolean(bool value) {
  separate();
  out_ += value ? "true" : "false";
  return *this;
}
JsonWriter& JsonWriter::null() {
  separate();
  out_ += "null";
  return *this;
}

JsonWriter& JsonWriter::value(const JsonValue& value) {
  switch (value.kind) {
  case JsonValue::Kind::null:
    return null();
  case JsonValue::Kind::boolean:
    return boolean(value.boolean);
  case JsonValue::Kind::text:
    return text(value.text);
  case JsonValue::Kind::number:
    separate();
    out_ += value.text;
    return *this;
  case JsonValue::Kind::array:
    begin_array();
    for (const JsonValue& item : value.items) this->value(item);
    return end_array();
  case JsonValue::Kind::object:
    begin_object();
    for (const auto& member : value.members) key(member.first).value(member.second);
    return end_object();
  }
  return *this;
}

std::string json_text(std::string_view value) {
  std::string out;
  append_escaped(out, value);
  return out;
}

} // namespace kith::record
