// What kith import says: for people and as JSON.
#pragma once
#include <string>
#include <vector>

#include "connections/import/import.hpp"
#include "connections/import/map.hpp"

namespace kith::cli {

struct ImportOutcome {
  std::size_t rows{}; // that could be read
  std::size_t refused{};
  connections::ImportProblems problems{};
  connections::ImportReport report{};
  bool written{};
};
struct ImportContext {
  const std::vector<connections::ImportDefault>& defaults;
  const std::vector<std::string>& ignored;
  std::size_t passed_over{};
  bool refer{};
};

std::string outcome_text(const ImportOutcome& outcome, const ImportContext& context);
std::string outcome_json(const ImportOutcome& outcome);
std::string problems_text(const connections::ImportProblems& problems);
std::string undo_text(const connections::UndoReport& report,
                      bool written); // NOLINT: one fact beside the report
std::string batches_text(const std::vector<connections::ListedBatch>& batches);
int print_columns(const std::vector<connections::ImportField>& fields);

} // namespace kith::cli
