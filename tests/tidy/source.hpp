// What the tidy test reads: every source file of the tree, with comments and string literals told apart, and
// the floors as CMakeLists.txt states them. Built once, then only read.
#pragma once
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace tidy {

struct Literal {
  int line{};         // of the first part; neighbours ("a" "b") are joined as the compiler joins them
  std::string text{}; // simple escapes undone
};

struct Include {
  int line{};
  std::string path{};
  bool own{}; // "…" rather than <…>
};

struct SourceFile {
  std::string path{};               // from the root of the tree, with slashes
  std::vector<std::string> lines{}; // as written
  std::vector<std::string> code{};  // C++ only: comments and literal contents blanked
  std::vector<std::string> plain{}; // C++ only: comments blanked, literals kept
  std::vector<Literal> literals{};
  std::vector<Include> includes{};

  bool cpp() const;           // .cpp or .hpp
  bool header() const;        // .hpp
  bool test() const;          // *_test.cpp, *_fuzz.cpp and everything under tests/
  std::string module() const; // "people" for src/people/…, "" outside src/
};

struct Module {
  int floor{};
  std::set<std::string> uses{};
};

struct Tree {
  std::vector<SourceFile> files{};
  std::map<std::string, Module> modules{};
  std::vector<std::string> locale_prefixes{}; // keys used by a computed name: tests/tidy/prefixes.txt

  const SourceFile* find(std::string_view path) const;
};

SourceFile read_source(std::string path, std::string_view text);
std::map<std::string, Module> read_modules(std::string_view cmake);

// Words are runs of letters, digits and _; `word` must stand alone on `line`.
bool has_word(std::string_view line, std::string_view word);
std::string lower(std::string_view text);

} // namespace tidy
