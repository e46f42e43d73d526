#include "matching/assign/refusal.hpp"

namespace kith::matching {

std::string Where::text() const {
  std::string out = "/";
  out.append(list).append("/").append(std::to_string(index));
  if (!member.empty()) out += record::json_pointer(member);
  return out;
}

Failure refusal(std::string where, std::string expected, const std::string& found) {
  Failure failure = invalid("assign.expected");
  expected.append(", found ").append(found); // in one, so that no figure is written in another way
  failure.arguments = {std::move(where), std::move(expected)};
  return failure;
}

std::string found_in(const record::JsonValue& value) {
  using Kind = record::JsonValue::Kind;
  constexpr std::size_t shown = 60;
  switch (value.kind) {
  case Kind::null:
    return "null";
  case Kind::boolean:
    return value.boolean ? "true" : "false";
  case Kind::number:
    return value.text.substr(0, shown);
  case Kind::text:
    return record::json_text(value.text.substr(0, shown));
  case Kind::array:
    return "a list of " + std::to_string(value.items.size());
  case Kind::object:
    return "an object";
  }
  return {};
}

Failure refusal(const Where& where, std::string expected, const record::JsonValue& found) {
  return refusal(where.text(), std::move(expected), found_in(found));
}

Result<std::int64_t> read_whole(const Where& where, const record::JsonValue& value, Range range) {
  const auto number = value.integer();
  if (number && *number >= range.least && *number <= range.most) return *number;
  std::string expected = "a whole number from " + std::to_string(range.least);
  expected.append(" to ").append(std::to_string(range.most));
  return refusal(where, std::move(expected), value);
}

Done read_parts(std::string& bytes, record::JsonParts& to) {
  Done done = record::read_json_parts(bytes, to);
  if (done.ok() || !done.failure().code.starts_with("json.")) return done;
  const Failure& failure = done.failure();
  const std::string& where = failure.arguments.at(0);
  const auto [expected, found] = record::json_mistake(failure.code);
  return refusal(where.empty() ? "the file" : where, std::string(expected), std::string(found));
}

} // namespace kith::matching
