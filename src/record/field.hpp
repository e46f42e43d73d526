// One description per record. A Field says what a column, JSON key, CSV header and form field is called, what
// kind of thing it holds, how carefully it must be treated (no default: an unclassified field does not
// compile) and how to read and write the member. Storage, JSON, forms, CSV, audit differences and the data
// dictionary all read this table. It never holds rules across fields, access decisions or queries.
// Descriptions are immutable.
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/id.hpp"
#include "base/result.hpp"
#include "base/time.hpp"

namespace kith::record {

using Value = std::variant<std::monostate, std::int64_t, std::string>;

// C0 public .. C4 most sensitive (trust.md section 2). C4 never stands in a table of its own record: it is
// sealed.
enum class CareLevel : std::uint8_t { C0, C1, C2, C3, C4 };
enum class Kind : std::uint8_t { text, long_text, integer, boolean, date, instant, id, code, codes };

struct FieldOptions {
  std::string_view label{}; // key in the catalogue; "<table>.<name>" when empty
  bool required{};
  int length_max{200};           // characters of a text
  std::int64_t least{INT64_MIN}; // of an integer
  std::int64_t most{INT64_MAX};
  std::span<const std::string_view> codes{}; // of a code or codes; empty: any code-like word
  std::string_view fhir_path{};
};

struct Field {
  std::string_view name{};
  Kind kind{};
  CareLevel care{};
  FieldOptions options{};
  Value (*get)(const void* object){};
  bool (*set)(void* object, const Value& value){}; // false when the value is of another kind
};

struct Description {
  std::string_view table{};
  std::vector<Field> fields{};
  const Field* find(std::string_view name) const;
};

// Text from a form or a CSV cell, checked by the field's kind and limits. "" is an absent value.
// Codes: required, too_long, not_text, not_integer, out_of_range, not_a_date, not_an_instant, not_an_id,
// not_a_code.
struct ReadText {
  std::optional<Value> value{};
  std::string problem{};
};
ReadText read_text(const Field& field, std::string_view text);
std::string show_text(const Field& field, const Value& value);

std::vector<std::string_view> difference(const Description&, const void* before, const void* after);
std::string data_dictionary(std::span<const Description* const> records); // CSV: table, name, kind, care, …
std::string_view name_of(Kind kind);
std::string_view name_of(CareLevel care);

// ---- how a member of each type becomes a Value
// -------------------------------------------------------------------

template <class T>
struct Codec; // specialised below and, for enumerations, through code_of / codes_of found beside the
              // enumeration

template <> struct Codec<std::string> {
  static constexpr Kind kind = Kind::text;
  static Value get(const std::string& member) { return member.empty() ? Value{} : Value{member}; }
  static bool set(std::string& member, const Value& value);
};
template <> struct Codec<std::int64_t> {
  static constexpr Kind kind = Kind::integer;
  static Value get(std::int64_t member) { return member; }
  static bool set(std::int64_t& member, const Value& value);
};
template <> struct Codec<int> {
  static constexpr Kind kind = Kind::integer;
  static Value get(int member) { return std::int64_t{member}; }
  static bool set(int& member, const Value& value);
};
template <> struct Codec<std::optional<int>> {
  static constexpr Kind kind = Kind::integer;
  static Value get(const std::optional<int>& member) {
    return member ? Value{std::int64_t{*member}} : Value{};
  }
  static bool set(std::optional<int>& member, const Value& value);
};
template <> struct Codec<bool> {
  static constexpr Kind kind = Kind::boolean;
  static Value get(bool member) { return std::int64_t{member ? 1 : 0}; }
  static bool set(bool& member, const Value& value);
};
template <> struct Codec<std::optional<Date>> {
  static constexpr Kind kind = Kind::date;
  static Value get(const std::optional<Date>& member) { return member ? Value{to_text(*member)} : Value{}; }
  static bool set(std::optional<Date>& member, const Value& value);
};
template <> struct Codec<Date> {
  static constexpr Kind kind = Kind::date;
  static Value get(Date member) { return to_text(member); }
  static bool set(Date& member, const Value& value);
};
template <> struct Codec<Instant> {
  static constexpr Kind kind = Kind::instant;
  static Value get(Instant member) { return member.ms; }
  static bool set(Instant& member, const Value& value);
};
template <> struct Codec<std::optional<Instant>> {
  static constexpr Kind kind = Kind::instant;
  static Value get(const std::optional<Instant>& member) { return member ? Value{member->ms} : Value{}; }
  static bool set(std::optional<Instant>& member, const Value& value);
};
template <> struct Codec<std::vector<std::string>> {
  static constexpr Kind kind = Kind::codes;
  static Value get(const std::vector<std::string>& member);
  static bool set(std::vector<std::string>& member, const Value& value);
};
template <class T> struct Codec<Id<T>> {
  static constexpr Kind kind = Kind::id;
  static Value get(const Id<T>& member) { return member.empty() ? Value{} : Value{member.text()}; }
  static bool set(Id<T>& member, const Value& value) {
    if (std::holds_alternative<std::monostate>(value)) {
      member = {};
      return true;
    }
    const auto* text = std::get_if<std::string>(&value);
    const auto id = text ? Id<T>::parse(*text) : std::nullopt;
    if (id) member = *id;
    return id.has_value();
  }
};

// An enumeration E joins in by `std::span<const std::string_view> codes_of(E)`: the codes in enumerator
// order.
template <class E>
  requires std::is_enum_v<E>
struct Codec<E> {
  static constexpr Kind kind = Kind::code;
  static Value get(E member) { return std::string(codes_of(member)[static_cast<std::size_t>(member)]); }
  static bool set(E& member, const Value& value) {
    const auto* text = std::get_if<std::string>(&value);
    const auto codes = codes_of(member);
    for (std::size_t i = 0; text && i < codes.size(); ++i)
      if (codes[i] == *text) {
        member = static_cast<E>(i);
        return true;
      }
    return false;
  }
};

template <class E>
  requires std::is_enum_v<E>
std::string_view code_of(E value) {
  return codes_of(value)[static_cast<std::size_t>(value)];
}
template <class E>
  requires std::is_enum_v<E>
std::optional<E> parse_code(std::string_view code) {
  E value{};
  if (!Codec<E>::set(value, std::string(code))) return {};
  return value;
}

template <class T> struct MemberOf;
template <class C, class M> struct MemberOf<M C::*> {
  using Class = C;
  using Member = M;
};

// field<&Person::chosen_name>("chosen_name", CareLevel::C3, {.required = true})
template <auto member> Field field(std::string_view name, CareLevel care, FieldOptions options = {}) {
  using Class = typename MemberOf<decltype(member)>::Class;
  using Member = typename MemberOf<decltype(member)>::Member;
  using Way = Codec<Member>;
  Kind kind = Way::kind;
  if (kind == Kind::text && options.length_max > 400) kind = Kind::long_text;
  if constexpr (std::is_enum_v<Member>) options.codes = codes_of(Member{});
  return {
      name,
      kind,
      care,
      options,
      [](const void* object) { return Way::get(static_cast<const Class*>(object)->*member); },
      [](void* object, const Value& value) { return Way::set(static_cast<Class*>(object)->*member, value); }};
}

} // namespace kith::record
