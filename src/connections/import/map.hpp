// How the columns of a CSV file become fields of a record: which column (or columns, joined by a space) fills
// which field, what a cell's words mean, and what holds for every row whose cell is empty. Written once as
// TOML by whoever knows the file (examples/import), printed by every dry run. Without a map each column is
// named as its field. Plain data.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "connections/import/rows.hpp"

namespace kith::connections {

struct ImportColumn {
  std::string field{};
  std::vector<std::string> columns{};
};
struct ImportDefault {
  std::string field{};
  std::string text{};
};
struct ImportMeaning { // a whole cell, or a part of one where the field has a separator
  std::string field{};
  std::string found{};
  std::string text{};
};
struct ImportMap {
  std::string source{};                    // stands before every source key: "<source>:<key>"
  bool by_field_name{};                    // no columns named: each is called as its field
  std::vector<ImportColumn> columns{};     //
  std::vector<ImportDefault> defaults{};   //
  std::vector<ImportDefault> separators{}; // between the codes of one cell; white space otherwise
  std::vector<ImportMeaning> meanings{};   //
  std::vector<std::string> codes_from{};   // fields whose words become codes: "Not yet" -> "not_yet"
};

// What a record of this kind can be given, in the order `kith import --columns` prints it.
struct ImportField {
  std::string name{};
  std::string form{}; // in words: what is expected
  bool required{};
};
std::vector<ImportField> import_fields(ImportKind kind);

// Failure: import.map (invalid); its argument is the line and what is wrong there.
Result<ImportMap> parse_import_map(ImportKind kind, std::string_view toml);
ImportMap map_by_field_name();
// Failure: import.map, when `text` is not FIELD=VALUE of a field of this kind.
Result<ImportDefault> parse_import_default(ImportKind kind, std::string_view text);

// A file that is no CSV, lacks a mapped column or has none is unusable. Columns nothing was taken from are
// named in `ignored`.
struct CsvRows {
  ImportRows rows{};
  std::vector<std::string> ignored{};
};
CsvRows rows_of_csv(const ImportMap& map, ImportKind kind, std::string_view file, std::string bytes);
// Defaults for the fields a row says nothing about.
void fill_defaults(ImportRows& rows, const std::vector<ImportDefault>& defaults);

} // namespace kith::connections
