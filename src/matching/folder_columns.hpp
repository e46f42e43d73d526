// The columns of people.csv, workers.csv: one table each of name, form in words, whether required, and how a
// cell is read. `kith match --columns` prints these tables, so they cannot differ from what is read.
#pragma once
#include <span>
#include <string>
#include <string_view>

#include "matching/profile.hpp"
#include "matching/settings.hpp"

namespace kith::matching {

struct PersonRow {
  std::string id{};
  std::string name{};
  std::optional<std::int32_t> east{};
  std::optional<std::int32_t> north{};
  PersonProfile profile{};
};
struct WorkerRow {
  std::string id{};
  std::string name{};
  std::optional<std::int32_t> east{};
  std::optional<std::int32_t> north{};
  WorkerProfile profile{};
};

// `read` is called for a cell that is not empty and answers whether it had the form.
template <class Row> struct FolderColumn {
  std::string_view name{};
  bool required{};
  std::string_view form{};
  bool (*read)(const std::string& cell, Row& row){};
};
std::span<const FolderColumn<PersonRow>> person_columns();
std::span<const FolderColumn<WorkerRow>> worker_columns();

} // namespace kith::matching
