#include "matching/folder.hpp"

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>

#include "base/csv.hpp"
#include "base/file.hpp"
#include "base/random.hpp"
#include "base/text.hpp"
#include "matching/folder_columns.hpp"
#include "matching/folder_settings.hpp"

namespace kith::matching {
namespace {

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
    problem.places.push_back({at.line, shortened(found, 60)});
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

struct PairRow {    // of exclusions.csv, or of a plan made by hand
  std::string id{}; // both ids, so that a pair twice is told
  std::string person{};
  std::string worker{};
  std::size_t line{};
};

// A location needs both halves; one alone is a mistake, not a place on an axis.
bool finish(PairRow& row, std::size_t line) { return row.line = line, true; }
template <class Row> bool finish(Row& row, std::size_t) {
  if (row.east && row.north) row.profile.traits.location = Location{*row.east, *row.north};
  return row.east.has_value() == row.north.has_value();
}

// What stands once in a file. No cell holds a control character.
std::string key_of(const PairRow& row) { return row.person + '\n' + row.worker; }
template <class Row> std::string key_of(const Row& row) { return row.id; }
struct Twice { // how it is refused
  std::string_view column{};
  std::string_view expected{};
  std::string found{};
};
Twice twice(const PairRow& row) { return {"", "each pair once", row.person + ", " + row.worker}; }
template <class Row> Twice twice(const Row& row) { return {"id", "any text, once", row.id}; }

// One file read by its column table. A row with a problem is left out; the rest is still read.
template <class Row> class Rows {
public:
  using Columns = std::span<const FolderColumn<Row>>;
  Rows(std::string_view file, Columns columns, Problems& problems)
      : file_(file), columns_(columns), problems_(problems) {}

  std::vector<Row> read(const std::string& bytes) {
    std::vector<Row> out;
    Result<CsvReader> reader = CsvReader::open(bytes);
    if (!reader.ok()) {
      unreadable(reader.failure());
      return out;
    }
    for (bool first = true;; first = false) {
      const Result<CsvRow> row = reader->next();
      if (!row.ok()) {
        unreadable(row.failure());
        return out;
      }
      if (row->cells.empty()) return out;
      if (first) {
        read_heading(*row);
      } else if (!blank(*row)) {
        if (std::optional<Row> made = read_row(*row)) out.push_back(std::move(*made));
      }
    }
  }

private:
  static bool blank(const CsvRow& row) {
    return std::all_of(row.cells.begin(), row.cells.end(),
                       [](const auto& cell) { return trim(cell).empty(); });
  }

  void unreadable(const Failure& failure) {
    const auto line = failure.arguments.empty() ? std::nullopt : parse_integer(failure.arguments[0]);
    problems_.add({file_, "", static_cast<std::size_t>(line.value_or(1))}, wording_of(failure.code),
                  failure.code == "csv.empty" ? "nothing" : "something else");
  }

  void read_heading(const CsvRow& row) {
    for (const std::string& cell : row.cells) {
      const std::string name = ascii_lower(trim(cell));
      heading_.push_back(column_named(columns_, name));
      if (!heading_.back()) problems_.add({file_, name, row.line}, "one of the columns of --columns", cell);
      else if (std::count(heading_.begin(), heading_.end(), heading_.back()) > 1)
        problems_.add({file_, name, row.line}, "each column once", cell);
    }
    for (const FolderColumn<Row>& column : columns_)
      if (column.required && std::find(heading_.begin(), heading_.end(), &column) == heading_.end())
        problems_.add({file_, column.name, row.line}, "this column", "none");
  }

  std::optional<Row> read_row(const CsvRow& row) {
    if (row.cells.size() > heading_.size()) {
      problems_.add({file_, "", row.line}, "as many cells as headings",
                    std::to_string(row.cells.size()) + " cells");
      return std::nullopt;
    }
    Row read;
    bool good = true;
    for (std::size_t c = 0; c < heading_.size(); ++c) {
      const std::string cell(c < row.cells.size() ? trim(row.cells[c]) : std::string_view());
      if (!heading_[c]) continue;
      if (!clean_text(cell, false)) {
        problems_.add({file_, heading_[c]->name, row.line}, "text without control characters", cell);
        good = false;
        continue;
      }
      if (cell.empty() ? !heading_[c]->required : heading_[c]->read(cell, read)) continue;
      problems_.add({file_, heading_[c]->name, row.line}, heading_[c]->form, cell.empty() ? "nothing" : cell);
      good = false;
    }
    if (!good) return std::nullopt;
    if (!finish(read, row.line)) {
      problems_.add({file_, "north_m", row.line}, "east_m and north_m together, or neither", "one of them");
      return std::nullopt;
    }
    if (!keys_.insert(key_of(read)).second) {
      const auto [column, expected, found] = twice(read);
      problems_.add({file_, column, row.line}, expected, found);
      return std::nullopt;
    }
    return read;
  }

  std::string_view file_;
  Columns columns_;
  Problems& problems_;
  std::vector<const FolderColumn<Row>*> heading_{};
  std::set<std::string> keys_{};
};

constexpr FolderColumn<PairRow> pair_table[]{
    {"person", true, "an id of people.csv",
     [](const std::string& cell, PairRow& row) { return row.person = cell, true; }},
    {"worker", true, "an id of workers.csv",
     [](const std::string& cell, PairRow& row) { return row.worker = cell, true; }},
};

struct Ids {
  std::set<RawId> people{};
  std::set<RawId> workers{};
};

// Pairs of who is in the folder: Exclusion or HandRow. A cell is empty only where its column is missing.
template <class Pair>
std::vector<Pair> read_pairs(std::string_view file, const std::string& bytes, const Ids& ids,
                             Problems& problems) {
  std::vector<Pair> out;
  for (const PairRow& row : Rows<PairRow>(file, pair_table, problems).read(bytes)) {
    const Pair pair{folder_id(row.person), folder_id(row.worker)};
    if (!row.person.empty() && !ids.people.contains(pair.person))
      problems.add({file, "person", row.line}, "an id of people.csv", row.person);
    if (!row.worker.empty() && !ids.workers.contains(pair.worker))
      problems.add({file, "worker", row.line}, "an id of workers.csv", row.worker);
    out.push_back(pair);
  }
  return out;
}

Result<std::optional<std::string>> read_if_there(const std::filesystem::path& path) {
  std::error_code error;
  if (std::filesystem::symlink_status(path, error).type() == std::filesystem::file_type::not_found)
    return std::optional<std::string>(); // a link that leads nowhere is there, and cannot be read
  TRY_ASSIGN(std::string bytes, kith::read_file(path, folder_file_bytes_most));
  return std::optional(std::move(bytes));
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
  TRY_ASSIGN(out.people, read_if_there(folder / "people.csv"));
  TRY_ASSIGN(out.workers, read_if_there(folder / "workers.csv"));
  TRY_ASSIGN(out.exclusions, read_if_there(folder / "exclusions.csv"));
  TRY_ASSIGN(out.criteria, read_if_there(folder / "criteria.json"));
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
  Ids ids;
  if (files.people)
    ids.people = take(Rows<PersonRow>("people.csv", person_columns(), problems).read(*files.people),
                      folder.input.people, folder.person_ids, folder.person_names);
  else problems.add({"people.csv", "", 0}, "this file", "none");
  if (files.workers)
    ids.workers = take(Rows<WorkerRow>("workers.csv", worker_columns(), problems).read(*files.workers),
                       folder.input.workers, folder.worker_ids, folder.worker_names);
  else problems.add({"workers.csv", "", 0}, "this file", "none");
  if (files.exclusions)
    folder.input.exclusions = read_pairs<Exclusion>("exclusions.csv", *files.exclusions, ids, problems);
  if (files.plan) folder.hand_rows = read_pairs<HandRow>(files.plan_name, *files.plan, ids, problems);
  return folder;
}

std::string problems_text(const std::vector<FolderProblem>& problems) {
  constexpr std::size_t problems_most = 100;
  std::string out;
  for (const FolderProblem& problem : problems) {
    if (&problem - problems.data() == problems_most)
      return out + "and " + std::to_string(problems.size() - problems_most) + " more of other kinds\n";
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
         "\n" +
         columns_of("exclusions.csv, and a plan made by hand (--plan)",
                    std::span<const FolderColumn<PairRow>>(pair_table)) +
         "\n" + criteria_members_text();
}

} // namespace kith::matching
