// The exact list of exceptions. One line each: `rule | path | part of the line | reason`. An exception that
// excuses nothing is itself a failure, so the list can only shrink.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "tidy/rules.hpp"

namespace tidy {

struct Exception {
  int line{};
  std::string rule{};
  std::string path{};
  std::string part{};
  std::string reason{};
};

struct ExceptionList {
  std::vector<Exception> entries{};
  std::vector<Finding> problems{}; // malformed lines, unknown rules
};

ExceptionList read_exceptions(std::string_view text);

struct Verdict {
  std::string_view rule{};
  std::vector<Finding> findings{};
};

// Every rule over the tree, less what the list excuses; the last verdict is about the list itself.
std::vector<Verdict> judge(const Tree& tree, const ExceptionList& list);

} // namespace tidy
