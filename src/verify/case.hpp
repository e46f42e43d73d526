// A plan laid over its folder: every id found, everything a single side decides worked out from the rows, and
// the list of what is wrong so far. The checks take it one after the other and add to that list; none stops
// at the first violation. One thread.
#pragma once
#include "matching/folder.hpp"
#include "verify/fit.hpp"
#include "verify/plan_file.hpp"
#include "verify/turn.hpp"

namespace kith::verify {

struct Violation {
  std::string rule{};
  std::string person{}; // "" when it is about no person
  std::string worker{};
  std::string says{};
  bool operator==(const Violation&) const = default;
};

// A text of plan or folder as a sentence may hold it: quoted, and nothing in it that a terminal would obey.
std::string shown(std::string_view text);

struct Given { // one offer of the plan whose worker is in the folder
  std::uint32_t worker{};
  const WrittenOffer* written{};
  Fit fit{}; // from the rows
};

struct About { // whom a violation is about
  std::optional<std::uint32_t> person{};
  std::optional<std::uint32_t> worker{};
};

struct Case {
  const matching::Folder& folder;
  const PlanFile& plan;
  Service service{folder.input};
  std::vector<const WrittenPerson*> written{}; // by person; null when the plan does not name them
  std::vector<std::vector<Given>> given{};     // by person, in the order of their rounds
  std::vector<std::int64_t> classes{};         // by person
  std::vector<std::int64_t> ranks{};           // by person; 1 = the lowest class of the folder
  std::vector<std::optional<Least>> least{};   // by person
  std::vector<std::int64_t> gains{};           // u, by person, as the plan gives them
  std::vector<std::int64_t> prices{};          // p, by worker
  std::vector<Violation> found{};

  void note(std::string_view rule, const About& about, std::string says);
  // Says so when what the plan writes is not what the folder gives.
  void expect(std::string_view rule, const About& about, std::string_view what, std::int64_t said,
              std::int64_t here);
  void expect(std::string_view rule, const About& about, std::string_view what, const std::string& said,
              std::string_view here);

  const matching::PersonProfile& person(std::uint32_t at) const { return folder.input.people[at]; }
  const matching::WorkerProfile& worker(std::uint32_t at) const { return folder.input.workers[at]; }
  std::int32_t free_places(std::uint32_t worker) const;
  // Which round somebody joins first: open offers count as rounds already had.
  std::int64_t first_round(std::uint32_t person) const;
};

// The folder read with the plan's own settings (program.cpp); both must outlive the case.
Case lay_out(const matching::Folder& folder, const PlanFile& plan);

} // namespace kith::verify
