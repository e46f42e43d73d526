// The rules of the house and of the style that a program can check. Each rule reads the whole tree and
// returns what it found; it never changes anything. A rule that cannot say path and line is not a rule.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "tidy/source.hpp"

namespace tidy {

struct Finding {
  std::string path{};
  int line{};
  std::string text{};   // "climbs to people"; reads on after "path:line "
  std::string source{}; // the line it is about, for the exceptions list
};

struct Rule {
  std::string_view name{};
  std::string_view says{};
  std::vector<Finding> (*check)(const Tree&){};
};

const std::vector<Rule>& all_rules();

// floors.cpp
std::vector<Finding> check_floors(const Tree&);
std::vector<Finding> check_engines(const Tree&);
std::vector<Finding> check_verifier(const Tree&);
std::vector<Finding> check_http(const Tree&);
// boundaries.cpp
std::vector<Finding> check_sql(const Tree&);
std::vector<Finding> check_clock(const Tree&);
std::vector<Finding> check_entropy(const Tree&);
std::vector<Finding> check_environment(const Tree&);
std::vector<Finding> check_headers(const Tree&);
std::vector<Finding> check_libraries(const Tree&);
// shape.cpp
std::vector<Finding> check_file_length(const Tree&);
std::vector<Finding> check_function_length(const Tree&);
std::vector<Finding> check_line_length(const Tree&);
std::vector<Finding> check_names(const Tree&);
std::vector<Finding> check_members(const Tree&);
std::vector<Finding> check_migrations(const Tree&);
// wording.cpp
std::vector<Finding> check_glossary(const Tree&);
std::vector<Finding> check_markers(const Tree&);
std::vector<Finding> check_locale(const Tree&);
// markup.cpp
std::vector<Finding> check_raw(const Tree&);
std::vector<Finding> check_inline(const Tree&);
std::vector<Finding> check_htmx(const Tree&);

// A finding about line `line` (from 1) of `file`.
Finding at(const SourceFile& file, int line, std::string text);

} // namespace tidy
