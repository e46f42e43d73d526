#include "record/field.hpp"

#include <algorithm>

#include "base/csv.hpp"
#include "base/text.hpp"
#include "base/unicode.hpp"

namespace kith::record {
namespace {

bool absent(const Value& value) { return std::holds_alternative<std::monostate>(value); }

bool code_like(std::string_view text) {
  return !text.empty() && text.size() <= 64 && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-' || c == '.' || c == ':';
  });
}

bool known_code(const Field& field, std::string_view code) {
  const auto codes = field.options.codes;
  if (codes.empty()) return code_like(code);
  return std::find(codes.begin(), codes.end(), code) != codes.end();
}

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(
      text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

ReadText problem(std::string code) { return {std::nullopt, std::move(code)}; }

ReadText read_integer(const Field& field, std::string_view text) {
  const auto number = parse_integer(text);
  if (!number) return problem("not_integer");
  if (*number < field.options.least || *number > field.options.most) return problem("out_of_range");
  return {Value{*number}, {}};
}

ReadText read_free_text(const Field& field, std::string_view text) {
  if (!clean_text(text, field.kind == Kind::long_text)) return problem("not_text");
  std::string composed = nfc(text);
  if (characters(composed) > static_cast<std::size_t>(field.options.length_max)) return problem("too_long");
  return {Value{std::move(composed)}, {}};
}

ReadText read_codes(const Field& field, std::string_view text) {
  const auto words = split_words(text);
  for (const std::string& word : words)
    if (!known_code(field, word)) return problem("not_a_code");
  return {Value{join(words, " ")}, {}};
}

} // namespace

const Field* Description::find(std::string_view name) const {
  for (const Field& field : fields)
    if (field.name == name) return &field;
  return nullptr;
}

ReadText read_text(const Field& field, std::string_view raw) {
  const std::string_view text = trim(raw);
  if (text.empty()) return field.options.required ? problem("required") : ReadText{Value{}, {}};
  switch (field.kind) {
  case Kind::text:
  case Kind::long_text:
    return read_free_text(field, text);
  case Kind::integer:
    return read_integer(field, text);
  case Kind::boolean:
    if (text == "1" || text == "yes" || text == "true") return {Value{std::int64_t{1}}, {}};
    if (text == "0" || text == "no" || text == "false") return {Value{std::int64_t{0}}, {}};
    return problem("not_a_code");
  case Kind::date:
    return parse_date(text) ? ReadText{Value{std::string(text)}, {}} : problem("not_a_date");
  case Kind::instant: {
    const auto at = parse_instant(text);
    return at ? ReadText{Value{at->ms}, {}} : problem("not_an_instant");
  }
  case Kind::id:
    return parse_id(text) ? ReadText{Value{std::string(text)}, {}} : problem("not_an_id");
  case Kind::code:
    return known_code(field, text) ? ReadText{Value{std::string(text)}, {}} : problem("not_a_code");
  case Kind::codes:
    return read_codes(field, text);
  }
  return problem("not_text");
}

std::string show_text(const Field& field, const Value& value) {
  if (absent(value)) return {};
  if (const auto* text = std::get_if<std::string>(&value)) return *text;
  const std::int64_t number = std::get<std::int64_t>(value);
  if (field.kind == Kind::instant) return to_text(Instant{number});
  if (field.kind == Kind::boolean) return number ? "yes" : "no";
  return std::to_string(number);
}

std::vector<std::string_view> difference(const Description& record, const void* before, const void* after) {
  std::vector<std::string_view> changed;
  for (const Field& field : record.fields)
    if (field.get(before) != field.get(after)) changed.push_back(field.name);
  return changed;
}

std::string_view name_of(Kind kind) {
  static constexpr std::string_view names[] = {"text",    "long_text", "integer", "boolean", "date",
                                               "instant", "id",        "code",    "codes"};
  return names[static_cast<std::size_t>(kind)];
}

std::string_view name_of(CareLevel care) {
  static constexpr std::string_view names[] = {"C0", "C1", "C2", "C3", "C4"};
  return names[static_cast<std::size_t>(care)];
}

std::string data_dictionary(std::span<const Description* const> records) {
  std::string csv = csv_row({"record", "field", "kind", "care", "required", "codes", "fhir"});
  for (const Description* record : records)
    for (const Field& field : record->fields) {
      std::vector<std::string> codes(field.options.codes.begin(), field.options.codes.end());
      csv += csv_row({std::string(record->table), std::string(field.name), std::string(name_of(field.kind)),
                      std::string(name_of(field.care)), field.options.required ? "yes" : "no",
                      join(codes, " "), std::string(field.options.fhir_path)});
    }
  return csv;
}

bool Codec<std::string>::set(std::string& member, const Value& value) {
  if (absent(value)) member.clear();
  else if (const auto* text = std::get_if<std::string>(&value)) member = *text;
  else return false;
  return true;
}

bool Codec<std::int64_t>::set(std::int64_t& member, const Value& value) {
  const auto* number = std::get_if<std::int64_t>(&value);
  if (number) member = *number;
  else if (absent(value)) member = 0;
  return number || absent(value);
}

bool Codec<int>::set(int& member, const Value& value) {
  std::int64_t wide = 0;
  if (!Codec<std::int64_t>::set(wide, value) || wide < INT32_MIN || wide > INT32_MAX) return false;
  member = static_cast<int>(wide);
  return true;
}

bool Codec<std::optional<int>>::set(std::optional<int>& member, const Value& value) {
  if (absent(value)) {
    member.reset();
    return true;
  }
  int number = 0;
  if (!Codec<int>::set(number, value)) return false;
  member = number;
  return true;
}

bool Codec<bool>::set(bool& member, const Value& value) {
  std::int64_t number = 0;
  if (!Codec<std::int64_t>::set(number, value)) return false;
  member = number != 0;
  return true;
}

bool Codec<Date>::set(Date& member, const Value& value) {
  const auto* text = std::get_if<std::string>(&value);
  const auto on = text ? parse_date(*text) : std::nullopt;
  if (on) member = *on;
  return on.has_value();
}

bool Codec<std::optional<Date>>::set(std::optional<Date>& member, const Value& value) {
  if (absent(value)) {
    member.reset();
    return true;
  }
  Date on;
  if (!Codec<Date>::set(on, value)) return false;
  member = on;
  return true;
}

bool Codec<Instant>::set(Instant& member, const Value& value) {
  return Codec<std::int64_t>::set(member.ms, value);
}

bool Codec<std::optional<Instant>>::set(std::optional<Instant>& member, const Value& value) {
  if (absent(value)) member.reset();
  else if (const auto* ms = std::get_if<std::int64_t>(&value)) member = Instant{*ms};
  else return false;
  return true;
}

Value Codec<std::vector<std::string>>::get(const std::vector<std::string>& member) {
  return member.empty() ? Value{} : Value{join(member, " ")};
}

bool Codec<std::vector<std::string>>::set(std::vector<std::string>& member, const Value& value) {
  if (absent(value)) {
    member.clear();
    return true;
  }
  const auto* text = std::get_if<std::string>(&value);
  if (text) member = split_words(*text);
  return text != nullptr;
}

} // namespace kith::record
