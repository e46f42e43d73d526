// Reads the options of a published govuk-frontend fixture the way its template language does: empty text,
// nought, false and absent are all "not given"; mark-up wins over words. Tests only.
#pragma once
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "support/raw_markup.hpp"
#include "web/ui/html.hpp"

namespace kith::web::fixtures {

using Json = nlohmann::json;

inline const Json& at(const Json& options, std::string_view key) {
  static const Json nothing;
  if (!options.is_object()) return nothing;
  const auto found = options.find(std::string(key));
  return found == options.end() ? nothing : *found;
}

inline bool truthy(const Json& value) {
  if (value.is_boolean()) return value.get<bool>();
  if (value.is_string()) return !value.get_ref<const std::string&>().empty();
  if (value.is_number()) return value.get<double>() != 0;
  return !value.is_null();
}

inline std::string words_of(const Json& value) {
  if (value.is_string()) return value.get<std::string>();
  return value.is_null() ? std::string() : value.dump();
}
inline std::string str(const Json& options, std::string_view key) {
  const Json& value = at(options, key);
  return truthy(value) ? words_of(value) : std::string();
}
inline std::optional<std::string> opt(const Json& options, std::string_view key) {
  const Json& value = at(options, key);
  if (value.is_null() || (value.is_boolean() && !value.get<bool>())) return std::nullopt;
  return words_of(value);
}
inline std::optional<bool> opt_bool(const Json& options, std::string_view key) {
  const Json& value = at(options, key);
  return value.is_boolean() ? std::optional<bool>(value.get<bool>()) : std::nullopt;
}
inline bool is(const Json& options, std::string_view key) { return truthy(at(options, key)); }
inline int number(const Json& options, std::string_view key, int otherwise) {
  const std::string digits = str(options, key);
  return digits.empty() ? otherwise : std::stoi(digits);
}
inline Html content(const Json& options, std::string_view html_key = "html",
                    std::string_view text_key = "text") {
  if (is(options, html_key)) return RawMarkup::html(words_of(at(options, html_key)));
  return text(words_of(at(options, text_key)));
}
inline Attrs attributes(const Json& options, std::string_view key = "attributes") {
  Attrs all;
  const Json& given = at(options, key);
  if (given.is_object())
    for (const auto& [name, value] : given.items()) all.add(attr_named(name, words_of(value)));
  return all;
}
inline std::optional<Url> url(const Json& options) {
  return is(options, "href") ? std::optional(RawMarkup::url(str(options, "href"))) : std::nullopt;
}

} // namespace kith::web::fixtures
