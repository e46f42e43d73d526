// What needs Unicode tables, through ICU: names in NFC, folded search and sign-in keys, sort keys for people.
#pragma once
#include <string>
#include <string_view>

namespace kith {

std::string nfc(std::string_view text);
std::string nfkc(std::string_view text);                 // passwords: one spelling whatever the keyboard
std::string folded(std::string_view text);               // NFKC + case fold: sign-in names, search
std::string_view first_character(std::string_view text); // all its bytes; "" of nothing and of broken text
std::string sort_key(std::string_view text, std::string_view locale); // hex, so that databases sort bytes
std::string format_message(std::string_view pattern, std::string_view locale, const std::string* names,
                           const std::string* values, std::size_t count);

} // namespace kith
