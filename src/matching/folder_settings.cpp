#include "matching/folder_settings.hpp"

#include "base/text.hpp"
#include "record/json.hpp"

namespace kith::matching {
namespace {

using record::JsonValue;

struct Member {
  std::string_view name{};
  std::string_view form{};
  bool (*read)(const JsonValue& value, Folder& folder){};
};

struct Range {
  std::int64_t least{};
  std::int64_t most{};
};
template <class Number> bool read_number(const JsonValue& value, Number& out, Range range) {
  const auto number = value.kind == JsonValue::Kind::number ? value.integer() : std::nullopt;
  if (!number || *number < range.least || *number > range.most) return false;
  out = static_cast<Number>(*number);
  return true;
}

bool read_seed(const JsonValue& value, std::uint64_t& out) {
  const auto number = value.is_text() ? parse_integer(value.text) : value.integer();
  if (!number || *number < 0) return false;
  out = static_cast<std::uint64_t>(*number);
  return true;
}

bool read_method(const JsonValue& value, Method& out) {
  const auto method = method_named(value.is_text() ? value.text : std::string());
  out = method.value_or(out);
  return method.has_value();
}

bool read_as_of(const JsonValue& value, Date& out) {
  const auto date = value.is_text() ? parse_date(value.text) : std::nullopt;
  out = date.value_or(out);
  return date.has_value();
}

bool read_text(const JsonValue& value, std::string& out) {
  out = value.text;
  return value.is_text() && clean_text(value.text, false);
}

bool read_texts(const JsonValue& value, std::vector<std::string>& out) {
  if (!value.is_array()) return false;
  out.clear();
  for (const JsonValue& item : value.items) {
    if (!read_text(item, out.emplace_back())) return false;
  }
  return true;
}

bool read_walls(const JsonValue& value, std::vector<Wall>& out) {
  if (!value.is_array()) return false;
  for (const JsonValue& item : value.items) {
    std::vector<std::string> two;
    if (!read_texts(item, two) || two.size() != 2) return false;
    out.push_back({two[0], two[1]});
  }
  return true;
}

bool read_names(const JsonValue& value, std::vector<CodeName>& out) {
  if (!value.is_object()) return false;
  for (const auto& [code, name] : value.members) {
    if (!clean_text(code, false) || !read_text(name, out.emplace_back(CodeName{code, {}}).name)) return false;
  }
  return true;
}

#define READ(expression)                                                                                     \
  [](const JsonValue& v, Folder& folder) -> bool {                                                           \
    auto& s = folder.input.settings;                                                                         \
    static_cast<void>(s);                                                                                    \
    return expression;                                                                                       \
  }

constexpr Member members[]{
    {"weights_version", "text", READ(read_text(v, s.weights_version))},
    {"method", "stable, optimum or arrival", READ(read_method(v, s.method))},
    {"dial", "0 soonest .. 4 closest", READ(read_number(v, s.dial, {0, 4}))},
    {"choices", "1 to 7", READ(read_number(v, s.choices, {1, 7}))},
    {"offers_per_place", "1 to 9", READ(read_number(v, s.offers_per_place, {1, 9}))},
    {"seed", "a whole number from 0", READ(read_seed(v, s.seed))},
    {"as_of", "a date like 2026-11-24", READ(read_as_of(v, s.as_of))},
    {"matters", "1 to 100", READ(read_number(v, s.weights.matters, {1, 100}))},
    {"a_little", "0 to 100", READ(read_number(v, s.weights.a_little, {0, 100}))},
    {"continuity_points", "0 to 100", READ(read_number(v, s.weights.continuity_points, {0, 100}))},
    {"very_close", "0 to 10000", READ(read_number(v, s.closeness.very_close, {0, 10'000}))},
    {"close", "0 to 10000", READ(read_number(v, s.closeness.close, {0, 10'000}))},
    {"some_in_common", "0 to 10000", READ(read_number(v, s.closeness.some_in_common, {0, 10'000}))},
    {"promise_days", "1 to 3650", READ(read_number(v, s.promise_days, {1, 3'650}))},
    {"min_shared_minutes", "30 to 1440", READ(read_number(v, s.min_shared_minutes, {30, 1'440}))},
    {"willing_days", "1 to 3650", READ(read_number(v, s.willing_days, {1, 3'650}))},
    {"allows_matcher_only", "true or false",
     READ(v.kind == JsonValue::Kind::boolean && (s.allows_matcher_only = v.boolean, true))},
    {"unnamed_least_workers", "3 to 1000", READ(read_number(v, s.unnamed_least_workers, {3, 1'000}))},
    {"triage_reasons", "up to ten texts, most urgent first",
     READ(read_texts(v, s.triage_reasons) && s.triage_reasons.size() <= 10)},
    {"walls", "pairs of organisations that do not work together", READ(read_walls(v, s.walls))},
    {"names", "an object of code to name", READ(read_names(v, folder.code_names))},
};
#undef READ

void problem(Folder& folder, std::string column, std::string expected, std::string_view found) {
  folder.problems.push_back(
      {"criteria.json", std::move(column), std::move(expected), {{0, shortened(found, 60)}}});
}

} // namespace

void read_criteria(std::string_view bytes, Folder& folder) {
  const Result<JsonValue> root = record::parse_json(bytes);
  if (!root.ok()) {
    const auto [expected, found] = record::json_mistake(root.failure().code);
    return problem(folder, "", std::string(expected), found);
  }
  if (!root->is_object()) return problem(folder, "", "a JSON object", "another value");
  for (const auto& [name, value] : root->members) {
    const Member* known = nullptr;
    for (const Member& member : members)
      if (member.name == name) known = &member;
    if (!known) problem(folder, shortened(name, 60), "one of the documented members", "an unknown member");
    else if (!known->read(value, folder))
      problem(folder, name, std::string(known->form), value.text.empty() ? "another value" : value.text);
  }
  const ClosenessRule& rule = folder.input.settings.closeness;
  if (rule.very_close < rule.close || rule.close < rule.some_in_common)
    problem(folder, "very_close", "very_close >= close >= some_in_common", "another order");
}

std::string criteria_members_text() {
  std::string out = "criteria.json\n";
  for (const Member& member : members) {
    out += "  " + std::string(member.name);
    out.append(member.name.size() < 20 ? 20 - member.name.size() : 1, ' ');
    out += std::string(member.form) + "\n";
  }
  return out;
}

} // namespace kith::matching
