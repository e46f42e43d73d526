// What an import reads before it knows any database: rows of named texts, each text with the column or path
// it came from, and the problems met on the way, grouped by cause. A CSV file (map.hpp) and a FHIR
// bundle both become these. What was found is shown to whoever owns the file and never logged. Plain data.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace kith::connections {

enum class ImportKind { people, workers };

struct ImportCell {
  std::string field{};  // of the record's description, or one of the extra ones (drafts.hpp)
  std::string column{}; // as the file names it
  std::string text{};
};
struct ImportRow {
  std::string file{};
  std::size_t line{}; // of a CSV file, or the entry of a bundle, from 1
  std::vector<ImportCell> cells{};
};

struct ImportPlace {
  std::string file{};
  std::size_t line{};
  std::string found{};
};
struct ImportProblem {
  std::string column{};   // "" for the whole row or file
  std::string expected{}; // in words
  std::vector<ImportPlace> places{};
};

// One line for one cause, however many rows have it, in the order they were first met.
class ImportProblems {
public:
  struct At {
    std::string_view file{};
    std::size_t line{};
    std::string_view column{};
  };
  // `found` is cut to 60 bytes and cleaned of control characters.
  void add(const At& at, std::string_view expected, std::string_view found);
  const std::vector<ImportProblem>& all() const { return all_; }
  bool empty() const { return all_.empty(); }

private:
  std::vector<ImportProblem> all_{};
};

struct ImportRows {
  std::vector<ImportRow> rows{};
  std::size_t refused{};     // rows that could not be read at all; their problems are below
  std::size_t passed_over{}; // entries of a bundle that are nobody
  bool unusable{};           // a file could not be read: nothing of this import may be written
  ImportProblems problems{};
};
void append(ImportRows& rows, ImportRows more);

} // namespace kith::connections
