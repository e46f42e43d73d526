// CSV as RFC 4180 plus what spreadsheets really write: a UTF-8 byte-order mark, BOM-marked UTF-16, CR LF or
// LF, semicolons or tabs where the first line has no comma. The reader streams rows and keeps the line of
// each; limits are 512 columns, 1,000,000 rows and 32 KiB a cell. The writer guards cells that a spreadsheet
// would run.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace kith {

struct CsvRow {
  std::size_t line{}; // 1-based line of the file where the row begins
  std::vector<std::string> cells{};
};

class CsvReader {
public:
  // Failures: csv.encoding (neither UTF-8 nor marked UTF-16), csv.empty.
  static Result<CsvReader> open(std::string bytes);
  // The next row, or an empty cell list at the end. Failures: csv.quote, csv.cell_too_long, csv.columns,
  // csv.rows; the argument is the line.
  Result<CsvRow> next();
  bool at_end() const { return at_ >= text_.size(); }

private:
  explicit CsvReader(std::string text);
  std::string text_{};
  std::size_t at_{};
  std::size_t line_{1};
  std::size_t rows_{};
  char separator_{','};
};

std::string csv_cell(std::string_view text); // quoted where needed; leading = + - @ TAB CR get a '
std::string csv_row(const std::vector<std::string>& cells); // with CR LF

} // namespace kith
