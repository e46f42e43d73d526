// `kith match FOLDER`: matching on files, without a database or a server. The folder holds people.csv,
// workers.csv, and if wanted exclusions.csv and criteria.json; `columns_text` prints every column with its
// form. Reading never stops at the first mistake: all of them come back grouped by file, column and what was
// expected, with line and what was found. What was found is shown to whoever owns the files and never logged.
//
// A `diagnosis` column is read past: it has no field to go to. Ids are any text; an id that is not 32 hex
// digits gets a fixed one made from its letters, so the same folder always gives the same plan.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "matching/id_names.hpp"
#include "matching/plan_input.hpp"

namespace kith::matching {

inline constexpr std::uintmax_t folder_file_bytes_most = std::uintmax_t{64} << 20;

struct FoundAt {
  std::size_t line{};
  std::string found{};
};
struct FolderProblem {
  std::string file{};
  std::string column{};   // or a JSON member; "" for the whole row or file
  std::string expected{}; // in words
  std::vector<FoundAt> places{};
};

struct Folder {
  PlanInput input{};
  IdNames person_ids{}; // external ids, for JSON
  IdNames worker_ids{};
  IdNames person_names{}; // chosen names, for the table
  IdNames worker_names{};
  std::vector<CodeName> code_names{};
  std::vector<HandRow> hand_rows{};
  std::vector<FolderProblem> problems{}; // empty = everything was read
};

// The bytes of the four files; an absent file is no value. people.csv and workers.csv are required.
struct FolderFiles {
  std::optional<std::string> people{};
  std::optional<std::string> workers{};
  std::optional<std::string> exclusions{};
  std::optional<std::string> criteria{};
  std::optional<std::string> plan{}; // made by hand, not in the folder: `plan_name` says where
  std::string plan_name{};
};
// What the command line says on top of criteria.json.
struct FolderOptions {
  Date as_of{}; // used when criteria.json names no date
  std::optional<Method> method{};
  std::optional<Dial> dial{};
  std::optional<int> choices{};
  std::optional<std::uint64_t> seed{};
};

// Failures: folder.not_found (no such folder), and those of read_file; a file beyond 64 MiB is too large.
Result<FolderFiles> read_folder(const std::string& path);
Folder parse_folder(const FolderFiles& files, const FolderOptions& options);
std::string problems_text(const std::vector<FolderProblem>& problems);
std::string columns_text();

RawId folder_id(std::string_view text);

} // namespace kith::matching
