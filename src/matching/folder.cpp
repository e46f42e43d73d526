#include "matching/folder.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>

#include "base/csv.hpp"
#include "base/random.hpp"
#include "base/text.hpp"
#include "matching/folder_columns.hpp"
#include "matching/folder_settings.hpp"

namespace kith::matching {
namespace {

constexpr std::uintmax_t largest_file = std::uintmax_t{64} << 20;

// Problems of one kind stand together, in the order they were first met.
class Problems {
public:
  explicit Problems(std::vector<FolderProblem>& out) : out_(out) {}
  struct At {
    std::string_view file{};
    std::string_view column{};
    std::size_t line{};
  };
  void add(const At& at, std::string_view expected, std::string_view found) {
    const auto same = std::find_if(out_.begin(), out_.end(), [&](const FolderProblem& problem) {
      return problem.file == at.file && problem.column == at.column && problem.expected == expected;
    });
    FolderProblem& problem =
        same != out_.end() ? *same
                           : out_.emplace_back(FolderProblem{
                                 std::string(at.file), std::string(at.column), std::string(expected), {}});
    problem.places.push_back({at.line, std::string(found.substr(0, 60))});
  }

private:
  std::vector<FolderProblem>& out_;
};

std::string_view wording_of(const std::string& code) {
  if (code == "csv.encoding") return "UTF-8 text";
  if (code == "csv.empty") return "a heading row";
  if (code == "csv.quote") return "quotes that close";
  return "a file within the limits of CSV";
}

template <class Row>
const FolderColumn<Row>* column_named(std::span<const FolderColumn<Row>> columns, std::string_view name) {
  for (const FolderColumn<Row>& column : columns)
    if (column.name == name) return &column;
  return nullptr;
}

struct ExclusionRow {
  std::string id{}; // both ids, so that a pair twice is told
  std::string person{};
  std::string worker{};
};

// A location needs both halves; one alone is a mistake, not a place on an axis.
bool finish(ExclusionRow&) { return true; }
template <class Row> bool finish(Row& row) {
  if (row.east && row.north) row.profile.traits.location = Location{*row.east, *row.north};
  return row.east.has_value() == row.north.has_value();
}

// The rows of a file read by its column table. A row with a problem is left out; the rest is still read.
template <class Row>
std::vector<Row> read_rows(std::string_view file, const std::string& bytes,
                           std::span<const FolderColumn<Row>> columns, Problems& problems) {
  std::vector<Row> out;
  Result<CsvReader> reader = CsvReader::open(bytes);
  if (!reader.ok()) {
    problems.add({file, "", 1}, wording_of(reader.failure().code), reader.failure().code);
    return out;
  }
  std::vector<const FolderColumn<Row>*> heading;
  std::set<std::string> ids;
  for (bool first = true;; first = false) {
    Result<CsvRow> row = reader->next();
    if (!row.ok()) {
      problems.add({file, "", 0}, wording_of(row.failure().code), row.failure().code);
      return out;
    }
    if (row->cells.empty()) return out;
    if (first) {
      for (const std::string& cell : row->cells) {
        const std::string name = ascii_lower(trim(cell));
        heading.push_back(column_named(columns, name));
        if (!heading.back()) problems.add({file, name, row->line}, "one of the columns of --columns", cell);
        if (heading.back() && std::count(heading.begin(), heading.end(), heading.back()) > 1)
          problems.add({file, name, row->line}, "each column once", cell);
      }
      for (const FolderColumn<Row>& column : columns)
        if (column.required && std::find(heading.begin(), heading.end(), &column) == heading.end())
          problems.add({file, column.name, row->line}, "this column", "none");
      continue;
    }
    if (std::all_of(row->cells.begin(), row->cells.end(),
                    [](const auto& cell) { return trim(cell).empty(); }))
      continue;
    Row read;
    bool good = true;
    for (std::size_t c = 0; c < std::max(heading.size(), row->cells.size()); ++c) {
      if (c >= heading.size()) {
        problems.add({file, "", row->line}, "as many cells as headings",
                     std::to_string(row->cells.size()) + " cells");
        good = false;
        break;
      }
      const std::string cell(c < row->cells.size() ? trim(row->cells[c]) : std::string_view());
      if (!heading[c]) continue;
      if (cell.empty() ? heading[c]->required : !heading[c]->read(cell, read)) {
        problems.add({file, heading[c]->name, row->line}, heading[c]->form, cell.empty() ? "nothing" : cell);
        good = false;
      }
    }
    if (good && !finish(read)) {
      problems.add({file, "north_m", row->line}, "east_m and north_m together, or neither", "one of them");
      good = false;
    }
    if (good && !ids.insert(read.id).second) {
      problems.add({file, "id", row->line}, "any text, once", read.id);
      good = false;
    }
    if (good) out.push_back(std::move(read));
  }
}

constexpr FolderColumn<ExclusionRow> exclusion_table[]{
    {"person", true, "an id of people.csv",
     [](const std::string& cell, ExclusionRow& row) {
       return row.id += cell + "|", row.person = cell, true;
     }},
    {"worker", true, "an id of workers.csv",
     [](const std::string& cell, ExclusionRow& row) {
       return row.id += cell + "|", row.worker = cell, true;
     }},
};

void read_exclusions(const std::string& bytes, const std::set<RawId>& people, const std::set<RawId>& workers,
                     Folder& folder) {
  Problems problems(folder.problems);
  for (const ExclusionRow& row :
       read_rows<ExclusionRow>("exclusions.csv", bytes, std::span(exclusion_table), problems)) {
    const Exclusion exclusion{folder_id(row.person), folder_id(row.worker)};
    // An exclusion may name somebody whose row was refused above; only a plain unknown id is a problem.
    if (!people.contains(exclusion.person))
      problems.add({"exclusions.csv", "person", 0}, "an id of people.csv", row.person);
    if (!workers.contains(exclusion.worker))
      problems.add({"exclusions.csv", "worker", 0}, "an id of workers.csv", row.worker);
    folder.input.exclusions.push_back(exclusion);
  }
}

Result<std::optional<std::string>> read_file(const std::filesystem::path& path) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(path, error)) return std::optional<std::string>();
  if (std::filesystem::file_size(path, error) > largest_file || error) return too_much("folder.too_large");
  std::ifstream stream(path, std::ios::binary);
  return std::optional(std::string(std::istreambuf_iterator<char>(stream), {}));
}

