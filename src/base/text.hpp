// Small text tools over UTF-8 bytes. Unicode knowledge (NFC, folding, sort keys) is in base/unicode.hpp.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kith {

std::string_view trim(std::string_view text);                          // ASCII white space
std::vector<std::string> split(std::string_view text, char separator); // keeps empty parts
std::vector<std::string> split_words(std::string_view text);           // by white space, no empty parts
std::string join(const std::vector<std::string>& parts, std::string_view separator);
std::string ascii_lower(std::string_view text);
std::string hex(std::string_view bytes);
std::optional<std::string> unhex(std::string_view text);
std::string base64url(std::string_view bytes); // no padding
std::optional<std::string> unbase64url(std::string_view text);
std::optional<std::int64_t> parse_integer(std::string_view text); // optional minus, digits, no overflow
bool starts_with_ignoring_case(std::string_view text, std::string_view prefix);
bool equal_in_constant_time(std::string_view a, std::string_view b);

// True when the bytes are well-formed UTF-8 without NUL, control characters (tab and newline allowed when
// `lines`), surrogates or bidirectional overrides. Everything a person types passes through this.
bool clean_text(std::string_view text, bool lines);
bool valid_utf8(std::string_view text);
// For a terminal: what clean_text would refuse, but newline and tab, becomes U+FFFD.
std::string printable(std::string_view text);
// Where the text is longer, as many whole characters as fit and "…".
std::string shortened(std::string_view text, std::size_t bytes_most);

} // namespace kith
