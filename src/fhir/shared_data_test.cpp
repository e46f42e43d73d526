// The importer on real public files, where they lie beside the working tree (../shared/data). Skips aloud
// where they are absent.
#include <filesystem>
#include <fstream>
#include <iterator>

#include "connections/import/drafts.hpp"
#include "connections/import/map.hpp"
#include "fhir/patient_mapping.hpp"

#include "support/test.hpp"

using namespace kith;

namespace {

std::string shared(const char* name) {
  const std::string path = std::string(KITH_SOURCE_DIR) + "/../shared/data/" + name;
  if (std::filesystem::exists(path)) return path;
  MESSAGE("skipped: there is no " << path);
  return {};
}

std::string bytes_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

const Date today = *parse_date("2026-11-24");

TEST_CASE("twelve Synthea bundles hold ten living people and two who have died") {
  const std::string folder = shared("synthea-r4");
  if (folder.empty()) return;
  connections::ImportRows rows;
  for (const auto& entry : std::filesystem::directory_iterator(folder))
    if (entry.path().extension() == ".json")
      connections::append(rows, fhir::read_people(entry.path().filename().string(), bytes_of(entry.path())));
  CHECK(!rows.unusable);
  const auto drafts = connections::person_drafts(rows, today);
  CHECK(drafts.refused == 0);
  REQUIRE(drafts.drafts.size() == 12);
  int living = 0;
  for (const auto& draft : drafts.drafts) living += alive(draft.record) && !draft.died;
  CHECK(living == 10);
}

TEST_CASE("500 and 500 rows of another programme become people and workers by the committed maps") {
  const std::string folder = shared("mentor-match-500");
  if (folder.empty()) return;
  const std::string maps = std::string(KITH_SOURCE_DIR) + "/examples/import/mentor-match-500-";
  const auto people =
      connections::parse_import_map(connections::ImportKind::people, bytes_of(maps + "people.toml"));
  const auto workers =
      connections::parse_import_map(connections::ImportKind::workers, bytes_of(maps + "workers.toml"));
  REQUIRE(people.ok());
  REQUIRE(workers.ok());
  auto rows = connections::rows_of_csv(*people, connections::ImportKind::people, "mentees.csv",
                                       bytes_of(folder + "/mentees.csv"));
  connections::fill_defaults(rows.rows, people->defaults);
  const auto drafts = connections::person_drafts(rows.rows, today);
  CHECK(drafts.refused == 0);
  CHECK(drafts.drafts.size() == 500);
  auto worker_rows = connections::rows_of_csv(*workers, connections::ImportKind::workers, "mentors.csv",
                                              bytes_of(folder + "/mentors.csv"));
  connections::fill_defaults(worker_rows.rows, workers->defaults);
  const auto worker_drafts = connections::worker_drafts(worker_rows.rows, today);
  CHECK(worker_drafts.refused == 0);
  CHECK(worker_drafts.drafts.size() == 500);
}

} // namespace
