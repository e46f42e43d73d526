#include "record/json.hpp"

namespace kith::record {
namespace {

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
