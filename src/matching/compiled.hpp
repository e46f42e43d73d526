// The workers of a waiting list as columns of facts (engine/columns.hpp), and a person as a question to them:
// the quick writing of feasibility.hpp and of the criteria. Those files stay the truth. What a question finds
// is, for every pair, what `feasibility_of` and `weigh` say; compiled_test.cpp holds one against the other
// over random services. Every constraint and every criterion is compiled exactly, so nobody is left to the
// plain code.
//
// How. Codes become facts by a list made from the workers: a code no worker has needs none. Ages and
// half hours are codes like the others. What workers wish for is turned round ("would like a woman" is a fact
// by the person's gender), with the points in a column. Of a week the half hours at which the shortest
// meeting could begin are facts of their own, so that one common bit is one common stretch. The clauses a
// person's open constraints become are one each to one OpenReason.
//
// Places of workers: along a curve through the map, so that neighbours share a block; `worker_at` gives the
// index back. Cost of compiling 500 workers: bench/candidates. Threads: immutable once made.
#pragma once
#include "matching/compiled_facts.hpp"
#include "matching/engine/question.hpp"
#include "matching/explanation.hpp"
#include <span>
#include <string>

namespace kith::matching {

class Compiled {
public:
  Compiled() = default;
  // `workers` sorted by id, a budget each.
  Compiled(const std::vector<PreparedWorker>& workers, const std::vector<Budget>& budgets,
           const Settings& settings);

  // `exclusions` sorted.
  engine::Question question(const PreparedPerson& person, const Budget& budget,
                            std::span<const Exclusion> exclusions) const;
  const engine::Columns& columns() const { return columns_; }
  std::uint32_t worker_at(std::uint32_t place) const { return worker_at_[place]; }
  std::uint32_t place_of(std::uint32_t worker) const { return place_of_[worker]; }

private:
  friend class CompiledWorkers;
  friend class CompiledPerson;

  engine::Columns columns_{0};
  std::vector<std::uint32_t> worker_at_{};
  std::vector<std::uint32_t> place_of_{};
  std::vector<RawId> ids_{}; // of workers, sorted
  WorkerFacts facts_{};
  std::array<WorkerMusts, criterion_count> musts_{};
  WantNumbers wants_{};
  WorkerBoundaries boundaries_{};
  std::vector<Wall> walls_{};
  std::int32_t continuity_points_{};
  int meeting_half_hours_{1}; // of the shortest meeting
};

// What the writing of workers and of persons share. What a side says of itself by codes; nothing where it
// has not said, or a criterion has none. `organisation` is theirs as a list.
std::span<const std::string> own_codes(Criterion criterion, const Side& side,
                                       std::span<const std::string> organisation);
Codes organisation_codes(const Traits& traits);
// The half hours at which a stretch of so many begins.
WeekMask beginnings(const WeekMask& week, int half_hours);

} // namespace kith::matching
