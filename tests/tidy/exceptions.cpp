#include "tidy/exceptions.hpp"

#include <algorithm>

namespace tidy {
namespace {

constexpr std::string_view list_path = "tests/tidy/exceptions.txt";

std::vector<std::string> columns(std::string_view line) {
  std::vector<std::string> parts;
  for (;;) {
    const auto bar = line.find(" | ");
    parts.emplace_back(line.substr(0, bar));
    if (bar == std::string_view::npos) return parts;
    line.remove_prefix(bar + 3);
  }
}

bool known(std::string_view name) {
  const auto& rules = all_rules();
  return std::any_of(rules.begin(), rules.end(), [&](const Rule& rule) { return rule.name == name; });
}

} // namespace

ExceptionList read_exceptions(std::string_view text) {
  ExceptionList list;
  const SourceFile file = read_source(std::string(list_path), text);
  for (std::size_t i = 0; i < file.lines.size(); ++i) {
    const std::string& line = file.lines[i];
    if (line.empty() || line[0] == '#') continue;
    const int number = static_cast<int>(i) + 1;
    const auto parts = columns(line);
    if (parts.size() != 4 || std::any_of(parts.begin(), parts.end(), [](auto& part) { return part.empty(); }))
      list.problems.push_back(at(file, number, "is not `rule | path | part of the line | reason`"));
    else if (!known(parts[0])) list.problems.push_back(at(file, number, "names no rule: " + parts[0]));
    else list.entries.push_back({number, parts[0], parts[1], parts[2], parts[3]});
  }
  return list;
}

std::vector<Verdict> judge(const Tree& tree, const ExceptionList& list) {
  std::vector<Verdict> verdicts;
  std::vector<bool> used(list.entries.size());
  for (const Rule& rule : all_rules()) {
    Verdict verdict{rule.name, {}};
    for (Finding& finding : rule.check(tree)) {
      bool excused = false;
      for (std::size_t i = 0; i < list.entries.size(); ++i) {
        const Exception& entry = list.entries[i];
        if (entry.rule != rule.name || entry.path != finding.path ||
            finding.source.find(entry.part) == std::string::npos)
          continue;
        excused = used[i] = true;
      }
      if (!excused) verdict.findings.push_back(std::move(finding));
    }
    verdicts.push_back(std::move(verdict));
  }
  Verdict about_list{"exceptions", list.problems};
  for (std::size_t i = 0; i < used.size(); ++i)
    if (!used[i])
      about_list.findings.push_back(
          {std::string(list_path), list.entries[i].line, "excuses nothing any more: take it out", ""});
  verdicts.push_back(std::move(about_list));
  return verdicts;
}

} // namespace tidy
