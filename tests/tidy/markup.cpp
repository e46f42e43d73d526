// What may never reach a page: raw HTML outside the components, inline style and script, the parts of htmx
// that need an evaluator.
#include <regex>

#include "tidy/rules.hpp"

namespace tidy {
namespace {

// html.hpp names the refused attributes in order to refuse them; its own test proves that.
bool page_code(const SourceFile& file) {
  return file.cpp() && file.path.starts_with("src/web/") && file.path != "src/web/ui/html.hpp" &&
         !file.test();
}
bool page_asset(const SourceFile& file) {
  return file.path.starts_with("assets/") && (file.path.ends_with(".ts") || file.path.ends_with(".html"));
}

// Every string literal of the web module and every line of the front end.
template <class Match>
std::vector<Finding> in_markup(const Tree& tree, const std::string& text, Match match) {
  std::vector<Finding> found;
  for (const SourceFile& file : tree.files) {
    if (page_code(file))
      for (const Literal& literal : file.literals)
        if (match(literal.text)) found.push_back(at(file, literal.line, text));
    if (page_asset(file))
      for (std::size_t i = 0; i < file.lines.size(); ++i)
        if (match(file.lines[i])) found.push_back(at(file, static_cast<int>(i) + 1, text));
  }
  return found;
}

} // namespace

std::vector<Finding> check_raw(const Tree& tree) {
  std::vector<Finding> found;
  for (const SourceFile& file : tree.files) {
    if (!page_code(file) || file.path.starts_with("src/web/ui/")) continue;
    for (std::size_t i = 0; i < file.code.size(); ++i)
      if (has_word(file.code[i], "RawMarkup") ||
          (has_word(file.code[i], "raw") && file.code[i].find("raw(") != std::string::npos))
        found.push_back(at(file, static_cast<int>(i) + 1, "writes raw HTML"));
  }
  return found;
}

std::vector<Finding> check_inline(const Tree& tree) {
  static const std::regex attribute(R"((^|[\s"'<])(style|on(click|load|error|submit|change|input|focus|blur|)"
                                    R"(key\w+|mouse\w+|pointer\w+|toggle))\s*=\s*["'])");
  static const std::regex name(R"(style|on(click|load|error|submit|change|input|focus|blur|toggle))");
  static const std::regex script(R"(<script(\s+(type|nonce)=[^>]*)?>)");
  return in_markup(tree, "puts style or script into the page", [](const std::string& text) {
    return std::regex_search(text, attribute) || std::regex_match(text, name) ||
           std::regex_search(text, script);
  });
}

std::vector<Finding> check_htmx(const Tree& tree) {
  static const std::regex forbidden(
      R"(hx-on\b|hx-live|hx-prompt|hx-ws|hx-vars|hx-(vals|headers)[^>]*js:|^js:)"
      R"(|hx-trigger\s*=\s*["'][^"']*\[)");
  return in_markup(tree, "uses a forbidden part of htmx",
                   [](const std::string& text) { return std::regex_search(text, forbidden); });
}

} // namespace tidy
