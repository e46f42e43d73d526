#include "support/markup.hpp"

#include <algorithm>
#include <map>
#include <optional>

#include "base/text.hpp"

namespace kith::web {
namespace {

std::string decoded(std::string_view words) {
  static const std::map<std::string, std::string, std::less<>> known = {
      {"amp", "&"}, {"lt", "<"}, {"gt", ">"}, {"quot", "\""}, {"#39", "'"}, {"nbsp", "\u00a0"}};
  std::string out;
  for (std::size_t at = 0; at < words.size(); ++at) {
    const auto end = words[at] == '&' ? words.find(';', at) : std::string_view::npos;
    const auto found =
        end == std::string_view::npos ? known.end() : known.find(words.substr(at + 1, end - at - 1));
    if (found == known.end()) {
      out += words[at];
    } else {
      out += found->second;
      at = end;
    }
  }
  return out;
}

std::string folded_space(std::string_view words) { return join(split_words(words), " "); }

constexpr std::string_view gaps = " \t\r\n/";

// The attributes of a tag, sorted by name; a bare name keeps no value.
std::string tag_token(std::string_view inside) {
  const auto name_end = std::min(inside.find_first_of(" \t\r\n>"), inside.size());
  std::string token = "<" + std::string(inside.substr(0, name_end));
  std::map<std::string, std::optional<std::string>> attributes;
  std::size_t at = inside.find_first_not_of(gaps, name_end);
  while (at < inside.size()) {
    const auto end = std::min(inside.find_first_of("= \t\r\n/", at), inside.size());
    const std::string name(inside.substr(at, end - at));
    std::optional<std::string> value;
    std::size_t after = end;
    if (end < inside.size() && inside[end] == '=') {
      const char quote = inside[end + 1];
      const auto close = inside.find(quote, end + 2);
      value = folded_space(decoded(inside.substr(end + 2, close - end - 2)));
      after = close + 1;
    }
    attributes.emplace(name, value);
    at = inside.find_first_not_of(gaps, after);
  }
  for (const auto& [name, value] : attributes) token += " " + name + (value ? "='" + *value + "'" : "");
  return token + ">";
}

} // namespace

std::vector<std::string> markup_tokens(std::string_view html) {
  std::vector<std::string> tokens;
  std::size_t at = 0;
  while (at < html.size()) {
    const auto open = std::min(html.find('<', at), html.size());
    const std::string words = folded_space(decoded(html.substr(at, open - at)));
    if (!words.empty()) tokens.push_back(words);
    if (open == html.size()) break;
    std::size_t close = open + 1;
    for (char quote = 0; close < html.size() && (quote || html[close] != '>'); ++close) {
      if (quote && html[close] == quote) quote = 0;
      else if (!quote && (html[close] == '"' || html[close] == '\'')) quote = html[close];
    }
    const std::string_view inside = html.substr(open + 1, close - open - 1);
    tokens.push_back(tag_token(inside));
    // "<path/>" means the same as "<path></path>"
    if (inside.ends_with('/'))
      tokens.push_back("</" + std::string(inside.substr(0, inside.find_first_of(gaps))) + ">");
    at = close + 1;
  }
  return tokens;
}

} // namespace kith::web
