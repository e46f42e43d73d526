// A peer worker and the profile they wrote: who they are, when and where they work, what of their own
// experience they released and to whom, their private boundaries, and their places. A worker's story belongs
// to the worker: only released items reach matching and pages; boundaries are filters without a reason.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/id.hpp"
#include "base/time.hpp"
#include "people/person.hpp"
#include "record/field.hpp"

namespace kith {

struct Worker {
  Id<Worker> id{};
  std::int64_t version{1};
  std::string chosen_name{};
  std::string name_key{};
  std::string pronouns{};
  std::string about{}; // a few lines for people, released by being written here
  std::string gender{};
  std::string age_band{}; // "18-29", "30-45", "46-60", "61-"
  std::vector<std::string> languages{};
  std::vector<std::string> culture{};
  std::vector<std::string> interests{};
  std::vector<std::string> modes{};    // in_person, remote
  std::vector<std::string> settings{}; // cleared for: community, ward, lone
  std::string area{};
  std::optional<int> east_m{};
  std::optional<int> north_m{};
  std::optional<int> travel_m{};
  std::string availability{};
  bool active{true};
  std::optional<Date> leave_from{};
  std::optional<Date> leave_until{};
  bool open_to_new{true};
  std::optional<Date> open_on{}; // when the worker last said so; stale after the service's setting
  std::string email{};
  std::string source_key{};
  Instant created_at{};
};

const record::Description& worker_description();
Worker with_name_key(Worker worker);
bool on_leave(const Worker& worker, Date on);

enum class Release { private_to_worker, supervisor, after_agreement, released };
std::span<const std::string_view> codes_of(Release);

// One item of lived experience. The tag and the words are sealed.
struct WorkerItem {
  Id<WorkerItem> id{};
  Id<Worker> worker{};
  Release release{Release::private_to_worker};
  Instant made_at{};
  std::optional<Instant> withdrawn_at{};
  std::string tag{};   // sealed: a code such as "postnatal"
  std::string words{}; // sealed: how the worker puts it
};
const record::Description& worker_item_description();

// A private boundary: "not with …". Kind: gender, age_band, experience, setting, person's culture. Sealed
// value.
struct WorkerBoundary {
  Id<WorkerBoundary> id{};
  Id<Worker> worker{};
  Instant made_at{};
  std::optional<Instant> withdrawn_at{};
  std::string kind{};  // sealed
  std::string value{}; // sealed
};
const record::Description& worker_boundary_description();

struct Places {
  Id<Worker> worker{};
  int agreed{};
  int live{};
  int reserved{};
  int free() const { return agreed - live - reserved; }
};

enum class ExclusionSide { person, worker, service };
std::span<const std::string_view> codes_of(ExclusionSide);

// Two who are never put together. No reason is stored, and nobody else learns that it exists.
struct Exclusion {
  Id<Exclusion> id{};
  Id<Person> person{};
  Id<Worker> worker{};
  ExclusionSide side{};
};

} // namespace kith
