// What every manual page keeps to: a line that begins like a command of roff is one that is meant.
#pragma once
#include <set>
#include <string>
#include <vector>

#include "base/text.hpp"

namespace kith::test {

// The lines of `page` that a reader of roff would take for a command and that are none of those used here.
inline std::vector<std::string> commands_not_meant(const std::string& page) {
  static const std::set<std::string> meant{".B",  ".BR", ".I",  ".PP", ".SH", ".SS",
                                           ".TH", ".TP", ".br", ".fi", ".nf"};
  std::vector<std::string> out;
  for (const std::string& line : split(page, '\n'))
    if ((line.starts_with(".") && !meant.contains(split(line, ' ')[0])) || line.starts_with("'"))
      out.push_back(line);
  return out;
}

} // namespace kith::test
