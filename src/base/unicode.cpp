#include "base/unicode.hpp"

#include <unicode/coll.h>
#include <unicode/msgfmt.h>
#include <unicode/normalizer2.h>
#include <unicode/sortkey.h>

#include <memory>
#include <vector>

#include "base/check.hpp"
#include "base/text.hpp"

namespace kith {
namespace {

std::string normalized(std::string_view text, const icu::Normalizer2* (*instance)(UErrorCode&)) {
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* form = instance(error);
  CHECK(U_SUCCESS(error));
  std::string out;
  form->normalize(icu::UnicodeString::fromUTF8({text.data(), static_cast<std::int32_t>(text.size())}), error)
      .toUTF8String(out);
  CHECK(U_SUCCESS(error));
  return out;
}

} // namespace

std::string nfc(std::string_view text) { return normalized(text, icu::Normalizer2::getNFCInstance); }
std::string nfkc(std::string_view text) { return normalized(text, icu::Normalizer2::getNFKCInstance); }
std::string folded(std::string_view text) {
  return normalized(text, icu::Normalizer2::getNFKCCasefoldInstance);
}

std::string_view first_character(std::string_view text) {
  std::size_t end = text.empty() ? 0 : 1;
  while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xc0U) == 0x80U) ++end;
  const std::string_view first = text.substr(0, end);
  return valid_utf8(first) ? first : std::string_view();
}

std::string sort_key(std::string_view text, std::string_view locale) {
  UErrorCode error = U_ZERO_ERROR;
  const std::unique_ptr<icu::Collator> collator(
      icu::Collator::createInstance(icu::Locale(std::string(locale).c_str()), error));
  CHECK(U_SUCCESS(error));
  icu::CollationKey key;
  collator->getCollationKey(
      icu::UnicodeString::fromUTF8({text.data(), static_cast<std::int32_t>(text.size())}), key, error);
  std::int32_t length = 0;
  const std::uint8_t* bytes = key.getByteArray(length);
  return hex({reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(length > 0 ? length - 1 : 0)});
}

// A number-like value is passed as a number so that plural rules apply; everything else as text.
std::string format_message(std::string_view pattern, std::string_view locale, const std::string* names,
                           const std::string* values, std::size_t count) {
  UErrorCode error = U_ZERO_ERROR;
  icu::MessageFormat format(
      icu::UnicodeString::fromUTF8({pattern.data(), static_cast<std::int32_t>(pattern.size())}),
      icu::Locale(std::string(locale).c_str()), error);
  CHECK(U_SUCCESS(error));
  std::vector<icu::UnicodeString> keys;
  std::vector<icu::Formattable> arguments;
  for (std::size_t i = 0; i < count; ++i) {
    keys.push_back(icu::UnicodeString::fromUTF8(names[i]));
    const auto number = values[i].size() <= 9 ? parse_integer(values[i]) : std::nullopt;
    const bool plain = number && std::to_string(*number) == values[i]; // not "007", "+5"
    arguments.emplace_back(plain ? icu::Formattable(static_cast<std::int32_t>(*number))
                                 : icu::Formattable(icu::UnicodeString::fromUTF8(values[i])));
  }
  icu::UnicodeString formatted;
  format.format(keys.data(), arguments.data(), static_cast<std::int32_t>(count), formatted, error);
  CHECK(U_SUCCESS(error));
  std::string out;
  formatted.toUTF8String(out);
  return out;
}

} // namespace kith
