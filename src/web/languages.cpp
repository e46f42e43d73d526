#include "web/languages.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "base/unicode.hpp"

namespace kith::web {
namespace {

constexpr const char* known[] = {"am", "ar", "bn", "de", "el", "en", "es",  "fa",  "fr", "hi", "id",
                                 "it", "ja", "ko", "mi", "ne", "pl", "prs", "ps",  "pt", "so", "sm",
                                 "ta", "ti", "tl", "tr", "uk", "ur", "vi",  "yue", "zh", "asf"};

std::string code_of(const Words& words, std::string_view name) {
  const std::string wanted = folded(name);
  for (const char* code : known)
    if (wanted == code || wanted == folded(words("match.language." + std::string(code)))) return code;
  return {};
}

// Commas, semicolons, slashes, ampersands, line breaks and the word between two names all separate.
std::vector<std::string> pieces_of(const Words& words, std::string_view text) {
  const std::string between = " " + words("languages.and") + " ";
  std::string plain = folded(text);
  for (auto at = plain.find(between); at != std::string::npos; at = plain.find(between))
    plain.replace(at, between.size(), ",");
  for (char& c : plain)
    if (c == ';' || c == '/' || c == '&' || c == '\n' || c == '\r') c = ',';
  return split(plain, ',');
}

} // namespace

std::optional<std::vector<std::string>> read_languages(const Words& words, std::string_view text) {
  std::vector<std::string> codes;
  const auto add = [&](const std::string& code) {
    if (std::find(codes.begin(), codes.end(), code) == codes.end()) codes.push_back(code);
  };
  for (const std::string& piece : pieces_of(words, text)) {
    if (trim(piece).empty()) continue;
    if (const std::string code = code_of(words, trim(piece)); !code.empty()) {
      add(code);
      continue;
    }
    for (const std::string& word : split_words(piece)) { // "en ti"
      const std::string code = code_of(words, word);
      if (code.empty()) return std::nullopt;
      add(code);
    }
  }
  return codes;
}

} // namespace kith::web
