#include "access/table.hpp"

#include <algorithm>
#include <fstream>

#include "base/text.hpp"

namespace kith::access {
namespace {

constexpr std::string_view names[] = {"nobody",      "code_due",  "suspended",   "person",       "supporter",
                                      "peer_worker", "clinician", "coordinator", "administrator"};

struct Line {
  int number{};
  std::vector<std::string> columns{};
};

// Columns stand between bars; a line that begins with # is a remark.
std::vector<Line> lines_of(const std::string& path) {
  std::vector<Line> lines;
  std::ifstream file(path);
  std::string text;
  for (int number = 1; std::getline(file, text); ++number) {
    if (trim(text).empty() || text[0] == '#') continue;
    Line line{number, {}};
    for (const std::string& column : split(text, '|')) line.columns.emplace_back(trim(column));
    lines.push_back(std::move(line));
  }
  return lines;
}

void read_table(const std::string& path, Expectations& out) {
  std::vector<std::string> wanted{"route", "sends", "stage"};
  for (const std::string_view name : names) wanted.emplace_back(name);
  const std::vector<Line> lines = lines_of(path);
  if (lines.empty() || lines[0].columns != wanted) {
    out.faults.push_back("table.txt: the first line must be: " + join(wanted, " | "));
    return;
  }
  for (std::size_t i = 1; i < lines.size(); ++i) {
    const Line& line = lines[i];
    if (line.columns.size() != wanted.size()) {
      out.faults.push_back("table.txt:" + std::to_string(line.number) + ": " +
                           std::to_string(line.columns.size()) + " columns instead of " +
                           std::to_string(wanted.size()));
      continue;
    }
    Row row{line.number, line.columns[0], line.columns[1], line.columns[2], {}};
    for (const Who who : everybody()) row.gets[who] = line.columns[3 + static_cast<std::size_t>(who)];
    const bool twice =
        std::any_of(out.rows.begin(), out.rows.end(), [&](const Row& r) { return r.route == row.route; });
    if (twice) out.faults.push_back("table.txt:" + std::to_string(line.number) + ": twice: " + row.route);
    out.rows.push_back(std::move(row));
  }
}

void read_fields(const std::string& path, Expectations& out) {
  for (const Line& line : lines_of(path)) {
    const std::string at = "canaries.txt:" + std::to_string(line.number) + ": ";
    if (line.columns.size() != 3 || (line.columns[1] != "shown" && line.columns[1] != "never")) {
      out.faults.push_back(at + "a line is: field | shown or never | who may see it");
      continue;
    }
    const FieldRule rule{line.number, line.columns[1] == "shown", split_words(line.columns[2])};
    if (!out.fields.emplace(line.columns[0], rule).second) out.faults.push_back(at + "twice");
  }
}

} // namespace

std::vector<Who> everybody() {
  std::vector<Who> all;
  for (std::size_t i = 0; i < std::size(names); ++i) all.push_back(static_cast<Who>(i));
  return all;
}

std::string_view name_of(Who who) { return names[static_cast<std::size_t>(who)]; }

Expectations read_expectations(const std::string& folder) {
  Expectations out;
  read_table(folder + "/table.txt", out);
  read_fields(folder + "/canaries.txt", out);
  return out;
}

} // namespace kith::access
