#include "connections/import_rows.hpp"

#include <algorithm>

namespace kith::connections {
namespace {

std::string shown(std::string_view found) {
  std::size_t end = std::min<std::size_t>(found.size(), 60);
  while (end > 0 && end < found.size() && (static_cast<unsigned char>(found[end]) & 0xc0) == 0x80) --end;
  std::string out(found.substr(0, end));
  for (char& c : out)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = ' ';
  return out;
}

} // namespace

void ImportProblems::add(const At& at, std::string_view expected, std::string_view found) {
  auto same = std::find_if(all_.begin(), all_.end(), [&](const ImportProblem& problem) {
    return problem.column == at.column && problem.expected == expected;
  });
  if (same == all_.end()) {
    all_.push_back({std::string(at.column), std::string(expected), {}});
    same = all_.end() - 1;
  }
  same->places.push_back({std::string(at.file), at.line, shown(found)});
}

} // namespace kith::connections
