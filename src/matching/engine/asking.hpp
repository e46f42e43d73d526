// A question put to the columns, block by block: first who is possible, then how well those fit. Cost for
// 50,000 workers: docs/matching/candidates.md. No floating point. Keeps room for its own use between blocks,
// so one Asking belongs to one thread.
#pragma once
#include <vector>

#include "matching/engine/kernel.hpp"

namespace kith::matching::engine {

class Asking {
public:
  // Columns and question outlive it.
  Asking(const Columns& columns, const Question& question, const Kernel& kernel = best_kernel());

  // Everybody of the block for whom every clause holds and whom no list strikes out.
  Line possible(std::uint32_t block) const;
  // Who of `asked` has a clause's leave.
  Line passing(const Clause& clause, std::uint32_t block, const Line& asked) const;
  // Everybody of the block but those asked already.
  Line not_asked(std::uint32_t block) const;
  // The person part of everybody in `live`.
  void weigh(std::uint32_t block, const Line& live, PersonParts& out);
  // The two others, for one worker.
  std::int32_t worker_part(std::uint32_t worker) const;
  std::int32_t service_part(std::uint32_t worker) const;

  const Columns& columns() const { return columns_; }
  const Question& question() const { return question_; }
  const Kernel& kernel() const { return kernel_; }

  Clauses clauses() const { return {question_.clauses, question_.facts}; }

private:
  std::span<const Fact> facts(const FactRange& range) const {
    return {question_.facts.data() + range.from, question_.facts.data() + range.until};
  }
  void strike(const std::vector<std::uint32_t>& workers, std::uint32_t block, Line& live) const;
  void weigh_nearness(std::uint32_t block, const Line& live, PersonParts& out) const;
  std::int32_t grade_of(std::uint32_t worker, const Want& want) const;
  bool knows(const Want& want) const;

  const Columns& columns_;
  const Question& question_;
  const Kernel& kernel_;
  std::vector<Line> masks_{};
};

// Calls `see(worker)` for each worker of the block in `line`, in order.
template <class See> void each_worker(std::uint32_t block, const Line& line, const See& see) {
  for (std::uint32_t w = 0; w < line_words; ++w)
    for (std::uint64_t left = line.words[w]; left != 0; left &= left - 1)
      see(block * block_workers + w * 64 + static_cast<std::uint32_t>(__builtin_ctzll(left)));
}

} // namespace kith::matching::engine
