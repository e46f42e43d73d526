#include "tidy/source.hpp"

#include <algorithm>
#include <cctype>
#include <sstream>

namespace tidy {
namespace {

bool word_char(char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_'; }

std::vector<std::string> split_lines(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const auto stop = text.find('\n');
    lines.emplace_back(text.substr(0, stop));
    if (stop == std::string_view::npos) break;
    text.remove_prefix(stop + 1);
  }
  return lines;
}

// Walks C++ text once. `code` and `plain` start as the text itself; what does not belong is blanked in place,
// so lines and columns keep their numbers.
class Lexer {
public:
  explicit Lexer(std::string_view text) : text_(text), code_(text), plain_(text) {}

  void run() {
    while (at_ < text_.size()) {
      if (rest().starts_with("//")) line_comment();
      else if (rest().starts_with("/*")) block_comment();
      else if (rest().starts_with("R\"") && (at_ == 0 || !word_char(text_[at_ - 1]))) raw_literal();
      else if (text_[at_] == '"') literal();
      else if (text_[at_] == '\'') character();
      else other();
    }
  }
  const std::string& code() const { return code_; }
  const std::string& plain() const { return plain_; }
  std::vector<Literal> literals() const { return literals_; }

private:
  std::string_view rest() const { return text_.substr(at_); }

  void blank(std::string& out, std::size_t from, std::size_t to) const {
    for (std::size_t i = from; i < to && i < out.size(); ++i)
      if (out[i] != '\n') out[i] = ' ';
  }
  void count_lines(std::size_t from, std::size_t to) {
    line_ += static_cast<int>(std::count(text_.begin() + static_cast<std::ptrdiff_t>(from),
                                         text_.begin() + static_cast<std::ptrdiff_t>(to), '\n'));
  }
  void comment_until(std::size_t end) {
    blank(code_, at_, end);
    blank(plain_, at_, end);
    count_lines(at_, end);
    at_ = end;
  }
  void line_comment() { comment_until(std::min(text_.find('\n', at_), text_.size())); }
  void block_comment() {
    const auto end = text_.find("*/", at_ + 2);
    comment_until(end == std::string_view::npos ? text_.size() : end + 2);
  }
  void add_literal(std::string text, int line) {
    if (joins_) literals_.back().text += text;
    else literals_.push_back({line, std::move(text)});
    joins_ = true;
  }
  void raw_literal() {
    const auto open = text_.find('(', at_);
    if (open == std::string_view::npos) return other();
    std::string close = ")";
    close += text_.substr(at_ + 2, open - at_ - 2);
    close += '"';
    auto end = text_.find(close, open);
    if (end == std::string_view::npos) end = text_.size() - std::min(text_.size(), close.size());
    add_literal(std::string(text_.substr(open + 1, end - open - 1)), line_);
    blank(code_, open + 1, end);
    count_lines(at_, end);
    at_ = std::min(end + close.size(), text_.size());
  }
  void literal() {
    std::string value;
    std::size_t end = at_ + 1;
    for (; end < text_.size() && text_[end] != '"' && text_[end] != '\n'; ++end) {
      if (text_[end] != '\\' || end + 1 >= text_.size()) value += text_[end];
      else value += text_[++end] == 'n' || text_[end] == 't' ? ' ' : text_[end];
    }
    add_literal(std::move(value), line_);
    blank(code_, at_ + 1, end);
    at_ = std::min(end + 1, text_.size());
  }
  void character() {
    joins_ = false;
    if (at_ > 0 && word_char(text_[at_ - 1])) { // 1'000
      ++at_;
      return;
    }
    std::size_t end = at_ + 1;
    for (; end < text_.size() && text_[end] != '\'' && text_[end] != '\n'; ++end)
      if (text_[end] == '\\') ++end;
    blank(code_, at_ + 1, end);
    at_ = std::min(end + 1, text_.size());
  }
  void other() {
    const char c = text_[at_++];
    if (c == '\n') ++line_;
    if (!std::isspace(static_cast<unsigned char>(c))) joins_ = false;
  }

  std::string_view text_{};
  std::string code_{};
  std::string plain_{};
  std::vector<Literal> literals_{};
  std::size_t at_{};
  int line_{1};
  bool joins_{}; // the last thing read was a literal
};

std::vector<Include> find_includes(const std::vector<std::string>& plain) {
  std::vector<Include> found;
  for (std::size_t i = 0; i < plain.size(); ++i) {
    const std::string& line = plain[i];
    const auto hash = line.find_first_not_of(" \t");
    if (hash == std::string::npos || line[hash] != '#' || line.find("include", hash) == std::string::npos)
      continue;
    const auto open = line.find_first_of("\"<", hash);
    if (open == std::string::npos) continue;
    const auto close = line.find(line[open] == '<' ? '>' : '"', open + 1);
    if (close == std::string::npos) continue;
    found.push_back({static_cast<int>(i) + 1, line.substr(open + 1, close - open - 1), line[open] == '"'});
  }
  return found;
}

} // namespace

bool SourceFile::cpp() const { return path.ends_with(".cpp") || header(); }
bool SourceFile::header() const { return path.ends_with(".hpp"); }
bool SourceFile::test() const {
  return path.ends_with("_test.cpp") || path.ends_with("_fuzz.cpp") || path.starts_with("tests/");
}
std::string SourceFile::module() const {
  if (!path.starts_with("src/")) return {};
  const auto slash = path.find('/', 4);
  return slash == std::string::npos ? std::string() : path.substr(4, slash - 4);
}

const SourceFile* Tree::find(std::string_view path) const {
  for (const SourceFile& file : files)
    if (file.path == path) return &file;
  return nullptr;
}

SourceFile read_source(std::string path, std::string_view text) {
  SourceFile file;
  file.path = std::move(path);
  file.lines = split_lines(text);
  if (!file.cpp()) return file;
  Lexer lexer(text);
  lexer.run();
  file.code = split_lines(lexer.code());
  file.plain = split_lines(lexer.plain());
  file.literals = lexer.literals();
  file.includes = find_includes(file.plain);
  return file;
}

std::map<std::string, Module> read_modules(std::string_view cmake) {
  std::map<std::string, Module> modules;
  for (auto at = cmake.find("\nkith_module("); at != std::string_view::npos;
       at = cmake.find("\nkith_module(", at + 1)) {
    const auto open = cmake.find('(', at);
    std::istringstream words{std::string(cmake.substr(open + 1, cmake.find(')', open) - open - 1))};
    std::string name, word, part;
    words >> name;
    Module module;
    while (words >> word) {
      if (word == "FLOOR" || word == "O1" || word == "USES" || word == "LINKS") part = word;
      else if (part == "FLOOR") module.floor = std::stoi(word);
      else if (part == "USES") module.uses.insert(word);
    }
    modules[name] = module;
  }
  return modules;
}

bool has_word(std::string_view line, std::string_view word) {
  for (auto at = line.find(word); at != std::string_view::npos; at = line.find(word, at + 1)) {
    const auto end = at + word.size();
    if ((at == 0 || !word_char(line[at - 1])) && (end == line.size() || !word_char(line[end]))) return true;
  }
  return false;
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return out;
}

} // namespace tidy
