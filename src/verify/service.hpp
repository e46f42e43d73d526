// A folder as the verifier sees it: the reader's rows, and beside them what is worked out once for a side and
// asked for every pair. Written from the rules of docs/matching/verify.md; of matching it knows the reader
// and the rows it gives, nothing else (the tidy test sees to that). Refers to the folder's input, which must
// outlive it. Any thread may read it.
#pragma once
#include <array>
#include <map>
#include <set>

#include "matching/plan_input.hpp"

namespace kith::verify {

using matching::Codes;

struct Pair { // positions in the folder's rows
  std::uint32_t person{};
  std::uint32_t worker{};
};

// Experience a criterion may read: `named` may be spoken of, `unnamed` only counts.
struct Told {
  Codes named{};
  Codes unnamed{};
};

// Points by criterion; no view counts when they are all 0, and the whole budget is then credited.
using Points = std::array<std::int32_t, matching::criterion_count>;

struct Service {
  const matching::PlanInput& input;
  std::map<RawId, std::uint32_t> person_at{};
  std::map<RawId, std::uint32_t> worker_at{};
  std::vector<Told> people_told{};
  std::vector<Told> workers_told{};
  std::vector<Points> person_points{};
  std::vector<Points> worker_points{};
  std::vector<std::uint32_t> person_turn{}; // the place of each in the canonical order of the seed
  std::vector<std::uint32_t> worker_turn{};
  std::set<matching::Exclusion> exclusions{};

  const matching::PersonProfile& person(Pair pair) const { return input.people[pair.person]; }
  const matching::WorkerProfile& worker(Pair pair) const { return input.workers[pair.worker]; }
};

// REQUIRES that no id stands twice on one side (the reader refuses that).
Service service_of(const matching::PlanInput& input);

// A side's strengths shared out over `budget` points by largest remainder, ties to the smaller criterion.
// Views of weight 0 (a must, no view) have no share.
std::int64_t weight_of(matching::Strength strength, const matching::Weights& weights);
Points shared_out(const matching::Wishes& wishes, std::int32_t budget, const matching::Weights& weights);

inline constexpr std::int32_t person_budget = 1'000;
inline constexpr std::int32_t worker_budget = 500;

// Plain loops over codes, so that nothing of matching's set operations is needed.
bool holds(const Codes& codes, std::string_view code);
int in_common(const Codes& a, const Codes& b);

} // namespace kith::verify
