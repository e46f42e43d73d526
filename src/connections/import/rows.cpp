#include "connections/import/rows.hpp"

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

void append(ImportRows& rows, ImportRows more) {
  for (ImportRow& row : more.rows) rows.rows.push_back(std::move(row));
  rows.refused += more.refused;
  rows.passed_over += more.passed_over;
  rows.unusable = rows.unusable || more.unusable;
  for (const ImportProblem& problem : more.problems.all())
    for (const ImportPlace& place : problem.places)
      rows.problems.add({place.file, place.line, problem.column}, problem.expected, place.found);
}

} // namespace kith::connections