template <class Row>
std::string columns_of(std::string_view file, std::span<const FolderColumn<Row>> columns) {
  std::string out = std::string(file) + "\n";
  for (const FolderColumn<Row>& column : columns) {
    out += "  " + std::string(column.name);
    out.append(column.name.size() < 20 ? 20 - column.name.size() : 1, ' ');
    out += (column.required ? "required  " : "          ") + std::string(column.form) + "\n";
  }
  return out;
}

// Reads one side's rows into profiles and the names of their ids; answers the ids read.
template <class Row, class Profile>
std::set<RawId> take(std::vector<Row> rows, std::vector<Profile>& profiles, IdNames& ids, IdNames& names) {
  std::vector<IdName> external, chosen;
  std::set<RawId> out;
  for (Row& row : rows) {
    external.push_back({row.profile.id, row.id});
    chosen.push_back({row.profile.id, row.name.empty() ? row.id : row.name});
    out.insert(row.profile.id);
    profiles.push_back(std::move(row.profile));
  }
  ids = IdNames(std::move(external));
  names = IdNames(std::move(chosen));
  return out;
}

} // namespace

RawId folder_id(std::string_view text) {
  if (const auto id = parse_id(text)) return *id;
  RawId out{0x6b69746866656f6cULL, 0x70656f706c650001ULL};
  for (const char c : text) {
    out.high = mix(out.high, static_cast<std::uint64_t>(static_cast<unsigned char>(c)));
    out.low = mix(out.low ^ out.high, static_cast<std::uint64_t>(static_cast<unsigned char>(c)) + 256);
  }
  return out;
}

Result<FolderFiles> read_folder(const std::string& path) {
  std::error_code error;
  const std::filesystem::path folder(path);
  if (!std::filesystem::is_directory(folder, error)) return not_found("folder.not_found");
  FolderFiles out;
  TRY_ASSIGN(out.people, read_file(folder / "people.csv"));
  TRY_ASSIGN(out.workers, read_file(folder / "workers.csv"));
  TRY_ASSIGN(out.exclusions, read_file(folder / "exclusions.csv"));
  TRY_ASSIGN(out.criteria, read_file(folder / "criteria.json"));
  return out;
}

Folder parse_folder(const FolderFiles& files, const FolderOptions& options) {
  Folder folder;
  Problems problems(folder.problems);
  folder.input.settings.as_of = options.as_of;
  if (files.criteria) read_criteria(*files.criteria, folder);
  Settings& settings = folder.input.settings;
  settings.method = options.method.value_or(settings.method);
  settings.dial = options.dial.value_or(settings.dial);
  settings.choices = options.choices.value_or(settings.choices);
  settings.seed = options.seed.value_or(settings.seed);
  std::set<RawId> people, workers;
  if (files.people)
    people = take(read_rows("people.csv", *files.people, person_columns(), problems), folder.input.people,
                  folder.person_ids, folder.person_names);
  else problems.add({"people.csv", "", 0}, "this file", "none");
  if (files.workers)
    workers = take(read_rows("workers.csv", *files.workers, worker_columns(), problems), folder.input.workers,
                   folder.worker_ids, folder.worker_names);
  else problems.add({"workers.csv", "", 0}, "this file", "none");
  if (files.exclusions) read_exclusions(*files.exclusions, people, workers, folder);
  return folder;
}

std::string problems_text(const std::vector<FolderProblem>& problems) {
  std::string out;
  for (const FolderProblem& problem : problems) {
    out += problem.file + (problem.column.empty() ? "" : ", " + problem.column) + ": expected " +
           problem.expected + "\n";
    std::size_t shown = 0;
    for (const FoundAt& place : problem.places) {
      if (++shown > 10) {
        out += "  and " + std::to_string(problem.places.size() - 10) + " more\n";
        break;
      }
      out += place.line > 0 ? "  line " + std::to_string(place.line) + ": " : "  ";
      out += "found " + place.found + "\n";
    }
  }
  return out;
}

std::string columns_text() {
  return columns_of("people.csv", person_columns()) + "\n" + columns_of("workers.csv", worker_columns()) +
         "\n" + columns_of("exclusions.csv", std::span<const FolderColumn<ExclusionRow>>(exclusion_table)) +
         "\n" + criteria_members_text();
}

} // namespace kith::matching
