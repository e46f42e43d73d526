// Sizes and names. Functions and members are found by braces, not by a compiler: approximate, on the side of
// silence where the text is unusual.
#include <algorithm>
#include <regex>

#include "tidy/rules.hpp"

namespace tidy {
namespace {

bool sized(const SourceFile& file) {
  const std::string_view path = file.path;
  for (const std::string_view ending : {".cpp", ".hpp", ".sh", ".cmake", ".sql", ".ts", ".css", ".mjs", "/x"})
    if (path.ends_with(ending)) return true;
  return path == "x" || path == "CMakeLists.txt" || path.ends_with("/run");
}

std::size_t characters(std::string_view line) {
  return static_cast<std::size_t>(std::count_if(
      line.begin(), line.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

std::string without_templates(std::string head) { // template <class T> must not look like a class
  for (auto open = head.find("template"); open != std::string::npos; open = head.find("template")) {
    auto at = head.find('<', open);
    if (at == std::string::npos) break;
    int depth = 0;
    for (; at < head.size(); ++at) {
      if (head[at] == '<') ++depth;
      if (head[at] == '>' && --depth == 0) break;
    }
    head.erase(open, at == head.size() ? std::string::npos : at - open + 1);
  }
  return head;
}

enum class Kind { space, record, function, other };

Kind kind_of(const std::string& head_with_templates) {
  const std::string head = without_templates(head_with_templates);
  const auto paren = head.find('(');
  const std::string before = head.substr(0, paren);
  if (has_word(before, "namespace") || (has_word(before, "extern") && paren == std::string::npos))
    return Kind::space;
  if (has_word(before, "enum")) return Kind::other;
  if (paren == std::string::npos || has_word(before, "struct") || has_word(before, "class"))
    return has_word(before, "struct") || has_word(before, "class") || has_word(before, "union") ? Kind::record
                                                                                                : Kind::other;
  return before.find('=') == std::string::npos || has_word(before, "operator") ? Kind::function : Kind::other;
}

struct Statement { // directly inside a struct or class, up to its ';'
  int line{};
  std::string text{};
};
struct Function {
  int line{};
  int lines{};
};
struct Outline {
  std::vector<Statement> members{};
  std::vector<Function> functions{};
};

// Follows the braces of one file. A '{' right behind a name starts an initialiser and belongs to the
// statement.
class Outliner {
public:
  explicit Outliner(const std::vector<std::string>& code) : code_(code) {}

  Outline run() {
    for (line_ = 1; line_ <= static_cast<int>(code_.size()); ++line_) {
      const std::string& text = code_[static_cast<std::size_t>(line_) - 1];
      const auto first = text.find_first_not_of(" \t");
      if (continued_ || (first != std::string::npos && text[first] == '#')) {
        continued_ = text.ends_with('\\');
        continue;
      }
      for (const char c : text) take(c);
      take(' ');
    }
    return std::move(outline_);
  }

private:
  struct Open {
    Kind kind{};
    int line{};
    bool initialiser{};
  };
  bool at_scope() const {
    return stack_.empty() || stack_.back().kind == Kind::space || stack_.back().kind == Kind::record;
  }
  void take(char c) {
    if (c == '{') return open();
    if (c == '}') return close();
    if (!at_scope()) return;
    if (c == '(') ++parens_;
    if (c == ')') --parens_;
    if (c == ';' && parens_ <= 0) return finish();
    if (head_.empty() && (c == ' ' || c == '\t')) return;
    if (head_.empty()) head_line_ = line_;
    head_ += c;
    if (c == ':' && label()) head_.clear();
  }
  bool label() const { return head_ == "public:" || head_ == "private:" || head_ == "protected:"; }
  void open() {
    if (!at_scope()) {
      stack_.push_back({Kind::other, line_, false});
      return;
    }
    const bool initialiser = !head_.empty() && (head_.back() != ' ' || head_.ends_with("= ") || parens_ > 0);
    if (initialiser) {
      head_ += '{';
      stack_.push_back({Kind::other, line_, true});
      return;
    }
    stack_.push_back({kind_of(head_), head_.empty() ? line_ : head_line_, false});
    head_.clear();
    parens_ = 0;
  }
  void close() {
    if (stack_.empty()) return;
    const Open last = stack_.back();
    stack_.pop_back();
    if (last.kind == Kind::function) outline_.functions.push_back({last.line, line_ - last.line + 1});
    if (last.initialiser) head_ += '}';
  }
  void finish() {
    if (!stack_.empty() && stack_.back().kind == Kind::record && !head_.empty())
      outline_.members.push_back({head_line_, head_});
    head_.clear();
    parens_ = 0;
  }

  const std::vector<std::string>& code_;
  Outline outline_{};
  std::vector<Open> stack_{};
  std::string head_{};
  int line_{};
  int head_line_{};
  int parens_{};
  bool continued_{};
};

bool bare_member(const std::string& text) {
  if (text.find_first_of("({=&") != std::string::npos) return false;
  for (const std::string_view word : {"using", "typedef", "friend", "static", "enum", "struct", "class",
                                      "union", "template", "operator", "extern", "default", "delete"})
    if (has_word(text, word)) return false;
  const auto first = text.find_first_not_of(' '), last = text.find_last_not_of(' ');
  return first != std::string::npos &&
         text.substr(first, last - first).find_first_of(" >*") != std::string::npos;
}

} // namespace

std::vector<Finding> check_file_length(const Tree& tree) {
  std::vector<Finding> found;
  for (const SourceFile& file : tree.files)
    if (sized(file) && file.lines.size() > 800)
      found.push_back(at(file, 801, "the file has " + std::to_string(file.lines.size()) + " lines"));
  return found;
}

std::vector<Finding> check_function_length(const Tree& tree) {
  std::vector<Finding> found;
  for (const SourceFile& file : tree.files) {
    if (!file.cpp()) continue;
    for (const Function& function : Outliner(file.code).run().functions)
      if (function.lines > 70)
        found.push_back(
            at(file, function.line, "the function has " + std::to_string(function.lines) + " lines"));
  }
  return found;
}

std::vector<Finding> check_line_length(const Tree& tree) {
  std::vector<Finding> found;
  for (const SourceFile& file : tree.files) {
    if (!sized(file)) continue;
    for (std::size_t i = 0; i < file.lines.size(); ++i)
      if (const auto length = characters(file.lines[i]); length > 110)
        found.push_back(
            at(file, static_cast<int>(i) + 1, "the line has " + std::to_string(length) + " characters"));
  }
  return found;
}

std::vector<Finding> check_names(const Tree& tree) {
  static const std::regex empty(R"((^|[_-])(utils?|helpers?|common|misc|manager)([_-]|$)|^(data|info)$)");
  std::vector<Finding> found;
  for (const SourceFile& file : tree.files) {
    if (!sized(file)) continue;
    std::string name = file.path.substr(file.path.rfind('/') + 1);
    name = name.substr(0, name.find('.'));
    if (std::regex_search(name, empty)) found.push_back(at(file, 1, "the file name says nothing"));
  }
  return found;
}

std::vector<Finding> check_members(const Tree& tree) {
  std::vector<Finding> found;
  for (const SourceFile& file : tree.files) {
    if (!file.header()) continue;
    for (const Statement& statement : Outliner(file.code).run().members)
      if (bare_member(statement.text))
        found.push_back(at(file, statement.line, "the member has no initialiser"));
  }
  return found;
}

std::vector<Finding> check_migrations(const Tree& tree) {
  static const std::regex form(R"(migrations/20\d{10}_([a-z]+)(_[a-z0-9_]+)?\.sql)");
  std::vector<Finding> found;
  for (const SourceFile& file : tree.files) {
    if (!file.path.starts_with("migrations/") || !file.path.ends_with(".sql")) continue;
    std::smatch match;
    if (!std::regex_match(file.path, match, form))
      found.push_back(at(file, 1, "the name is not YYYYMMDDHHMM_module[_what].sql"));
    else if (!tree.modules.contains(match[1].str()))
      found.push_back(at(file, 1, "the name has no module: " + match[1].str()));
  }
  return found;
}

} // namespace tidy
