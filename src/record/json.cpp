#include "record/json.hpp"

#include <simdjson.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "base/text.hpp"
#include "record/json_parts.hpp"

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

Failure failure_at(Failure failure, std::string where) {
  failure.arguments = {std::move(where)};
  return failure;
}

Done take_list(sj::array list, const std::string& where, JsonParts& to) {
  std::size_t index = 0;
  const auto at_item = [&](Failure failure) {
    return failure_at(std::move(failure), where + "/" + std::to_string(index));
  };
  for (auto item : list) {
    sj::value value;
    if (std::move(item).get(value)) return at_item(invalid("json.syntax"));
    const Result<JsonValue> part = read(value, 3);
    if (!part.ok()) return at_item(part.failure());
    TRY(to.take(index, part.value()));
    ++index;
  }
  return {};
}

Done take_member(sj::value value, JsonParts::Wanted wanted, const std::string& where, JsonParts& to) {
  sj::json_type type{};
  sj::array list;
  if (value.type().get(type)) return failure_at(invalid("json.syntax"), where);
  const bool is_list = type == sj::json_type::array;
  if (is_list != (wanted == JsonParts::Wanted::items))
    return failure_at(invalid(is_list ? "json.no_list" : "json.list"), where);
  if (is_list) {
    if (value.get_array().get(list)) return failure_at(invalid("json.syntax"), where);
    return take_list(list, where, to);
  }
  const Result<JsonValue> whole = read(value, 2);
  if (!whole.ok()) return failure_at(whole.failure(), where);
  return to.take(0, whole.value());
}

Done take_members(sj::object& object, JsonParts& to) {
  std::vector<std::string> seen;
  for (auto field : object) {
    const std::string before = seen.empty() ? "" : json_pointer(seen.back());
    if (field.error()) return failure_at(invalid("json.syntax"), before);
    const Result<std::string> name = checked_text(field.unescaped_key());
    if (!name.ok()) return failure_at(name.failure(), before);
    if (std::find(seen.begin(), seen.end(), name.value()) != seen.end())
      return failure_at(invalid("json.duplicate_key"), json_pointer(name.value()));
    seen.push_back(name.value());
    TRY_ASSIGN(const JsonParts::Wanted wanted, to.wants(seen.back()));
    sj::value value;
    if (field.value().get(value)) return failure_at(invalid("json.syntax"), json_pointer(seen.back()));
    if (wanted != JsonParts::Wanted::nothing) TRY(take_member(value, wanted, json_pointer(seen.back()), to));
  }
  return {};
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

Done read_json_parts(std::string& bytes, JsonParts& to) {
  bytes.reserve(bytes.size() + simdjson::SIMDJSON_PADDING);
  sj::parser parser;
  sj::document document;
  const simdjson::padded_string_view padded(bytes.data(), bytes.size(), bytes.capacity());
  if (parser.iterate(padded).get(document)) return failure_at(invalid("json.syntax"), "");
  sj::object object;
  const auto error = document.get_object().get(object);
  if (error == simdjson::INCOMPLETE_ARRAY_OR_OBJECT) return failure_at(invalid("json.incomplete"), "");
  if (error == simdjson::INCORRECT_TYPE) return failure_at(invalid("json.object"), "");
  if (error) return failure_at(invalid("json.syntax"), "");
  TRY(take_members(object, to));
  const char* after = nullptr;
  if (document.current_location().get(after) != simdjson::OUT_OF_BOUNDS)
    return failure_at(invalid("json.syntax"), "");
  return {};
}

std::string json_pointer(std::string_view member) {
  const std::string text = json_text(shortened(member, 60));
  std::string out = "/";
  for (const char c : std::string_view(text).substr(1, text.size() - 2)) {
    if (c == '~') out += "~0";
    else if (c == '/') out += "~1";
    else out += c;
  }
  return out;
}

JsonMistake json_mistake(std::string_view code) {
  if (code == "json.incomplete") return {"JSON to the end, a closing brace last", "an end before that"};
  if (code == "json.object") return {"a JSON object", "another value"};
  if (code == "json.list") return {"a list", "one value"};
  if (code == "json.no_list") return {"one value", "a list"};
  if (code == "json.duplicate_key") return {"each member once", "one again"};
  if (code == "json.depth") return {"at most 64 levels", "more"};
  if (code == "json.number") return {"a number that JSON allows", "another"};
  if (code == "json.string_too_long") return {"a text of at most 256 KiB", "a longer one"};
  if (code == "json.nul") return {"a text without NUL", "one with NUL"};
  return {"JSON", "something else"};
}

} // namespace kith::record
